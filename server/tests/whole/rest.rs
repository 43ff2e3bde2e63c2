//! The API for scripts.

use crate::common::contract::ask;
use crate::common::{World, json, phone_of, problem, system};
use domain::auth::Role;
use domain::board::Card;
use domain::ids::*;
use http::StatusCode;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json as value};

async fn get(world: &World, token: &str, path: &str) -> Value {
    json(ask(world.app.get(path), token).await, StatusCode::OK).await
}

fn move_request(world: &World, deal: DealId, body: Value) -> RequestBuilder {
    world.app.post(&format!("/api/v1/deals/{deal}/move")).json(&body)
}

fn ids(page: &Value) -> Vec<i64> {
    page["deals"].as_array().expect("a list").iter().map(|deal| deal["id"].as_i64().expect("an id")).collect()
}

#[tokio::test]
async fn deals_come_in_pages_and_by_filters() {
    let world = World::new().await;
    let token = world.token(Role::Viewer, &[world.ours.id]).await;
    let mut made = Vec::new();
    for number in 0..5 {
        made.push(world.deal(&world.ours, &format!("Олена {number}")).await.id.0);
        world.deal(&world.theirs, "Чужий").await;
    }
    let (mut cursor, mut seen, mut pages) = (String::new(), Vec::new(), 0);
    loop {
        let page = get(&world, &token, &format!("/api/v1/deals?limit=2{cursor}")).await;
        seen.extend(ids(&page));
        pages += 1;
        match &page["next_cursor"] {
            Value::String(next) => cursor = format!("&cursor={next}"),
            Value::Null => break,
            other => panic!("{other}"),
        }
    }
    assert_eq!((seen, pages), (made.clone(), 3));
    world.move_to(DealId(made[1]), 2).await;
    let (funnel, stage) = (world.ours.funnel.id, world.ours.funnel.stages[2].id);
    for (query, expected) in [
        (format!("funnel={funnel}"), made.clone()),
        (format!("stage={stage}"), vec![made[1]]),
        (format!("funnel={}", world.theirs.funnel.id), vec![]),
        (format!("storefront={}", world.theirs.id), vec![]),
        ("q=%D0%BE%D0%BB%D0%B5%D0%BD%D0%B0%203".to_owned(), vec![made[3]]),
        ("q='%20OR%201=1%20--".to_owned(), vec![]),
        ("q=%25".to_owned(), vec![]),
        ("sum_min=900&sum_max=900".to_owned(), made.clone()),
        ("sum_min=901".to_owned(), vec![]),
        ("responsible=nobody&source=site&overdue=0&q=".to_owned(), made.clone()),
    ] {
        let page = get(&world, &token, &format!("/api/v1/deals?{query}")).await;
        assert_eq!(ids(&page), expected, "{query}");
    }
}

#[tokio::test]
async fn one_deal_has_its_contacts_lines_and_order() {
    let world = World::new().await;
    let token = world.token(Role::Viewer, &[world.ours.id]).await;
    let deal = world.deal(&world.ours, "Олена").await;
    let found = get(&world, &token, &format!("/api/v1/deals/{}", deal.id)).await;
    assert_eq!(found["card"], value!(deal));
    assert_eq!((&found["phone"], &found["email"]), (&value!(phone_of("Олена")), &Value::Null));
    let line = value!({ "name": "Кава в зернах", "sku": "C-1", "quantity": 2, "price": 45_000 });
    assert_eq!(found["lines"], value!([line]));
    assert_eq!(found["order"], Value::Null);
}

#[tokio::test]
async fn a_script_moves_a_deal() {
    let world = World::new().await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let (one, other) = (world.deal(&world.ours, "Олена").await, world.deal(&world.ours, "Тарас").await);
    let stage = |index: usize| world.ours.funnel.stages[index].id;
    let moved = ask(move_request(&world, one.id, value!({ "stage": stage(1) })), &token).await;
    let card: Card = serde_json::from_value(json(moved, StatusCode::OK).await).expect("a card");
    assert_eq!((card.stage, card.version), (stage(1), one.version + 1));
    let body = value!({ "stage": stage(1), "before": one.id, "from": stage(0) });
    let moved = ask(move_request(&world, other.id, body), &token).await;
    let above: Card = serde_json::from_value(json(moved, StatusCode::OK).await).expect("a card");
    assert!(above.position < card.position);
    let event = world.store().deal_history(&system(), other.id).await.expect("a history").remove(0);
    assert!(event.actor.to_string().starts_with("token:"));
}

