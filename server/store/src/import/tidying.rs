//! A file's rows are kept for as long as somebody may still want to mend or undo; then their cells go, for they are full
//! of people. A file that nobody started goes whole.

use domain::ids::*;

use super::rows;
use crate::error::Result;
use crate::sql::{Conn, Row, sql};

const DAY: Millis = 86_400_000;
const KEPT_MS: Millis = 30 * DAY;
/// One that broke off while its rows were coming.
const RECEIVING_MS: Millis = DAY;
/// Rows emptied or removed by one command.
const BATCH: i64 = 1_000;

/// Whether there is something to do.
pub(crate) async fn untidy(conn: &mut Conn, now: Millis) -> Result<bool> {
    Ok(old(conn, now).await?.is_some() || abandoned(conn, now).await?.is_some())
}

/// Some of it; how many rows went or were emptied.
pub(crate) async fn tidy(conn: &mut Conn, now: Millis) -> Result<u64> {
    if let Some(import) = abandoned(conn, now).await? {
        return if at_rest(conn, import).await? { remove(conn, import).await } else { Ok(0) };
    }
    match old(conn, now).await? {
        Some(import) if at_rest(conn, import).await? => empty(conn, import, now).await,
        Some(_) | None => Ok(0),
    }
}

/// PostgreSQL: and stays so until the transaction ends. Somebody may have started or undone it since it was looked up.
async fn at_rest(conn: &mut Conn, import: ImportId) -> Result<bool> {
    Ok(rows::find_held(conn, import).await?.is_some_and(|import| !import.state.is_going()))
}

async fn old(conn: &mut Conn, now: Millis) -> Result<Option<ImportId>> {
    let row = sql!(
        "SELECT id FROM imports WHERE state IN ('done', 'failed', 'undone') AND emptied_at IS NULL AND ended_at < $1 \
         ORDER BY id LIMIT 1"
    );
    id(row.bind(now - KEPT_MS).optional(conn).await?)
}

async fn abandoned(conn: &mut Conn, now: Millis) -> Result<Option<ImportId>> {
    let row = sql!(
        "SELECT id FROM imports WHERE (state = 'receiving' AND created_at < $1) \
         OR (state IN ('uploaded', 'checked') AND created_at < $2) ORDER BY id LIMIT 1"
    );
    id(row.bind(now - RECEIVING_MS).bind(now - KEPT_MS).optional(conn).await?)
}

fn id(row: Option<Row>) -> Result<Option<ImportId>> {
    row.map(|row| row.get("id")).transpose()
}

/// A piece of its rows; where none is left, the file itself. How many went.
pub(super) async fn remove(conn: &mut Conn, import: ImportId) -> Result<u64> {
    let gone = sql!(
        "DELETE FROM import_rows WHERE import_id = $1 AND place IN \
         (SELECT place FROM import_rows WHERE import_id = $1 ORDER BY place LIMIT $2)"
    );
    let gone = gone.bind(import).bind(BATCH).run(conn).await?;
    if gone > 0 {
        return Ok(gone);
    }
    sql!("DELETE FROM imports WHERE id = $1").bind(import).run(conn).await
}

/// What became of each row stays, without anybody's name: an import of the same file still knows whom it brought.
async fn empty(conn: &mut Conn, import: ImportId, now: Millis) -> Result<u64> {
    let emptied = sql!(
        "UPDATE import_rows SET cells = '[]', customer_before = NULL, customer_after = NULL WHERE import_id = $1 \
         AND place IN (SELECT place FROM import_rows WHERE import_id = $1 AND cells <> '[]' ORDER BY place LIMIT $2)"
    );
    let emptied = emptied.bind(import).bind(BATCH).run(conn).await?;
    if emptied > 0 {
        return Ok(emptied);
    }
    sql!("UPDATE imports SET emptied_at = $2 WHERE id = $1").bind(import).bind(now).run(conn).await
}
