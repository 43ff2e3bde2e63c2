//! Orders as shops send them. Deliveries may come twice, late or in any order: what counts is when the shop changed
//! the order, and what we already know.

mod history;
mod insertion;
mod leads;
mod list;
mod queries;

pub(crate) use insertion::insert_all;
pub(crate) use leads::order_funnel;
pub use list::LIST_MAX;

use domain::auth::Actor;
use domain::board::Card;
use domain::event::{Fact, Scope};
use domain::i18n::Lang;
use domain::ids::*;
use domain::orders::{IncomingOrder, Line, ShopStatus};
use serde::{Deserialize, Serialize};

use crate::board::{self, card_for_update};
use crate::customers::Contacts;
use crate::deals::contents;
use crate::error::{Error, Result};
use crate::sql::{Conn, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

/// What a delivery did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    pub order: Option<OrderId>,
    pub deal: Option<DealId>,
    /// It was already known as it is: nothing was written.
    pub unchanged: bool,
}

/// How an order arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arrival {
    Sent,
    /// Taken out of the shop's bin: a deletion before it no longer counts.
    Restored,
    /// Out of the shop's past, asked for: what has ended there does not begin here anew. The language is that of a lost
    /// reason that may have to be made.
    History {
        lang: Lang,
    },
}

impl Store {
    /// Takes a shop's order in, as the shop itself. What comes by a door is recorded too: [`Store::take_delivery`].
    pub async fn receive_order(
        &self,
        storefront: StorefrontId,
        now: Millis,
        order: IncomingOrder,
        arrival: Arrival,
    ) -> Result<Received> {
        let ctx = Ctx { actor: Actor::shop(storefront), now };
        let content = (storefront, order.clone(), arrival);
        self.write(&ctx, new_command(), &content, move |tx| {
            Box::pin(async move { receive(tx, storefront, order, arrival).await })
        })
        .await
    }

    /// The shop deleted an order. One that never arrived is remembered, so that a late creation does not revive it.
    pub async fn delete_order(&self, storefront: StorefrontId, now: Millis, external_id: String) -> Result<Received> {
        let ctx = Ctx { actor: Actor::shop(storefront), now };
        let content = (storefront, external_id.clone());
        self.write(&ctx, new_command(), &content, move |tx| {
            Box::pin(async move { delete(tx, storefront, external_id).await })
        })
        .await
    }
}

/// An order as we know it.
struct Known {
    id: OrderId,
    number: String,
    changed_at: Millis,
    deleted: bool,
    deal: Option<DealId>,
    /// None: it was deleted before it was created.
    customer: Option<CustomerId>,
    lines: Vec<Line>,
    total: i64,
    shop_status: String,
    paid: bool,
    note: String,
    /// None: it came before they were kept, or was deleted before it was created.
    contacts: Option<Contacts>,
}

async fn known(conn: &mut Conn, storefront: StorefrontId, external_id: &str) -> Result<Option<Known>> {
    let row = sql!(
        "SELECT id, number, changed_at, deleted_at, deal_id, customer_id, total, shop_status, paid, note, \
         contact_name, contact_phone, contact_email FROM orders WHERE storefront_id = $1 AND external_id = $2"
    )
    .bind(storefront)
    .bind(external_id)
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let id: OrderId = row.get("id")?;
    let lines = sql!("SELECT name, sku, quantity, price FROM order_lines WHERE order_id = $1 ORDER BY place")
        .bind(id)
        .all(conn)
        .await?;
    Ok(Some(Known {
        id,
        number: row.get("number")?,
        changed_at: row.get("changed_at")?,
        deleted: row.get::<Option<i64>>("deleted_at")?.is_some(),
        deal: row.get("deal_id")?,
        customer: row.get("customer_id")?,
        lines: lines.iter().map(contents::line).collect::<Result<_>>()?,
        total: row.get("total")?,
        shop_status: row.get("shop_status")?,
        paid: row.get("paid")?,
        note: row.get("note")?,
        contacts: match row.get::<Option<String>>("contact_name")? {
            Some(name) => Some(Contacts { name, phone: row.get("contact_phone")?, email: row.get("contact_email")? }),
            None => None,
        },
    }))
}

