//! What people see: pages, live state, and the server functions they call. In reading order:

mod boot;
#[cfg(feature = "ssr")]
pub mod ctx;
pub mod error;
mod shell;
mod routes;
mod kit;
pub mod live;
mod board;
mod deals;
mod orders;
mod auth;
mod settings;
#[cfg(feature = "ssr")]
mod paper;
#[cfg(feature = "ssr")]
pub mod tracking;
#[cfg(feature = "ssr")]
pub mod screens;

pub use shell::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
