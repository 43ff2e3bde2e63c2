//! What is here already of what a file brings: by the codes and numbers of orders, by phones and addresses of customers.

use std::collections::{BTreeSet, HashSet};

use domain::ids::*;

use super::people::People;
use crate::Tx;
use crate::customers::{self, Contacts};
use crate::error::Result;
use crate::sql::{Conn, sql};

/// The codes and numbers of deals and orders.
#[derive(Default)]
pub(super) struct Codes {
    pub external: HashSet<String>,
    pub numbers: HashSet<String>,
}

/// PostgreSQL: nobody else makes these orders or these customers until the transaction ends.
pub(super) async fn lock(conn: &mut Conn, keys: &BTreeSet<String>) -> Result<()> {
    if !matches!(conn, Conn::Postgres(_)) {
        return Ok(());
    }
    sql!(
        sqlite: "SELECT $1",
        postgres: "SELECT CAST(pg_advisory_xact_lock(hashtext(k.key)) AS TEXT) AS held \
                   FROM json_array_elements_text(CAST($1 AS JSON)) AS k(key)",
    )
    .bind(serde_json::to_string(keys)?)
    .all(conn)
    .await
    .map(drop)
}

/// Under the name by which a shop's own news of the order are held apart.
pub(super) fn order_key(storefront: StorefrontId, code: &str) -> String {
    format!("order {storefront} {code}")
}

pub(super) fn customer_keys(contacts: &Contacts) -> impl Iterator<Item = String> {
    [contacts.phone.clone(), contacts.email.clone()].into_iter().flatten()
}

/// Those of these codes and numbers that a deal or an order of the storefront has.
pub(super) async fn codes(conn: &mut Conn, storefront: StorefrontId, wanted: &Codes) -> Result<Codes> {
    let rows = sql!(
        sqlite: "SELECT external_id AS code, CAST(0 AS BIGINT) AS numbered FROM deals WHERE storefront_id = $1 \
                 AND external_id IN (SELECT value FROM json_each($2)) \
                 UNION ALL SELECT external_id, CAST(0 AS BIGINT) FROM orders WHERE storefront_id = $1 \
                 AND external_id IN (SELECT value FROM json_each($2)) \
                 UNION ALL SELECT order_number, CAST(1 AS BIGINT) FROM deals WHERE storefront_id = $1 \
                 AND order_number IN (SELECT value FROM json_each($3)) \
                 UNION ALL SELECT number, CAST(1 AS BIGINT) FROM orders WHERE storefront_id = $1 \
                 AND number IN (SELECT value FROM json_each($3))",
        postgres: "SELECT external_id AS code, CAST(0 AS BIGINT) AS numbered FROM deals WHERE storefront_id = $1 \
                   AND external_id = ANY (ARRAY(SELECT json_array_elements_text(CAST($2 AS JSON)))) \
                   UNION ALL SELECT external_id, CAST(0 AS BIGINT) FROM orders WHERE storefront_id = $1 \
                   AND external_id = ANY (ARRAY(SELECT json_array_elements_text(CAST($2 AS JSON)))) \
                   UNION ALL SELECT order_number, CAST(1 AS BIGINT) FROM deals WHERE storefront_id = $1 \
                   AND order_number = ANY (ARRAY(SELECT json_array_elements_text(CAST($3 AS JSON)))) \
                   UNION ALL SELECT number, CAST(1 AS BIGINT) FROM orders WHERE storefront_id = $1 \
                   AND number = ANY (ARRAY(SELECT json_array_elements_text(CAST($3 AS JSON))))",
    )
    .bind(storefront)
    .bind(serde_json::to_string(&wanted.external)?)
    .bind(serde_json::to_string(&wanted.numbers)?)
    .all(conn)
    .await?;
    let mut known = Codes::default();
    for row in &rows {
        let code = row.get("code")?;
        if row.get::<bool>("numbered")? {
            known.numbers.insert(code)
        } else {
            known.external.insert(code)
        };
    }
    Ok(known)
}

/// The customers who are reached so, and by these names those of whom nothing else is known. Whoever works for some
/// storefronts finds those who buy there or came by a file there, as elsewhere.
pub(super) async fn people(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    wanted: &[Contacts],
    names: &[String],
) -> Result<People> {
    let phones: BTreeSet<&String> = wanted.iter().filter_map(|contacts| contacts.phone.as_ref()).collect();
    let emails: BTreeSet<&String> = wanted.iter().filter_map(|contacts| contacts.email.as_ref()).collect();
    let rows = sql!(
        sqlite: "SELECT c.id, c.name, c.phone, c.email FROM customers c WHERE c.id IN ( \
                 SELECT id FROM customers WHERE phone IN (SELECT value FROM json_each($1)) \
                 UNION SELECT id FROM customers WHERE email IN (SELECT value FROM json_each($2)) \
                 UNION SELECT id FROM customers WHERE phone IS NULL AND email IS NULL \
                 AND name IN (SELECT value FROM json_each($3))) \
                 AND ($4 = '' OR EXISTS (SELECT 1 FROM deals d WHERE d.customer_id = c.id \
                 AND $4 LIKE '%,' || CAST(d.storefront_id AS TEXT) || ',%') OR EXISTS (SELECT 1 FROM import_rows r \
                 JOIN imports i ON i.id = r.import_id WHERE r.customer_id = c.id AND i.storefront_id = $5)) ORDER BY c.id",
        postgres: "SELECT c.id, c.name, c.phone, c.email FROM customers c WHERE c.id IN ( \
                   SELECT id FROM customers WHERE phone = ANY (ARRAY(SELECT json_array_elements_text(CAST($1 AS JSON)))) \
                   UNION SELECT id FROM customers \
                   WHERE email = ANY (ARRAY(SELECT json_array_elements_text(CAST($2 AS JSON)))) \
                   UNION SELECT id FROM customers WHERE phone IS NULL AND email IS NULL \
                   AND name = ANY (ARRAY(SELECT json_array_elements_text(CAST($3 AS JSON))))) \
                   AND ($4 = '' OR EXISTS (SELECT 1 FROM deals d WHERE d.customer_id = c.id \
                   AND $4 LIKE '%,' || CAST(d.storefront_id AS TEXT) || ',%') OR EXISTS (SELECT 1 FROM import_rows r \
                   JOIN imports i ON i.id = r.import_id WHERE r.customer_id = c.id AND i.storefront_id = $5)) \
                   ORDER BY c.id FOR NO KEY UPDATE OF c",
    )
    .bind(serde_json::to_string(&phones)?)
    .bind(serde_json::to_string(&emails)?)
    .bind(serde_json::to_string(names)?)
    .bind(customers::sight(&tx.ctx.actor))
    .bind(storefront)
    .all(tx.conn)
    .await?;
    let mut people = People::default();
    for row in &rows {
        let contacts = Contacts { name: row.get("name")?, phone: row.get("phone")?, email: row.get("email")? };
        people.add_known(row.get("id")?, contacts);
    }
    Ok(people)
}
