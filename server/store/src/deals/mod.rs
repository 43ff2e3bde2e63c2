//! Deals made and edited by hand, and what the drawer shows of one.

pub(crate) mod commands;
pub(crate) mod contents;
pub(crate) mod insertion;
pub(crate) mod removal;
mod scripts;

use domain::board::{Card, Refusal};
pub use domain::deals::{DealDetails, OrderDetails};
use domain::ids::*;

use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Store, board};

impl Store {
    pub async fn deal(&self, ctx: &Ctx, deal: DealId) -> Result<DealDetails> {
        let actor = ctx.actor.clone();
        self.snapshot(move |conn| {
            Box::pin(async move {
                let card = board::visible_card(conn, &actor, deal).await?;
                details(conn, card).await
            })
        })
        .await
    }
}

/// Whoever named a version decided by it.
pub(crate) fn as_seen(card: &Card, seen: Option<i64>) -> Result<()> {
    match seen {
        Some(seen) if seen != card.version => Err(Refusal::Edited { version: card.version }.into()),
        Some(_) | None => Ok(()),
    }
}

pub(crate) async fn details(conn: &mut Conn, card: Card) -> Result<DealDetails> {
    let row = sql!(
        "SELECT d.contents_version, d.comment, d.tracking, c.phone, c.email, r.name AS lost_reason FROM deals d \
         JOIN customers c ON c.id = d.customer_id LEFT JOIN lost_reasons r ON r.id = d.lost_reason_id WHERE d.id = $1"
    )
    .bind(card.id)
    .one(conn)
    .await?;
    let lines = sql!("SELECT name, sku, quantity, price FROM deal_lines WHERE deal_id = $1 ORDER BY place")
        .bind(card.id)
        .all(conn)
        .await?;
    Ok(DealDetails {
        contents_version: row.get("contents_version")?,
        phone: row.get("phone")?,
        email: row.get("email")?,
        comment: row.get("comment")?,
        lost_reason: row.get("lost_reason")?,
        tracking: row.get("tracking")?,
        lines: lines.iter().map(contents::line).collect::<Result<_>>()?,
        order: order_of(conn, card.id).await?,
        card,
    })
}

async fn order_of(conn: &mut Conn, deal: DealId) -> Result<Option<OrderDetails>> {
    let row = sql!(
        "SELECT id, number, shop_status, status, currency, total, shipping_total, discount_total, payment_method, paid, \
         note, placed_at, deleted_at FROM orders WHERE deal_id = $1 ORDER BY id LIMIT 1"
    )
    .bind(deal)
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let id: OrderId = row.get("id")?;
    let lines = sql!("SELECT name, sku, quantity, price FROM order_lines WHERE order_id = $1 ORDER BY place")
        .bind(id)
        .all(conn)
        .await?;
    Ok(Some(OrderDetails {
        id,
        number: row.get("number")?,
        shop_status: row.get("shop_status")?,
        status: row.get("status")?,
        currency: row.get("currency")?,
        total: row.get("total")?,
        shipping_total: row.get("shipping_total")?,
        discount_total: row.get("discount_total")?,
        payment_method: row.get("payment_method")?,
        paid: row.get("paid")?,
        note: row.get("note")?,
        placed_at: row.get("placed_at")?,
        deleted: row.get::<Option<i64>>("deleted_at")?.is_some(),
        lines: lines.iter().map(contents::line).collect::<Result<_>>()?,
    }))
}
