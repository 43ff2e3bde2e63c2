//! Orders on their way through the API: into statuses, out of deals and into them.

use crate::common::contract::ask;
use crate::common::{World, json, order, problem};
use domain::auth::Role;
use domain::ids::*;
use http::StatusCode;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json as value};
use store::orders::BULK_MAX;

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const PARCEL: &str = "20450012345678";

async fn get(world: &World, token: &str, path: &str) -> Value {
    json(ask(world.app.get(&format!("/api/v1{path}")), token).await, StatusCode::OK).await
}

fn post(world: &World, path: &str, body: &Value) -> RequestBuilder {
    world.app.post(&format!("/api/v1{path}")).json(body)
}

async fn into_status(world: &World, token: &str, order: OrderId, body: &Value) -> Response {
    ask(post(world, &format!("/orders/{order}/status"), body), token).await
}

/// The storefront's status of a kind.
async fn status(world: &World, kind: &str) -> Value {
    let token = world.token(Role::Viewer, &[world.ours.id]).await;
    let list = get(world, &token, &format!("/statuses?storefront={}", world.ours.id)).await;
    let list = list["statuses"].as_array().expect("a list");
    list.iter().find(|status| status["kind"] == kind).unwrap_or_else(|| panic!("no {kind}"))["id"].clone()
}

fn shipment() -> Value {
    value!({ "asked": "shipment", "carrier": "nova_poshta", "number": "2045 0012 345678" })
}

