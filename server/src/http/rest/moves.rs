//! Deals on their way: to a stage, one or many, and into somebody's hands.

use axum::extract::State;
use domain::board::{Card, Place, PlaceDeal, PlaceDeals};
use domain::deals::AssignDeal;
use domain::ids::*;
use domain::orders::StatusDetails;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::asked::{InPath, Json, Key, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, IfMatch};
use crate::state::AppState;

const DEALS_MAX: usize = 500;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    stage: StageId,
    /// On top of the stage where it is missing.
    before: Option<DealId>,
    reason: Option<LostReasonId>,
    /// The stage on which the caller saw the deal; one that has left it is not moved. Missing: wherever it is.
    from: Option<StageId>,
    /// What the status asks for that its order comes into.
    details: Option<StatusDetails>,
}

/// Answers with the card as it is then.
pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    deal: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(asked): Json<Move>,
) -> Result<Entity<Card>, Problem> {
    let command = PlaceDeal {
        command: key.0,
        deal: deal.id()?,
        to: asked.stage,
        place: place(asked.before),
        from: asked.from,
        seen: seen.version(),
        reason: asked.reason,
        details: asked.details,
    };
    Ok(Entity::card(state.store().place_deal(&ctx, command).await.map_err(refused)?))
}

/// Where the bond's status can't be reached, the stage can't be either.
fn refused(error: impl Into<Problem>) -> Problem {
    error.into().calling("to", "stage")
}

fn place(before: Option<DealId>) -> Place {
    before.map_or(Place::Top, Place::Before)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moves {
    deals: Vec<Moving>,
    stage: StageId,
    before: Option<DealId>,
    reason: Option<LostReasonId>,
    /// For all of them.
    details: Option<StatusDetails>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moving {
    id: DealId,
    from: Option<StageId>,
}

/// Each deal by itself: what is refused for one keeps the others from nothing.
#[derive(Serialize)]
pub struct Moved {
    moved: Vec<DealId>,
    refused: Vec<Refused>,
}

#[derive(Serialize)]
pub struct Refused {
    deal: DealId,
    problem: Value,
}

pub async fn many(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    key: Key,
    _: NoQuery,
    Json(asked): Json<Moves>,
) -> Result<axum::Json<Moved>, Problem> {
    if asked.deals.is_empty() {
        return Err(Problem::invalid("deals", "missing").detail("at least one deal is needed"));
    }
    if asked.deals.len() > DEALS_MAX {
        return Err(
            Problem::invalid("deals", "too_many").detail(format!("at most {DEALS_MAX} deals are moved at once"))
        );
    }
    let command = PlaceDeals {
        command: key.0,
        deals: asked.deals.into_iter().map(|Moving { id, from }| (id, from)).collect(),
        to: asked.stage,
        place: place(asked.before),
        reason: asked.reason,
        details: asked.details,
    };
    let answer = state.store().place_deals(&ctx, command).await?;
    let stay = answer.refused.into_iter();
    Ok(axum::Json(Moved {
        moved: answer.moved,
        refused: stay.map(|(deal, why)| Refused { deal, problem: refused(why).body() }).collect(),
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assign {
    /// Null: nobody. It must be said.
    #[serde(deserialize_with = "Option::deserialize")]
    responsible: Option<UserId>,
}

/// Answers with the card as it is then.
pub async fn assign(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    deal: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(asked): Json<Assign>,
) -> Result<Entity<Card>, Problem> {
    let command = AssignDeal { command: key.0, deal: deal.id()?, to: asked.responsible };
    Ok(Entity::card(state.store().assign_seen(&ctx, command, seen.version()).await?))
}
