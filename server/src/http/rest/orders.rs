//! Orders: goods owed. What is in them, their shops say; where they are, the team does.

use axum::Json as Plain;
use axum::extract::State;
use axum::http::Uri;
use domain::ids::{OrderId, StatusId};
use domain::orders::{Line, Order, OrderFilter, OrderView, Shipment, ShopStatus, StatusKind, Stay};
use serde::Serialize;

use super::asked::{Asked, InPath, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, Tag};
use crate::state::AppState;

const PAGE: i64 = 50;
const PAGE_MAX: i64 = 100;
const FILTERS: [&str; 9] =
    ["storefront", "customer", "deal", "status", "status_kind", "shop_meaning", "number", "cursor", "limit"];

#[derive(Serialize)]
pub struct Page {
    orders: Vec<Order>,
    /// Ask with it for the next page; null on the last.
    next_cursor: Option<String>,
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Plain<Page>, Problem> {
    let asked = Asked::read(&uri, &[&FILTERS])?;
    let filter = OrderFilter {
        storefront: asked.parse("storefront")?,
        customer: asked.parse("customer")?,
        deal: asked.parse("deal")?,
        shop_meaning: word(&asked, "shop_meaning", ShopStatus::parse)?,
        status: asked.parse("status")?,
        status_kind: word(&asked, "status_kind", StatusKind::parse)?,
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

fn word<T>(asked: &Asked, key: &str, parse: fn(&str) -> Option<T>) -> Result<Option<T>, Problem> {
    let unknown = || Problem::malformed(key, "there is no such word");
    asked.get(key).map(|text| parse(text).ok_or_else(unknown)).transpose()
}

/// An order with its goods, its way so far and its parcels.
#[derive(Serialize)]
pub struct Told {
    #[serde(flatten)]
    order: Order,
    lines: Vec<Line>,
    /// Where it may go from here, the usual step first.
    next: Vec<StatusId>,
    /// The oldest first.
    stays: Vec<Stay>,
    shipments: Vec<Parcel>,
}

#[derive(Serialize)]
struct Parcel {
    #[serde(flatten)]
    shipment: Shipment,
    /// Where anybody can follow it; null for a carrier that we do not know.
    link: Option<String>,
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    order: InPath,
    _: NoQuery,
) -> Result<Entity<Told>, Problem> {
    told(state.store().order_page(&ctx, order.id()?).await?)
}

/// Known by its version, which grows with every change of its status.
pub fn told(view: OrderView) -> Result<Entity<Told>, Problem> {
    let OrderView { order, lines, next, stays, shipments, .. } = view;
    let parcel = |shipment: Shipment| Parcel { link: shipment.carrier.link(&shipment.number), shipment };
    let shipments = shipments.into_iter().map(parcel).collect();
    let version = order.version;
    let told = Told { order, lines, next, stays, shipments };
    let tag = Tag::of_versioned(version, &told)?;
    Ok(Entity::tagged(told, tag))
}
