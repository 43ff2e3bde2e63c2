//! Statuses, scenarios and bonds through the API.

use crate::common::contract::ask;
use crate::common::{World, json, order, problem};
use domain::auth::Role;
use domain::ids::*;
use http::StatusCode;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json as value};

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn request(world: &World, method: Method, path: &str) -> RequestBuilder {
    world.app.request(method, &format!("/api/v1{path}"))
}

async fn get(world: &World, token: &str, path: &str) -> Value {
    json(ask(request(world, Method::GET, path), token).await, StatusCode::OK).await
}

async fn statuses(world: &World, token: &str) -> Vec<Value> {
    let list = get(world, token, &format!("/statuses?storefront={}", world.ours.id)).await;
    list["statuses"].as_array().expect("a list").clone()
}

fn of_kind<'a>(list: &'a [Value], kind: &str) -> &'a Value {
    &list.iter().find(|status| status["kind"] == kind).unwrap_or_else(|| panic!("no {kind}"))["id"]
}

#[tokio::test]
async fn a_status_is_added_changed_and_retired() {
    let world = World::new().await;
    let head = world.token(Role::Head, &[world.ours.id]).await;
    let known = statuses(&world, &head).await;
    let shipped = of_kind(&known, "shipped");
    let new = value!({ "storefront": world.ours.id, "name": "Чекає на кур'єра", "kind": "packed", "public_name": "",
        "next": [shipped] });
    let made = ask(request(&world, Method::POST, "/statuses").json(&new), &head).await;
    let place = made.headers()["location"].to_str().expect("ASCII").trim_start_matches("/api/v1").to_owned();
    let tag = made.headers()["etag"].clone();
    let made = json(made, StatusCode::CREATED).await;
    assert_eq!((&made["public_name"], &made["colour"]), (&made["name"], &value!("violet")));
    assert_eq!(get(&world, &head, &place).await, made);
    assert_eq!(statuses(&world, &head).await.last(), Some(&made), "after the others");
    let patch = |body: Value| request(&world, Method::PATCH, &place).json(&body);
    let hidden = ask(patch(value!({ "public_name": null })).header("if-match", &tag), &head).await;
    let hidden = json(hidden, StatusCode::OK).await;
    assert_eq!((&hidden["public_name"], &hidden["next"]), (&Value::Null, &value!([shipped])));
    let before = world.app.fingerprint().await;
    let late = ask(patch(value!({ "name": "Інакше" })).header("if-match", &tag), &head).await;
    problem(late, StatusCode::PRECONDITION_FAILED).await;
    for (body, field) in [
        (value!({ "name": null }), "name"),
        (value!({ "name": "я".repeat(61) }), "name"),
        (value!({ "name": known[0]["name"] }), "name"),
        (value!({ "public_name": "я".repeat(61) }), "public_name"),
        (value!({ "public_text": "я".repeat(201) }), "public_text"),
        (value!({ "next": [999_999] }), "next"),
        (value!({ "next": [made["id"]] }), "next"),
    ] {
        assert_eq!(problem(ask(patch(body.clone()), &head).await, REFUSED).await["field"], field, "{body}");
    }
    for body in [value!({ "kind": "lost" }), value!({ "kind": null }), value!({ "colour_": "red" })] {
        problem(ask(patch(body), &head).await, StatusCode::BAD_REQUEST).await;
    }
    assert_eq!(world.app.fingerprint().await, before);
    let deleted = ask(request(&world, Method::DELETE, &place), &head).await;
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    for method in [Method::GET, Method::DELETE] {
        problem(ask(request(&world, method, &place), &head).await, StatusCode::NOT_FOUND).await;
    }
    assert_eq!(statuses(&world, &head).await, known);
}

#[tokio::test]
async fn a_status_in_use_says_where_its_orders_go() {
    let world = World::new().await;
    let head = world.token(Role::Head, &[world.ours.id]).await;
    let id = order(&world, world.ours.id, "900").await;
    let known = statuses(&world, &head).await;
    let (paid, processing) = (of_kind(&known, "paid"), of_kind(&known, "processing"));
    let before = world.app.fingerprint().await;
    for (query, field) in [(String::new(), "to"), (format!("?to={paid}"), "to"), ("?to=999999".to_owned(), "to")] {
        let answer = ask(request(&world, Method::DELETE, &format!("/statuses/{paid}{query}")), &head).await;
        assert_eq!(problem(answer, REFUSED).await["field"], field, "{query}");
    }
    assert_eq!(world.app.fingerprint().await, before);
    let path = format!("/statuses/{paid}?to={processing}");
    assert_eq!(ask(request(&world, Method::DELETE, &path), &head).await.status(), StatusCode::NO_CONTENT);
    let moved = get(&world, &head, &format!("/orders/{id}")).await;
    assert_eq!((&moved["status"]["id"], &moved["stays"][0]["status"]["id"]), (processing, paid));
    let scenarios = get(&world, &head, &format!("/scenarios?storefront={}", world.ours.id)).await;
    let scenarios = scenarios["scenarios"].as_array().expect("a list").clone();
    assert_eq!(scenarios.len(), 3);
    assert!(scenarios.iter().all(|one| !one["steps"].as_array().expect("steps").contains(paid)), "{scenarios:?}");
}

