//! Stock as it is read: what lies where, how it came to that, and of what there is little left.

use domain::catalog::{LedgerLine, LowStock, StockFilter, StockRow};
use domain::ids::*;

use super::{PAGE_MAX, ledger};
use crate::error::{Error, Result};
use crate::sight::sight;
use crate::sql::{Row, sql};
use crate::{Ctx, Store};

/// A row of stock, and its place among the others: what a page ends with.
pub type Placed = (i64, StockRow);

impl Store {
    /// In an order of its own, after `cursor`.
    pub async fn stock_page(&self, ctx: &Ctx, filter: StockFilter, (cursor, limit): (i64, i64)) -> Result<Vec<Placed>> {
        let rows = sql!(
            "SELECT s.id, s.variant_id, s.warehouse_id, s.on_hand, s.reserved, s.incoming FROM stock s \
             JOIN variants v ON v.id = s.variant_id WHERE s.id > $1 AND v.retired_at IS NULL \
             AND ($2 = '' OR $2 LIKE '%,' || CAST(v.storefront_id AS TEXT) || ',%') \
             AND (CAST($3 AS BIGINT) IS NULL OR v.storefront_id = $3) \
             AND (CAST($4 AS BIGINT) IS NULL OR s.warehouse_id = $4) \
             AND (CAST($5 AS BIGINT) IS NULL OR s.variant_id = $5) ORDER BY s.id LIMIT $6"
        )
        .bind(cursor)
        .bind(sight(&ctx.actor.storefronts))
        .bind(filter.storefront)
        .bind(filter.warehouse)
        .bind(filter.variant)
        .bind(limit.clamp(1, PAGE_MAX))
        .all(&mut self.reader().await?)
        .await?;
        rows.iter().map(|row| Ok((row.get("id")?, stock_row(row)?))).collect()
    }

    /// In the order in which it happened, after `cursor`.
    pub async fn ledger_page(
        &self,
        ctx: &Ctx,
        (filter, order): (StockFilter, Option<OrderId>),
        (cursor, limit): (StockMoveId, i64),
    ) -> Result<Vec<LedgerLine>> {
        let rows = sql!(
            "SELECT l.id, l.variant_id, l.warehouse_id, l.kind, l.quantity, l.order_id, l.actor, l.at, l.note \
             FROM stock_ledger l JOIN variants v ON v.id = l.variant_id WHERE l.id > $1 \
             AND ($2 = '' OR $2 LIKE '%,' || CAST(v.storefront_id AS TEXT) || ',%') \
             AND (CAST($3 AS BIGINT) IS NULL OR v.storefront_id = $3) \
             AND (CAST($4 AS BIGINT) IS NULL OR l.warehouse_id = $4) \
             AND (CAST($5 AS BIGINT) IS NULL OR l.variant_id = $5) \
             AND (CAST($6 AS BIGINT) IS NULL OR l.order_id = $6) ORDER BY l.id LIMIT $7"
        )
        .bind(cursor)
        .bind(sight(&ctx.actor.storefronts))
        .bind(filter.storefront)
        .bind(filter.warehouse)
        .bind(filter.variant)
        .bind(order)
        .bind(limit.clamp(1, PAGE_MAX))
        .all(&mut self.reader().await?)
        .await?;
        rows.iter().map(line).collect()
    }

    /// Variants of which no more is free than it takes to order anew, in the order of their ids, after `cursor`.
    pub async fn low_stock(
        &self,
        ctx: &Ctx,
        storefront: Option<StorefrontId>,
        (cursor, limit): (VariantId, i64),
    ) -> Result<Vec<LowStock>> {
        let rows = sql!(
            "SELECT p.id AS product_id, p.name AS product_name, v.id, v.name, v.sku, v.low_stock, v.supplier_id, \
             CAST(COALESCE(SUM(s.on_hand - s.reserved), 0) AS BIGINT) AS available, \
             CAST(COALESCE(SUM(s.incoming), 0) AS BIGINT) AS incoming FROM variants v \
             JOIN products p ON p.id = v.product_id LEFT JOIN stock s ON s.variant_id = v.id \
             WHERE v.id > $1 AND v.retired_at IS NULL AND v.low_stock IS NOT NULL \
             AND ($2 = '' OR $2 LIKE '%,' || CAST(v.storefront_id AS TEXT) || ',%') \
             AND (CAST($3 AS BIGINT) IS NULL OR v.storefront_id = $3) \
             GROUP BY p.id, p.name, v.id, v.name, v.sku, v.low_stock, v.supplier_id \
             HAVING COALESCE(SUM(s.on_hand - s.reserved), 0) <= v.low_stock ORDER BY v.id LIMIT $4"
        )
        .bind(cursor)
        .bind(sight(&ctx.actor.storefronts))
        .bind(storefront)
        .bind(limit.clamp(1, PAGE_MAX))
        .all(&mut self.reader().await?)
        .await?;
        rows.iter().map(low).collect()
    }
}

fn stock_row(row: &Row) -> Result<StockRow> {
    let stock = ledger::stock(row)?;
    let available = stock.available();
    Ok(StockRow { variant: row.get("variant_id")?, warehouse: row.get("warehouse_id")?, stock, available })
}

fn line(row: &Row) -> Result<LedgerLine> {
    let actor: String = row.get("actor")?;
    Ok(LedgerLine {
        id: row.get("id")?,
        variant: row.get("variant_id")?,
        warehouse: row.get("warehouse_id")?,
        kind: row.get("kind")?,
        quantity: row.get("quantity")?,
        order: row.get("order_id")?,
        actor: actor.parse().map_err(|()| Error::Corrupt(format!("{actor:?} is no author")))?,
        at: row.get("at")?,
        note: row.get("note")?,
    })
}

fn low(row: &Row) -> Result<LowStock> {
    Ok(LowStock {
        product: row.get("product_id")?,
        product_name: row.get("product_name")?,
        variant: row.get("id")?,
        variant_name: row.get("name")?,
        sku: row.get("sku")?,
        low_stock: row.get("low_stock")?,
        available: row.get("available")?,
        incoming: row.get("incoming")?,
        supplier: row.get("supplier_id")?,
    })
}
