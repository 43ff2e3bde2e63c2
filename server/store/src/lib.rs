//! The only SQL and the only transactions. A command reads, asks [`domain::auth::may`], decides by a pure rule, writes
//! rows and appends its facts, all in one transaction. In reading order:

mod error;
mod sql;
mod sqlite;
mod many;
mod db;
mod migrations;
mod tx;
mod turns;
mod writer;
mod names;
mod sight;
pub mod seen;
pub mod log;
pub mod listen;
pub mod auth;
pub mod storefronts;
pub mod funnels;
pub mod customers;
pub mod board;
pub mod deals;
pub mod orders;
pub mod catalog;
pub mod statuses;
pub mod shipments;
pub mod export;
pub mod tracking;
pub mod screens;
pub mod deliveries;
pub mod import;
pub mod webhooks;
pub mod intake;
pub mod backfills;
pub mod upkeep;

pub use db::{Db, Options, Store};
pub use error::{Error, Result};
pub use seen::Seen;
pub use tx::{Ctx, Tx};

pub mod testing {
    //! For the test that prepares every statement on both databases.
    pub use crate::sql::Registered;

    pub fn statements() -> impl Iterator<Item = &'static Registered> {
        inventory::iter::<Registered>.into_iter()
    }
}
