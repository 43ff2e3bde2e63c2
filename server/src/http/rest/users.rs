//! The team, for those who manage it.

use axum::Json as Plain;
use axum::extract::State;
use domain::auth::User;
use domain::board::Refusal;
use domain::ids::UserId;
use serde::Serialize;

use super::asked::{InPath, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::Entity;
use crate::state::AppState;

#[derive(Serialize)]
pub struct Users {
    users: Vec<User>,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, _: NoQuery) -> Result<Plain<Users>, Problem> {
    Ok(Plain(Users { users: state.store().users(&ctx).await? }))
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    user: InPath,
    _: NoQuery,
) -> Result<Entity<User>, Problem> {
    let id: UserId = user.id()?;
    let found = state.store().users(&ctx).await?.into_iter().find(|user| user.id == id);
    Entity::new(found.ok_or(Refusal::NotFound)?)
}
