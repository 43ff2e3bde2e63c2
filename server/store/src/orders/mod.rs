//! Orders as shops send them. Deliveries may come twice, late or in any order: what counts is when the shop changed
//! the order, and what we already know.

use domain::auth::Actor;
use domain::board::{Card, Refusal};
use domain::deals::DealContents;
use domain::event::{Changed, Fact, Scope};
use domain::ids::*;
use domain::orders::{IncomingOrder, Line, OrderStatus};
use serde::{Deserialize, Serialize};

use crate::board::{self, card_for_update};
use crate::customers::{self, Contacts};
use crate::deals::commands::{NewDeal, Update, insert, update};
use crate::deals::contents;
use crate::error::Result;
use crate::sql::{Conn, sql};
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
}

impl Store {
    /// Takes a shop's order in, as the shop itself.
    pub async fn receive_order(
        &self,
        storefront: StorefrontId,
        now: Millis,
        order: IncomingOrder,
        arrival: Arrival,
    ) -> Result<Received> {
        let ctx = Ctx { actor: Actor::shop(storefront), now };
        let content = (storefront, order.clone(), arrival);
        self.write(&ctx, CommandId::new_v4(), &content, move |tx| {
            Box::pin(async move { receive(tx, storefront, order, arrival).await })
        })
        .await
    }

