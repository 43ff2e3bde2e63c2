//! New orders, one or a hundred at once: their rows, their goods, their facts.

use std::collections::HashMap;

use domain::board::Card;
use domain::ids::*;
use domain::orders::IncomingOrder;

use super::{leads, tell};
use crate::customers::Contacts;
use crate::error::{Error, Result};
use crate::many::Many;
use crate::{Tx, board};

const COLUMNS: [&str; 20] = [
    "storefront_id",
    "external_id",
    "number",
    "shop_status",
    "status",
    "currency",
    "total",
    "shipping_total",
    "discount_total",
    "payment_method",
    "paid",
    "note",
    "placed_at",
    "changed_at",
    "contact_name",
    "contact_phone",
    "contact_email",
    "customer_id",
    "deal_id",
    "cart",
];

/// Orders that are not there yet, each with its deal; their ids in the order in which they came.
pub(crate) async fn insert_all(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    orders: &[(&IncomingOrder, &Card)],
) -> Result<Vec<OrderId>> {
    let mut rows = Many::of("orders", &COLUMNS);
    for (order, deal) in orders {
        let Contacts { name, phone, email } = leads::contacts(order);
        rows.push([
            storefront.into(),
            (&order.external_id).into(),
            (&order.number).into(),
            (&order.shop_status).into(),
            order.status.into(),
            order.currency.into(),
            order.total.into(),
            order.shipping_total.into(),
            order.discount_total.into(),
            (&order.payment_method).into(),
            order.paid.into(),
            (&order.note).into(),
            order.placed_at.into(),
            order.changed_at.into(),
            name.into(),
            phone.into(),
            email.into(),
            deal.customer.into(),
            deal.id.into(),
            order.cart.clone().into(),
        ]);
    }
    let mut ids: HashMap<String, OrderId> = HashMap::with_capacity(orders.len());
    for row in rows.insert_returning(tx.conn, "id, external_id").await? {
        ids.insert(row.get("external_id")?, row.get("id")?);
    }
    let mut lines = Many::of("order_lines", &["order_id", "place", "name", "sku", "quantity", "price"]);
    let mut made = Vec::with_capacity(orders.len());
    for (order, deal) in orders {
        let id = ids.get(&order.external_id).copied();
        let id = id.ok_or_else(|| Error::Corrupt("an order was made and is not there".into()))?;
        for (place, line) in (0i64..).zip(&order.lines) {
            lines.push([
                id.into(),
                place.into(),
                (&line.name).into(),
                (&line.sku).into(),
                line.quantity.into(),
                line.price.into(),
            ]);
        }
        made.push(id);
        tell(tx, id, board::scope_of(deal), order, true);
    }
    lines.insert(tx.conn).await?;
    Ok(made)
}
