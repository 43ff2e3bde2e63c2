//! An order as we know it already, when its shop tells of it again.

use domain::ids::*;
use domain::orders::Line;

use crate::customers::Contacts;
use crate::deals::contents;
use crate::error::Result;
use crate::sql::{Conn, sql};

/// An order as we know it.
pub(super) struct Known {
    pub id: OrderId,
    pub number: String,
    pub changed_at: Millis,
    pub deleted: bool,
    pub deal: Option<DealId>,
    /// None: it was deleted before it was created.
    pub customer: Option<CustomerId>,
    pub lines: Vec<Line>,
    pub total: i64,
    pub shop_status: String,
    pub paid: bool,
    pub note: String,
    /// None: it came before they were kept, or was deleted before it was created.
    pub contacts: Option<Contacts>,
}

pub(super) async fn known(conn: &mut Conn, storefront: StorefrontId, external_id: &str) -> Result<Option<Known>> {
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