fn ids(list: &Value) -> Vec<i64> {
    let mut ids: Vec<i64> = list.as_array().expect("a list").iter().filter_map(Value::as_i64).collect();
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn a_script_takes_an_order_along_its_way() {
    let world = World::new().await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let id = order(&world, world.ours.id, "900").await;
    let first = get(&world, &token, &format!("/orders/{id}")).await;
    assert_eq!((&first["status"]["kind"], &first["shop_meaning"]), (&value!("paid"), &value!("processing")));
    assert_eq!((&first["version"], first["stays"].as_array().map(Vec::len)), (&value!(1), Some(1)));
    let (processing, shipped) = (status(&world, "processing").await, status(&world, "shipped").await);
    let answer = into_status(&world, &token, id, &value!({ "to": processing, "from": first["status"]["id"] })).await;
    assert!(answer.headers()["etag"].to_str().expect("ASCII").starts_with("\"2-"));
    let second = json(answer, StatusCode::OK).await;
    assert_eq!((&second["status"]["id"], &second["version"]), (&processing, &value!(2)));
    assert_eq!(second["stays"][0]["ended_at"], second["stays"][1]["began_at"]);
    assert!(second["stays"][1]["actor"].as_str().is_some_and(|actor| actor.starts_with("token:")), "{second}");
    let body = value!({ "to": shipped, "details": shipment() });
    let third = json(into_status(&world, &token, id, &body).await, StatusCode::OK).await;
    let parcel = &third["shipments"][0];
    assert_eq!((&parcel["number"], &parcel["carrier"]), (&value!(PARCEL), &value!("nova_poshta")));
    assert!(parcel["link"].as_str().is_some_and(|link| link.ends_with(PARCEL)), "{parcel}");
    assert_eq!(third["stays"][2]["details"]["number"], PARCEL);
    // Where it is already, it stays: nothing happens again.
    let before = world.app.fingerprint().await;
    assert_eq!(json(into_status(&world, &token, id, &body).await, StatusCode::OK).await, third);
    assert_eq!(world.app.fingerprint().await, before);
    for (query, found) in [
        (format!("status={shipped}"), vec![id.0]),
        ("status_kind=shipped".to_owned(), vec![id.0]),
        ("status_kind=paid".to_owned(), vec![]),
        (format!("status={processing}&status_kind=shipped"), vec![]),
    ] {
        let page = get(&world, &token, &format!("/orders?{query}")).await;
        let listed = page["orders"].as_array().expect("a list").iter().map(|order| order["id"].clone()).collect();
        assert_eq!(ids(&Value::Array(listed)), found, "{query}");
    }
}

#[tokio::test]
async fn what_a_status_asks_for_is_named_where_it_is_missing() {
    let world = World::new().await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let id = order(&world, world.ours.id, "900").await;
    let (shipped, cancelled) = (status(&world, "shipped").await, status(&world, "cancelled").await);
    let before = world.app.fingerprint().await;
    let no_number = value!({ "asked": "shipment", "carrier": "dhl", "number": " - " });
    let cancellation = |reason: &str| value!({ "asked": "cancellation", "by": "shop", "reason": reason });
    for (body, field, fault) in [
        (value!({ "to": shipped }), "details", "missing"),
        (value!({ "to": shipped, "details": null }), "details", "missing"),
        (value!({ "to": shipped, "details": no_number }), "details.number", "missing"),
        (value!({ "to": shipped, "details": cancellation("Так") }), "details.asked", "not_asked"),
        (value!({ "to": cancelled, "details": cancellation("  ") }), "details.reason", "missing"),
        (value!({ "to": cancelled, "details": cancellation(&"я".repeat(301)) }), "details.reason", "too_long"),
    ] {
        let answer = problem(into_status(&world, &token, id, &body).await, REFUSED).await;
        assert_eq!((answer["field"].as_str(), answer["fault"].as_str()), (Some(field), Some(fault)), "{body}");
        if field == "details" {
            let needed = (&answer["asked"], &answer["needed"]);
            assert_eq!(needed, (&value!("shipment"), &value!(["carrier", "number"])), "{body}");
        }
    }
    let pigeon = value!({ "to": shipped, "details": { "asked": "shipment", "carrier": "pigeon", "number": PARCEL } });
    let answer = problem(into_status(&world, &token, id, &pigeon).await, StatusCode::BAD_REQUEST).await;
    assert!(answer["detail"].as_str().is_some_and(|words| words.contains("nova_poshta")), "what is allowed: {answer}");
    problem(into_status(&world, &token, id, &value!({ "to": shipped, "detail": 1 })).await, StatusCode::BAD_REQUEST)
        .await;
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn an_order_goes_only_where_it_may() {
    let world = World::new().await;
    let viewer = world.token(Role::Viewer, &[world.ours.id]).await;
    let manager = world.token(Role::Manager, &[world.ours.id]).await;
    let head = world.token(Role::Head, &[world.ours.id]).await;
    let stranger = world.token(Role::Manager, &[world.theirs.id]).await;
    let id = order(&world, world.ours.id, "900").await;
    let (new, processing) = (status(&world, "new").await, status(&world, "processing").await);
    let of_theirs = get(&world, &stranger, &format!("/statuses?storefront={}", world.theirs.id)).await;
    let foreign = &of_theirs["statuses"][0]["id"];
    let now = get(&world, &manager, &format!("/orders/{id}")).await;
    let before = world.app.fingerprint().await;
    let back = value!({ "to": new, "override_reason": "Клієнт передумав" });
    let to = value!({ "to": processing });
    for (token, body, refused, field) in [
        (&viewer, &to, StatusCode::FORBIDDEN, None),
        (&stranger, &to, StatusCode::NOT_FOUND, None),
        (&manager, &value!({ "to": 999_999 }), REFUSED, Some("to")),
        (&manager, &value!({ "to": foreign }), REFUSED, Some("to")),
        (&manager, &back, REFUSED, Some("to")),
        (&head, &value!({ "to": new }), REFUSED, Some("to")),
        (&head, &value!({ "to": new, "override_reason": " " }), REFUSED, Some("override_reason")),
        (&manager, &value!({ "to": processing, "from": new }), StatusCode::CONFLICT, None),
    ] {
        let answer = problem(into_status(&world, token, id, body).await, refused).await;
        assert_eq!(answer["field"].as_str(), field, "{body}: {answer}");
        if answer["fault"] == "not_next" {
            assert_eq!(ids(&answer["allowed"]), ids(&now["next"]), "{body}");
        }
        if refused == StatusCode::CONFLICT {
            assert_eq!(answer["current"], now["status"]["id"], "{answer}");
        }
        assert_eq!(world.app.fingerprint().await, before, "{body}");
    }
    let gone = into_status(&world, &manager, OrderId(999), &to).await;
    problem(gone, StatusCode::NOT_FOUND).await;
    let moved = json(into_status(&world, &head, id, &back).await, StatusCode::OK).await;
    assert_eq!((&moved["status"]["id"], &moved["stays"][1]["override_reason"]), (&new, &back["override_reason"]));
}

#[tokio::test]
async fn a_change_may_depend_on_the_state_that_was_read_and_is_carried_out_once() {
    let world = World::new().await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let id = order(&world, world.ours.id, "900").await;
    let path = format!("/orders/{id}/status");
    let (processing, picking) = (status(&world, "processing").await, status(&world, "picking").await);
    let read = ask(world.app.get(&format!("/api/v1/orders/{id}")), &token).await;
    let tag = read.headers()["etag"].clone();
    let key = CommandId::new_v4().to_string();
    let to = value!({ "to": processing });
    let request = || post(&world, &path, &to).header("if-match", &tag).header("idempotency-key", &key);
    let first = json(ask(request(), &token).await, StatusCode::OK).await;
    let before = world.app.fingerprint().await;
    assert_eq!(json(ask(request(), &token).await, StatusCode::OK).await, first, "a repetition is no second change");
    let other = post(&world, &path, &value!({ "to": picking })).header("idempotency-key", &key);
    assert_eq!(problem(ask(other, &token).await, REFUSED).await["field"], "Idempotency-Key");
    let late = post(&world, &path, &value!({ "to": picking })).header("if-match", &tag);
    let late = ask(late, &token).await;
    assert_eq!(late.headers()["etag"], "\"2\"");
    problem(late, StatusCode::PRECONDITION_FAILED).await;
    assert_eq!(world.app.fingerprint().await, before);
    let known = world.app.get(&format!("/api/v1/orders/{id}")).header("if-none-match", tag);
    let again = ask(known, &token).await;
    assert_eq!(again.status(), StatusCode::OK, "it is another one now");
}

#[tokio::test]
async fn many_orders_go_each_by_itself() {
    let world = World::new().await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let (one, other) = (order(&world, world.ours.id, "900").await, order(&world, world.ours.id, "901").await);
    let foreign = order(&world, world.theirs.id, "902").await;
    let (picking, processing) = (status(&world, "picking").await, status(&world, "processing").await);
    json(into_status(&world, &token, other, &value!({ "to": picking })).await, StatusCode::OK).await;
    let body = value!({ "orders": [one, other, foreign, one], "to": processing });
    let answer = json(ask(post(&world, "/orders/bulk/status", &body), &token).await, StatusCode::OK).await;
    assert_eq!(answer["changed"], value!([one]));
    let refused: Vec<_> = answer["refused"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (&one["order"], &one["problem"]["status"]))
        .collect();
    assert_eq!(refused, [(&value!(other), &value!(422)), (&value!(foreign), &value!(404))]);
    let before = world.app.fingerprint().await;
    let too_many: Vec<i64> = (1..=BULK_MAX as i64 + 1).collect();
    for orders in [vec![], too_many] {
        let body = value!({ "orders": orders, "to": processing });
        assert_eq!(
            problem(ask(post(&world, "/orders/bulk/status", &body), &token).await, REFUSED).await["field"],
            "orders"
        );
    }
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn an_order_is_made_of_a_deal_once() {
    let world = World::new().await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let viewer = world.token(Role::Viewer, &[world.ours.id]).await;
    let deal = world.deal(&world.ours, "Олена").await;
    let foreign = world.deal(&world.theirs, "Чужа").await;
    let make = |deal: DealId, body: Value| post(&world, &format!("/deals/{deal}/order"), &body);
    let cash = value!({ "payment_method": "Оплата при отриманні" });
    let before = world.app.fingerprint().await;
    problem(ask(make(deal.id, cash.clone()), &viewer).await, StatusCode::FORBIDDEN).await;
    problem(ask(make(foreign.id, cash.clone()), &token).await, StatusCode::NOT_FOUND).await;
    let long = value!({ "payment_method": "я".repeat(201) });
    assert_eq!(problem(ask(make(deal.id, long), &token).await, REFUSED).await["field"], "payment_method");
    assert_eq!(world.app.fingerprint().await, before);
    let made = ask(make(deal.id, cash.clone()), &token).await;
    let place = made.headers()["location"].to_str().expect("ASCII").to_owned();
    let made = json(made, StatusCode::CREATED).await;
    assert_eq!(place, format!("/api/v1/orders/{}", made["id"]));
    assert_eq!((&made["deal"], &made["total"]), (&value!(deal.id), &value!(deal.sum)));
    assert_eq!(made["lines"][0]["name"], "Кава в зернах");
    assert_eq!(made["status"]["kind"], "awaiting_confirmation", "as orders that are paid for at the door begin");
    let twice = problem(ask(make(deal.id, cash), &token).await, StatusCode::CONFLICT).await;
    assert_eq!(twice["order"], made["id"]);
    // An order that has its deal gets no second one.
    let path = format!("/api/v1/orders/{}/deal", made["id"]);
    let has = problem(ask(world.app.post(&path), &token).await, StatusCode::CONFLICT).await;
    assert_eq!(has["deal"], value!(deal.id));
}
