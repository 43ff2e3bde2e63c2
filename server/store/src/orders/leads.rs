//! The deal of a cart or an order: made once, found again, kept in step with the order until somebody works on it.

use domain::board::{Card, Refusal};
use domain::deals::DealContents;
use domain::event::Changed;
use domain::funnels::Funnel;
use domain::ids::*;
use domain::orders::{IncomingOrder, OrderStatus};

use super::Known;
use crate::Tx;
use crate::board::{self, card_for_update, lock_stage};
use crate::customers::{self, Contacts};
use crate::deals::commands::{NewDeal, Update, insert, update};
use crate::deals::contents;
use crate::error::Result;
use crate::sql::{Conn, sql};

/// A stage that is removed just now is looked up again so often.
const LOOKS_MAX: u32 = 3;

/// The deal that the cart or the order has already made.
pub(super) async fn made(conn: &mut Conn, storefront: StorefrontId, external_id: &str) -> Result<Option<Card>> {
    let row = sql!("SELECT id FROM deals WHERE storefront_id = $1 AND external_id = $2")
        .bind(storefront)
        .bind(external_id)
        .optional(conn)
        .await?;
    match row {
        Some(row) => card_for_update(conn, row.get("id")?).await,
        None => Ok(None),
    }
}

/// The deal that its cart already made, else a new one in the storefront's order funnel.
pub(super) async fn find_or_make(tx: &mut Tx<'_>, storefront: StorefrontId, order: &IncomingOrder) -> Result<Card> {
    match made(tx.conn, storefront, &order.external_id).await? {
        Some(card) => become_order(tx, card, order).await,
        None => make(tx, storefront, order).await,
    }
}

pub(super) async fn make(tx: &mut Tx<'_>, storefront: StorefrontId, order: &IncomingOrder) -> Result<Card> {
    let (funnel, stage) = entrance(tx.conn, storefront).await?;
    let customer = customers::find_or_create(tx, &contacts(order), storefront).await?;
    let is_order = order.status != OrderStatus::Draft;
    insert(
        tx,
        NewDeal {
            storefront,
            funnel: funnel.id,
            stage,
            customer,
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

/// The deal follows its order as long as nobody has changed its goods by hand: then the order's new lines stay on the
/// order, and the colleague's work stays on the deal. True: it was a cart's until now.
pub(super) async fn follow(
    tx: &mut Tx<'_>,
    deal: DealId,
    known: &Known,
    order: &IncomingOrder,
) -> Result<(Card, bool)> {
    let card = card_for_update(tx.conn, deal).await?.ok_or(Refusal::NotFound)?;
    if card.order_number.is_none() && order.status != OrderStatus::Draft {
        return Ok((become_order(tx, card, order).await?, true));
    }
    let details = crate::deals::details(tx.conn, card.clone()).await?;
    if details.lines != known.lines || card.sum != known.total {
        return Ok((card, false));
    }
    let customer = card.customer;
    Ok((take_goods(tx, card, order, (customer, Vec::new())).await?, false))
}

/// A cart's lead that was ordered: it gets its number, its customer, and the goods as ordered.
async fn become_order(tx: &mut Tx<'_>, mut card: Card, order: &IncomingOrder) -> Result<Card> {
    if order.status == OrderStatus::Draft {
        return Ok(card);
    }
    let before = customers::contacts(tx.conn, card.customer).await?;
    let customer = customers::introduce(tx, card.customer, &contacts(order), card.storefront).await?;
    let after = customers::contacts(tx.conn, customer).await?;
    let mut parts = Vec::new();
    if customer != card.customer || before.name != after.name {
        parts.push(Changed::Customer);
    }
    if before.phone != after.phone || before.email != after.email {
        parts.push(Changed::Contacts);
    }
    // The log learns of the number from the order's own fact.
    card.order_number = Some(order.number.clone());
    let lines = crate::deals::details(tx.conn, card.clone()).await?.lines;
    sql!("UPDATE deals SET order_number = $2, search = $3 WHERE id = $1")
        .bind(card.id)
        .bind(&order.number)
        .bind(contents::search(Some(&order.number), &lines))
        .run(tx.conn)
        .await?;
    take_goods(tx, card, order, (customer, parts)).await
}

/// Goods and sum as ordered, in the deal's own currency only, and a customer who may have become known.
async fn take_goods(
    tx: &mut Tx<'_>,
    card: Card,
    order: &IncomingOrder,
    (customer, mut parts): (CustomerId, Vec<Changed>),
) -> Result<Card> {
    let details = crate::deals::details(tx.conn, card.clone()).await?;
    let (mut lines, mut sum) = (details.lines, card.sum);
    if card.currency == order.currency {
        if lines != order.lines {
            parts.push(Changed::Lines);
            lines.clone_from(&order.lines);
        }
        if sum != order.total {
            parts.push(Changed::Sum);
            sum = order.total;
        }
    }
    if parts.is_empty() {
        return Ok(card);
    }
    let contents = DealContents {
        customer_name: card.customer_name.clone(),
        phone: String::new(),
        email: None,
        source: card.source,
        responsible: card.responsible,
        comment: details.comment,
        lines,
        sum,
    };
    update(tx, &card, Update { contents: &contents, customer, parts }).await
}

fn contacts(order: &IncomingOrder) -> Contacts {
    let name = match order.customer.name.trim() {
        "" => format!("{}{}", customers::UNNAMED, order.number),
        name => name.to_owned(),
    };
    Contacts { name, phone: order.customer.phone.clone(), email: order.customer.email.clone() }
}

/// Where the storefront's orders arrive, held until the deal stands there.
async fn entrance(conn: &mut Conn, storefront: StorefrontId) -> Result<(Funnel, StageId)> {
    for _ in 0..LOOKS_MAX {
        let funnel = order_funnel(conn, storefront).await?;
        let stage = funnel.entrance().ok_or(Refusal::StageGone)?.id;
        if lock_stage(conn, stage).await? {
            return Ok((funnel, stage));
        }
    }
    Err(Refusal::StageGone.into())
}

async fn order_funnel(conn: &mut Conn, storefront: StorefrontId) -> Result<Funnel> {
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