#[tokio::test]
async fn a_stale_move_is_refused_with_the_card_as_it_is() {
    let world = World::new().await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let deal = world.deal(&world.ours, "Олена").await;
    let now = world.move_to(deal.id, 2).await;
    let before = world.app.fingerprint().await;
    let stage = |index: usize| world.ours.funnel.stages[index].id;
    let body = value!({ "stage": stage(1), "from": stage(0) });
    let refused = problem(ask(move_request(&world, deal.id, body), &token).await, StatusCode::CONFLICT).await;
    assert_eq!(refused["now"], value!(now));
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn the_same_key_moves_once_and_answers_the_same() {
    let world = World::new().await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let stranger = world.token(Role::Manager, &[world.ours.id]).await;
    let stage = |index: usize| world.ours.funnel.stages[index].id;
    for from in [None, Some(stage(0))] {
        let deal = world.deal(&world.ours, "Олена").await;
        let key = uuid::Uuid::new_v4().to_string();
        let body = match from {
            Some(from) => value!({ "stage": stage(1), "from": from }),
            None => value!({ "stage": stage(1) }),
        };
        let send = |body: Value, key: &str| {
            let request = move_request(&world, deal.id, body).header("idempotency-key", key);
            ask(request, &token)
        };
        let first = json(send(body.clone(), &key).await, StatusCode::OK).await;
        let before = world.app.fingerprint().await;
        for again in [key.clone(), format!("\"{key}\"")] {
            assert_eq!(json(send(body.clone(), &again).await, StatusCode::OK).await, first);
        }
        // Even after somebody else has moved it on.
        world.move_to(deal.id, 3).await;
        let before_third = world.app.fingerprint().await;
        assert_ne!(before, before_third);
        assert_eq!(json(send(body.clone(), &key).await, StatusCode::OK).await, first);
        let other = send(value!({ "stage": stage(2) }), &key).await;
        assert_eq!(problem(other, StatusCode::UNPROCESSABLE_ENTITY).await["field"], "Idempotency-Key");
        problem(send(body.clone(), "not a uuid").await, StatusCode::BAD_REQUEST).await;
        // Somebody else's key is no key to their answer.
        let request = move_request(&world, deal.id, body).header("idempotency-key", &key);
        problem(ask(request, &stranger).await, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(world.app.fingerprint().await, before_third);
    }
    // Double click: many at once are one.
    let deal = world.deal(&world.ours, "Тарас").await;
    let key = uuid::Uuid::new_v4().to_string();
    let sends = (0..8).map(|_| {
        let body = value!({ "stage": stage(1) });
        ask(move_request(&world, deal.id, body).header("idempotency-key", &key), &token)
    });
    for answer in futures::future::join_all(sends).await {
        assert_eq!(json(answer, StatusCode::OK).await["version"], 2);
    }
}

#[tokio::test]
async fn what_is_not_allowed_changes_nothing() {
    let world = World::new().await;
    let deal = world.deal(&world.ours, "Олена").await;
    let foreign = world.deal(&world.theirs, "Чужа").await;
    let reason = world.lost_reason("Дорого").await;
    let viewer = world.token(Role::Viewer, &[world.ours.id]).await;
    let manager = world.token(Role::Manager, &[world.ours.id]).await;
    let stage = |index: usize| world.ours.funnel.stages[index].id;
    let before = world.app.fingerprint().await;
    let to = |stage: StageId| value!({ "stage": stage });
    let lost = stage(5);
    let cases = [
        (&viewer, deal.id, to(stage(1)), StatusCode::FORBIDDEN, None),
        (&manager, foreign.id, to(stage(1)), StatusCode::NOT_FOUND, None),
        (&manager, foreign.id, value!({ "stage": stage(1), "from": foreign.stage }), StatusCode::NOT_FOUND, None),
        (&manager, DealId(999), to(stage(1)), StatusCode::NOT_FOUND, None),
        (&manager, DealId(999), value!({ "stage": stage(1), "from": stage(0) }), StatusCode::NOT_FOUND, None),
        (&manager, deal.id, to(world.theirs.funnel.stages[0].id), StatusCode::UNPROCESSABLE_ENTITY, Some("stage")),
        (&manager, deal.id, to(StageId(999)), StatusCode::UNPROCESSABLE_ENTITY, Some("stage")),
        (&manager, deal.id, to(lost), StatusCode::UNPROCESSABLE_ENTITY, Some("reason")),
        (&manager, deal.id, value!({ "stage": lost, "reason": 999 }), StatusCode::UNPROCESSABLE_ENTITY, Some("reason")),
    ];
    for (token, deal, body, status, field) in cases {
        let answer = problem(ask(move_request(&world, deal, body.clone()), token).await, status).await;
        assert_eq!(answer.get("field").and_then(Value::as_str), field, "{body}: {answer}");
        assert_eq!(world.app.fingerprint().await, before, "{body}");
    }
    // Foreign and missing look the same, to the letter.
    let one = ask(world.app.get(&format!("/api/v1/deals/{}", foreign.id)), &manager).await;
    let none = ask(world.app.get("/api/v1/deals/999"), &manager).await;
    assert_eq!(problem(one, StatusCode::NOT_FOUND).await, problem(none, StatusCode::NOT_FOUND).await);
    let lost = value!({ "stage": lost, "reason": reason });
    json(ask(move_request(&world, deal.id, lost), &manager).await, StatusCode::OK).await;
}

#[tokio::test]
async fn what_can_t_be_read_is_refused_by_name() {
    let world = World::new().await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let deal = world.deal(&world.ours, "Олена").await;
    let stage = world.ours.funnel.stages[1].id;
    let before = world.app.fingerprint().await;
    for (path, named) in [
        ("/api/v1/deals?colour=red", "colour"),
        ("/api/v1/deals?funnel=x", "funnel"),
        ("/api/v1/deals?funnel=1&funnel=2", "funnel"),
        ("/api/v1/deals?limit=0", "limit"),
        ("/api/v1/deals?limit=101", "limit"),
        ("/api/v1/deals?limit=ten", "limit"),
        ("/api/v1/deals?cursor=;", "cursor"),
        ("/api/v1/deals?sort=id;DROP%20TABLE%20deals", "sort"),
        ("/api/v1/deals?sort=", "sort"),
        ("/api/v1/deals?sort=--id", "sort"),
        ("/api/v1/deals?sort=-sum&cursor=5", "cursor"),
        ("/api/v1/deals?sort=-sum&cursor=sum:1:2", "cursor"),
        ("/api/v1/deals?sort=sum&cursor=sum:1:2:3", "cursor"),
        ("/api/v1/deals?sort=sum&cursor=sum:1%20OR%201:2", "cursor"),
        ("/api/v1/deals?fields=id,phone", "fields"),
        ("/api/v1/deals?fields=", "fields"),
        ("/api/v1/deals?fields=*", "fields"),
        ("/api/v1/orders?status=%27%20OR%201=1", "status"),
        ("/api/v1/orders?status=processing", "status"),
        ("/api/v1/orders?status_kind=done", "status_kind"),
        ("/api/v1/orders?shop_meaning=%27", "shop_meaning"),
        ("/api/v1/orders?cursor=1e3", "cursor"),
        ("/api/v1/customers?limit=0", "limit"),
        ("/api/v1/customers?sort=name", "sort"),
        ("/api/v1/deals/1/events?since=-1", "since"),
        ("/api/v1/funnels/x", "path"),
        ("/api/v1/funnels/1/stages/x", "path"),
        ("/api/v1/users/1.5", "path"),
        ("/api/v1/openapi.json?v=2", "v"),
        ("/api/v1/deals?source=moon", "source"),
        ("/api/v1/deals?overdue=maybe", "overdue"),
        ("/api/v1/deals?from=2026-02-30", "from"),
        ("/api/v1/deals?sum_min=-1", "sum_min"),
        ("/api/v1/deals/x", "path"),
        ("/api/v1/deals/%FF", "path"),
        ("/api/v1/deals/99999999999999999999", "path"),
        ("/api/v1/funnels?x=1", "x"),
        ("/api/v1/events?since=-1", "since"),
        ("/api/v1/events?since=1e3", "since"),
        ("/api/v1/events?limit=501", "limit"),
    ] {
        let answer = problem(ask(world.app.get(path), &token).await, StatusCode::BAD_REQUEST).await;
        assert_eq!(answer["in"], named, "{path}");
    }
    let path = format!("/api/v1/deals/{}/move", deal.id);
    let send =
        |body: String, kind: &'static str| ask(world.app.post(&path).header("content-type", kind).body(body), &token);
    let kind = "application/json";
    for body in ["", "{", "[]", "null", "{}", r#"{"stage":"x"}"#, r#"{"stage":1.5}"#] {
        problem(send(body.into(), kind).await, StatusCode::BAD_REQUEST).await;
    }
    for field in ["actor", "role", "storefront", "sum", "version", "created_at", "place"] {
        let body = value!({ "stage": stage, field: 1 }).to_string();
        let answer = problem(send(body, kind).await, StatusCode::BAD_REQUEST).await;
        assert!(answer["detail"].as_str().is_some_and(|detail| detail.contains(field)), "{answer}");
    }
    let whole = value!({ "stage": stage }).to_string();
    problem(send(whole.clone(), "text/plain").await, StatusCode::UNSUPPORTED_MEDIA_TYPE).await;
    problem(send(whole, "application/x-www-form-urlencoded").await, StatusCode::UNSUPPORTED_MEDIA_TYPE).await;
    problem(send("[".repeat(70_000), kind).await, StatusCode::PAYLOAD_TOO_LARGE).await;
    problem(send("[".repeat(60_000), kind).await, StatusCode::BAD_REQUEST).await;
    for (method, path) in
        [(Method::DELETE, "/api/v1/deals"), (Method::GET, path.as_str()), (Method::PUT, "/api/v1/events")]
    {
        let answer = ask(world.app.request(method, path), &token).await;
        assert!(answer.headers().contains_key("allow"), "{path}");
        problem(answer, StatusCode::METHOD_NOT_ALLOWED).await;
    }
    for path in ["/api/v1/nothing", "/api/v1/deals/1/2/3", "/api/v1"] {
        problem(ask(world.app.get(path), &token).await, StatusCode::NOT_FOUND).await;
    }
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn funnels_are_those_one_may_see() {
    let world = World::new().await;
    world.lost_reason("Дорого").await;
    let token = world.token(Role::Viewer, &[world.ours.id]).await;
    let found = get(&world, &token, "/api/v1/funnels").await;
    assert_eq!(found["funnels"], value!([world.ours.funnel]));
    assert_eq!(found["lost_reasons"][0]["name"], "Дорого");
    let owner = world.token(Role::Owner, &[]).await;
    let found = get(&world, &owner, "/api/v1/funnels").await;
    assert_eq!(found["funnels"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn events_are_those_one_may_see_and_following_them_ends_at_the_end() {
    let world = World::new().await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let deal = world.deal(&world.ours, "Олена").await;
    for stage in [1, 2, 3] {
        world.deal(&world.theirs, "Чужа").await;
        world.move_to(deal.id, stage).await;
    }
    let (mut since, mut kinds) = (0, Vec::new());
    loop {
        let page = get(&world, &token, &format!("/api/v1/events?since={since}&limit=3")).await;
        for event in page["events"].as_array().expect("a list") {
            // The list of lost reasons is the whole team's; everything else must be of the own storefront.
            if event["fact"]["kind"] == "lost_reason_added" {
                continue;
            }
            assert_eq!(event["scope"]["storefront"], value!(world.ours.id), "{event}");
            let text = event.to_string();
            assert!(!text.contains("Олена") && !text.contains("38050"), "{text}");
            kinds.push(event["fact"]["kind"].as_str().expect("a kind").to_owned());
        }
        let next = page["next"].as_i64().expect("a number");
        if page["more"] == value!(false) {
            break;
        }
        assert!(next > since);
        since = next;
    }
    assert_eq!(kinds.iter().filter(|kind| *kind == "deal_moved").count(), 3);
    assert!(!kinds.iter().any(|kind| kind.starts_with("token_") || kind.starts_with("user_")));
    let end = world.store().log_end().await.expect("the log");
    let page = get(&world, &token, &format!("/api/v1/events?since={end}")).await;
    assert_eq!(page, value!({ "events": [], "next": end, "more": false }));
    let page = get(&world, &token, "/api/v1/events?since=9000000000").await;
    assert_eq!(page["next"], 9_000_000_000_i64);
    let admin = world.token(Role::Admin, &[]).await;
    let all = get(&world, &admin, "/api/v1/events?limit=500").await;
    assert!(all["events"].as_array().is_some_and(|events| events.len() > kinds.len() + 4));
}
