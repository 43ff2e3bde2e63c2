//! The funnels with their stages, and the reasons that a lost deal may have.

use axum::Json;
use axum::extract::State;
use axum::http::Uri;
use domain::funnels::{Funnel, LostReason};
use serde::Serialize;

use super::asked::Asked;
use super::caller::Caller;
use super::problem::Problem;
use crate::state::AppState;

#[derive(Serialize)]
pub struct Funnels {
    funnels: Vec<Funnel>,
    lost_reasons: Vec<LostReason>,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Json<Funnels>, Problem> {
    Asked::read(&uri, &[])?;
    let store = &state.server.store;
    Ok(Json(Funnels { funnels: store.funnels(&ctx.actor).await?, lost_reasons: store.lost_reasons().await? }))
}
