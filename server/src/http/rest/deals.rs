//! Deals: a page of them, one of them, and moving one.

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use domain::board::filter::KEYS;
use domain::board::{Card, Filter, MoveDeal, Place, Refusal};
use domain::event::Fact;
use domain::ids::{CommandId, DealId, LostReasonId, StageId};
use serde::{Deserialize, Serialize};
use store::deals::DealDetails;
use store::{Ctx, Store};

use super::asked::{Asked, InPath, Json};
use super::caller::Caller;
use super::problem::Problem;
use crate::state::AppState;

const PAGE: i64 = 50;
const PAGE_MAX: i64 = 100;
/// How often a move without `from` follows a deal that somebody else is moving.
const TRIES: usize = 3;

#[derive(Serialize)]
pub struct Page {
    deals: Vec<Card>,
    /// Ask with it for the next page; null on the last.
    next_cursor: Option<String>,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<axum::Json<Page>, Problem> {
    let asked = Asked::read(&uri, &[&KEYS, &["funnel", "stage", "cursor", "limit"]])?;
    let filter = filter(&asked)?;
    let cursor = asked.parse("cursor")?.unwrap_or(DealId(0));
    let limit = asked.limit(PAGE, PAGE_MAX)?;
    // One more than asked for tells whether there is a next page.
    let store = &state.server.store;
    let page = (cursor, limit + 1);
    let mut deals = store.deals_page(&ctx, asked.parse("funnel")?, asked.parse("stage")?, &filter, page).await?;
    let more = deals.len() as i64 > limit;
    deals.truncate(limit as usize);
    let next_cursor = deals.last().filter(|_| more).map(|card| card.id.to_string());
    Ok(axum::Json(Page { deals, next_cursor }))
}

/// The board's own filter; what a page passes over is refused here.
fn filter(asked: &Asked) -> Result<Filter, Problem> {
    let filter = Filter::read(|key| asked.get(key).map(str::to_owned));
    let read: Vec<&str> = filter.write().into_iter().map(|(key, _)| key).collect();
    let blank = |key: &str| matches!((key, asked.get(key)), ("q", Some("")) | ("overdue", Some("0")));
    match asked.keys().find(|key| KEYS.contains(key) && !read.contains(key) && !blank(key)) {
        Some(key) => Err(Problem::malformed(key, "this value can't be read")),
        None => Ok(filter),
    }
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    deal: InPath,
    uri: Uri,
) -> Result<axum::Json<Told>, Problem> {
    Asked::read(&uri, &[])?;
    let details = state.server.store.deal(&ctx, deal.id()?).await?;
    let tracking_url = details.tracking.as_ref().map(|token| format!("{}/t/{token}", state.server.public_url));
    Ok(axum::Json(Told { details, tracking_url }))
}

/// A deal with the link that its customer may be given.
#[derive(Serialize)]
pub struct Told {
    #[serde(flatten)]
    details: DealDetails,
    tracking_url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    stage: StageId,
    /// On top of the stage where it is missing.
    before: Option<DealId>,
    reason: Option<LostReasonId>,
    /// The stage on which the caller saw the deal; one that has left it is not moved. Missing: wherever it is.
    from: Option<StageId>,
}

/// Answers with the card as it is then.
pub async fn move_to(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    deal: InPath,
    headers: HeaderMap,
    Json(asked): Json<Move>,
) -> Result<axum::Json<Card>, Problem> {
    let deal = deal.id()?;
    let key = idempotency_key(&headers)?;
    let store = &state.server.store;
    let from = match asked.from {
        Some(from) => from,
        None => store.card(&ctx, deal).await?.stage,
    };
    let command = MoveDeal {
        command: key.unwrap_or_else(CommandId::new_v4),
        deal,
        to: asked.stage,
        place: asked.before.map_or(Place::Top, Place::Before),
        from,
        reason: asked.reason,
        undoes: None,
    };
    let card = match asked.from {
        Some(_) => store.move_deal(&ctx, command).await?,
        None => from_anywhere(store, &ctx, command).await?,
    };
    Ok(axum::Json(card))
}

/// Moves a deal wherever it stands: it may be moved by somebody else meanwhile, or by this very command before.
async fn from_anywhere(store: &Store, ctx: &Ctx, mut command: MoveDeal) -> Result<Card, store::Error> {
    for _ in 1..TRIES {
        match store.move_deal(ctx, command.clone()).await {
            Err(store::Error::Refused(Refusal::Stale { now })) => command.from = now.stage,
            Err(store::Error::Refused(Refusal::CommandReused)) => {
                // A repetition finds the deal where the first sending took it; it started where that one started.
                let history = store.deal_history(ctx, command.deal).await?;
                let first = history.into_iter().find(|event| event.command == command.command);
                match first.map(|event| event.fact) {
                    Some(Fact::DealMoved(moved)) if moved.from != command.from => command.from = moved.from,
                    Some(_) | None => return Err(Refusal::CommandReused.into()),
                }
            }
            answered => return answered,
        }
    }
    store.move_deal(ctx, command).await
}

/// A UUID, with or without the quotes of a structured header.
fn idempotency_key(headers: &HeaderMap) -> Result<Option<CommandId>, Problem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().ok().and_then(|text| text.trim().trim_matches('"').parse().ok());
    match key {
        Some(key) => Ok(Some(key)),
        None => Err(Problem::malformed("Idempotency-Key", "this is not a UUID")),
    }
}
