//! Customers: found again by normalised phone or email, else created.

mod phone;

use domain::event::{Fact, Scope};
use domain::ids::*;

pub use phone::normal_phone;

use crate::Tx;
use crate::error::Result;
use crate::sql::{Conn, sql};

/// How a customer is known. The phone is E.164, the email lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contacts {
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// By phone, else by email, else a new one. Contacts that the found one lacks are added; its name stays.
pub(crate) async fn find_or_create(
    tx: &mut Tx<'_>,
    contacts: &Contacts,
    storefront: StorefrontId,
) -> Result<CustomerId> {
    lock(tx.conn, contacts).await?;
    if let Some(found) = find(tx.conn, contacts).await? {
        sql!("UPDATE customers SET phone = COALESCE(phone, $2), email = COALESCE(email, $3) WHERE id = $1")
            .bind(found)
            .bind(contacts.phone.clone())
            .bind(contacts.email.clone())
            .run(tx.conn)
            .await?;
        return Ok(found);
    }
    let id: CustomerId =
        sql!("INSERT INTO customers (name, phone, email, created_at) VALUES ($1, $2, $3, $4) RETURNING id")
            .bind(&contacts.name)
            .bind(contacts.phone.clone())
            .bind(contacts.email.clone())
            .bind(tx.ctx.now)
            .one(tx.conn)
            .await?
            .get("id")?;
    let scope = Scope { storefront: Some(storefront), customer: Some(id), ..Scope::default() };
    tx.record(scope, Fact::CustomerCreated);
    Ok(id)
}

/// A deal's contacts were edited: the customer changes, or, where the phone or email is somebody else's already,
/// the deal goes over to that customer.
pub(crate) async fn change(
    tx: &mut Tx<'_>,
    current: CustomerId,
    contacts: &Contacts,
    storefront: StorefrontId,
) -> Result<CustomerId> {
    lock(tx.conn, contacts).await?;
    let before = sql!("SELECT name, phone, email FROM customers WHERE id = $1").bind(current).one(tx.conn).await?;
    let before = Contacts { name: before.get("name")?, phone: before.get("phone")?, email: before.get("email")? };
    if before == *contacts {
        return Ok(current);
    }
    let reached_anew = before.phone != contacts.phone || before.email != contacts.email;
    let customer = match find(tx.conn, contacts).await? {
        Some(other) if reached_anew => other,
        Some(_) | None => current,
    };
    sql!(
        "UPDATE customers SET name = $2, phone = COALESCE($3, CASE WHEN $5 = 1 THEN NULL ELSE phone END), \
          email = COALESCE($4, CASE WHEN $5 = 1 THEN NULL ELSE email END) WHERE id = $1"
    )
    .bind(customer)
    .bind(&contacts.name)
    .bind(contacts.phone.clone())
    .bind(contacts.email.clone())
    .bind(customer == current)
    .run(tx.conn)
    .await?;
    rename_in_search(tx.conn, customer, &before.name, &contacts.name).await?;
    // Every storefront that knows the customer is told.
    let rows =
        sql!("SELECT DISTINCT storefront_id FROM deals WHERE customer_id = $1").bind(customer).all(tx.conn).await?;
    let mut told: Vec<StorefrontId> = rows.iter().map(|row| row.get("storefront_id")).collect::<Result<_>>()?;
    if !told.contains(&storefront) {
        told.push(storefront);
    }
    for storefront in told {
        let scope = Scope { storefront: Some(storefront), customer: Some(customer), ..Scope::default() };
        tx.record(scope, Fact::CustomerChanged);
    }
    Ok(customer)
}

/// The name is the first line of what a search looks through.
async fn rename_in_search(conn: &mut Conn, customer: CustomerId, before: &str, after: &str) -> Result<()> {
    let (before, after) = (before.to_lowercase(), after.to_lowercase());
    sql!("UPDATE deals SET search = $3 || SUBSTR(search, LENGTH($2) + 1) WHERE customer_id = $1 AND SUBSTR(search, 1, LENGTH($2)) = $2")
        .bind(customer)
        .bind(before)
        .bind(after)
        .run(conn)
        .await
        .map(drop)
}

pub(crate) async fn name_of(conn: &mut Conn, customer: CustomerId) -> Result<String> {
    sql!("SELECT name FROM customers WHERE id = $1").bind(customer).one(conn).await?.get("name")
}

async fn find(conn: &mut Conn, contacts: &Contacts) -> Result<Option<CustomerId>> {
    if let Some(phone) = &contacts.phone {
        let row =
            sql!("SELECT id FROM customers WHERE phone = $1 ORDER BY id LIMIT 1").bind(phone).optional(conn).await?;
        if let Some(row) = row {
            return row.get("id").map(Some);
        }
    }
    if let Some(email) = &contacts.email {
        let row = sql!("SELECT id, phone FROM customers WHERE email = $1 ORDER BY id LIMIT 1")
            .bind(email)
            .optional(conn)
            .await?;
        if let Some(row) = row {
            return row.get("id").map(Some);
        }
    }
    Ok(None)
}

/// PostgreSQL: two orders of one new customer at once make one customer.
async fn lock(conn: &mut Conn, contacts: &Contacts) -> Result<()> {
    if !matches!(conn, Conn::Postgres(_)) {
        return Ok(());
    }
    let mut keys: Vec<&String> = [&contacts.phone, &contacts.email].into_iter().flatten().collect();
    keys.sort();
    for key in keys {
        sql!(sqlite: "SELECT $1", postgres: "SELECT CAST(pg_advisory_xact_lock(hashtext($1)) AS TEXT) AS held")
            .bind(key)
            .all(conn)
            .await?;
    }
    Ok(())
}
