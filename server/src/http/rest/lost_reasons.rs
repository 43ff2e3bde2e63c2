//! The reasons that a lost deal may have: one list for the whole business.

use axum::Json as Plain;
use axum::extract::State;
use axum::http::StatusCode;
use domain::board::Refusal;
use domain::funnels::{LostReason, ReasonChange};
use domain::ids::LostReasonId;
use serde::{Deserialize, Serialize};

use super::asked::{InPath, Json, Key, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, IfMatch};
use crate::state::AppState;

#[derive(Serialize)]
pub struct Reasons {
    lost_reasons: Vec<LostReason>,
}

pub async fn list(State(state): State<AppState>, Caller(_): Caller, _: NoQuery) -> Result<Plain<Reasons>, Problem> {
    Ok(Plain(Reasons { lost_reasons: state.store().lost_reasons().await? }))
}

pub async fn one(
    State(state): State<AppState>,
    Caller(_): Caller,
    reason: InPath,
    _: NoQuery,
) -> Result<Entity<LostReason>, Problem> {
    Entity::new(of(state.store().lost_reasons().await?, reason.id()?)?)
}

fn of(list: Vec<LostReason>, id: LostReasonId) -> Result<LostReason, Problem> {
    list.into_iter().find(|reason| reason.id == id).ok_or_else(|| Refusal::NotFound.into())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    name: String,
}

pub async fn create(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    key: Key,
    _: NoQuery,
    Json(Named { name }): Json<Named>,
) -> Result<Entity<LostReason>, Problem> {
    let list = state.store().change_lost_reasons(&ctx, key.0, ReasonChange::Add { name }).await?;
    // In the order of their ids: the new one is the last.
    let made = list.into_iter().next_back().ok_or_else(Problem::not_found)?;
    let place = format!("/lost-reasons/{}", made.id);
    Ok(Entity::new(made)?.made_at(place))
}

pub async fn rename(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    reason: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(Named { name }): Json<Named>,
) -> Result<Entity<LostReason>, Problem> {
    let reason: LostReasonId = reason.id()?;
    let rename = (ReasonChange::Rename { reason, name }, seen.seen());
    let list = state.store().change_lost_reasons_seen(&ctx, key.0, rename).await?;
    Entity::new(of(list, reason)?)
}

/// Offered no more; deals that were lost for it keep it.
pub async fn retire(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    reason: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
) -> Result<StatusCode, Problem> {
    let reason: LostReasonId = reason.id()?;
    let retire = (ReasonChange::Retire { reason }, seen.seen());
    state.store().change_lost_reasons_seen(&ctx, key.0, retire).await?;
    Ok(StatusCode::NO_CONTENT)
}
