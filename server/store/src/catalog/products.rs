//! Products are made, renamed, put away; what is asked of their variants is done in `variants`.

use domain::auth::Action;
use domain::board::Refusal;
use domain::catalog::{CatalogFault, Product, ProductChange, ProductForm, Variant};
use domain::event::Fact;
use domain::ids::*;

use super::{allowed, rows, scope, variants};
use crate::deals::commands::currency_of;
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Seen, Store, Tx};

/// Of one storefront.
const PRODUCTS_MAX: i64 = 100_000;

impl Store {
    pub async fn create_product(
        &self,
        ctx: &Ctx,
        id: CommandId,
        storefront: StorefrontId,
        form: ProductForm,
    ) -> Result<Product> {
        let content = ("create product", storefront, form.clone());
        let made = self
            .write(ctx, id, &content, move |tx| Box::pin(async move { create(tx, storefront, form).await }))
            .await?;
        Ok(rows::shown(made, &ctx.actor))
    }

    /// Answers with the product as it is then; one that was put away, as it was.
    pub async fn change_product(
        &self,
        ctx: &Ctx,
        id: CommandId,
        product: ProductId,
        change: ProductChange,
    ) -> Result<Product> {
        self.change_seen_product(ctx, id, product, (change, Seen::Any)).await
    }

    /// `Seen`: of the product, or of the variant that is changed, as who changes it is shown it.
    pub async fn change_seen_product(
        &self,
        ctx: &Ctx,
        id: CommandId,
        product: ProductId,
        (change, seen): (ProductChange, Seen),
    ) -> Result<Product> {
        let content = ("change product", product, change.clone());
        let now = self
            .write(ctx, id, &content, move |tx| Box::pin(async move { apply(tx, product, (change, seen)).await }))
            .await?;
        Ok(rows::shown(now, &ctx.actor))
    }
}

async fn create(tx: &mut Tx<'_>, storefront: StorefrontId, form: ProductForm) -> Result<Product> {
    allowed(&tx.ctx.actor, storefront, Action::ManageCatalog)?;
    // There is no such storefront, even for those who belong to all.
    currency_of(tx.conn, storefront).await?;
    let form = form.checked().map_err(CatalogFault::from)?;
    let row = sql!("SELECT COUNT(*) AS n FROM products WHERE storefront_id = $1 AND retired_at IS NULL");
    if row.bind(storefront).one(tx.conn).await?.get::<i64>("n")? >= PRODUCTS_MAX {
        return Err(CatalogFault::Full.into());
    }
    let id: ProductId =
        sql!("INSERT INTO products (storefront_id, name, search, created_at) VALUES ($1, $2, '', $3) RETURNING id")
            .bind(storefront)
            .bind(&form.name)
            .bind(tx.ctx.now)
            .one(tx.conn)
            .await?
            .get("id")?;
    for (index, variant) in form.variants.iter().enumerate() {
        variants::insert(tx.conn, (id, storefront), variant, Some(index)).await?;
    }
    let product = settled(tx.conn, id).await?;
    tx.record(scope(storefront), Fact::ProductCreated { product: id, name: product.name.clone() });
    Ok(product)
}

async fn apply(tx: &mut Tx<'_>, id: ProductId, (change, seen): (ProductChange, Seen)) -> Result<Product> {
    let before = rows::held(tx.conn, id).await?.ok_or(Refusal::NotFound)?;
    allowed(&tx.ctx.actor, before.storefront, Action::ManageCatalog)?;
    known(&rows::shown(before.clone(), &tx.ctx.actor), &change, &seen)?;
    match change {
        ProductChange::Rename { name } => {
            let name = ProductForm::checked_name(&name).map_err(CatalogFault::from)?;
            sql!("UPDATE products SET name = $2 WHERE id = $1").bind(id).bind(&name).run(tx.conn).await?;
        }
        ProductChange::AddVariant { form } => variants::add(tx.conn, &before, form).await?,
        ProductChange::PatchVariant { variant, patch } => variants::patch(tx.conn, &before, (variant, patch)).await?,
        ProductChange::RetireVariant { variant } => {
            if before.variants.len() == 1 {
                return Err(CatalogFault::LastVariant.into());
            }
            variants::retire(tx, variant).await?;
        }
        ProductChange::Retire => {
            for variant in &before.variants {
                variants::retire(tx, variant.id).await?;
            }
            sql!("UPDATE products SET retired_at = $2 WHERE id = $1").bind(id).bind(tx.ctx.now).run(tx.conn).await?;
            let fact = Fact::ProductRetired { product: id, name: before.name.clone() };
            tx.record(scope(before.storefront), fact);
            return Ok(before);
        }
    }
    let after = settled(tx.conn, id).await?;
    if after != before {
        tx.record(scope(after.storefront), Fact::ProductChanged { product: id, name: after.name.clone() });
    }
    Ok(after)
}

fn known(shown: &Product, change: &ProductChange, seen: &Seen) -> Result<()> {
    match change {
        ProductChange::PatchVariant { variant, .. } | ProductChange::RetireVariant { variant } => {
            let variant = shown.variants.iter().find(|one| one.id == *variant).ok_or(Refusal::NotFound)?;
            seen.holds(variant)
        }
        ProductChange::Rename { .. } | ProductChange::AddVariant { .. } | ProductChange::Retire => seen.holds(shown),
    }
}

/// A product as it is now, found by what it is called now.
async fn settled(conn: &mut Conn, id: ProductId) -> Result<Product> {
    let product = rows::product(conn, id).await?.ok_or(Refusal::NotFound)?;
    let own = |variant: &Variant| {
        format!("{} {} {}", variant.name, variant.sku, variant.barcode.as_deref().unwrap_or_default())
    };
    let of_variants: Vec<String> = product.variants.iter().map(own).collect();
    let search = format!("{} {}", product.name, of_variants.join(" ")).to_lowercase();
    sql!("UPDATE products SET search = $2 WHERE id = $1").bind(id).bind(search).run(conn).await?;
    Ok(product)
}
