//! Products and their variants: what the storefronts that the caller belongs to sell.

use axum::Json as Plain;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use domain::board::Refusal;
use domain::board::filter::TEXT_CHARS_MAX;
use domain::catalog::{Product, ProductChange, ProductFilter, ProductForm, Variant, VariantForm, VariantPatch};
use domain::ids::{ProductId, StorefrontId, VariantId};
use serde::{Deserialize, Serialize};
use store::Ctx;

use super::asked::{Asked, InPath, Json, Key, NoQuery, TwoInPath};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, IfMatch};
use crate::state::AppState;

const PAGE: i64 = 50;
const PAGE_MAX: i64 = 100;

#[derive(Serialize)]
pub struct Page {
    products: Vec<Product>,
    /// Ask with it for the next page; null on the last.
    next_cursor: Option<String>,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Plain<Page>, Problem> {
    let asked = Asked::read(&uri, &[&["storefront", "q", "sku", "supplier", "cursor", "limit"]])?;
    let text = asked.get("q").unwrap_or_default();
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(Problem::malformed("q", format!("at most {TEXT_CHARS_MAX} characters are searched for")));
    }
    let filter = ProductFilter {
        storefront: asked.parse("storefront")?,
        text: text.to_owned(),
        sku: asked.get("sku").map(str::to_owned),
        supplier: asked.parse("supplier")?,
    };
    let limit = asked.limit(PAGE, PAGE_MAX)?;
    let cursor = asked.parse("cursor")?.unwrap_or(ProductId(0));
    let mut products = state.store().products_page(&ctx, &filter, (cursor, limit + 1)).await?;
    let more = products.len() as i64 > limit;
    products.truncate(limit as usize);
    let next_cursor = products.last().filter(|_| more).map(|product| product.id.to_string());
    Ok(Plain(Page { products, next_cursor }))
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    product: InPath,
    _: NoQuery,
) -> Result<Entity<Product>, Problem> {
    Entity::new(find(&state, &ctx, product.id()?).await?)
}

async fn find(state: &AppState, ctx: &Ctx, id: ProductId) -> Result<Product, Problem> {
    Ok(state.store().product(ctx, id).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    storefront: StorefrontId,
    name: String,
    variants: Vec<VariantForm>,
}

pub async fn create(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    key: Key,
    _: NoQuery,
    Json(New { storefront, name, variants }): Json<New>,
) -> Result<Entity<Product>, Problem> {
    let form = ProductForm { name, variants };
    let made = state.store().create_product(&ctx, key.0, storefront, form).await?;
    let place = format!("/products/{}", made.id);
    Ok(Entity::new(made)?.made_at(place))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    name: String,
}

pub async fn change(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    product: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(Named { name }): Json<Named>,
) -> Result<Entity<Product>, Problem> {
    let id: ProductId = product.id()?;
    Entity::new(
        state.store().change_seen_product(&ctx, key.0, id, (ProductChange::Rename { name }, seen.seen())).await?,
    )
}

/// Sold no more; orders and the ledger keep it.
pub async fn retire(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    product: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
) -> Result<StatusCode, Problem> {
    let id: ProductId = product.id()?;
    state.store().change_seen_product(&ctx, key.0, id, (ProductChange::Retire, seen.seen())).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn add_variant(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    product: InPath,
    key: Key,
    _: NoQuery,
    Json(form): Json<VariantForm>,
) -> Result<Entity<Variant>, Problem> {
    let id: ProductId = product.id()?;
    let now = state.store().change_product(&ctx, key.0, id, ProductChange::AddVariant { form }).await?;
    // In the order in which they were added: the new one is the last.
    let made = now.variants.into_iter().next_back().ok_or_else(Problem::not_found)?;
    let place = format!("/products/{id}/variants/{}", made.id);
    Ok(Entity::new(made)?.made_at(place))
}

pub async fn variant(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    path: TwoInPath,
    _: NoQuery,
) -> Result<Entity<Variant>, Problem> {
    Entity::new(find_variant(&state, &ctx, path.ids()?).await?)
}

async fn find_variant(
    state: &AppState,
    ctx: &Ctx,
    (product, variant): (ProductId, VariantId),
) -> Result<Variant, Problem> {
    of(find(state, ctx, product).await?, variant)
}

fn of(product: Product, id: VariantId) -> Result<Variant, Problem> {
    product.variants.into_iter().find(|variant| variant.id == id).ok_or_else(|| Refusal::NotFound.into())
}

pub async fn change_variant(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    path: TwoInPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(patch): Json<VariantPatch>,
) -> Result<Entity<Variant>, Problem> {
    let (product, variant) = path.ids()?;
    let change = (ProductChange::PatchVariant { variant, patch }, seen.seen());
    Entity::new(of(state.store().change_seen_product(&ctx, key.0, product, change).await?, variant)?)
}

pub async fn retire_variant(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    path: TwoInPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
) -> Result<StatusCode, Problem> {
    let (product, variant) = path.ids()?;
    let change = (ProductChange::RetireVariant { variant }, seen.seen());
    state.store().change_seen_product(&ctx, key.0, product, change).await?;
    Ok(StatusCode::NO_CONTENT)
}
