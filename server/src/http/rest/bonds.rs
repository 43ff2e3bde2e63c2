//! The bond of a funnel's stages with a storefront's statuses: which follows which.

use axum::extract::State;
use axum::http::Uri;
use domain::funnels::STAGES_MAX;
use domain::ids::{FunnelId, StageId, StatusId, StorefrontId};
use domain::orders::{Bond, STATUSES_MAX};
use serde::{Deserialize, Serialize};
use store::Ctx;

use super::asked::{Asked, InPath, Json, Key};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, IfMatch, Tag};
use crate::state::AppState;

#[derive(Serialize)]
pub struct Told {
    funnel: FunnelId,
    storefront: StorefrontId,
    to_stage: Vec<Pair>,
    to_status: Vec<Pair>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    status: StatusId,
    stage: StageId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// An order that comes into the status takes its deal to the stage.
    to_stage: Vec<Pair>,
    /// A deal that comes onto the stage takes its orders into the status.
    to_status: Vec<Pair>,
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    funnel: InPath,
    uri: Uri,
) -> Result<Entity<Told>, Problem> {
    let of = ends(&state, &ctx, (&funnel, &uri)).await?;
    entity(state.store().bond(&ctx, of.0, of.1).await?)
}

/// All of it anew.
pub async fn set(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    funnel: InPath,
    key: Key,
    seen: IfMatch,
    uri: Uri,
    Json(Wanted { to_stage, to_status }): Json<Wanted>,
) -> Result<Entity<Told>, Problem> {
    let of = ends(&state, &ctx, (&funnel, &uri)).await?;
    for (field, pairs, most) in [("to_stage", &to_stage, STATUSES_MAX), ("to_status", &to_status, STAGES_MAX)] {
        if pairs.len() > most {
            return Err(Problem::invalid(field, "too_many").detail(format!("there are at most {most} of them")));
        }
    }
    let bond = Bond {
        funnel: of.0,
        storefront: of.1,
        to_stage: to_stage.iter().map(|pair| (pair.status, pair.stage)).collect(),
        to_status: to_status.iter().map(|pair| (pair.stage, pair.status)).collect(),
    };
    entity(state.store().set_bond_seen(&ctx, key.0, bond, seen.seen()).await?)
}

fn entity(bond: Bond) -> Result<Entity<Told>, Problem> {
    let tag = Tag::of(&bond)?;
    Ok(Entity::tagged(told(bond), tag))
}

/// The funnel and the storefront: its own where none is named.
async fn ends(
    state: &AppState,
    ctx: &Ctx,
    (funnel, uri): (&InPath, &Uri),
) -> Result<(FunnelId, StorefrontId), Problem> {
    let funnel: FunnelId = funnel.id()?;
    let asked = Asked::read(uri, &[&["storefront"]])?.parse("storefront")?;
    let storefront = match asked {
        Some(storefront) => storefront,
        None => {
            let own = state.store().funnel(ctx, funnel).await?.storefront;
            own.ok_or_else(|| {
                Problem::invalid("storefront", "missing").detail("this funnel is everybody's: a storefront is needed")
            })?
        }
    };
    Ok((funnel, storefront))
}

fn told(bond: Bond) -> Told {
    let Bond { funnel, storefront, to_stage, to_status } = bond;
    Told {
        funnel,
        storefront,
        to_stage: to_stage.into_iter().map(|(status, stage)| Pair { status, stage }).collect(),
        to_status: to_status.into_iter().map(|(stage, status)| Pair { status, stage }).collect(),
    }
}
