//! Deals: a page of them, one of them, and what can be done to their contents.

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use domain::board::filter::KEYS;
use domain::board::sort::Sort;
use domain::board::{Card, Filter};
use domain::deals::patch::{DealPatch, LinePatch, MakeDeal, PatchDeal};
use domain::ids::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::board::DealsAsked;
use store::deals::DealDetails;

use super::asked::{Asked, InPath, Json, Key, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, IfMatch, Tag};
use crate::state::AppState;

const PAGE: i64 = 50;
const PAGE_MAX: i64 = 100;
/// What a card consists of, for those who want less of it.
const FIELDS: [&str; 20] = [
    "id",
    "version",
    "storefront",
    "funnel",
    "stage",
    "position",
    "customer",
    "customer_name",
    "first_line",
    "more_lines",
    "sum",
    "currency",
    "responsible",
    "source",
    "order_number",
    "since",
    "left",
    "created_at",
    "deleted_in_shop",
    "status",
];

#[derive(Serialize)]
pub struct Page {
    deals: Vec<Value>,
    /// Ask with it for the next page; null on the last.
    next_cursor: Option<String>,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<axum::Json<Page>, Problem> {
    let asked = Asked::read(&uri, &[&KEYS, &["funnel", "stage", "cursor", "limit", "sort", "fields"]])?;
    let sort = match asked.get("sort") {
        Some(text) => text.parse::<Sort>().map_err(|()| Problem::malformed("sort", SORTS))?,
        None => Sort::default(),
    };
    let after = match asked.get("cursor") {
        Some(text) => Some(
            sort.read_cursor(text).ok_or_else(|| Problem::malformed("cursor", "no page of this order ended here"))?,
        ),
        None => None,
    };
    let wanted = DealsAsked {
        funnel: asked.parse("funnel")?,
        stage: asked.parse("stage")?,
        filter: filter(&asked)?,
        sort,
        after,
    };
    let fields = fields(&asked)?;
    let limit = asked.limit(PAGE, PAGE_MAX)?;
    // One more than asked for tells whether there is a next page.
    let mut cards = state.store().deals_sorted(&ctx, &wanted, limit + 1).await?;
    let more = cards.len() as i64 > limit;
    cards.truncate(limit as usize);
    let next_cursor = cards.last().filter(|_| more).map(|card| sort.cursor_after(card));
    let deals = cards.iter().map(|card| less(card, fields.as_deref())).collect::<Result<Vec<Value>, Problem>>()?;
    Ok(axum::Json(Page { deals, next_cursor }))
}

const SORTS: &str = "an order is id, created, sum or since, with a minus in front for the last first";

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

fn fields(asked: &Asked) -> Result<Option<Vec<&str>>, Problem> {
    let Some(list) = asked.get("fields") else { return Ok(None) };
    let wanted: Vec<&str> = list.split(',').collect();
    match wanted.iter().find(|field| !FIELDS.contains(field)) {
        Some(field) => Err(Problem::malformed("fields", format!("a deal has no field {field:?}"))),
        None => Ok(Some(wanted)),
    }
}

fn less(card: &Card, fields: Option<&[&str]>) -> Result<Value, Problem> {
    let mut value = serde_json::to_value(card).map_err(store::Error::from)?;
    if let (Some(fields), Some(members)) = (fields, value.as_object_mut()) {
        members.retain(|name, _| fields.contains(&name.as_str()));
    }
    Ok(value)
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    deal: InPath,
    _: NoQuery,
) -> Result<Entity<Told>, Problem> {
    let details = state.store().deal(&ctx, deal.id()?).await?;
    told(&state, details)
}

/// A deal with the link that its customer may be given.
#[derive(Serialize)]
pub struct Told {
    #[serde(flatten)]
    details: DealDetails,
    tracking_url: Option<String>,
}

fn told(state: &AppState, details: DealDetails) -> Result<Entity<Told>, Problem> {
    let tracking_url = details.tracking.as_ref().map(|token| format!("{}/t/{token}", state.server.public_url));
    let version = details.card.version;
    let told = Told { details, tracking_url };
    let tag = Tag::of_versioned(version, &told)?;
    Ok(Entity::tagged(told, tag))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    funnel: FunnelId,
    stage: Option<StageId>,
    storefront: Option<StorefrontId>,
    customer_name: String,
    phone: Option<String>,
    email: Option<String>,
    source: Option<String>,
    responsible: Option<UserId>,
    comment: Option<String>,
    lines: Option<Vec<LinePatch>>,
    sum: Option<i64>,
}

/// Answers with the card of the new deal.
pub async fn create(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    key: Key,
    _: NoQuery,
    Json(new): Json<New>,
) -> Result<Entity<Card>, Problem> {
    let patch = DealPatch {
        customer_name: Some(Some(new.customer_name)),
        phone: new.phone.map(Some),
        email: new.email.map(Some),
        source: new.source.map(Some),
        responsible: new.responsible.map(Some),
        comment: new.comment.map(Some),
        lines: new.lines.map(Some),
        sum: new.sum.map(Some),
    };
    let New { funnel, stage, storefront, .. } = new;
    let card = state.store().compose_deal(&ctx, MakeDeal { command: key.0, funnel, stage, storefront, patch }).await?;
    let place = format!("/deals/{}", card.id);
    Ok(Entity::card(card).made_at(place))
}

pub async fn change(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    deal: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(patch): Json<DealPatch>,
) -> Result<Entity<Told>, Problem> {
    let command = PatchDeal { command: key.0, deal: deal.id()?, seen: seen.version(), patch };
    told(&state, state.store().patch_deal(&ctx, command).await?)
}

pub async fn remove(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    deal: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
) -> Result<StatusCode, Problem> {
    state.store().drop_deal(&ctx, key.0, deal.id()?, seen.version()).await?;
    Ok(StatusCode::NO_CONTENT)
}