    /// The shop deleted an order. One that never arrived is remembered, so that a late creation does not revive it.
    pub async fn delete_order(&self, storefront: StorefrontId, now: Millis, external_id: String) -> Result<Received> {
        let ctx = Ctx { actor: Actor::shop(storefront), now };
        let content = (storefront, external_id.clone());
        self.write(&ctx, CommandId::new_v4(), &content, move |tx| {
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
    lines: Vec<Line>,
    total: i64,
    shop_status: String,
}

async fn known(conn: &mut Conn, storefront: StorefrontId, external_id: &str) -> Result<Option<Known>> {
    let row = sql!(
        "SELECT id, number, changed_at, deleted_at, deal_id, total, shop_status FROM orders \
         WHERE storefront_id = $1 AND external_id = $2"
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
        lines: lines.iter().map(contents::line).collect::<Result<_>>()?,
        total: row.get("total")?,
        shop_status: row.get("shop_status")?,
    }))
}

async fn receive(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    order: IncomingOrder,
    arrival: Arrival,
) -> Result<Received> {
    lock(tx.conn, storefront, &order.external_id).await?;
    let known = known(tx.conn, storefront, &order.external_id).await?;
    if order.status == OrderStatus::Draft && known.is_none() {
        let deal = lead(tx, storefront, &order).await?;
        return Ok(Received { order: None, deal: Some(deal.id), unchanged: false });
    }
    match known {
        None => create(tx, storefront, &order).await,
        Some(known) => change(tx, storefront, known, &order, arrival).await,
    }
}

async fn create(tx: &mut Tx<'_>, storefront: StorefrontId, order: &IncomingOrder) -> Result<Received> {
    let deal = lead(tx, storefront, order).await?;
    let row = sql!(
        "INSERT INTO orders (storefront_id, external_id, number, shop_status, status, currency, total, shipping_total, \
         discount_total, payment_method, paid, note, placed_at, changed_at, customer_id, deal_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id"
    );
    let id: OrderId = bind_order(row.bind(storefront).bind(&order.external_id), order)
        .bind(deal.customer)
        .bind(deal.id)
        .one(tx.conn)
        .await?
        .get("id")?;
    write_order_lines(tx.conn, id, &order.lines).await?;
    let scope = Scope { order: Some(id), ..board::scope_of(&deal) };
    tx.record(
        scope,
        Fact::OrderReceived {
            number: order.number.clone(),
            total: order.total,
            currency: order.currency,
            shop_status: order.shop_status.clone(),
        },
    );
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
    let same = order.changed_at == known.changed_at
        && known.shop_status == order.shop_status
        && known.total == order.total
        && known.lines == order.lines;
    if (order.changed_at < known.changed_at || same) && !revives {
        return Ok(Received { order: Some(known.id), deal: known.deal, unchanged: true });
    }
    let row = sql!(
        "UPDATE orders SET number = $2, shop_status = $3, status = $4, currency = $5, total = $6, shipping_total = $7, \
         discount_total = $8, payment_method = $9, paid = $10, note = $11, placed_at = $12, changed_at = $13, \
         deleted_at = CASE WHEN $14 = 1 THEN NULL ELSE deleted_at END WHERE id = $1"
    );
    bind_order(row.bind(known.id), order).bind(revives).run(tx.conn).await?;
    write_order_lines(tx.conn, known.id, &order.lines).await?;
    let deal = match known.deal {
        Some(deal) => follow(tx, deal, &known, order).await?,
        // A deletion that came before its creation: it stays deleted, and makes no deal until it is restored.
        None if known.deleted && !revives => None,
        None => {
            let deal = lead(tx, storefront, order).await?;
            sql!("UPDATE orders SET deal_id = $2, customer_id = $3 WHERE id = $1")
                .bind(known.id)
                .bind(deal.id)
                .bind(deal.customer)
                .run(tx.conn)
                .await?;
            Some(deal)
        }
    };
    let Some(mut deal) = deal else { return Ok(Received { order: Some(known.id), deal: None, unchanged: false }) };
    if revives {
        mark(tx, &mut deal, known.id, &order.number, Mark::Restored).await?;
    }
    let scope = Scope { order: Some(known.id), ..board::scope_of(&deal) };
    tx.record(
        scope,
        Fact::OrderUpdated {
            number: order.number.clone(),
            total: order.total,
            currency: order.currency,
            shop_status: order.shop_status.clone(),
        },
    );
    Ok(Received { order: Some(known.id), deal: Some(deal.id), unchanged: false })
}

/// The deal follows its order as long as nobody has changed its goods by hand: then the order's new lines stay on the
/// order, and the colleague's work stays on the deal.
async fn follow(tx: &mut Tx<'_>, deal: DealId, known: &Known, order: &IncomingOrder) -> Result<Option<Card>> {
    let Some(card) = card_for_update(tx.conn, deal).await? else { return Ok(None) };
    let details = crate::deals::details(tx.conn, card.clone()).await?;
    let by_hand = details.lines != known.lines || card.sum != known.total;
    let unchanged = details.lines == order.lines && card.sum == order.total;
    if by_hand || unchanged || card.currency != order.currency {
        return Ok(Some(card));
    }
    let mut parts = Vec::new();
    if details.lines != order.lines {
        parts.push(Changed::Lines);
    }
    if card.sum != order.total {
        parts.push(Changed::Sum);
    }
    let contents = DealContents {
        customer_name: card.customer_name.clone(),
        phone: String::new(),
        email: None,
        source: card.source,
        responsible: card.responsible,
        comment: details.comment,
        lines: order.lines.clone(),
        sum: order.total,
    };
    let contacts = Contacts { name: card.customer_name.clone(), phone: details.phone, email: details.email };
    let with = Update { contents: &contents, contacts: &contacts, customer: card.customer, parts };
    update(tx, &card, with).await.map(Some)
}

/// The deal of a cart or an order: the one that its cart already made, else a new one in the storefront's order funnel.
async fn lead(tx: &mut Tx<'_>, storefront: StorefrontId, order: &IncomingOrder) -> Result<Card> {
    let made = sql!("SELECT id FROM deals WHERE storefront_id = $1 AND external_id = $2")
        .bind(storefront)
        .bind(&order.external_id)
        .optional(tx.conn)
        .await?;
    if let Some(row) = made
        && let Some(card) = card_for_update(tx.conn, row.get("id")?).await?
    {
        return become_order(tx, card, order).await;
    }
    let funnel = order_funnel(tx.conn, storefront).await?;
    let stage = funnel.entrance().ok_or(Refusal::StageGone)?.id;
    let name = match order.customer.name.trim() {
        "" => format!("№ {}", order.number),
        name => name.to_owned(),
    };
    let contacts = Contacts { name, phone: order.customer.phone.clone(), email: order.customer.email.clone() };
    let customer = customers::find_or_create(tx, &contacts, storefront).await?;
    let is_order = order.status != OrderStatus::Draft;
    insert(
        tx,
        NewDeal {
            storefront,
            funnel: funnel.id,
            stage,
            customer,
            contacts: &contacts,
            lines: &order.lines,
            sum: order.total,
            currency: order.currency,
            source: order.source,
            responsible: None,
            comment: &order.note,
            order_number: is_order.then(|| order.number.clone()),
            external_id: Some(order.external_id.clone()),
            created_at: order.placed_at.min(tx.ctx.now),
        },
    )
    .await
}

/// A cart's lead that was ordered: it gets its number, and the goods as ordered.
async fn become_order(tx: &mut Tx<'_>, mut card: Card, order: &IncomingOrder) -> Result<Card> {
    if order.status == OrderStatus::Draft {
        return Ok(card);
    }
    sql!("UPDATE deals SET order_number = $2, search = search || $3 WHERE id = $1")
        .bind(card.id)
        .bind(&order.number)
        .bind(format!("\n{}", order.number.to_lowercase()))
        .run(tx.conn)
        .await?;
    card.order_number = Some(order.number.clone());
    let lines = crate::deals::details(tx.conn, card.clone()).await?.lines;
    let known = Known {
        id: OrderId(0),
        number: order.number.clone(),
        changed_at: 0,
        deleted: false,
        deal: Some(card.id),
        total: card.sum,
        lines,
        shop_status: String::new(),
    };
    Ok(follow(tx, card.id, &known, order).await?.unwrap_or(card))
}

async fn order_funnel(conn: &mut Conn, storefront: StorefrontId) -> Result<domain::funnels::Funnel> {
    let row = sql!(
        "SELECT id FROM funnels WHERE archived_at IS NULL AND (storefront_id = $1 OR storefront_id IS NULL) \
         ORDER BY CASE WHEN storefront_id IS NULL THEN 1 ELSE 0 END, takes_orders DESC, id LIMIT 1"
    )
    .bind(storefront)
    .optional(conn)
    .await?
    .ok_or(Refusal::StageGone)?;
    Ok(board::rows::funnel(conn, row.get("id")?).await?.ok_or(Refusal::StageGone)?)
}

async fn delete(tx: &mut Tx<'_>, storefront: StorefrontId, external_id: String) -> Result<Received> {
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
            Ok(Received { order: Some(id), deal: None, unchanged: false })
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
