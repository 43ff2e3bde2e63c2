//! The logical dump: JSON lines that either kind of database gives and takes. The first line says what it is, each
//! further one is a row as `{"table": …, "row": {column: value}}`, tables in the order of their foreign keys; the last
//! one counts the rows, so that a file cut short is told from a whole one.

use std::io::{BufRead, Write};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::tables::{Field, Kind, TABLES, Table, fields, schema_version};
use crate::error::{Error, Result};
use crate::sql::{Conn, Row, Sql, Value};

const FORMAT: u32 = 1;
/// Rows read at once.
const PAGE: i64 = 1_000;
/// Rows written by one statement; the widest table has some twenty columns, far from either database's limit.
const BATCH: usize = 100;

#[derive(Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
enum Line {
    Head { voronka_dump: u32, schema: i64 },
    Row { table: String, row: Map<String, Json> },
    End { rows: u64 },
}

/// Writes every table. The caller has begun a transaction that sees one moment.
pub(crate) async fn write(conn: &mut Conn, out: &mut impl Write) -> Result<()> {
    put(out, &Line::Head { voronka_dump: FORMAT, schema: schema_version(conn).await? })?;
    let mut rows = 0;
    for table in TABLES {
        rows += write_table(conn, table, out).await?;
    }
    put(out, &Line::End { rows })
}

async fn write_table(conn: &mut Conn, table: Table, out: &mut impl Write) -> Result<u64> {
    let fields = fields(conn, table).await?;
    let columns: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let (name, columns) = (table.name, columns.join(", "));
    if let Conn::Postgres(_) = conn {
        // The first two columns are every table's key, or begin with it.
        let declare = format!("DECLARE dump_{name} NO SCROLL CURSOR FOR SELECT {columns} FROM {name} ORDER BY 1, 2");
        Sql::assembled(declare).run(conn).await?;
    }
    let (mut count, mut last) = (0, i64::MIN);
    loop {
        let page = match conn {
            Conn::Postgres(_) => Sql::assembled(format!("FETCH {PAGE} FROM dump_{name}")).all(conn).await?,
            Conn::Sqlite(_) => {
                let text = format!(
                    "SELECT rowid AS row_number, {columns} FROM {name} WHERE rowid > $1 ORDER BY rowid LIMIT {PAGE}"
                );
                let page = Sql::assembled(text).bind(last).all(conn).await?;
                if let Some(row) = page.last() {
                    last = row.get("row_number")?;
                }
                page
            }
        };
        for row in &page {
            put(out, &Line::Row { table: name.to_owned(), row: to_json(row, &fields)? })?;
            count += 1;
        }
        if (page.len() as i64) < PAGE {
            break;
        }
    }
    if let Conn::Postgres(_) = conn {
        Sql::assembled(format!("CLOSE dump_{name}")).run(conn).await?;
    }
    Ok(count)
}

fn to_json(row: &Row, fields: &[Field]) -> Result<Map<String, Json>> {
    let mut map = Map::new();
    for Field { name, kind } in fields {
        let value = match kind {
            Kind::Integer => row.get::<Option<i64>>(name)?.map_or(Json::Null, Json::from),
            Kind::Text => row.get::<Option<String>>(name)?.map_or(Json::Null, Json::from),
        };
        map.insert(name.clone(), value);
    }
    Ok(map)
}

fn put(out: &mut impl Write, line: &Line) -> Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// Reads a dump into an empty database, within the caller's transaction.
pub(crate) async fn read(conn: &mut Conn, lines: impl BufRead) -> Result<()> {
    let known = schema_version(conn).await?;
    let mut loading = Loading::default();
    let mut ended = None;
    for (number, text) in (1u64..).zip(lines.lines()) {
        let line = serde_json::from_str(&text?).map_err(|error| corrupt(format!("line {number}: {error}")))?;
        match line {
            Line::Head { voronka_dump, schema } if number == 1 => {
                if voronka_dump != FORMAT || schema > known {
                    return Err(corrupt(format!("format {voronka_dump} of schema {schema}: a newer build wrote it")));
                }
            }
            Line::Row { table, row } if number > 1 && ended.is_none() => loading.take(conn, &table, row).await?,
            Line::End { rows } if number > 1 && ended.is_none() => ended = Some(rows),
            Line::Head { .. } | Line::Row { .. } | Line::End { .. } => {
                return Err(corrupt(format!("line {number} is out of place")));
            }
        }
    }
    loading.flush(conn).await?;
    if ended != Some(loading.count) {
        return Err(corrupt(format!("it ends after {} rows, before its own end", loading.count)));
    }
    renumber(conn).await
}

