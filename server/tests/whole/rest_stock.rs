//! The catalogue and the stock through the API.

use crate::common::contract::ask;
use crate::common::goods::{product, receive, supplier, warehouse};
use crate::common::{World, json, problem};
use domain::auth::Role;
use http::StatusCode;
use reqwest::{Method, Response};
use serde_json::{Value, json as value};

async fn get(world: &World, token: &str, path: &str) -> Value {
    json(ask(world.app.get(&format!("/api/v1{path}")), token).await, StatusCode::OK).await
}

async fn send(world: &World, token: &str, (method, path): (Method, &str), body: Value) -> Response {
    ask(world.app.request(method, &format!("/api/v1{path}")).json(&body), token).await
}

async fn post(world: &World, token: &str, path: &str, body: Value) -> Response {
    send(world, token, (Method::POST, path), body).await
}

fn pointers(answer: &Value) -> Vec<(String, String)> {
    let errors = answer["errors"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    errors.map(|one| (text(&one["pointer"]), text(&one["fault"]))).collect()
}

#[tokio::test]
async fn a_product_is_made_read_changed_and_put_away() {
    let world = World::new().await;
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let from = supplier(world.store(), world.ours.id).await;
    let new = value!({ "storefront": world.ours.id, "name": " Кава в зернах ", "variants": [
        { "sku": "C-1", "price": 45_000, "cost": 31_415, "barcode": "4006381333931", "supplier": from },
        { "sku": "C-2", "price": 90_000, "name": "1 кг" },
    ] });
    let answer = post(&world, &token, "/products", new).await;
    let place = answer.headers()["location"].to_str().expect("ASCII").to_owned();
    let made = json(answer, StatusCode::CREATED).await;
    assert_eq!((&made["name"], &made["currency"]), (&value!("Кава в зернах"), &value!("UAH")));
    let read = ask(world.app.get(&place), &token).await;
    let tag = read.headers()["etag"].clone();
    assert_eq!(json(read, StatusCode::OK).await, made);
    let again = ask(world.app.get(&place).header("if-none-match", tag.clone()), &token).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    let rename = |name: &str| world.app.request(Method::PATCH, &place).json(&value!({ "name": name }));
    let renamed = json(ask(rename("Кава").header("if-match", tag.clone()), &token).await, StatusCode::OK).await;
    assert_eq!(renamed["name"], "Кава");
    let late = ask(rename("Інша").header("if-match", tag), &token).await;
    problem(late, StatusCode::PRECONDITION_FAILED).await;
    let of = |sku: &str| {
        let variants = made["variants"].as_array().expect("a list").iter();
        variants.clone().find(|one| one["sku"] == sku).expect("a variant")["id"].clone()
    };
    let path = format!("{place}/variants/{}", of("C-1"));
    let patch =
        ask(world.app.request(Method::PATCH, &path).json(&value!({ "price": 47_000, "supplier": null })), &token);
    let patched = json(patch.await, StatusCode::OK).await;
    assert_eq!(
        (&patched["price"], &patched["supplier"], &patched["cost"]),
        (&value!(47_000), &Value::Null, &value!(31_415))
    );
    let gone = ask(world.app.request(Method::DELETE, &path), &token).await;
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    let last = format!("{place}/variants/{}", of("C-2"));
    let kept = problem(ask(world.app.request(Method::DELETE, &last), &token).await, StatusCode::CONFLICT).await;
    assert_eq!(kept["type"], "urn:voronka:problem:last-variant");
    let gone = ask(world.app.request(Method::DELETE, &place), &token).await;
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    problem(ask(world.app.get(&place), &token).await, StatusCode::NOT_FOUND).await;
}

#[tokio::test]
async fn what_is_wrong_with_a_product_is_said_with_its_place() {
    let world = World::new().await;
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let before = world.app.fingerprint().await;
    let wrong = value!({ "storefront": world.ours.id, "name": " ", "variants": [
        { "sku": "A", "price": -1 }, { "sku": "A", "price": 1, "barcode": "4006381333932" }, { "sku": "A", "price": 1 },
    ] });
    let answer = problem(post(&world, &token, "/products", wrong).await, StatusCode::UNPROCESSABLE_ENTITY).await;
    let found = pointers(&answer);
    let found: Vec<(&str, &str)> = found.iter().map(|(at, fault)| (at.as_str(), fault.as_str())).collect();
    let expected =
        [("/name", "missing"), ("/variants/0/price", "out_of_range"), ("/variants/1/barcode", "not_a_barcode")];
    assert_eq!(found, expected);
    for body in [
        value!({ "storefront": world.ours.id, "name": "Кава" }),
        value!({ "storefront": world.ours.id, "name": "Кава", "variants": [{ "sku": "A" }] }),
        value!({ "storefront": world.ours.id, "name": "Кава", "variants": [{ "sku": "A", "price": 1, "stock": 5 }] }),
        value!({ "storefront": world.ours.id, "name": "Кава", "variants": [{ "sku": "A", "price": 1.5 }] }),
    ] {
        problem(post(&world, &token, "/products", body).await, StatusCode::BAD_REQUEST).await;
    }
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn what_it_costs_the_shop_no_manager_reads() {
    let world = World::new().await;
    let made = product(world.store(), world.ours.id, "Кава").await;
    let (id, variant) = (made.id, made.variants[0].id);
    receive(world.store(), (variant, warehouse(world.store(), world.ours.id).await), 1).await;
    let paths = [
        "/products".to_owned(),
        format!("/products/{id}"),
        format!("/products/{id}/variants/{variant}"),
        "/stock".to_owned(),
        "/stock/low".to_owned(),
        "/stock/moves".to_owned(),
        "/events?limit=500".to_owned(),
    ];
    for (role, sees) in [(Role::Viewer, false), (Role::Manager, false), (Role::Head, true)] {
        let token = world.token(role, &[world.ours.id]).await;
        for (n, path) in paths.iter().enumerate() {
            let words = get(&world, &token, path).await.to_string();
            assert!(words.contains(&variant.to_string()), "{path}: {words}");
            assert_eq!(
                words.contains("31415") || words.contains("\"cost\""),
                sees && n < 3,
                "{role:?} {path}: {words}"
            );
        }
    }
}

#[tokio::test]
async fn goods_come_in_and_go_all_or_none() {
    let world = World::new().await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let variant = product(world.store(), world.ours.id, "Кава").await.variants[0].id;
    let (one, other) = (warehouse(world.store(), world.ours.id).await, warehouse(world.store(), world.ours.id).await);
    let line = |kind: &str, quantity: i64| {
        let note = "накладна";
        value!({ "variant": variant, "warehouse": one, "kind": kind, "quantity": quantity, "note": note })
    };
    let mut transfer = line("transfer", 4);
    transfer["to"] = value!(other);
    let body = value!({ "moves": [line("await", 12), line("receive", 10), line("count", 9), transfer] });
    let key = uuid::Uuid::new_v4().to_string();
    let request = || world.app.post("/api/v1/stock/moves").header("idempotency-key", &key).json(&body);
    let done = json(ask(request(), &token).await, StatusCode::OK).await;
    let here =
        value!({ "variant": variant, "warehouse": one, "on_hand": 5, "reserved": 0, "incoming": 2, "available": 5 });
    assert_eq!(done["stock"][0], here);
    let before = world.app.fingerprint().await;
    assert_eq!(json(ask(request(), &token).await, StatusCode::OK).await, done, "sent again, it has happened already");
    let page = get(&world, &token, &format!("/stock?warehouse={one}&variant={variant}")).await;
    assert_eq!(page, value!({ "stock": [here], "next_cursor": null }));
    let (mut cursor, mut kinds) = (String::new(), Vec::new());
    loop {
        let page = get(&world, &token, &format!("/stock/moves?variant={variant}&limit=2{cursor}")).await;
        let moves = page["moves"].as_array().expect("a list").clone();
        kinds.extend(moves.iter().map(|one| one["kind"].as_str().expect("a kind").to_owned()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(kinds, ["incoming", "received", "incoming", "corrected", "sent", "arrived"]);
    let mut silent = line("correct", 1);
    silent["note"] = Value::Null;
    for (bad, at, fault) in [
        (line("correct", -50), "/moves/1/quantity", "not_enough"),
        (line("receive", 0), "/moves/1/quantity", "quantity"),
        (silent, "/moves/1/note", "reason"),
    ] {
        let body = value!({ "moves": [line("receive", 1), bad] });
        let answer = post(&world, &token, "/stock/moves", body).await;
        let answer = problem(answer, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(pointers(&answer), [(at.to_owned(), fault.to_owned())]);
    }
    let mut nowhere = line("receive", 1);
    nowhere["to"] = value!(other);
    for (bad, status) in [
        (line("transfer", 1), StatusCode::UNPROCESSABLE_ENTITY),
        (nowhere, StatusCode::UNPROCESSABLE_ENTITY),
        (line("steal", 1), StatusCode::BAD_REQUEST),
    ] {
        problem(post(&world, &token, "/stock/moves", value!({ "moves": [bad] })).await, status).await;
    }
    problem(post(&world, &token, "/stock/moves", value!({ "moves": [] })).await, StatusCode::UNPROCESSABLE_ENTITY)
        .await;
    assert_eq!(world.app.fingerprint().await, before);
    // Somebody else's goods and nobody's look the same.
    let foreign = product(world.store(), world.theirs.id, "Чай").await.variants[0].id;
    let of = |variant: Value| {
        let body = value!({ "moves": [{ "variant": variant, "warehouse": one, "kind": "receive", "quantity": 1 }] });
        post(&world, &token, "/stock/moves", body)
    };
    let theirs = problem(of(value!(foreign)).await, StatusCode::NOT_FOUND).await;
    assert_eq!(theirs, problem(of(value!(999_999)).await, StatusCode::NOT_FOUND).await);
}

#[tokio::test]
async fn what_is_nearly_gone_and_how_stock_is_kept_are_told() {
    let world = World::new().await;
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let made = product(world.store(), world.ours.id, "Кава").await;
    product(world.store(), world.theirs.id, "Чай").await;
    let house = warehouse(world.store(), world.ours.id).await;
    receive(world.store(), (made.variants[0].id, house), 4).await;
    let low = get(&world, &token, "/stock/low").await;
    let found: Vec<&Value> = low["low_stock"].as_array().expect("a list").iter().map(|one| &one["variant"]).collect();
    assert_eq!(found, [&value!(made.variants[1].id)], "four are more than three, and none is less");
    let path = format!("/api/v1/storefronts/{}/stock", world.ours.id);
    let patch = |body: Value| ask(world.app.request(Method::PATCH, &path).json(&body), &token);
    let now = json(patch(value!({ "preorder": true, "reserve_at": "new" })).await, StatusCode::OK).await;
    assert_eq!(now, value!({ "storefront": world.ours.id, "reserve_at": "new", "preorder": true }));
    let late = problem(patch(value!({ "reserve_at": "delivered" })).await, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(pointers(&late), [("/reserve_at".to_owned(), "out_of_range".to_owned())]);
    problem(patch(value!({ "reserve_at": "lost" })).await, StatusCode::BAD_REQUEST).await;
    // What lies somewhere keeps its warehouse.
    let gone = ask(world.app.request(Method::DELETE, &format!("/api/v1/warehouses/{house}")), &token).await;
    assert_eq!(problem(gone, StatusCode::CONFLICT).await["type"], "urn:voronka:problem:has-stock");
}
