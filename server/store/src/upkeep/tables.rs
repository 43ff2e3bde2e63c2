//! The tables, as a logical dump walks them. Names are constant; columns are read from the database itself, so that a
//! new column is never forgotten.

use crate::error::{Error, Result};
use crate::sql::{Conn, sql};

/// A table and, where it numbers its rows itself, the column that it numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    pub identity: Option<&'static str>,
}

const fn numbered(name: &'static str) -> Table {
    Table { name, identity: Some("id") }
}

const fn plain(name: &'static str) -> Table {
    Table { name, identity: None }
}

/// Each after those that it refers to: loaded in this order, no foreign key dangles.
pub const TABLES: [Table; 51] = [
    plain("settings"),
    numbered("users"),
    numbered("storefronts"),
    plain("memberships"),
    plain("sessions"),
    plain("links"),
    numbered("tokens"),
    plain("token_storefronts"),
    numbered("funnels"),
    numbered("stages"),
    numbered("statuses"),
    plain("status_steps"),
    numbered("scenarios"),
    plain("scenario_steps"),
    plain("status_stages"),
    plain("stage_statuses"),
    numbered("lost_reasons"),
    numbered("customers"),
    numbered("deals"),
    plain("deal_lines"),
    numbered("orders"),
    plain("order_lines"),
    numbered("order_stays"),
    numbered("shipments"),
    plain("scans"),
    numbered("carrier_answers"),
    plain("carrier_accounts"),
    plain("unknown_codes"),
    numbered("suppliers"),
    numbered("warehouses"),
    numbered("products"),
    numbered("variants"),
    numbered("stock"),
    numbered("stock_ledger"),
    numbered("intake"),
    numbered("deliveries"),
    plain("forged"),
    plain("backfills"),
    numbered("views"),
    plain("pairings"),
    numbered("screens"),
    numbered("imports"),
    plain("import_rows"),
    plain("import_mappings"),
    plain("cursors"),
    numbered("webhooks"),
    plain("webhook_storefronts"),
    numbered("webhook_deliveries"),
    numbered("webhook_attempts"),
    Table { name: "events", identity: Some("seq") },
    plain("commands"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Text,
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub name: String,
    pub kind: Kind,
}

/// A table's columns in their order.
pub(crate) async fn fields(conn: &mut Conn, table: Table) -> Result<Vec<Field>> {
    let rows = sql!(
        sqlite: "SELECT name, type AS kind FROM pragma_table_info($1) ORDER BY cid",
        postgres: "SELECT CAST(column_name AS TEXT) AS name, CAST(data_type AS TEXT) AS kind \
                   FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 \
                   ORDER BY ordinal_position",
    )
    .bind(table.name)
    .all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let (name, kind): (String, String) = (row.get("name")?, row.get("kind")?);
            let kind = match kind.as_str() {
                "INTEGER" | "bigint" => Kind::Integer,
                "TEXT" | "text" => Kind::Text,
                other => return Err(Error::Corrupt(format!("column {}.{name} is of kind {other}", table.name))),
            };
            // The names go into statements: ours are plain words, and nothing else is let through.
            if !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
                return Err(Error::Corrupt(format!("a column of {} is called {name:?}", table.name)));
            }
            Ok(Field { name, kind })
        })
        .collect()
}

/// The newest migration that the database has seen.
pub(crate) async fn schema_version(conn: &mut Conn) -> Result<i64> {
    sql!("SELECT MAX(version) AS version FROM _sqlx_migrations").one(conn).await?.get("version")
}
