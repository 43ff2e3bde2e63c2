//! The rows that an import has left, written again by hand: no rights, no rules, no telephones to be read, no batches.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Each refers only to those before it.
const TABLES: [&str; 6] = ["imports", "customers", "deals", "deal_lines", "events", "import_rows"];

/// What it takes to write into `into`, a copy of `from` before its import, what came into `from` since.
pub fn seconds(from: &Path, into: &Path) -> f64 {
    let source = Connection::open(from).expect("a database");
    let target = Connection::open(into).expect("a database");
    target
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; BEGIN IMMEDIATE",
        )
        .expect("a transaction");
    let mut took = Duration::ZERO;
    for table in TABLES {
        let (columns, rows) = new_rows(&source, &target, table).expect("rows");
        assert!(!rows.is_empty(), "an import left nothing in {table}");
        let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
        let text = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), places.join(", "));
        let mut statement = target.prepare(&text).expect("a statement");
        let begun = Instant::now();
        for row in &rows {
            statement.execute(params_from_iter(row)).expect("a row");
        }
        took += begun.elapsed();
    }
    let begun = Instant::now();
    target.execute_batch("COMMIT").expect("on disk");
    (took + begun.elapsed()).as_secs_f64()
}

/// The columns of a table, and its rows that only the source has.
fn new_rows(source: &Connection, target: &Connection, table: &str) -> rusqlite::Result<(Vec<String>, Vec<Vec<Value>>)> {
    let known: i64 = target.query_row(&format!("SELECT COALESCE(MAX(rowid), 0) FROM {table}"), [], |row| row.get(0))?;
    let mut statement = source.prepare(&format!("SELECT * FROM {table} WHERE rowid > ?1 ORDER BY rowid"))?;
    let columns: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let width = columns.len();
    let rows = statement.query_map([known], |row| (0..width).map(|column| row.get(column)).collect())?;
    let rows = rows.collect::<rusqlite::Result<Vec<Vec<Value>>>>()?;
    Ok((columns, rows))
}
