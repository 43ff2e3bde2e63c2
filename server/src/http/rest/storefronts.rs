//! Storefronts: those that the caller belongs to.

use axum::Json as Plain;
use axum::extract::State;
use domain::board::Refusal;
use domain::ids::StorefrontId;
use serde::{Deserialize, Serialize};
use store::Ctx;
use store::storefronts::{NewStorefront, Storefront, StorefrontPatch};

use super::asked::{InPath, Json, Key, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, IfMatch};
use crate::state::AppState;

#[derive(Serialize)]
pub struct Storefronts {
    storefronts: Vec<Storefront>,
}

pub async fn list(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    _: NoQuery,
) -> Result<Plain<Storefronts>, Problem> {
    Ok(Plain(Storefronts { storefronts: state.store().storefronts(&ctx).await? }))
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    storefront: InPath,
    _: NoQuery,
) -> Result<Entity<Storefront>, Problem> {
    Entity::new(find(&state, &ctx, storefront.id()?).await?)
}

async fn find(state: &AppState, ctx: &Ctx, id: StorefrontId) -> Result<Storefront, Problem> {
    let all = state.store().storefronts(ctx).await?;
    all.into_iter().find(|one| one.id == id).ok_or_else(|| Refusal::NotFound.into())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    name: String,
    currency: String,
    /// What its shop signs its hooks with.
    woocommerce_secret: Option<String>,
}

pub async fn create(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    key: Key,
    _: NoQuery,
    Json(asked): Json<New>,
) -> Result<Entity<Storefront>, Problem> {
    let New { name, currency, woocommerce_secret } = asked;
    let new = NewStorefront { name, currency, woocommerce_secret };
    let made = state.store().create_storefront(&ctx, key.0, new).await?;
    let place = format!("/storefronts/{}", made.id);
    Ok(Entity::new(made)?.made_at(place))
}

pub async fn change(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    storefront: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(patch): Json<StorefrontPatch>,
) -> Result<Entity<Storefront>, Problem> {
    let id: StorefrontId = storefront.id()?;
    Entity::new(state.store().patch_storefront(&ctx, key.0, id, (patch, seen.seen())).await?)
}
