//! Customers: found again by normalised phone or email, else created.

mod scripts;

use domain::auth::{Actor, Storefronts, Who};
use domain::event::{Fact, Scope};
use domain::ids::*;

pub use phones::normal_phone;
pub use scripts::PAGE_MAX;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::sql::{Conn, Row, Sql, sql};
use crate::{Tx, turns};

/// How a customer is known. The phone is E.164, the email lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Contacts {
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// What a customer without a name is called: by the number of the cart or order.
pub(crate) const UNNAMED: &str = "№ ";

impl Contacts {
    /// What a search finds them by, in lower case: name, phone with and without its country, email.
    pub(crate) fn searched(&self) -> String {
        let phone = self.phone.as_deref();
        let national = phone.and_then(|phone| phone.strip_prefix("+38"));
        let parts = [Some(self.name.as_str()), phone, national, self.email.as_deref()];
        let words: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        words.join("\n").to_lowercase()
    }

    fn reachable(&self) -> bool {
        self.phone.is_some() || self.email.is_some()
    }

    /// What is known, and what it lacks from the other.
    pub(crate) fn or(self, other: &Contacts) -> Contacts {
        Contacts {
            name: self.name,
            phone: self.phone.or_else(|| other.phone.clone()),
            email: self.email.or_else(|| other.email.clone()),
        }
    }
}

/// By phone, else by email, else a new one. Contacts that the found one lacks are added; its name stays.
pub(crate) async fn find_or_create(tx: &mut Tx<'_>, given: &Contacts, storefront: StorefrontId) -> Result<CustomerId> {
    lock(tx.conn, given).await?;
    if let Some(found) = find(tx, given).await? {
        let known = contacts(tx.conn, found).await?;
        write(tx, found, &known, &known.clone().or(given), Some(storefront)).await?;
        return Ok(found);
    }
    let id: CustomerId =
        sql!("INSERT INTO customers (name, phone, email, search, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id")
            .bind(&given.name)
            .bind(given.phone.clone())
            .bind(given.email.clone())
            .bind(given.searched())
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
    given: &Contacts,
    storefront: StorefrontId,
) -> Result<CustomerId> {
    hold(tx, current, given).await?;
    let known = contacts(tx.conn, current).await?;
    let reached_anew = known.phone != given.phone || known.email != given.email;
    match find(tx, given).await? {
        Some(other) if reached_anew && other != current => {
            let known = contacts(tx.conn, other).await?;
            write(tx, other, &known, &given.clone().or(&known), Some(storefront)).await?;
            Ok(other)
        }
        Some(_) | None => write(tx, current, &known, given, Some(storefront)).await.map(|()| current),
    }
}

/// A cart's customer is often nobody yet; its order says who it is.
pub(crate) async fn introduce(
    tx: &mut Tx<'_>,
    current: CustomerId,
    given: &Contacts,
    storefront: StorefrontId,
) -> Result<CustomerId> {
    hold(tx, current, given).await?;
    let known = contacts(tx.conn, current).await?;
    let found = find(tx, given).await?;
    if found.is_some_and(|found| found != current) || (found.is_none() && known.reachable() && given.reachable()) {
        return find_or_create(tx, given, storefront).await;
    }
    let nameless = known.name.starts_with(UNNAMED);
    let name = if nameless { given.name.clone() } else { known.name.clone() };
    let after = Contacts { name, ..known.clone().or(given) };
    write(tx, current, &known, &after, Some(storefront)).await?;
    Ok(current)
}

/// The customer's row, what a search finds them by, and the fact for every storefront that knows them. No deal is
/// written: whoever works on one goes on.
pub(crate) async fn write(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    before: &Contacts,
    after: &Contacts,
    storefront: Option<StorefrontId>,
) -> Result<()> {
    if before == after {
        return Ok(());
    }
    sql!("UPDATE customers SET name = $2, phone = $3, email = $4, search = $5 WHERE id = $1")
        .bind(customer)
        .bind(&after.name)
        .bind(after.phone.clone())
        .bind(after.email.clone())
        .bind(after.searched())
        .run(tx.conn)
        .await?;
    let rows =
        sql!("SELECT DISTINCT storefront_id FROM deals WHERE customer_id = $1").bind(customer).all(tx.conn).await?;
    let mut told: Vec<StorefrontId> = rows.iter().map(|row| row.get("storefront_id")).collect::<Result<_>>()?;
    told.extend(storefront.filter(|storefront| !told.contains(storefront)));
    for storefront in told {
        let scope = Scope { storefront: Some(storefront), customer: Some(customer), ..Scope::default() };
        tx.record(scope, Fact::CustomerChanged);
    }
    Ok(())
}

