//! Orders as the shops keep them. One that was deleted before it was ever received is no more than its number, and is
//! left out.

use domain::ids::*;
use domain::money::Currency;
use domain::orders::{Carrier, ShopStatus};

use super::goods::{self, Goods, Of};
use super::{Export, PAGE};
use crate::Store;
use crate::error::Result;
use crate::sight::sight;
use crate::sql::{Row, sql};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: String,
    pub placed_at: Millis,
    pub storefront: String,
    pub status: ShopStatus,
    pub shop_status: String,
    pub customer: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub goods: Goods,
    pub total: i64,
    pub shipping_total: i64,
    pub discount_total: i64,
    pub currency: Currency,
    pub payment_method: String,
    pub paid: bool,
    pub note: String,
    pub deleted: bool,
    pub deal: Option<DealId>,
    /// Its status, by the team's own name, and since when.
    pub stands: Option<String>,
    pub stands_since: Option<Millis>,
    /// The last one, and its number.
    pub parcel: Option<(Carrier, String)>,
}

impl Export {
    /// The next ones; none: that was all.
    pub async fn orders(&mut self, store: &Store) -> Result<Vec<OrderRow>> {
        let (from, to) = self.days(store);
        let mut conn = store.reader().await?;
        let rows = sql!(
            "SELECT o.id, o.number, o.placed_at, sf.name AS storefront, o.status, o.shop_status, c.name AS customer, \
             c.phone, c.email, o.total, o.shipping_total, o.discount_total, o.currency, o.payment_method, o.paid, \
             o.note, o.deleted_at, o.deal_id, st.name AS stands, o.status_since, sh.carrier, \
             sh.number AS parcel FROM orders o JOIN storefronts sf ON sf.id = o.storefront_id \
             JOIN customers c ON c.id = o.customer_id LEFT JOIN statuses st ON st.id = o.status_id \
             LEFT JOIN shipments sh ON sh.id = \
             (SELECT MAX(p.id) FROM shipments p WHERE p.order_id = o.id AND p.removed_at IS NULL) WHERE o.id > $1 \
             AND ($2 = '' OR $2 LIKE '%,' || CAST(o.storefront_id AS TEXT) || ',%') \
             AND (CAST($3 AS BIGINT) = 0 OR o.storefront_id = CAST($3 AS BIGINT)) \
             AND o.placed_at >= $4 AND o.placed_at < $5 ORDER BY o.id LIMIT $6"
        )
        .bind(self.after)
        .bind(sight(&self.ctx.actor.storefronts))
        .bind(self.storefront())
        .bind(from)
        .bind(to)
        .bind(PAGE)
        .all(&mut conn)
        .await?;
        let mut page = rows.iter().map(order).collect::<Result<Vec<_>>>()?;
        let ids: Vec<i64> = page.iter().map(|order| order.id.0).collect();
        let mut goods = goods::of(&mut conn, Of::Orders, &ids).await?;
        for order in &mut page {
            order.goods = goods.remove(&order.id.0).unwrap_or_default();
            self.after = order.id.0;
        }
        Ok(page)
    }
}

/// Its goods are asked for apart.
fn order(row: &Row) -> Result<OrderRow> {
    Ok(OrderRow {
        id: row.get("id")?,
        number: row.get("number")?,
        placed_at: row.get("placed_at")?,
        storefront: row.get("storefront")?,
        status: row.get("status")?,
        shop_status: row.get("shop_status")?,
        customer: row.get("customer")?,
        phone: row.get("phone")?,
        email: row.get("email")?,
        goods: Goods::new(),
        total: row.get("total")?,
        shipping_total: row.get("shipping_total")?,
        discount_total: row.get("discount_total")?,
        currency: row.get("currency")?,
        payment_method: row.get("payment_method")?,
        paid: row.get("paid")?,
        note: row.get("note")?,
        deleted: row.get::<Option<Millis>>("deleted_at")?.is_some(),
        deal: row.get("deal_id")?,
        stands: row.get("stands")?,
        stands_since: row.get("status_since")?,
        parcel: parcel(row)?,
    })
}

fn parcel(row: &Row) -> Result<Option<(Carrier, String)>> {
    let Some(number) = row.get::<Option<String>>("parcel")? else { return Ok(None) };
    Ok(Some((row.get("carrier")?, number)))
}
