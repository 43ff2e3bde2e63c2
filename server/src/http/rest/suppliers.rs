//! Suppliers: from whom a storefront's goods come.

use axum::Json as Plain;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use domain::catalog::{Supplier, SupplierChange, SupplierForm, SupplierPatch};
use domain::ids::{StorefrontId, SupplierId};
use serde::{Deserialize, Serialize};
use store::Ctx;

use super::asked::{Asked, InPath, Json, Key, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, IfMatch};
use crate::state::AppState;

const PAGE: i64 = 50;
const PAGE_MAX: i64 = 100;

#[derive(Serialize)]
pub struct Page {
    suppliers: Vec<Supplier>,
    /// Ask with it for the next page; null on the last.
    next_cursor: Option<String>,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Plain<Page>, Problem> {
    let asked = Asked::read(&uri, &[&["storefront", "cursor", "limit"]])?;
    let limit = asked.limit(PAGE, PAGE_MAX)?;
    let cursor = asked.parse("cursor")?.unwrap_or(SupplierId(0));
    let mut suppliers = state.store().suppliers_page(&ctx, asked.parse("storefront")?, (cursor, limit + 1)).await?;
    let more = suppliers.len() as i64 > limit;
    suppliers.truncate(limit as usize);
    let next_cursor = suppliers.last().filter(|_| more).map(|supplier| supplier.id.to_string());
    Ok(Plain(Page { suppliers, next_cursor }))
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    supplier: InPath,
    _: NoQuery,
) -> Result<Entity<Supplier>, Problem> {
    Entity::new(find(&state, &ctx, supplier.id()?).await?)
}

async fn find(state: &AppState, ctx: &Ctx, id: SupplierId) -> Result<Supplier, Problem> {
    Ok(state.store().supplier(ctx, id).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    storefront: StorefrontId,
    name: String,
    email: Option<String>,
}

pub async fn create(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    key: Key,
    _: NoQuery,
    Json(New { storefront, name, email }): Json<New>,
) -> Result<Entity<Supplier>, Problem> {
    let change = SupplierChange::Add { storefront, form: SupplierForm { name, email } };
    let made = state.store().change_supplier(&ctx, key.0, change).await?;
    let place = format!("/suppliers/{}", made.id);
    Ok(Entity::new(made)?.made_at(place))
}

pub async fn change(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    supplier: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(patch): Json<SupplierPatch>,
) -> Result<Entity<Supplier>, Problem> {
    let supplier: SupplierId = supplier.id()?;
    Entity::new(
        state
            .store()
            .change_seen_supplier(&ctx, key.0, (SupplierChange::Patch { supplier, patch }, seen.seen()))
            .await?,
    )
}

/// Chosen no more; its goods say still where they came from.
pub async fn retire(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    supplier: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
) -> Result<StatusCode, Problem> {
    let supplier: SupplierId = supplier.id()?;
    state.store().change_seen_supplier(&ctx, key.0, (SupplierChange::Retire { supplier }, seen.seen())).await?;
    Ok(StatusCode::NO_CONTENT)
}