#[tokio::test]
async fn only_whoever_may_changes_statuses_and_nobody_sees_another_shop_s() {
    let world = World::new().await;
    let manager = world.token(Role::Manager, &[world.ours.id]).await;
    let stranger = world.token(Role::Head, &[world.theirs.id]).await;
    let known = statuses(&world, &manager).await;
    let (id, shop) = (&known[0]["id"], world.ours.id);
    let funnel = world.ours.funnel.id;
    let new = value!({ "storefront": shop, "name": "Ще", "kind": "new" });
    let empty = value!({ "to_stage": [], "to_status": [] });
    let before = world.app.fingerprint().await;
    let writes = [
        (Method::POST, "/statuses".to_owned(), Some(new)),
        (Method::PATCH, format!("/statuses/{id}"), Some(value!({ "name": "Ще" }))),
        (Method::DELETE, format!("/statuses/{id}"), None),
        (Method::PUT, format!("/funnels/{funnel}/bond"), Some(empty)),
    ];
    let reads = [
        format!("/statuses?storefront={shop}"),
        format!("/statuses/{id}"),
        format!("/scenarios?storefront={shop}"),
        format!("/funnels/{funnel}/bond"),
    ];
    for (method, path, body) in writes {
        for (token, status) in [(&manager, StatusCode::FORBIDDEN), (&stranger, StatusCode::NOT_FOUND)] {
            let asked = request(&world, method.clone(), &path);
            let asked = body.iter().fold(asked, |asked, body| asked.json(body));
            problem(ask(asked, token).await, status).await;
        }
    }
    for path in reads {
        get(&world, &manager, &path).await;
        problem(ask(request(&world, Method::GET, &path), &stranger).await, StatusCode::NOT_FOUND).await;
    }
    for path in ["/statuses", "/scenarios", "/statuses?storefront=x", "/statuses/x"] {
        problem(ask(request(&world, Method::GET, path), &manager).await, StatusCode::BAD_REQUEST).await;
    }
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn a_bond_is_set_whole_and_a_move_asks_for_what_its_status_asks() {
    let world = World::new().await;
    let head = world.token(Role::Head, &[world.ours.id]).await;
    let known = statuses(&world, &head).await;
    let (new, paid, shipped) = (of_kind(&known, "new"), of_kind(&known, "paid"), of_kind(&known, "shipped"));
    let stage = |index: usize| world.ours.funnel.stages[index].id;
    let path = format!("/funnels/{}/bond", world.ours.funnel.id);
    let put = |body: &Value| request(&world, Method::PUT, &path).json(body);
    let pair = |status: &Value, stage: StageId| value!({ "status": status, "stage": stage });
    let both = value!([pair(new, stage(0)), pair(shipped, stage(3))]);
    let body = value!({ "to_stage": both, "to_status": both });
    let before = world.app.fingerprint().await;
    for (to_stage, to_status, fault) in [
        (value!([pair(new, stage(1))]), value!([pair(new, stage(0))]), "loop"),
        (value!([pair(&value!(999_999), stage(1))]), value!([]), "unknown"),
        (value!([pair(new, world.theirs.funnel.stages[0].id)]), value!([]), "unknown"),
        (value!([pair(new, stage(0)), pair(new, stage(1))]), value!([]), "unknown"),
    ] {
        let wrong = value!({ "to_stage": to_stage, "to_status": to_status });
        let answer = problem(ask(put(&wrong), &head).await, REFUSED).await;
        assert_eq!(answer["errors"][0]["fault"], fault, "{wrong}: {answer}");
    }
    let crowd: Vec<Value> = (0..60).map(|_| pair(new, stage(0))).collect();
    let answer = problem(ask(put(&value!({ "to_stage": [], "to_status": crowd })), &head).await, REFUSED).await;
    assert_eq!(answer["field"], "to_status");
    assert_eq!(world.app.fingerprint().await, before);
    let set = json(ask(put(&body), &head).await, StatusCode::OK).await;
    assert_eq!((&set["to_stage"], &set["storefront"]), (&both, &value!(world.ours.id)));
    assert_eq!(get(&world, &head, &path).await, set);

    let id = order(&world, world.ours.id, "900").await;
    let order = get(&world, &head, &format!("/orders/{id}")).await;
    assert_eq!(&order["status"]["id"], paid);
    let to_stage = |body: Value| {
        let path = format!("/deals/{}/move", order["deal"]);
        request(&world, Method::POST, &path).json(&body)
    };
    // Nothing follows this stage.
    json(ask(to_stage(value!({ "stage": stage(1) })), &head).await, StatusCode::OK).await;
    let before = world.app.fingerprint().await;
    let answer = problem(ask(to_stage(value!({ "stage": stage(3) })), &head).await, REFUSED).await;
    assert_eq!((&answer["field"], &answer["needed"]), (&value!("details"), &value!(["carrier", "number"])));
    let answer = problem(ask(to_stage(value!({ "stage": stage(0) })), &head).await, REFUSED).await;
    assert_eq!((&answer["field"], &answer["fault"]), (&value!("stage"), &value!("not_next")), "{answer}");
    let many = value!({ "deals": [{ "id": order["deal"] }], "stage": stage(3) });
    let answer = json(ask(request(&world, Method::POST, "/deals/move").json(&many), &head).await, StatusCode::OK).await;
    assert_eq!(answer["refused"][0]["problem"]["field"], "details");
    assert_eq!(world.app.fingerprint().await, before);
    let details = value!({ "asked": "shipment", "carrier": "ukrposhta", "number": "0500012345678" });
    let card = ask(to_stage(value!({ "stage": stage(3), "details": details })), &head).await;
    assert_eq!(json(card, StatusCode::OK).await["stage"], value!(stage(3)));
    let order = get(&world, &head, &format!("/orders/{id}")).await;
    assert_eq!((&order["status"]["id"], &order["shipments"][0]["carrier"]), (shipped, &value!("ukrposhta")));
}
