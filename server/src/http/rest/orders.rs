//! Orders as the shops keep them. They are only read: what an order is, its shop says.

use axum::Json as Plain;
use axum::extract::State;
use axum::http::Uri;
use domain::ids::OrderId;
use domain::orders::{Order, OrderFilter, ShopStatus, WholeOrder};
use serde::Serialize;

use super::asked::{Asked, InPath, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::Entity;
use crate::state::AppState;

const PAGE: i64 = 50;
const PAGE_MAX: i64 = 100;

#[derive(Serialize)]
pub struct Page {
    orders: Vec<Order>,
    /// Ask with it for the next page; null on the last.
    next_cursor: Option<String>,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Plain<Page>, Problem> {
    let asked = Asked::read(&uri, &[&["storefront", "customer", "deal", "status", "number", "cursor", "limit"]])?;
    let status = match asked.get("status") {
        Some(key) => {
            Some(ShopStatus::parse(key).ok_or_else(|| Problem::malformed("status", "there is no such status"))?)
        }
        None => None,
    };
    let filter = OrderFilter {
        storefront: asked.parse("storefront")?,
        customer: asked.parse("customer")?,
        deal: asked.parse("deal")?,
        shop_meaning: status,
        status: None,
        number: asked.get("number").map(str::to_owned),
    };
    let limit = asked.limit(PAGE, PAGE_MAX)?;
    let cursor = asked.parse("cursor")?.unwrap_or(OrderId(0));
    let mut orders = state.store().orders_page(&ctx, &filter, (cursor, limit + 1)).await?;
    let more = orders.len() as i64 > limit;
    orders.truncate(limit as usize);
    let next_cursor = orders.last().filter(|_| more).map(|order| order.id.to_string());
    Ok(Plain(Page { orders, next_cursor }))
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    order: InPath,
    _: NoQuery,
) -> Result<Entity<WholeOrder>, Problem> {
    Entity::new(state.store().order(&ctx, order.id()?).await?)
}
