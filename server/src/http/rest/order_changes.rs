//! Orders on their way: into a status, one or many, to a deal, and out of one.

use axum::Json as Plain;
use axum::extract::State;
use domain::ids::*;
use domain::orders::{ChangeMany, MakeDeal, MakeOrder, StatusDetails};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::orders::{BULK_MAX, PutStatus};

use super::asked::{InPath, Json, Key, NoQuery};
use super::caller::Caller;
use super::orders::{Told, told};
use super::problem::Problem;
use super::tag::{Entity, IfMatch};
use crate::state::AppState;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    to: StatusId,
    /// The status in which the caller saw it; an order that has left it is not changed. Missing: wherever it is.
    from: Option<StatusId>,
    /// What the status asks for.
    details: Option<StatusDetails>,
    /// Why it goes where it may not go from here.
    override_reason: Option<String>,
}

/// Answers with the order as it is then.
pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    order: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(asked): Json<Change>,
) -> Result<Entity<Told>, Problem> {
    let Change { to, from, details, override_reason } = asked;
    let (command, order, seen) = (key.0, order.id()?, seen.version());
    told(state.store().put_status(&ctx, PutStatus { command, order, from, seen, to, details, override_reason }).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    orders: Vec<OrderId>,
    to: StatusId,
    details: Option<StatusDetails>,
    override_reason: Option<String>,
}

/// Each order by itself: what is refused for one keeps the others from nothing.
#[derive(Serialize)]
pub struct Changed {
    changed: Vec<OrderId>,
    refused: Vec<Refused>,
}

#[derive(Serialize)]
struct Refused {
    order: OrderId,
    problem: Value,
}

pub async fn many(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    key: Key,
    _: NoQuery,
    Json(asked): Json<Changes>,
) -> Result<Plain<Changed>, Problem> {
    let Changes { orders, to, details, override_reason } = asked;
    if orders.is_empty() {
        return Err(Problem::invalid("orders", "missing").detail("at least one order is needed"));
    }
    if orders.len() > BULK_MAX {
        let words = format!("at most {BULK_MAX} orders are changed at once");
        return Err(Problem::invalid("orders", "too_many").detail(words));
    }
    let command = ChangeMany { command: key.0, orders, to, details, override_reason };
    let answer = state.store().change_status_many(&ctx, command).await?;
    let refused = answer.refused.into_iter();
    Ok(Plain(Changed {
        changed: answer.changed,
        refused: refused.map(|(order, why)| Refused { order, problem: Problem::from(why).body() }).collect(),
    }))
}

/// For an order that came without one. Answers with the order, which names it.
pub async fn deal(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    order: InPath,
    key: Key,
    _: NoQuery,
) -> Result<Entity<Told>, Problem> {
    let view = state.store().make_deal(&ctx, MakeDeal { command: key.0, order: order.id()? }).await?;
    let place = view.order.deal.map(|deal| format!("/deals/{deal}"));
    let entity = told(view)?;
    // Somebody may have deleted the deal before a repetition asks for it.
    Ok(match place {
        Some(place) => entity.made_at(place),
        None => entity,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    /// As people write it; it chooses the order's scenario.
    payment_method: Option<String>,
}

/// Out of a deal: its goods, its sum, its customer.
pub async fn of_deal(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    deal: InPath,
    key: Key,
    _: NoQuery,
    Json(New { payment_method }): Json<New>,
) -> Result<Entity<Told>, Problem> {
    let payment_method = payment_method.unwrap_or_default();
    let command = MakeOrder { command: key.0, deal: deal.id()?, payment_method };
    let made = state.store().make_order(&ctx, command).await;
    let view = made.map_err(|error| Problem::from(error).calling("name", "payment_method"))?;
    let place = format!("/orders/{}", view.order.id);
    Ok(told(view)?.made_at(place))
}
