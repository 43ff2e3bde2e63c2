//! The log, for scripts that follow it: only what the caller may see, in order.

use axum::Json;
use axum::extract::State;
use axum::http::Uri;
use domain::event::{Event, audience};
use domain::ids::{DealId, Seq};
use serde::Serialize;
use store::log::BATCH_MAX;

use super::asked::{Asked, InPath};
use super::caller::Caller;
use super::problem::Problem;
use crate::state::AppState;

const PAGE: i64 = 100;
const PAGE_MAX: i64 = 500;

#[derive(Serialize)]
pub struct Events {
    events: Vec<Event>,
    /// Ask on from here. It passes what the caller may not see, so that an empty page is not the end of following.
    next: Seq,
    /// Whether there is more already.
    more: bool,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Json<Events>, Problem> {
    let (since, limit) = page(&uri)?;
    let mut events = state.server.store.raw_events(since).await?;
    let more = events.len() > limit || events.len() as i64 >= BATCH_MAX;
    events.truncate(limit);
    let next = events.last().map_or(since, |event| event.seq);
    // Admins hear of the whole business; a token of theirs that is bound to some shops hears nothing of the others.
    let bound = |event: &Event| event.scope.storefront.is_none_or(|shop| ctx.actor.storefronts.contains(shop));
    events.retain(|event| bound(event) && audience(event).includes(&ctx.actor));
    Ok(Json(Events { events, next, more }))
}

/// What happened to one deal.
pub async fn of_deal(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    deal: InPath,
    uri: Uri,
) -> Result<Json<Events>, Problem> {
    let (since, limit) = page(&uri)?;
    let deal: DealId = deal.id()?;
    // One more than asked for tells whether there is more.
    let mut events = state.store().deal_events(&ctx, deal, since, limit as i64 + 1).await?;
    let more = events.len() > limit;
    events.truncate(limit);
    let next = events.last().map_or(since, |event| event.seq);
    Ok(Json(Events { events, next, more }))
}

fn page(uri: &Uri) -> Result<(Seq, usize), Problem> {
    let asked = Asked::read(uri, &[&["since", "limit"]])?;
    let since = asked.parse("since")?.unwrap_or(Seq(0));
    if since < Seq(0) {
        return Err(Problem::malformed("since", "the log begins at 0"));
    }
    Ok((since, asked.limit(PAGE, PAGE_MAX)? as usize))
}
