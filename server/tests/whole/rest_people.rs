//! Customers and orders through the API: nobody learns of those of another storefront.

use crate::common::contract::ask;
use crate::common::{World, json, order, phone_of, problem, system};
use domain::auth::Role;
use http::StatusCode;
use reqwest::{Method, Response};
use serde_json::{Value, json as value};

async fn get(world: &World, token: &str, path: &str) -> Value {
    json(read(world, token, path).await, StatusCode::OK).await
}

async fn read(world: &World, token: &str, path: &str) -> Response {
    ask(world.app.get(&format!("/api/v1{path}")), token).await
}

async fn patch(world: &World, token: &str, path: &str, body: Value) -> Response {
    ask(world.app.request(Method::PATCH, &format!("/api/v1{path}")).json(&body), token).await
}

fn ids(page: &Value, list: &str) -> Vec<i64> {
    page[list].as_array().expect("a list").iter().map(|one| one["id"].as_i64().expect("an id")).collect()
}

#[tokio::test]
async fn customers_are_found_in_pages_by_name_and_phone() {
    let world = World::new().await;
    let token = world.token(Role::Viewer, &[world.ours.id]).await;
    let mut ours = Vec::new();
    for n in 0..5 {
        ours.push(world.deal(&world.ours, &format!("Олена {n}")).await.customer.0);
        world.deal(&world.theirs, &format!("Чужа {n}")).await;
    }
    let (mut cursor, mut seen) = (String::new(), Vec::new());
    loop {
        let page = get(&world, &token, &format!("/customers?limit=2{cursor}")).await;
        seen.extend(ids(&page, "customers"));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, ours);
    let phone = phone_of("Олена 3");
    let spaced = format!("{}%20{}", &phone[3..6], &phone[6..]);
    for (query, expected) in [
        ("%D0%BE%D0%BB%D0%B5%D0%BD%D0%B0%203".to_owned(), vec![ours[3]]),
        (spaced, vec![ours[3]]),
        ("%D1%87%D1%83%D0%B6%D0%B0".to_owned(), vec![]),
        (phone_of("Чужа 1").replace('+', "%2B"), vec![]),
        ("%25".to_owned(), vec![]),
        ("'%20OR%201=1%20--".to_owned(), vec![]),
    ] {
        assert_eq!(ids(&get(&world, &token, &format!("/customers?q={query}")).await, "customers"), expected, "{query}");
    }
}

#[tokio::test]
async fn a_customer_is_shown_with_what_of_theirs_one_may_see() {
    let world = World::new().await;
    let token = world.token(Role::Viewer, &[world.ours.id]).await;
    let everywhere = world.token(Role::Owner, &[]).await;
    let one = world.deal(&world.ours, "Олена").await;
    // The owner knows both shops, so that the customer is found again by the phone.
    let other = world.deal(&world.theirs, "Олена").await;
    assert_eq!(one.customer, other.customer);
    let path = format!("/customers/{}", one.customer);
    assert_eq!(get(&world, &token, &path).await["deals"], value!([one.id]));
    assert_eq!(get(&world, &everywhere, &path).await["deals"], value!([other.id, one.id]));
    let foreign = world.deal(&world.theirs, "Чужа").await.customer;
    let hidden = read(&world, &token, &format!("/customers/{foreign}")).await;
    let nothing = read(&world, &token, "/customers/999").await;
    assert_eq!(problem(hidden, StatusCode::NOT_FOUND).await, problem(nothing, StatusCode::NOT_FOUND).await);
}

