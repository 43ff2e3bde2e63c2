//! The catalogue as it is read: products of the storefronts that the caller belongs to.

use domain::auth::{Action, On, may};
use domain::board::Refusal;
use domain::catalog::{Product, ProductFilter};
use domain::ids::*;

use super::{PAGE_MAX, rows};
use crate::board::queries::escape_like;
use crate::error::Result;
use crate::sight::sight;
use crate::sql::sql;
use crate::{Ctx, Store};

impl Store {
    /// In the order of their ids, after `cursor`.
    pub async fn products_page(
        &self,
        ctx: &Ctx,
        filter: &ProductFilter,
        (cursor, limit): (ProductId, i64),
    ) -> Result<Vec<Product>> {
        let text = filter.text.trim().to_lowercase();
        let pattern = if text.is_empty() { String::new() } else { format!("%{}%", escape_like(&text)) };
        let asked = sql!(
            "SELECT p.id, p.storefront_id, p.name, p.created_at, s.currency FROM products p \
             JOIN storefronts s ON s.id = p.storefront_id WHERE p.id > $1 AND p.retired_at IS NULL \
             AND ($2 = '' OR $2 LIKE '%,' || CAST(p.storefront_id AS TEXT) || ',%') \
             AND (CAST($3 AS BIGINT) IS NULL OR p.storefront_id = $3) \
             AND ($4 = '' OR p.search LIKE $4 ESCAPE '\\') \
             AND (CAST($5 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id \
             AND v.retired_at IS NULL AND v.sku = $5)) \
             AND (CAST($6 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id \
             AND v.retired_at IS NULL AND v.supplier_id = $6)) ORDER BY p.id LIMIT $7"
        )
        .bind(cursor)
        .bind(sight(&ctx.actor.storefronts))
        .bind(filter.storefront)
        .bind(pattern)
        .bind(filter.sku.as_deref().map(|sku| sku.trim().to_owned()))
        .bind(filter.supplier)
        .bind(limit.clamp(1, PAGE_MAX));
        let actor = ctx.actor.clone();
        self.snapshot(move |conn| {
            Box::pin(async move {
                let found = asked.all(conn).await?;
                let bare = found.iter().map(rows::bare).collect::<Result<Vec<Product>>>()?;
                let whole = rows::filled(conn, bare).await?;
                Ok(whole.into_iter().map(|product| rows::shown(product, &actor)).collect())
            })
        })
        .await
    }

    pub async fn product(&self, ctx: &Ctx, id: ProductId) -> Result<Product> {
        let found = self.snapshot(move |conn| Box::pin(async move { rows::product(conn, id).await })).await?;
        match found {
            Some(product) if may(&ctx.actor, Action::SeeDeals, On::Storefront(product.storefront)) => {
                Ok(rows::shown(product, &ctx.actor))
            }
            Some(_) | None => Err(Refusal::NotFound.into()),
        }
    }
}