pub(crate) async fn receive(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    order: IncomingOrder,
    arrival: Arrival,
) -> Result<Received> {
    if matches!(arrival, Arrival::History { .. }) {
        tx.out_of_the_past();
    }
    // The cart's key first: news of a cart hold no other.
    if let Some(cart) = &order.cart {
        lock(tx.conn, storefront, cart).await?;
    }
    lock(tx.conn, storefront, &order.external_id).await?;
    let known = known(tx.conn, storefront, &order.external_id).await?;
    if order.status == ShopStatus::Draft && known.is_none() {
        let (deal, unchanged) = match leads::made(tx.conn, storefront, &order.external_id).await? {
            Some(deal) => leads::refresh(tx, deal, &order).await?,
            None => {
                // Late news of a cart that has been ordered already.
                if let Some((order, deal)) = ordered(tx.conn, storefront, &order.external_id).await? {
                    return Ok(Received { order: Some(order), deal, unchanged: true });
                }
                (leads::make(tx, storefront, &order, arrival).await?, false)
            }
        };
        return Ok(Received { order: None, deal: Some(deal.id), unchanged });
    }
    match known {
        None => create(tx, storefront, &order, arrival).await,
        Some(known) => change(tx, storefront, known, &order, arrival).await,
    }
}

/// The order that a cart became, and its deal.
async fn ordered(conn: &mut Conn, storefront: StorefrontId, cart: &str) -> Result<Option<(OrderId, Option<DealId>)>> {
    let row = sql!("SELECT id, deal_id FROM orders WHERE storefront_id = $1 AND cart = $2 ORDER BY id LIMIT 1");
    let row = row.bind(storefront).bind(cart).optional(conn).await?;
    row.map(|row| Ok((row.get("id")?, row.get("deal_id")?))).transpose()
}

async fn create(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    order: &IncomingOrder,
    arrival: Arrival,
) -> Result<Received> {
    let deal = leads::find_or_make(tx, storefront, order, arrival).await?;
    let made = insert_all(tx, storefront, &[(order, &deal)]).await?;
    let id = *made.first().ok_or_else(|| Error::Corrupt("an order was made and is not there".into()))?;
    Ok(Received { order: Some(id), deal: Some(deal.id), unchanged: false })
}

async fn change(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    known: Known,
    order: &IncomingOrder,
    arrival: Arrival,
) -> Result<Received> {
    let revives = known.deleted && arrival == Arrival::Restored;
    let same = known.shop_status == order.shop_status
        && known.number == order.number
        && known.total == order.total
        && known.paid == order.paid
        && known.note == order.note
        && known.lines == order.lines
        && known.contacts.as_ref().is_none_or(|known| *known == leads::contacts(order));
    if (order.changed_at < known.changed_at || same) && !revives {
        // The same said again later is no news, but what was said in between is older now.
        if order.changed_at > known.changed_at {
            sql!("UPDATE orders SET changed_at = $2 WHERE id = $1")
                .bind(known.id)
                .bind(order.changed_at)
                .run(tx.conn)
                .await?;
        }
        return Ok(Received { order: Some(known.id), deal: known.deal, unchanged: true });
    }
    let row = sql!(
        "UPDATE orders SET number = $2, shop_status = $3, status = $4, currency = $5, total = $6, shipping_total = $7, \
         discount_total = $8, payment_method = $9, paid = $10, note = $11, placed_at = $12, changed_at = $13, \
         contact_name = $14, contact_phone = $15, contact_email = $16, \
         deleted_at = CASE WHEN $17 = 1 THEN NULL ELSE deleted_at END WHERE id = $1"
    );
    bind_order(row.bind(known.id), order).bind(revives).run(tx.conn).await?;
    write_order_lines(tx.conn, known.id, &order.lines).await?;
    // The deal may be deleted while this waits for it.
    let deal = match known.deal {
        Some(deal) => card_for_update(tx.conn, deal).await?,
        None => None,
    };
    let (mut deal, received) = match deal {
        Some(deal) => leads::follow(tx, deal, &known, order).await?,
        // What somebody took off the board does not come back with the shop's next word.
        None if known.customer.is_some() => {
            let scope = Scope { storefront: Some(storefront), customer: known.customer, ..Scope::default() };
            tell(tx, known.id, scope, order, false);
            return Ok(Received { order: Some(known.id), deal: None, unchanged: false });
        }
        // A deletion that came before its creation: it stays deleted, and makes no deal until it is restored.
        None if known.deleted && !revives => {
            return Ok(Received { order: Some(known.id), deal: None, unchanged: false });
        }
        None => {
            let deal = leads::find_or_make(tx, storefront, order, arrival).await?;
            sql!("UPDATE orders SET deal_id = $2, customer_id = $3 WHERE id = $1")
                .bind(known.id)
                .bind(deal.id)
                .bind(deal.customer)
                .run(tx.conn)
                .await?;
            (deal, order.status != ShopStatus::Draft)
        }
    };
    if revives {
        mark(tx, &mut deal, known.id, &order.number, Mark::Restored).await?;
    }
    tell(tx, known.id, board::scope_of(&deal), order, received);
    Ok(Received { order: Some(known.id), deal: Some(deal.id), unchanged: false })
}