#[tokio::test]
async fn a_customer_is_changed_on_every_deal_and_told_to_every_shop() {
    let world = World::new().await;
    let manager = world.token(Role::Manager, &[world.ours.id]).await;
    let viewer = world.token(Role::Viewer, &[world.ours.id]).await;
    let deal = world.deal(&world.ours, "Олена").await;
    let foreign = world.deal(&world.theirs, "Чужа").await;
    let path = format!("/customers/{}", deal.customer);
    let first = read(&world, &manager, &path).await.headers()["etag"].clone();
    let changed = patch(&world, &manager, &path, value!({ "name": "Олена Нова", "email": "OLENA@example.com" })).await;
    let changed = json(changed, StatusCode::OK).await;
    assert_eq!((&changed["name"], &changed["email"]), (&value!("Олена Нова"), &value!("olena@example.com")));
    assert_eq!(changed["phone"], phone_of("Олена"), "what is not named stays");
    assert_eq!(world.store().card(&system(), deal.id).await.expect("a card").customer_name, "Олена Нова");
    let neighbour = world.deal(&world.ours, "Тарас").await;
    let kept = world.app.fingerprint().await;
    let stale = world.app.request(Method::PATCH, &format!("/api/v1{path}")).header("if-match", first);
    problem(ask(stale.json(&value!({ "name": "Інша" })), &manager).await, StatusCode::PRECONDITION_FAILED).await;
    for (body, pointer) in [
        (value!({ "name": null }), "/name"),
        (value!({ "name": "" }), "/name"),
        (value!({ "phone": "12" }), "/phone"),
        (value!({ "phone": phone_of("Тарас") }), "/phone"),
        (value!({ "email": "nobody" }), "/email"),
    ] {
        let refused = patch(&world, &manager, &path, body.clone()).await;
        let errors = problem(refused, StatusCode::UNPROCESSABLE_ENTITY).await["errors"].clone();
        assert_eq!(errors[0]["pointer"], pointer, "{body}");
    }
    for (token, path, body, status) in [
        (&viewer, &path, value!({ "name": "Ні" }), StatusCode::FORBIDDEN),
        (&manager, &format!("/customers/{}", foreign.customer), value!({ "name": "Ні" }), StatusCode::NOT_FOUND),
        (&manager, &"/customers/999".to_owned(), value!({ "name": "Ні" }), StatusCode::NOT_FOUND),
        (&manager, &path, value!({ "created_at": 1 }), StatusCode::BAD_REQUEST),
    ] {
        problem(patch(&world, token, path, body).await, status).await;
    }
    assert_eq!(world.app.fingerprint().await, kept);
    // Whose phone it is elsewhere, nobody is told: they may have it here, too.
    let same = patch(&world, &manager, &path, value!({ "phone": phone_of("Чужа") })).await;
    assert_eq!(json(same, StatusCode::OK).await["phone"], phone_of("Чужа"));
    let none = patch(&world, &manager, &format!("/customers/{}", neighbour.customer), value!({ "phone": null })).await;
    assert_eq!(json(none, StatusCode::OK).await["phone"], Value::Null);
}

#[tokio::test]
async fn orders_are_those_of_one_s_own_storefronts() {
    let world = World::new().await;
    let token = world.token(Role::Viewer, &[world.ours.id]).await;
    let mut ours = Vec::new();
    for n in 0..3 {
        ours.push(order(&world, world.ours.id, &format!("10{n}")).await.0);
        order(&world, world.theirs.id, &format!("20{n}")).await;
    }
    let foreign = order(&world, world.theirs.id, "300").await;
    let page = get(&world, &token, "/orders?limit=2").await;
    assert_eq!(ids(&page, "orders"), ours[..2]);
    let cursor = page["next_cursor"].as_str().expect("a next page");
    let page = get(&world, &token, &format!("/orders?limit=2&cursor={cursor}")).await;
    assert_eq!((ids(&page, "orders"), &page["next_cursor"]), (ours[2..].to_vec(), &Value::Null));
    let whole = get(&world, &token, &format!("/orders/{}", ours[0])).await;
    assert_eq!((&whole["number"], &whole["lines"][0]["name"]), (&value!("100"), &value!("Чай")));
    let (customer, deal) = (&whole["customer"], &whole["deal"]);
    for (query, expected) in [
        ("number=101".to_owned(), vec![ours[1]]),
        ("number=201".to_owned(), vec![]),
        ("number='%20OR%20''='".to_owned(), vec![]),
        ("shop_meaning=processing".to_owned(), ours.clone()),
        ("status_kind=delivered".to_owned(), vec![]),
        ("status_kind=paid".to_owned(), ours.clone()),
        (format!("storefront={}", world.theirs.id), vec![]),
        (format!("customer={customer}"), vec![ours[0]]),
        (format!("deal={deal}"), vec![ours[0]]),
    ] {
        assert_eq!(ids(&get(&world, &token, &format!("/orders?{query}")).await, "orders"), expected, "{query}");
    }
    let (hidden, nothing) =
        (read(&world, &token, &format!("/orders/{foreign}")).await, read(&world, &token, "/orders/999").await);
    assert_eq!(problem(hidden, StatusCode::NOT_FOUND).await, problem(nothing, StatusCode::NOT_FOUND).await);
    // What is in it, its shop says.
    let written =
        world.app.request(Method::PATCH, &format!("/api/v1/orders/{}", ours[0])).json(&value!({ "total": 1 }));
    problem(ask(written, &token).await, StatusCode::METHOD_NOT_ALLOWED).await;
}
