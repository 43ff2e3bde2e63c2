//! What people see: pages, live state, and the server functions they call. In reading order:

#[cfg(feature = "ssr")]
pub mod ctx;
pub mod error;
pub mod live;
mod shell;

pub use shell::{App, shell};
