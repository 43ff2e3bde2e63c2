//! Warehouses: where a storefront's goods lie.

use axum::Json as Plain;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use domain::catalog::{Warehouse, WarehouseChange};
use domain::ids::{StorefrontId, WarehouseId};
use serde::{Deserialize, Serialize};
use store::Ctx;

use super::asked::{Asked, InPath, Json, Key, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, IfMatch};
use crate::state::AppState;

#[derive(Serialize)]
pub struct Warehouses {
    warehouses: Vec<Warehouse>,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Plain<Warehouses>, Problem> {
    let asked = Asked::read(&uri, &[&["storefront"]])?;
    let warehouses = state.store().warehouses(&ctx, asked.parse("storefront")?).await?;
    Ok(Plain(Warehouses { warehouses }))
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    warehouse: InPath,
    _: NoQuery,
) -> Result<Entity<Warehouse>, Problem> {
    Entity::new(find(&state, &ctx, warehouse.id()?).await?)
}

async fn find(state: &AppState, ctx: &Ctx, id: WarehouseId) -> Result<Warehouse, Problem> {
    Ok(state.store().warehouse(ctx, id).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    storefront: StorefrontId,
    name: String,
}

pub async fn create(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    key: Key,
    _: NoQuery,
    Json(New { storefront, name }): Json<New>,
) -> Result<Entity<Warehouse>, Problem> {
    let made = state.store().change_warehouse(&ctx, key.0, WarehouseChange::Add { storefront, name }).await?;
    let place = format!("/warehouses/{}", made.id);
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
    warehouse: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(Named { name }): Json<Named>,
) -> Result<Entity<Warehouse>, Problem> {
    let warehouse: WarehouseId = warehouse.id()?;
    Entity::new(
        state
            .store()
            .change_seen_warehouse(&ctx, key.0, (WarehouseChange::Rename { warehouse, name }, seen.seen()))
            .await?,
    )
}

pub async fn retire(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    warehouse: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
) -> Result<StatusCode, Problem> {
    let warehouse: WarehouseId = warehouse.id()?;
    state.store().change_seen_warehouse(&ctx, key.0, (WarehouseChange::Retire { warehouse }, seen.seen())).await?;
    Ok(StatusCode::NO_CONTENT)
}
