//! The next rows of a file, never cut in the middle of an order.

use std::ops::Range;

use domain::deals::LINES_MAX;
use domain::ids::*;
use domain::import::{Kind, Mapping, entries, same_entry};

use crate::error::Result;
use crate::sql::{Conn, Row, sql};

/// Rows that one command works through, so that somebody else's hardly waits for it.
const BATCH_ROWS: usize = 100;

/// Some rows, as they are worked through.
pub(super) struct Portion {
    pub places: Vec<i64>,
    pub rows: Vec<Vec<String>>,
    pub entries: Vec<Range<usize>>,
    /// The first entry goes on with an order that was already too long.
    pub torn: bool,
    /// Nothing comes after them.
    pub last: bool,
}

pub(super) fn cells(row: &Row) -> Result<Vec<String>> {
    Ok(serde_json::from_str(&row.get::<String>("cells")?)?)
}

pub(super) async fn portion(conn: &mut Conn, import: ImportId, mapping: &Mapping, at: i64) -> Result<Portion> {
    let mut portion = whole(conn, (import, at), mapping, BATCH_ROWS).await?;
    if portion.entries.is_empty() && !portion.last {
        // One order fills it all: as far as an order may go, and one row to see that it goes further.
        portion = whole(conn, (import, at), mapping, LINES_MAX + 1).await?;
        if portion.entries.is_empty() {
            portion.entries.push(0..portion.rows.len());
        }
    }
    let end = portion.entries.last().map_or(0, |entry| entry.end);
    portion.rows.truncate(end);
    portion.places.truncate(end);
    if at > 0
        && mapping.kind != Kind::Customers
        && let Some(first) = portion.rows.first()
    {
        let before =
            sql!("SELECT cells FROM import_rows WHERE import_id = $1 AND place <= $2 ORDER BY place DESC LIMIT 1");
        let before = before.bind(import).bind(at).optional(conn).await?;
        let before = before.as_ref().map(cells).transpose()?;
        portion.torn = before.is_some_and(|before| same_entry(&before, first, mapping));
    }
    Ok(portion)
}

/// Entries that surely end among the next rows.
async fn whole(conn: &mut Conn, (import, at): (ImportId, i64), mapping: &Mapping, limit: usize) -> Result<Portion> {
    let found =
        sql!("SELECT place, cells FROM import_rows WHERE import_id = $1 AND place > $2 ORDER BY place LIMIT $3")
            .bind(import)
            .bind(at)
            .bind(limit as i64 + 1)
            .all(conn)
            .await?;
    let places: Vec<i64> = found.iter().map(|row| row.get("place")).collect::<Result<_>>()?;
    let rows: Vec<Vec<String>> = found.iter().map(cells).collect::<Result<_>>()?;
    let last = rows.len() <= limit;
    let mut entries = entries(&rows, mapping);
    if !last {
        entries.pop();
    }
    Ok(Portion { places, rows, entries, torn: false, last })
}
