//! Customers. Whoever works for some storefronts gets the customers of these, and hears of no deal elsewhere: neither
//! that there are any, nor since when.

use domain::ids::*;

use super::{Export, PAGE};
use crate::Store;
use crate::error::Result;
use crate::sight::sight;
use crate::sql::sql;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub deals: i64,
    /// Their first deal that is seen; for those without one, since they are known.
    pub since: Millis,
    pub last_deal_at: Option<Millis>,
}

impl Export {
    /// The next ones; none: that was all.
    pub async fn customers(&mut self, store: &Store) -> Result<Vec<CustomerRow>> {
        let (from, to) = self.days(store);
        let rows = sql!(
            "SELECT c.id, c.name, c.phone, c.email, COUNT(d.id) AS deals, \
             COALESCE(MIN(d.created_at), c.created_at) AS since, MAX(d.created_at) AS last_deal_at \
             FROM customers c LEFT JOIN deals d ON d.customer_id = c.id \
             AND ($2 = '' OR $2 LIKE '%,' || CAST(d.storefront_id AS TEXT) || ',%') \
             AND (CAST($3 AS BIGINT) = 0 OR d.storefront_id = CAST($3 AS BIGINT)) \
             WHERE c.id > $1 AND (d.id IS NOT NULL OR ($2 = '' AND CAST($3 AS BIGINT) = 0)) \
             GROUP BY c.id, c.name, c.phone, c.email, c.created_at \
             HAVING COALESCE(MIN(d.created_at), c.created_at) >= $4 \
             AND COALESCE(MIN(d.created_at), c.created_at) < $5 ORDER BY c.id LIMIT $6"
        )
        .bind(self.after)
        .bind(sight(&self.ctx.actor.storefronts))
        .bind(self.storefront())
        .bind(from)
        .bind(to)
        .bind(PAGE)
        .all(&mut store.reader().await?)
        .await?;
        let page = rows
            .iter()
            .map(|row| {
                Ok(CustomerRow {
                    id: row.get("id")?,
                    name: row.get("name")?,
                    phone: row.get("phone")?,
                    email: row.get("email")?,
                    deals: row.get("deals")?,
                    since: row.get("since")?,
                    last_deal_at: row.get("last_deal_at")?,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        self.after = page.last().map_or(self.after, |customer| customer.id.0);
        Ok(page)
    }
}