/// The first time that a deal has an order, boards learn its number by it.
fn tell(tx: &mut Tx<'_>, id: OrderId, scope: Scope, order: &IncomingOrder, first: bool) {
    let (number, total, currency) = (order.number.clone(), order.total, order.currency);
    let shop_status = order.shop_status.clone();
    let fact = if first {
        Fact::OrderReceived { number, total, currency, shop_status }
    } else {
        Fact::OrderUpdated { number, total, currency, shop_status }
    };
    tx.record(Scope { order: Some(id), ..scope }, fact);
}

pub(crate) async fn delete(tx: &mut Tx<'_>, storefront: StorefrontId, external_id: String) -> Result<Received> {
    lock(tx.conn, storefront, &external_id).await?;
    match known(tx.conn, storefront, &external_id).await? {
        Some(known) if known.deleted => Ok(Received { order: Some(known.id), deal: known.deal, unchanged: true }),
        Some(known) => {
            let now = tx.ctx.now;
            sql!("UPDATE orders SET deleted_at = $2 WHERE id = $1").bind(known.id).bind(now).run(tx.conn).await?;
            if let Some(deal) = known.deal
                && let Some(mut card) = card_for_update(tx.conn, deal).await?
            {
                mark(tx, &mut card, known.id, &known.number, Mark::Deleted).await?;
            }
            Ok(Received { order: Some(known.id), deal: known.deal, unchanged: false })
        }
        None => {
            let id: OrderId = sql!(
                "INSERT INTO orders (storefront_id, external_id, number, shop_status, status, currency, total, \
                 shipping_total, discount_total, payment_method, paid, note, placed_at, changed_at, deleted_at) \
                 VALUES ($1, $2, $2, 'deleted', 'unknown', 'UAH', 0, 0, 0, '', 0, '', $3, 0, $3) RETURNING id"
            )
            .bind(storefront)
            .bind(&external_id)
            .bind(tx.ctx.now)
            .one(tx.conn)
            .await?
            .get("id")?;
            // A cart that was thrown away has a deal, though never an order.
            let lead = leads::made(tx.conn, storefront, &external_id).await?;
            let deal = lead.as_ref().map(|card| card.id);
            if let Some(mut card) = lead {
                mark(tx, &mut card, id, &external_id, Mark::Deleted).await?;
            }
            Ok(Received { order: Some(id), deal, unchanged: false })
        }
    }
}

#[derive(Clone, Copy)]
enum Mark {
    Deleted,
    Restored,
}

async fn mark(tx: &mut Tx<'_>, card: &mut Card, order: OrderId, number: &str, mark: Mark) -> Result<()> {
    card.version += 1;
    card.deleted_in_shop = matches!(mark, Mark::Deleted);
    sql!("UPDATE deals SET version = $2, deleted_in_shop = $3 WHERE id = $1")
        .bind(card.id)
        .bind(card.version)
        .bind(card.deleted_in_shop)
        .run(tx.conn)
        .await?;
    let (number, version) = (number.to_owned(), card.version);
    let scope = Scope { order: Some(order), ..board::scope_of(card) };
    tx.record(
        scope,
        match mark {
            Mark::Deleted => Fact::OrderDeleted { number, version },
            Mark::Restored => Fact::OrderRestored { number, version },
        },
    );
    Ok(())
}

fn bind_order(statement: crate::sql::Sql, order: &IncomingOrder) -> crate::sql::Sql {
    let Contacts { name, phone, email } = leads::contacts(order);
    statement
        .bind(&order.number)
        .bind(&order.shop_status)
        .bind(order.status)
        .bind(order.currency)
        .bind(order.total)
        .bind(order.shipping_total)
        .bind(order.discount_total)
        .bind(&order.payment_method)
        .bind(order.paid)
        .bind(&order.note)
        .bind(order.placed_at)
        .bind(order.changed_at)
        .bind(name)
        .bind(phone)
        .bind(email)
}

async fn write_order_lines(conn: &mut Conn, order: OrderId, lines: &[Line]) -> Result<()> {
    sql!("DELETE FROM order_lines WHERE order_id = $1").bind(order).run(conn).await?;
    for (place, line) in (0i64..).zip(lines) {
        sql!("INSERT INTO order_lines (order_id, place, name, sku, quantity, price) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(order)
            .bind(place)
            .bind(&line.name)
            .bind(&line.sku)
            .bind(line.quantity)
            .bind(line.price)
            .run(conn)
            .await?;
    }
    Ok(())
}

/// PostgreSQL: two deliveries of one order at once are one after the other.
async fn lock(conn: &mut Conn, storefront: StorefrontId, external_id: &str) -> Result<()> {
    if matches!(conn, Conn::Postgres(_)) {
        sql!(sqlite: "SELECT $1", postgres: "SELECT CAST(pg_advisory_xact_lock(hashtext($1)) AS TEXT) AS held")
            .bind(format!("order {storefront} {external_id}"))
            .all(conn)
            .await?;
    }
    Ok(())
}