pub(crate) async fn name_of(conn: &mut Conn, customer: CustomerId) -> Result<String> {
    sql!("SELECT name FROM customers WHERE id = $1").bind(customer).one(conn).await?.get("name")
}

/// How the customer is known now. PostgreSQL: nobody else changes them until the transaction ends.
pub(crate) async fn contacts(conn: &mut Conn, customer: CustomerId) -> Result<Contacts> {
    let row = sql!(
        sqlite: "SELECT name, phone, email FROM customers WHERE id = $1",
        postgres: "SELECT name, phone, email FROM customers WHERE id = $1 FOR NO KEY UPDATE",
    );
    read(&row.bind(customer).one(conn).await?)
}

/// The same to look at: nobody waits.
pub(crate) async fn contacts_now(conn: &mut Conn, customer: CustomerId) -> Result<Contacts> {
    read(&sql!("SELECT name, phone, email FROM customers WHERE id = $1").bind(customer).one(conn).await?)
}

/// PostgreSQL: all that giving a customer these contacts may touch, in the order in which everybody takes it: the ways of
/// reaching them, then the customers by their ids. Whoever looks at a customer before that takes it first.
pub(crate) async fn hold(tx: &mut Tx<'_>, current: CustomerId, given: &Contacts) -> Result<()> {
    if !matches!(tx.conn, Conn::Postgres(_)) {
        return Ok(());
    }
    let reached = given.clone().or(&contacts_now(tx.conn, current).await?);
    lock(tx.conn, &reached).await?;
    let mut touched = vec![current];
    touched.extend(find(tx, given).await?);
    touched.extend(find(tx, &reached).await?);
    touched.sort();
    touched.dedup();
    for customer in touched {
        contacts(tx.conn, customer).await?;
    }
    Ok(())
}

fn read(row: &Row) -> Result<Contacts> {
    Ok(Contacts { name: row.get("name")?, phone: row.get("phone")?, email: row.get("email")? })
}

/// Whoever works for some storefronts only finds the customers of these: a phone that they type must not tell them who
/// buys elsewhere. A shop's hook tells nobody anything, and finds everybody.
async fn find(tx: &mut Tx<'_>, contacts: &Contacts) -> Result<Option<CustomerId>> {
    let sight = sight(&tx.ctx.actor);
    for (column, value) in [("phone", &contacts.phone), ("email", &contacts.email)] {
        let Some(value) = value else { continue };
        if let Some(found) = known_by(tx.conn, column, value, &sight).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The first customer in sight with this value in this column.
async fn known_by(conn: &mut Conn, column: &'static str, value: &str, sight: &str) -> Result<Option<CustomerId>> {
    let row = Sql::assembled(format!(
        "SELECT c.id FROM customers c WHERE c.{column} = $1 AND ($2 = '' OR EXISTS (SELECT 1 FROM deals d \
         WHERE d.customer_id = c.id AND $2 LIKE '%,' || CAST(d.storefront_id AS TEXT) || ',%')) ORDER BY c.id LIMIT 1"
    ))
    .bind(value)
    .bind(sight)
    .optional(conn)
    .await?;
    row.map(|row| row.get("id")).transpose()
}

/// ",1,5,": the storefronts whose customers the actor may find; empty for all of them.
pub(crate) fn sight(actor: &Actor) -> String {
    match actor.who {
        Who::User(_) | Who::Token(_) => crate::sight::sight(&actor.storefronts),
        Who::Shop(_) | Who::System => crate::sight::sight(&Storefronts::All),
    }
}

/// PostgreSQL: two orders of one new customer at once make one customer.
async fn lock(conn: &mut Conn, contacts: &Contacts) -> Result<()> {
    let mut keys: Vec<&String> = [&contacts.phone, &contacts.email].into_iter().flatten().collect();
    keys.sort();
    for key in keys {
        turns::take(conn, key).await?;
    }
    Ok(())
}
