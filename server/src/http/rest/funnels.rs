//! Funnels: made of a preset or of stages, renamed, put away.

use axum::Json as Plain;
use axum::extract::State;
use axum::http::StatusCode;
use domain::funnels::presets::Preset;
use domain::funnels::{Funnel, FunnelChange, LostReason, NewFunnel, StageForm};
use domain::i18n::Lang;
use domain::ids::{FunnelId, StorefrontId};
use serde::{Deserialize, Serialize};

use super::asked::{InPath, Json, Key, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::stages::NewStage;
use super::tag::{Entity, IfMatch};
use crate::state::AppState;

#[derive(Serialize)]
pub struct Funnels {
    funnels: Vec<Funnel>,
    lost_reasons: Vec<LostReason>,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, _: NoQuery) -> Result<Plain<Funnels>, Problem> {
    let store = state.store();
    Ok(Plain(Funnels { funnels: store.funnels(&ctx.actor).await?, lost_reasons: store.lost_reasons().await? }))
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    funnel: InPath,
    _: NoQuery,
) -> Result<Entity<Funnel>, Problem> {
    Entity::new(state.store().funnel(&ctx, funnel.id()?).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    name: String,
    /// Missing: a funnel of every storefront.
    storefront: Option<StorefrontId>,
    preset: Option<Preset>,
    stages: Option<Vec<NewStage>>,
    /// Of the preset's names.
    lang: Option<Lang>,
}

pub async fn create(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    key: Key,
    _: NoQuery,
    Json(asked): Json<New>,
) -> Result<Entity<Funnel>, Problem> {
    let New { name, storefront, preset, stages, lang } = asked;
    if preset.is_some() && stages.is_some() {
        return Err(
            Problem::invalid("stages", "not_asked").detail("a funnel is made of a preset or of stages, not of both")
        );
    }
    let new = NewFunnel { name, storefront, preset, lang: lang.unwrap_or_default() };
    let funnel = match stages {
        Some(stages) => {
            let forms = stages.into_iter().enumerate().map(|(index, stage)| stage.form(index));
            let forms: Vec<StageForm> = forms.collect::<Result<_, Problem>>()?;
            state.store().create_funnel_of(&ctx, key.0, new, forms).await?
        }
        None => state.store().create_funnel(&ctx, key.0, new).await?,
    };
    let place = format!("/funnels/{}", funnel.id);
    Ok(Entity::new(funnel)?.made_at(place))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    name: String,
}

pub async fn change(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    funnel: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(Change { name }): Json<Change>,
) -> Result<Entity<Funnel>, Problem> {
    let id: FunnelId = funnel.id()?;
    let rename = (FunnelChange::Rename { name }, seen.seen());
    Entity::new(state.store().change_funnel_seen(&ctx, key.0, id, rename).await?)
}

/// Off the boards; its deals stay in the database and in histories.
pub async fn archive(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    funnel: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
) -> Result<StatusCode, Problem> {
    let id: FunnelId = funnel.id()?;
    state.store().change_funnel_seen(&ctx, key.0, id, (FunnelChange::Archive, seen.seen())).await?;
    Ok(StatusCode::NO_CONTENT)
}
