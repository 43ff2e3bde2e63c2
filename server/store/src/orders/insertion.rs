//! New orders, one or a hundred at once: their rows, their goods, their facts.

use std::collections::HashMap;

use domain::board::Card;
use domain::event::Scope;
use domain::ids::*;
use domain::orders::IncomingOrder;

use super::begin::Begins;
use super::{leads, stays, tell};
use crate::customers::Contacts;
use crate::error::{Error, Result};
use crate::many::Many;
use crate::{Tx, board};

const COLUMNS: [&str; 23] = [
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
    "status_id",
    "status_since",
    "scenario_id",
];

/// An order that is not there yet, and what it belongs to.
pub(crate) struct Filed<'a> {
    pub order: &'a IncomingOrder,
    pub customer: CustomerId,
    pub deal: Option<&'a Card>,
    pub begins: Begins,
}

/// Their ids, in the order in which they came.
pub(crate) async fn insert_all(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    orders: &[Filed<'_>],
) -> Result<Vec<OrderId>> {
    let mut rows = Many::of("orders", &COLUMNS);
    for Filed { order, customer, deal, begins } in orders {
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
            (*customer).into(),
            deal.map(|deal| deal.id).into(),
            order.cart.clone().into(),
            begins.status.into(),
            begins.status.map(|_| begins.since).into(),
            begins.scenario.into(),
        ]);
    }
    let mut ids: HashMap<String, OrderId> = HashMap::with_capacity(orders.len());
    for row in rows.insert_returning(tx.conn, "id, external_id").await? {
        ids.insert(row.get("external_id")?, row.get("id")?);
    }
    let mut lines = Many::of("order_lines", &["order_id", "place", "name", "sku", "quantity", "price"]);
    let mut made = Vec::with_capacity(orders.len());
    let mut begun = Vec::with_capacity(orders.len());
    for Filed { order, customer, deal, begins } in orders {
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
        begun.extend(begins.status.map(|status| (id, status, begins.since)));
        let alone = Scope { storefront: Some(storefront), customer: Some(*customer), ..Scope::default() };
        tell(tx, id, deal.map_or(alone, board::scope_of), order, true);
    }
    lines.insert(tx.conn).await?;
    stays::begin_all(tx, &begun).await?;
    Ok(made)
}
