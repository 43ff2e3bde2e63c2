//! A storefront's statuses, and the scenarios that are made of them.

use axum::Json as Plain;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use domain::board::Refusal;
use domain::funnels::Colour;
use domain::i18n::Lang;
use domain::ids::{StatusId, StorefrontId};
use domain::orders::{Scenario, SetStatus, Status, StatusChange, StatusForm, StatusKind, StatusPatch};
use serde::{Deserialize, Serialize};
use store::Ctx;

use super::asked::{Asked, InPath, Json, Key, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, IfMatch};
use crate::state::AppState;

#[derive(Serialize)]
pub struct Statuses {
    statuses: Vec<Status>,
}

#[derive(Serialize)]
pub struct Scenarios {
    scenarios: Vec<Scenario>,
}

/// In their order.
pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Plain<Statuses>, Problem> {
    Ok(Plain(Statuses { statuses: state.store().statuses(&ctx, storefront(&uri)?).await? }))
}

pub async fn scenarios(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    uri: Uri,
) -> Result<Plain<Scenarios>, Problem> {
    Ok(Plain(Scenarios { scenarios: state.store().scenarios(&ctx, storefront(&uri)?).await? }))
}

fn storefront(uri: &Uri) -> Result<StorefrontId, Problem> {
    let asked = Asked::read(uri, &[&["storefront"]])?.parse("storefront")?;
    asked.ok_or_else(|| Problem::malformed("storefront", "a storefront is needed"))
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    status: InPath,
    _: NoQuery,
) -> Result<Entity<Status>, Problem> {
    Entity::new(find(&state, &ctx, status.id()?).await?)
}

async fn find(state: &AppState, ctx: &Ctx, id: StatusId) -> Result<Status, Problem> {
    Ok(state.store().status(ctx, id).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    storefront: StorefrontId,
    name: String,
    kind: StatusKind,
    /// Its kind's usual one where it is missing.
    colour: Option<Colour>,
    /// Missing: customers do not see it; empty: its own name.
    public_name: Option<String>,
    public_text: Option<String>,
    next: Option<Vec<StatusId>>,
}

/// After the others.
pub async fn create(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    key: Key,
    _: NoQuery,
    Json(asked): Json<New>,
) -> Result<Entity<Status>, Problem> {
    let New { storefront, name, kind, colour, public_name, public_text, next } = asked;
    let colour = colour.unwrap_or_else(|| SetStatus::of(kind, Lang::En).colour);
    let (public_text, next) = (public_text.unwrap_or_default(), next.unwrap_or_default());
    let form = StatusForm { name, colour, kind, public_name, public_text, next };
    let list = state.store().change_statuses(&ctx, key.0, StatusChange::Add { storefront, form }).await?;
    let made = list.into_iter().next_back().ok_or_else(Problem::not_found)?;
    let place = format!("/statuses/{}", made.id);
    Ok(Entity::new(made)?.made_at(place))
}

pub async fn change(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    status: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(patch): Json<StatusPatch>,
) -> Result<Entity<Status>, Problem> {
    let id: StatusId = status.id()?;
    let list = state.store().patch_status(&ctx, key.0, id, (patch, seen.seen())).await?;
    let now = list.into_iter().find(|status| status.id == id);
    Entity::new(now.ok_or(Refusal::NotFound)?)
}

/// Offered no more. One that orders stand in needs `to`.
pub async fn retire(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    status: InPath,
    key: Key,
    seen: IfMatch,
    uri: Uri,
) -> Result<StatusCode, Problem> {
    let status: StatusId = status.id()?;
    let to = Asked::read(&uri, &[&["to"]])?.parse("to")?;
    state.store().retire_status(&ctx, key.0, (status, to), seen.seen()).await?;
    Ok(StatusCode::NO_CONTENT)
}
