//! Orders as shops send them. Deliveries may come twice, late or in any order: what counts is when the shop changed
//! the order, and what we already know.

mod begin;
mod carry;
mod deletion;
mod history;
mod insertion;
mod known;
mod leads;
mod list;
mod making;
mod page;
mod queries;
mod scanned;
mod scripts;
pub(crate) mod status;
pub(crate) mod stays;

pub(crate) use begin::{Begins, Ways};
pub(crate) use carry::{funnel_of, lock_goods, lock_orders, orders_along, write_along};
pub(crate) use deletion::delete;
pub(crate) use insertion::{Filed, insert_all};
pub(crate) use leads::order_funnel;
pub use list::LIST_MAX;
pub(crate) use scanned::follow_scans;
pub use scripts::PutStatus;
pub use status::BULK_MAX;

use domain::auth::Actor;
use domain::board::Card;
use domain::event::{Fact, Scope};
use domain::i18n::Lang;
use domain::ids::*;
use domain::orders::{IncomingOrder, Line, ShopStatus};
use serde::{Deserialize, Serialize};

use known::{Known, known};

use crate::board::{self, card_for_update};
use crate::catalog;
use crate::customers::{self, Contacts};
use crate::error::{Error, Result};
use crate::sql::{Conn, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx, turns};

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
                (leads::make(tx, storefront, &order, (arrival, None)).await?, false)
            }
        };
        return Ok(Received { order: None, deal: Some(deal.id), unchanged });
    }
    let past = matches!(arrival, Arrival::History { .. });
    match known {
        None => {
            let received = create(tx, storefront, &order, arrival).await?;
            // What is long past has left the shelves long ago.
            if let Some(id) = received.order.filter(|_| !past) {
                catalog::begin_order(tx, id).await?;
            }
            Ok(received)
        }
        Some(known) => {
            let id = known.id;
            let received = change(tx, storefront, known, &order, arrival).await?;
            if !received.unchanged && !past {
                catalog::renew_order(tx, id).await?;
            }
            Ok(received)
        }
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
    let begins = begins(tx, storefront, order, arrival).await?;
    let (deal, customer) = deal_of(tx, storefront, order, (arrival, begins.status)).await?;
    let filed = Filed { order, customer, deal: deal.as_ref(), begins };
    let made = insert_all(tx, storefront, &[filed]).await?;
    let id = *made.first().ok_or_else(|| Error::Corrupt("an order was made and is not there".into()))?;
    let deal = deal.map(|card| (card.id, card.funnel));
    settle(tx, deal, (arrival, begins.status)).await?;
    Ok(Received { order: Some(id), deal: deal.map(|(deal, _)| deal), unchanged: false })
}

async fn begins(tx: &mut Tx<'_>, storefront: StorefrontId, order: &IncomingOrder, arrival: Arrival) -> Result<Begins> {
    let ways = Ways::of(tx.conn, storefront).await?;
    Ok(match arrival {
        Arrival::Sent | Arrival::Restored => ways.anew(order, tx.ctx.now),
        Arrival::History { .. } => ways.past(order, tx.ctx.now),
    })
}

/// A new order's deal, if it has one, and its customer.
async fn deal_of(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    order: &IncomingOrder,
    (arrival, status): (Arrival, Option<StatusId>),
) -> Result<(Option<Card>, CustomerId)> {
    if let Some(status) = status {
        // A cart's deal may be held next, and stages go before deals.
        carry::lock_goals(tx.conn, status).await?;
    }
    let deal = leads::find_or_make(tx, storefront, order, (arrival, status)).await?;
    let customer = match &deal {
        Some(card) => card.customer,
        None => customers::find_or_create(tx, &leads::contacts(order), storefront).await?,
    };
    Ok((deal, customer))
}

/// A cart's deal that has become an order's goes where the order is; a new one stands there.
async fn settle(
    tx: &mut Tx<'_>,
    deal: Option<(DealId, FunnelId)>,
    (arrival, status): (Arrival, Option<StatusId>),
) -> Result<()> {
    match (deal, status) {
        (Some((deal, funnel)), Some(status)) if !matches!(arrival, Arrival::History { .. }) => {
            carry::deal_along(tx, (Some(deal), Some(funnel)), status).await
        }
        _ => Ok(()),
    }
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
    if known.customer.is_some() && known.shop_status != order.shop_status {
        let past = matches!(arrival, Arrival::History { .. });
        status::follow_word(tx, known.id, order.status, past).await?;
    }
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
            return revive(tx, storefront, known.id, order, arrival).await;
        }
    };
    if revives {
        deletion::mark(tx, &mut deal, known.id, &order.number, deletion::Mark::Restored).await?;
    }
    tell(tx, known.id, board::scope_of(&deal), order, received);
    Ok(Received { order: Some(known.id), deal: Some(deal.id), unchanged: false })
}

/// An order of which nothing was known but its deletion begins like a new one.
async fn revive(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    id: OrderId,
    order: &IncomingOrder,
    arrival: Arrival,
) -> Result<Received> {
    let begins = begins(tx, storefront, order, arrival).await?;
    let (mut deal, customer) = deal_of(tx, storefront, order, (arrival, begins.status)).await?;
    sql!(
        "UPDATE orders SET deal_id = $2, customer_id = $3, status_id = $4, status_since = $5, scenario_id = $6 \
         WHERE id = $1"
    )
    .bind(id)
    .bind(deal.as_ref().map(|card| card.id))
    .bind(customer)
    .bind(begins.status)
    .bind(begins.status.map(|_| begins.since))
    .bind(begins.scenario)
    .run(tx.conn)
    .await?;
    let begun: Vec<_> = begins.status.map(|status| (id, status, begins.since)).into_iter().collect();
    stays::begin_all(tx, &begun).await?;
    if let Some(card) = &mut deal {
        deletion::mark(tx, card, id, &order.number, deletion::Mark::Restored).await?;
    }
    let alone = Scope { storefront: Some(storefront), customer: Some(customer), ..Scope::default() };
    let scope = deal.as_ref().map_or(alone, board::scope_of);
    tell(tx, id, scope, order, order.status != ShopStatus::Draft);
    let deal = deal.map(|card| (card.id, card.funnel));
    settle(tx, deal, (arrival, begins.status)).await?;
    Ok(Received { order: Some(id), deal: deal.map(|(deal, _)| deal), unchanged: false })
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
    turns::take(conn, &format!("order {storefront} {external_id}")).await
}
