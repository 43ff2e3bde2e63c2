//! Customers as scripts read and change them: those who have a deal that the caller may see.

use domain::auth::{Action, On, Role, may};
use domain::board::Refusal;
use domain::customers::{Customer, CustomerDetails, CustomerPatch};
use domain::deals::{Fault, Field};
use domain::ids::*;

use super::{Contacts, contacts, find, lock, sight, write};
use crate::board::queries::{escape_like, phone_digits};
use crate::deals::commands::contacts_of;
use crate::error::Result;
use crate::sql::{Conn, Row, sql};
use crate::{Ctx, Seen, Store, Tx};

pub const PAGE_MAX: i64 = 200;

impl Store {
    /// In the order of their ids, after `cursor`. `text`: part of a name, phone or email; empty for all.
    pub async fn customers_page(
        &self,
        ctx: &Ctx,
        text: &str,
        (cursor, limit): (CustomerId, i64),
    ) -> Result<Vec<Customer>> {
        let text = text.trim().to_lowercase();
        let digits = phone_digits(&text).unwrap_or_else(|| text.clone());
        let pattern = |text: &str| if text.is_empty() { String::new() } else { format!("%{}%", escape_like(text)) };
        let rows = sql!(
            "SELECT c.id, c.name, c.phone, c.email, c.created_at FROM customers c WHERE c.id > $1 \
             AND ($2 = '' OR EXISTS (SELECT 1 FROM deals d WHERE d.customer_id = c.id \
             AND $2 LIKE '%,' || CAST(d.storefront_id AS TEXT) || ',%')) \
             AND ($3 = '' OR c.search LIKE $3 ESCAPE '\\' OR c.search LIKE $4 ESCAPE '\\') ORDER BY c.id LIMIT $5"
        )
        .bind(cursor)
        .bind(sight(&ctx.actor))
        .bind(pattern(&text))
        .bind(pattern(&digits))
        .bind(limit.clamp(1, PAGE_MAX))
        .all(&mut self.reader().await?)
        .await?;
        rows.iter().map(customer).collect()
    }

    pub async fn customer(&self, ctx: &Ctx, id: CustomerId) -> Result<CustomerDetails> {
        let sight = sight(&ctx.actor);
        self.snapshot(move |conn| Box::pin(async move { details(conn, &sight, id).await })).await
    }

    /// Changes how a customer is known, on every deal of theirs. Answers with them as they are then.
    pub async fn patch_customer(
        &self,
        ctx: &Ctx,
        command: CommandId,
        id: CustomerId,
        (patch, seen): (CustomerPatch, Seen),
    ) -> Result<CustomerDetails> {
        let content = ("patch customer", id, patch.clone());
        self.write(ctx, command, &content, move |tx| Box::pin(async move { change(tx, id, (patch, seen)).await })).await
    }
}

async fn details(conn: &mut Conn, sight: &str, id: CustomerId) -> Result<CustomerDetails> {
    let customer = visible(conn, sight, id).await?;
    let deals = sql!(
        "SELECT id FROM deals WHERE customer_id = $1 AND ($2 = '' OR $2 LIKE '%,' || CAST(storefront_id AS TEXT) || ',%') \
         ORDER BY id DESC LIMIT 500"
    )
    .bind(id)
    .bind(sight)
    .all(conn)
    .await?;
    let orders = sql!(
        "SELECT id FROM orders WHERE customer_id = $1 AND ($2 = '' OR $2 LIKE '%,' || CAST(storefront_id AS TEXT) || ',%') \
         ORDER BY id DESC LIMIT 500"
    )
    .bind(id)
    .bind(sight)
    .all(conn)
    .await?;
    Ok(CustomerDetails {
        customer,
        deals: deals.iter().map(|row| row.get("id")).collect::<Result<_>>()?,
        orders: orders.iter().map(|row| row.get("id")).collect::<Result<_>>()?,
    })
}

async fn visible(conn: &mut Conn, sight: &str, id: CustomerId) -> Result<Customer> {
    let row = sql!(
        "SELECT c.id, c.name, c.phone, c.email, c.created_at FROM customers c WHERE c.id = $1 \
         AND ($2 = '' OR EXISTS (SELECT 1 FROM deals d WHERE d.customer_id = c.id \
         AND $2 LIKE '%,' || CAST(d.storefront_id AS TEXT) || ',%'))"
    )
    .bind(id)
    .bind(sight)
    .optional(conn)
    .await?;
    customer(&row.ok_or(Refusal::NotFound)?)
}

async fn change(tx: &mut Tx<'_>, id: CustomerId, (patch, seen): (CustomerPatch, Seen)) -> Result<CustomerDetails> {
    let sight = sight(&tx.ctx.actor);
    let before = visible(tx.conn, &sight, id).await?;
    let storefront = somewhere(tx, &sight, id).await?;
    lock(tx.conn, &patched(patch.clone(), &before)?).await?;
    let known = contacts(tx.conn, id).await?;
    // Read anew: until this lock somebody else may have been changing them.
    let now = details(tx.conn, &sight, id).await?;
    seen.holds(&now)?;
    let after = patched(patch, &now.customer)?;
    not_somebody_else_s(tx, id, (&known, &after)).await?;
    write(tx, id, &known, &after, storefront).await?;
    details(tx.conn, &sight, id).await
}

fn patched(patch: CustomerPatch, before: &Customer) -> Result<Contacts> {
    contacts_of(&patch.upon(before).map_err(|faults| Refusal::Faults { faults })?)
}

/// A storefront in which the actor may change this customer: where a deal of theirs is; for one without deals, which
/// only those see who belong to every storefront, none.
async fn somewhere(tx: &mut Tx<'_>, sight: &str, id: CustomerId) -> Result<Option<StorefrontId>> {
    let rows = sql!(
        "SELECT DISTINCT storefront_id FROM deals WHERE customer_id = $1 \
         AND ($2 = '' OR $2 LIKE '%,' || CAST(storefront_id AS TEXT) || ',%') ORDER BY storefront_id"
    )
    .bind(id)
    .bind(sight)
    .all(tx.conn)
    .await?;
    let actor = &tx.ctx.actor;
    for row in &rows {
        let storefront: StorefrontId = row.get("storefront_id")?;
        if may(actor, Action::EditDeal, On::Storefront(storefront)) {
            return Ok(Some(storefront));
        }
    }
    if rows.is_empty() && actor.role >= Role::Manager { Ok(None) } else { Err(Refusal::NotAllowed.into()) }
}

/// A phone or an email is one customer's. Of those whom the actor does not see they learn nothing.
async fn not_somebody_else_s(tx: &mut Tx<'_>, id: CustomerId, (known, after): (&Contacts, &Contacts)) -> Result<()> {
    let anew = [
        (Field::Phone, Contacts { phone: after.phone.clone(), ..Contacts::default() }, known.phone != after.phone),
        (Field::Email, Contacts { email: after.email.clone(), ..Contacts::default() }, known.email != after.email),
    ];
    for (field, contacts, _) in anew.iter().filter(|(.., changes)| *changes) {
        if find(tx, contacts).await?.is_some_and(|other| other != id) {
            return Err(Refusal::Faults { faults: vec![(*field, Fault::Taken)] }.into());
        }
    }
    Ok(())
}

fn customer(row: &Row) -> Result<Customer> {
    Ok(Customer {
        id: row.get("id")?,
        name: row.get("name")?,
        phone: row.get("phone")?,
        email: row.get("email")?,
        created_at: row.get("created_at")?,
    })
}
