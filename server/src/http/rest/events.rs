//! The log, for scripts that follow it: only what the caller may see, in order.

use axum::Json;
use axum::extract::State;
use axum::http::Uri;
use domain::event::{Event, audience};
use domain::ids::Seq;
use serde::Serialize;
use store::log::BATCH_MAX;

use super::asked::Asked;
use super::caller::Caller;
use super::problem::Problem;
use crate::state::AppState;

const PAGE: i64 = 100;

#[derive(Serialize)]
pub struct Events {
    events: Vec<Event>,
    /// Ask on from here. It passes what the caller may not see, so that an empty page is not the end of following.
    next: Seq,
    /// Whether there is more already.
    more: bool,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Json<Events>, Problem> {
    let asked = Asked::read(&uri, &[&["since", "limit"]])?;
    let since = asked.parse("since")?.unwrap_or(Seq(0));
    if since < Seq(0) {
        return Err(Problem::malformed("since", "the log begins at 0"));
    }
    let limit = asked.limit(PAGE, BATCH_MAX)? as usize;
    let mut events = state.server.store.raw_events(since).await?;
    let more = events.len() > limit || events.len() as i64 >= BATCH_MAX;
    events.truncate(limit);
    let next = events.last().map_or(since, |event| event.seq);
    // Admins hear of the whole business; a token of theirs that is bound to some shops hears nothing of the others.
    let bound = |event: &Event| event.scope.storefront.is_none_or(|shop| ctx.actor.storefronts.contains(shop));
    events.retain(|event| bound(event) && audience(event).includes(&ctx.actor));
    Ok(Json(Events { events, next, more }))
}
