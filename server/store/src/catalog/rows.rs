//! Products and variants as they are kept.

use std::collections::HashMap;

use domain::auth::{Action, Actor, On, may};
use domain::catalog::{Product, Variant};
use domain::ids::*;

use crate::error::Result;
use crate::sql::{Conn, Row, Sql, sql};

/// One that is sold still; on PostgreSQL held until the transaction ends.
pub(super) async fn held(conn: &mut Conn, id: ProductId) -> Result<Option<Product>> {
    let row = sql!(
        sqlite: "SELECT p.id, p.storefront_id, p.name, p.created_at, s.currency FROM products p \
                 JOIN storefronts s ON s.id = p.storefront_id WHERE p.id = $1 AND p.retired_at IS NULL",
        postgres: "SELECT p.id, p.storefront_id, p.name, p.created_at, s.currency FROM products p \
                   JOIN storefronts s ON s.id = p.storefront_id WHERE p.id = $1 AND p.retired_at IS NULL \
                   FOR NO KEY UPDATE OF p",
    );
    let row = row.bind(id).optional(conn).await?;
    whole(conn, row).await
}

pub(super) async fn product(conn: &mut Conn, id: ProductId) -> Result<Option<Product>> {
    let row = sql!(
        "SELECT p.id, p.storefront_id, p.name, p.created_at, s.currency FROM products p \
         JOIN storefronts s ON s.id = p.storefront_id WHERE p.id = $1 AND p.retired_at IS NULL"
    );
    let row = row.bind(id).optional(conn).await?;
    whole(conn, row).await
}

async fn whole(conn: &mut Conn, row: Option<Row>) -> Result<Option<Product>> {
    let Some(row) = row else { return Ok(None) };
    Ok(filled(conn, vec![bare(&row)?]).await?.into_iter().next())
}

/// Without its variants.
pub(super) fn bare(row: &Row) -> Result<Product> {
    Ok(Product {
        id: row.get("id")?,
        storefront: row.get("storefront_id")?,
        name: row.get("name")?,
        currency: row.get("currency")?,
        variants: Vec::new(),
        created_at: row.get("created_at")?,
    })
}

/// With their variants, in one question.
pub(super) async fn filled(conn: &mut Conn, mut products: Vec<Product>) -> Result<Vec<Product>> {
    if products.is_empty() {
        return Ok(products);
    }
    let places: Vec<String> = (1..=products.len()).map(|place| format!("${place}")).collect();
    let text = format!(
        "SELECT id, product_id, name, sku, barcode, price, cost, low_stock, supplier_id FROM variants \
         WHERE retired_at IS NULL AND product_id IN ({}) ORDER BY id",
        places.join(", ")
    );
    let asked = products.iter().fold(Sql::assembled(text), |sql, product| sql.bind(product.id));
    let mut variants: HashMap<ProductId, Vec<Variant>> = HashMap::new();
    for row in &asked.all(conn).await? {
        variants.entry(row.get("product_id")?).or_default().push(variant(row)?);
    }
    for product in &mut products {
        product.variants = variants.remove(&product.id).unwrap_or_default();
    }
    Ok(products)
}

fn variant(row: &Row) -> Result<Variant> {
    Ok(Variant {
        id: row.get("id")?,
        name: row.get("name")?,
        sku: row.get("sku")?,
        barcode: row.get("barcode")?,
        price: row.get("price")?,
        cost: row.get("cost")?,
        low_stock: row.get("low_stock")?,
        supplier: row.get("supplier_id")?,
    })
}

/// What goods cost the shop is for those who may know it.
pub(super) fn shown(mut product: Product, actor: &Actor) -> Product {
    if !may(actor, Action::SeeCost, On::Storefront(product.storefront)) {
        for variant in &mut product.variants {
            variant.cost = None;
        }
    }
    product
}
