//! Files of customers, deals or orders on their way in: kept row by row, worked through in small commands between those
//! of everybody else, and taken back the same way.

mod around;
mod batch;
mod commands;
mod drive;
mod hold;
mod known;
mod outcomes;
mod people;
mod plan;
mod queries;
mod read;
mod removal;
mod rows;
mod take_in;
mod tidying;
mod undo;
mod write;

use domain::auth::{Action, Actor, On, may};
use domain::board::Refusal;
pub use domain::import::{Import, NewImport, RefusedRow, StartImport};

pub use drive::{LEASE_MS, Run};
pub use take_in::NewRow;
pub(crate) use tidying::{tidy, untidy};

use crate::error::Result;
use crate::sql::Conn;

/// For whoever may import into its storefront; to those who do not belong there it does not exist.
fn allowed(actor: &Actor, import: Import) -> Result<Import> {
    if !actor.storefronts.contains(import.storefront) {
        return Err(Refusal::NotFound.into());
    }
    if !may(actor, Action::Import, On::Storefront(import.storefront)) {
        return Err(Refusal::NotAllowed.into());
    }
    Ok(import)
}

/// The ending of a query that holds the rows it finds until the transaction ends.
fn held(conn: &Conn) -> &'static str {
    if matches!(conn, Conn::Postgres(_)) { " FOR NO KEY UPDATE" } else { "" }
}
