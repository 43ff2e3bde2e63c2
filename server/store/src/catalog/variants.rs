//! The variants of a product that the transaction holds.

use domain::board::Refusal;
use domain::catalog::{
    CatalogFault, CatalogField, CatalogWrong, FieldFault, Product, VARIANTS_MAX, VariantForm, VariantPatch,
};
use domain::ids::*;

use super::{ledger, taken};
use crate::Tx;
use crate::error::Result;
use crate::sql::{Conn, sql};

const SKU_TAKEN: (&str, &str) = ("variants_sku_taken", "variants.sku");

/// A checked form. `index`: which of several it is.
pub(super) async fn insert(
    conn: &mut Conn,
    (product, storefront): (ProductId, StorefrontId),
    form: &VariantForm,
    index: Option<usize>,
) -> Result<()> {
    supplied(conn, storefront, form.supplier, index).await?;
    sql!(
        "INSERT INTO variants (product_id, storefront_id, name, sku, barcode, price, cost, low_stock, supplier_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    )
    .bind(product)
    .bind(storefront)
    .bind(&form.name)
    .bind(&form.sku)
    .bind(form.barcode.clone())
    .bind(form.price)
    .bind(form.cost)
    .bind(form.low_stock)
    .bind(form.supplier)
    .run(conn)
    .await
    .map_err(|error| taken(error, SKU_TAKEN, sku_taken(index)))?;
    Ok(())
}

pub(super) async fn add(conn: &mut Conn, product: &Product, form: VariantForm) -> Result<()> {
    let form = form.checked().map_err(CatalogFault::from)?;
    if product.variants.len() >= VARIANTS_MAX {
        return Err(CatalogFault::Full.into());
    }
    insert(conn, (product.id, product.storefront), &form, None).await
}

pub(super) async fn patch(conn: &mut Conn, product: &Product, (id, patch): (VariantId, VariantPatch)) -> Result<()> {
    let before = product.variants.iter().find(|one| one.id == id).ok_or(Refusal::NotFound)?;
    let form = patch.upon(before).checked().map_err(CatalogFault::from)?;
    // A supplier that was put away meanwhile may stay.
    if form.supplier != before.supplier {
        supplied(conn, product.storefront, form.supplier, None).await?;
    }
    sql!(
        "UPDATE variants SET name = $2, sku = $3, barcode = $4, price = $5, cost = $6, low_stock = $7, \
         supplier_id = $8 WHERE id = $1"
    )
    .bind(id)
    .bind(&form.name)
    .bind(&form.sku)
    .bind(form.barcode.clone())
    .bind(form.price)
    .bind(form.cost)
    .bind(form.low_stock)
    .bind(form.supplier)
    .run(conn)
    .await
    .map_err(|error| taken(error, SKU_TAKEN, sku_taken(None)))?;
    Ok(())
}

/// What lies somewhere, is promised or awaited is not put away: somebody would look for it.
pub(super) async fn retire(tx: &mut Tx<'_>, variant: VariantId) -> Result<()> {
    let now = tx.ctx.now;
    // The variant before its stock, as whoever moves it holds them.
    sql!("UPDATE variants SET retired_at = $2 WHERE id = $1").bind(variant).bind(now).run(tx.conn).await?;
    let lying = ledger::lying(tx.conn, variant).await?;
    if lying.iter().all(|(lying, _)| lying.stock.is_empty()) { Ok(()) } else { Err(CatalogFault::HasStock.into()) }
}

fn sku_taken(variant: Option<usize>) -> FieldFault {
    FieldFault { variant, ..FieldFault::of(CatalogField::Sku, CatalogWrong::Taken) }
}

async fn supplied(
    conn: &mut Conn,
    storefront: StorefrontId,
    supplier: Option<SupplierId>,
    variant: Option<usize>,
) -> Result<()> {
    let Some(supplier) = supplier else { return Ok(()) };
    let row = sql!("SELECT id FROM suppliers WHERE id = $1 AND storefront_id = $2 AND retired_at IS NULL");
    let known = row.bind(supplier).bind(storefront).optional(conn).await?.is_some();
    let unknown = FieldFault { variant, ..FieldFault::of(CatalogField::Supplier, CatalogWrong::Unknown) };
    if known { Ok(()) } else { Err(CatalogFault::from(unknown).into()) }
}
