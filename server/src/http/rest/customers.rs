//! Customers: those who have a deal that the caller may see. A deal makes them; nobody is made without one.

use axum::Json as Plain;
use axum::extract::State;
use axum::http::Uri;
use domain::board::filter::TEXT_CHARS_MAX;
use domain::customers::{Customer, CustomerDetails, CustomerPatch};
use domain::ids::CustomerId;
use serde::Serialize;

use super::asked::{Asked, InPath, Json, Key, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, IfMatch};
use crate::state::AppState;

const PAGE: i64 = 50;
const PAGE_MAX: i64 = 100;

#[derive(Serialize)]
pub struct Page {
    customers: Vec<Customer>,
    /// Ask with it for the next page; null on the last.
    next_cursor: Option<String>,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Plain<Page>, Problem> {
    let asked = Asked::read(&uri, &[&["q", "cursor", "limit"]])?;
    let text = asked.get("q").unwrap_or_default();
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(Problem::malformed("q", format!("at most {TEXT_CHARS_MAX} characters are searched for")));
    }
    let limit = asked.limit(PAGE, PAGE_MAX)?;
    let cursor = asked.parse("cursor")?.unwrap_or(CustomerId(0));
    let mut customers = state.store().customers_page(&ctx, text, (cursor, limit + 1)).await?;
    let more = customers.len() as i64 > limit;
    customers.truncate(limit as usize);
    let next_cursor = customers.last().filter(|_| more).map(|customer| customer.id.to_string());
    Ok(Plain(Page { customers, next_cursor }))
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    customer: InPath,
    _: NoQuery,
) -> Result<Entity<CustomerDetails>, Problem> {
    Entity::new(state.store().customer(&ctx, customer.id()?).await?)
}

pub async fn change(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    customer: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(patch): Json<CustomerPatch>,
) -> Result<Entity<CustomerDetails>, Problem> {
    let id: CustomerId = customer.id()?;
    let patched = state.store().patch_customer(&ctx, key.0, id, (patch, seen.seen())).await;
    Entity::new(patched.map_err(|error| Problem::from(error).calling("/customer_name", "/name"))?)
}
