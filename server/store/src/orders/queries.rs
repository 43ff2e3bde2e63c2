//! Orders as scripts read them: those of the storefronts that the caller belongs to.

use domain::auth::{Action, On, may};
use domain::board::Refusal;
use domain::ids::*;
use domain::orders::{Order, OrderFilter, WholeOrder};

use super::stays;
use crate::deals::contents;
use crate::error::Result;
use crate::sight::sight;
use crate::sql::{Conn, Row, Sql, sql};
use crate::{Ctx, Store};

pub const PAGE_MAX: i64 = 200;

/// An order's columns, of [`FROM`].
const ORDER: &str = "o.id, o.storefront_id, o.external_id, o.number, o.shop_status, o.status, o.status_id, \
    st.name AS status_name, st.kind AS status_kind, st.colour AS status_colour, o.status_since, o.scenario_id, \
    o.version AS version, o.currency, o.total, o.shipping_total, o.discount_total, o.payment_method, o.paid, o.note, \
    o.placed_at, o.changed_at, o.deleted_at, o.customer_id, o.deal_id";
const FROM: &str = "orders o LEFT JOIN statuses st ON st.id = o.status_id";

impl Store {
    /// In the order of their ids, after `cursor`.
    pub async fn orders_page(
        &self,
        ctx: &Ctx,
        filter: &OrderFilter,
        (cursor, limit): (OrderId, i64),
    ) -> Result<Vec<Order>> {
        let rows = Sql::assembled(format!(
            "SELECT {ORDER} FROM {FROM} WHERE o.id > $1 \
             AND ($2 = '' OR $2 LIKE '%,' || CAST(o.storefront_id AS TEXT) || ',%') \
             AND (CAST($3 AS BIGINT) IS NULL OR o.storefront_id = $3) AND (CAST($4 AS BIGINT) IS NULL OR o.customer_id = $4) \
             AND (CAST($5 AS BIGINT) IS NULL OR o.deal_id = $5) AND (CAST($6 AS TEXT) IS NULL OR o.status = $6) \
             AND (CAST($7 AS TEXT) IS NULL OR o.number = $7) AND (CAST($9 AS BIGINT) IS NULL OR o.status_id = $9) \
             ORDER BY o.id LIMIT $8"
        ))
        .bind(cursor)
        .bind(sight(&ctx.actor.storefronts))
        .bind(filter.storefront)
        .bind(filter.customer)
        .bind(filter.deal)
        .bind(filter.shop_meaning.map(|meaning| meaning.key().to_owned()))
        .bind(filter.number.clone())
        .bind(limit.clamp(1, PAGE_MAX))
        .bind(filter.status)
        .all(&mut self.reader().await?)
        .await?;
        rows.iter().map(order).collect()
    }

    pub async fn order(&self, ctx: &Ctx, id: OrderId) -> Result<WholeOrder> {
        let actor = ctx.actor.clone();
        let order = self.snapshot(move |conn| Box::pin(async move { whole(conn, id).await })).await?;
        match order {
            Some(whole) if may(&actor, Action::SeeDeals, On::Storefront(whole.order.storefront)) => Ok(whole),
            Some(_) | None => Err(Refusal::NotFound.into()),
        }
    }
}

pub(super) async fn whole(conn: &mut Conn, id: OrderId) -> Result<Option<WholeOrder>> {
    let row = Sql::assembled(format!("SELECT {ORDER} FROM {FROM} WHERE o.id = $1")).bind(id).optional(conn).await?;
    let Some(row) = row else { return Ok(None) };
    let lines = sql!("SELECT name, sku, quantity, price FROM order_lines WHERE order_id = $1 ORDER BY place")
        .bind(id)
        .all(conn)
        .await?;
    Ok(Some(WholeOrder { order: order(&row)?, lines: lines.iter().map(contents::line).collect::<Result<_>>()? }))
}

fn order(row: &Row) -> Result<Order> {
    Ok(Order {
        id: row.get("id")?,
        storefront: row.get("storefront_id")?,
        external_id: row.get("external_id")?,
        number: row.get("number")?,
        shop_status: row.get("shop_status")?,
        shop_meaning: row.get("status")?,
        status: stays::name(row)?,
        status_since: row.get("status_since")?,
        scenario: row.get("scenario_id")?,
        version: row.get("version")?,
        currency: row.get("currency")?,
        total: row.get("total")?,
        shipping_total: row.get("shipping_total")?,
        discount_total: row.get("discount_total")?,
        payment_method: row.get("payment_method")?,
        paid: row.get("paid")?,
        note: row.get("note")?,
        placed_at: row.get("placed_at")?,
        changed_at: row.get("changed_at")?,
        deleted: row.get::<Option<i64>>("deleted_at")?.is_some(),
        customer: row.get("customer_id")?,
        deal: row.get("deal_id")?,
    })
}
