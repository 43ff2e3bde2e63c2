//! The stages of a funnel.

use axum::Json as Plain;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use domain::board::Refusal;
use domain::funnels::{Colour, Funnel, FunnelChange, Stage, StageForm, StageKind, StagePatch, palette};
use domain::ids::{FunnelId, StageId};
use serde::{Deserialize, Serialize};
use store::Ctx;

use super::asked::{Asked, InPath, Json, Key, NoQuery, TwoInPath};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, IfMatch};
use crate::state::AppState;

/// Ten years.
const LIMIT_HOURS_MAX: i64 = 87_600;

#[derive(Serialize)]
pub struct Stages {
    stages: Vec<Stage>,
}

/// In their order.
pub async fn list(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    funnel: InPath,
    _: NoQuery,
) -> Result<Plain<Stages>, Problem> {
    Ok(Plain(Stages { stages: state.store().funnel(&ctx, funnel.id()?).await?.stages }))
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    path: TwoInPath,
    _: NoQuery,
) -> Result<Entity<Stage>, Problem> {
    let (funnel, stage) = path.ids()?;
    Entity::new(find(&state, &ctx, funnel, stage).await?)
}

async fn find(state: &AppState, ctx: &Ctx, funnel: FunnelId, stage: StageId) -> Result<Stage, Problem> {
    of(&state.store().funnel(ctx, funnel).await?, stage)
}

fn of(funnel: &Funnel, stage: StageId) -> Result<Stage, Problem> {
    funnel.stage(stage).cloned().ok_or_else(|| Refusal::NotFound.into())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewStage {
    name: String,
    colour: Option<Colour>,
    kind: Option<StageKind>,
    limit_hours: Option<i64>,
    public_name: Option<String>,
}

impl NewStage {
    /// For the place that it will have.
    pub fn form(self, index: usize) -> Result<StageForm, Problem> {
        let Self { name, colour, kind, limit_hours, public_name } = self;
        let kind = kind.unwrap_or(StageKind::Open);
        let colour = colour.unwrap_or_else(|| palette::default_for(index, kind));
        Ok(StageForm { name, colour, kind, limit_hours: hours(limit_hours)?, public_name })
    }
}

fn hours(limit: Option<i64>) -> Result<Option<i64>, Problem> {
    match limit {
        Some(hours) if !(1..=LIMIT_HOURS_MAX).contains(&hours) => {
            let words = format!("a limit is between 1 and {LIMIT_HOURS_MAX} hours");
            Err(Problem::invalid("limit_hours", "out_of_range").detail(words))
        }
        Some(_) | None => Ok(limit),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Added {
    name: String,
    colour: Option<Colour>,
    kind: Option<StageKind>,
    limit_hours: Option<i64>,
    public_name: Option<String>,
    /// Its place among the stages, from 0; the last where it is missing.
    index: Option<usize>,
}

pub async fn create(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    funnel: InPath,
    key: Key,
    _: NoQuery,
    Json(asked): Json<Added>,
) -> Result<Entity<Stage>, Problem> {
    let id: FunnelId = funnel.id()?;
    let Added { name, colour, kind, limit_hours, public_name, index } = asked;
    let new = NewStage { name, colour, kind, limit_hours, public_name };
    let index = index.unwrap_or(usize::MAX);
    let change = FunnelChange::AddStage { stage: new.form(index)?, index };
    let funnel = state.store().change_funnel(&ctx, key.0, id, change).await?;
    let made = funnel.stages.get(index).or(funnel.stages.last()).cloned().ok_or_else(Problem::not_found)?;
    let place = format!("/funnels/{id}/stages/{}", made.id);
    Ok(Entity::new(made)?.made_at(place))
}

pub async fn change(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    path: TwoInPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(patch): Json<StagePatch>,
) -> Result<Entity<Stage>, Problem> {
    let (funnel, stage) = path.ids()?;
    hours(patch.limit_hours.flatten())?;
    let now = state.store().patch_stage(&ctx, key.0, (funnel, stage), (patch, seen.seen())).await?;
    Entity::new(of(&now, stage)?)
}

/// A stage with deals needs `move_to`.
pub async fn remove(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    path: TwoInPath,
    key: Key,
    seen: IfMatch,
    uri: Uri,
) -> Result<StatusCode, Problem> {
    let (funnel, stage): (FunnelId, StageId) = path.ids()?;
    let deals_to = Asked::read(&uri, &[&["move_to"]])?.parse("move_to")?;
    let change = (FunnelChange::RemoveStage { stage, deals_to }, seen.seen());
    match state.store().change_funnel_seen(&ctx, key.0, funnel, change).await {
        Ok(_) => Ok(StatusCode::NO_CONTENT),
        // Which of the two stages is gone?
        Err(store::Error::Refused(Refusal::StageGone)) => {
            find(&state, &ctx, funnel, stage).await?;
            Err(Problem::invalid("move_to", "unknown"))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    order: Vec<StageId>,
}

/// Every stage once, in the new order.
pub async fn reorder(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    funnel: InPath,
    key: Key,
    _: NoQuery,
    Json(asked): Json<Order>,
) -> Result<Plain<Stages>, Problem> {
    let change = FunnelChange::Reorder { order: asked.order };
    match state.store().change_funnel(&ctx, key.0, funnel.id()?, change).await {
        Ok(funnel) => Ok(Plain(Stages { stages: funnel.stages })),
        Err(store::Error::Refused(Refusal::StageGone)) => {
            Err(Problem::invalid("order", "unknown").detail("every stage of the funnel must be there once"))
        }
        Err(error) => Err(error.into()),
    }
}
