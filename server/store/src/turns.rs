//! PostgreSQL: what no row can hold apart, such as a count or a name that is not there yet, is done one after another.
//! Each statement sees what was committed before it: whoever waited here looks only afterwards, and looks right.
//!
//! Rows and turns are taken in one order, so that nobody waits for each other in a circle: what a shop calls an order, the
//! order, the funnel, the stages by their ids, the deals by theirs, the lost reasons, the ways of reaching a customer, the
//! customers by their ids. The log's own turn is the last.

use crate::error::Result;
use crate::sql::{Conn, sql};

/// Nobody else is at it until the transaction ends. SQLite has one writer and needs no turns.
pub(crate) async fn take(conn: &mut Conn, over: &str) -> Result<()> {
    if matches!(conn, Conn::Postgres(_)) {
        sql!(sqlite: "SELECT $1", postgres: "SELECT CAST(pg_advisory_xact_lock(hashtext($1)) AS TEXT) AS held")
            .bind(over)
            .all(conn)
            .await?;
    }
    Ok(())
}
