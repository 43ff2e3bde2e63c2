//! Products, a row for each variant, with what there is of it in all warehouses together. Whoever takes lists out may
//! know what goods cost.

use domain::ids::*;
use domain::money::Currency;

use super::{Export, PAGE};
use crate::Store;
use crate::error::Result;
use crate::sight::sight;
use crate::sql::{Row, sql};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    pub id: VariantId,
    pub created_at: Millis,
    pub storefront: String,
    pub product: String,
    pub variant: String,
    pub sku: String,
    pub barcode: Option<String>,
    pub price: i64,
    pub cost: Option<i64>,
    pub currency: Currency,
    pub supplier: Option<String>,
    pub low_stock: Option<i64>,
    pub on_hand: i64,
    pub reserved: i64,
    pub incoming: i64,
}

impl Export {
    /// The next ones; none: that was all.
    pub async fn products(&mut self, store: &Store) -> Result<Vec<ProductRow>> {
        let (from, to) = self.days(store);
        let rows = sql!(
            "SELECT v.id, p.created_at, s.name AS storefront, p.name AS product, v.name AS variant, v.sku, v.barcode, \
             v.price, v.cost, s.currency, u.name AS supplier, v.low_stock, \
             CAST(COALESCE(SUM(k.on_hand), 0) AS BIGINT) AS on_hand, \
             CAST(COALESCE(SUM(k.reserved), 0) AS BIGINT) AS reserved, \
             CAST(COALESCE(SUM(k.incoming), 0) AS BIGINT) AS incoming FROM variants v \
             JOIN products p ON p.id = v.product_id JOIN storefronts s ON s.id = v.storefront_id \
             LEFT JOIN suppliers u ON u.id = v.supplier_id LEFT JOIN stock k ON k.variant_id = v.id \
             WHERE v.id > $1 AND v.retired_at IS NULL \
             AND ($2 = '' OR $2 LIKE '%,' || CAST(v.storefront_id AS TEXT) || ',%') \
             AND (CAST($3 AS BIGINT) = 0 OR v.storefront_id = CAST($3 AS BIGINT)) \
             AND p.created_at >= $4 AND p.created_at < $5 \
             GROUP BY v.id, p.created_at, s.name, p.name, v.name, v.sku, v.barcode, v.price, v.cost, s.currency, \
             u.name, v.low_stock ORDER BY v.id LIMIT $6"
        )
        .bind(self.after)
        .bind(sight(&self.ctx.actor.storefronts))
        .bind(self.storefront())
        .bind(from)
        .bind(to)
        .bind(PAGE)
        .all(&mut store.reader().await?)
        .await?;
        let page = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
        self.after = page.last().map_or(self.after, |row| row.id.0);
        Ok(page)
    }
}

fn read(row: &Row) -> Result<ProductRow> {
    Ok(ProductRow {
        id: row.get("id")?,
        created_at: row.get("created_at")?,
        storefront: row.get("storefront")?,
        product: row.get("product")?,
        variant: row.get("variant")?,
        sku: row.get("sku")?,
        barcode: row.get("barcode")?,
        price: row.get("price")?,
        cost: row.get("cost")?,
        currency: row.get("currency")?,
        supplier: row.get("supplier")?,
        low_stock: row.get("low_stock")?,
        on_hand: row.get("on_hand")?,
        reserved: row.get("reserved")?,
        incoming: row.get("incoming")?,
    })
}