/// Rows of one table that wait for a statement to share.
#[derive(Default)]
struct Loading {
    table: Option<(Table, Vec<Field>)>,
    waiting: Vec<Map<String, Json>>,
    count: u64,
}

impl Loading {
    async fn take(&mut self, conn: &mut Conn, name: &str, row: Map<String, Json>) -> Result<()> {
        if self.table.as_ref().is_none_or(|(table, _)| table.name != name) || self.waiting.len() >= BATCH {
            self.flush(conn).await?;
            let table = TABLES.into_iter().find(|table| table.name == name);
            let table = table.ok_or_else(|| corrupt(format!("there is no table {name:?}")))?;
            self.table = Some((table, fields(conn, table).await?));
        }
        self.waiting.push(row);
        self.count += 1;
        Ok(())
    }

    async fn flush(&mut self, conn: &mut Conn) -> Result<()> {
        let (Some((table, fields)), Some(first)) = (&self.table, self.waiting.first()) else { return Ok(()) };
        // A column that an older dump has not is left to its default.
        let fields: Vec<&Field> = fields.iter().filter(|field| first.contains_key(&field.name)).collect();
        let mut values = Vec::with_capacity(self.waiting.len() * fields.len());
        for row in &self.waiting {
            if row.len() != fields.len() {
                return Err(corrupt(format!("a row of {} has unknown columns", table.name)));
            }
            for field in &fields {
                values.push(from_json(table.name, field, row.get(&field.name))?);
            }
        }
        let columns: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let width = columns.len();
        let tuple = |row: usize| {
            let places: Vec<String> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
            format!("({})", places.join(", "))
        };
        let tuples: Vec<String> = (0..self.waiting.len()).map(tuple).collect();
        let text = format!("INSERT INTO {} ({}) VALUES {}", table.name, columns.join(", "), tuples.join(", "));
        values.into_iter().fold(Sql::assembled(text), Sql::bind).run(conn).await?;
        self.waiting.clear();
        Ok(())
    }
}

fn from_json(table: &str, field: &Field, value: Option<&Json>) -> Result<Value> {
    let wrong = || corrupt(format!("{table}.{} holds what it can't", field.name));
    Ok(match (field.kind, value) {
        (_, None) => return Err(wrong()),
        (Kind::Integer, Some(Json::Null)) => Value::Integer(None),
        (Kind::Text, Some(Json::Null)) => Value::Text(None),
        (Kind::Integer, Some(json)) => Value::Integer(Some(json.as_i64().ok_or_else(wrong)?)),
        (Kind::Text, Some(json)) => Value::Text(Some(json.as_str().ok_or_else(wrong)?.to_owned())),
    })
}

/// PostgreSQL numbers on after the highest; SQLite does so by itself.
async fn renumber(conn: &mut Conn) -> Result<()> {
    if let Conn::Postgres(_) = conn {
        for Table { name, identity } in TABLES {
            let Some(column) = identity else { continue };
            let sequence = format!("pg_get_serial_sequence('{name}', '{column}')");
            let next = format!("(SELECT COALESCE(MAX({column}), 0) + 1 FROM {name})");
            Sql::assembled(format!("SELECT setval({sequence}, {next}, false)")).all(conn).await?;
        }
    }
    Ok(())
}

fn corrupt(what: String) -> Error {
    Error::Corrupt(format!("the backup: {what}"))
}
