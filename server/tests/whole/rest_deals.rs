//! Deals through the API: made, changed, deleted, moved, in every order.

use crate::common::contract::ask;
use crate::common::{World, json, problem};
use domain::auth::Role;
use domain::board::Card;
use domain::ids::*;
use http::StatusCode;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json as value};

struct Script<'a> {
    world: &'a World,
    token: String,
}

impl<'a> Script<'a> {
    async fn new(world: &'a World, role: Role) -> Self {
        Self { world, token: world.token(role, &[world.ours.id]).await }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.world.app.request(method, &format!("/api/v1{path}"))
    }

    async fn get(&self, path: &str) -> Value {
        json(ask(self.request(Method::GET, path), &self.token).await, StatusCode::OK).await
    }

    async fn send(&self, method: Method, path: &str, body: &Value) -> Response {
        ask(self.request(method, path).json(body), &self.token).await
    }

    async fn with(&self, (name, text): (&str, &str), method: Method, path: &str, body: &Value) -> Response {
        ask(self.request(method, path).header(name, text).json(body), &self.token).await
    }
}

fn tag(answer: &Response) -> String {
    answer.headers()["etag"].to_str().expect("ASCII").to_owned()
}

fn key() -> String {
    CommandId::new_v4().to_string()
}

fn new_deal(world: &World) -> Value {
    value!({
        "funnel": world.ours.funnel.id, "customer_name": "Олена", "phone": "050 123 45 67", "source": "call",
        "lines": [{ "name": "Кава", "quantity": 2, "price": 45_050 }, { "name": "Чашка", "price": 10_000 }],
    })
}

#[tokio::test]
async fn a_script_makes_a_deal_once() {
    let world = World::new().await;
    let script = Script::new(&world, Role::Manager).await;
    let key = key();
    let mut body = new_deal(&world);
    let made = script.with(("idempotency-key", &key), Method::POST, "/deals", &body).await;
    let (place, tag) = (made.headers()["location"].to_str().expect("ASCII").to_owned(), tag(&made));
    let card: Card = serde_json::from_value(json(made, StatusCode::CREATED).await).expect("a card");
    assert_eq!((place, tag), (format!("/api/v1/deals/{}", card.id), "\"1\"".to_owned()));
    assert_eq!((card.sum, card.first_line.as_str(), card.stage), (100_100, "Кава × 2", world.ours.funnel.stages[0].id));
    let before = world.app.fingerprint().await;
    let again = script.with(("idempotency-key", &key), Method::POST, "/deals", &body).await;
    assert_eq!(json(again, StatusCode::CREATED).await, value!(card));
    body["comment"] = value!("інше");
    let other = script.with(("idempotency-key", &key), Method::POST, "/deals", &body).await;
    assert_eq!(problem(other, StatusCode::UNPROCESSABLE_ENTITY).await["field"], "Idempotency-Key");
    assert_eq!(world.app.fingerprint().await, before);
    let deal = script.get(&format!("/deals/{}", card.id)).await;
    assert_eq!((&deal["phone"], &deal["lines"][1]["quantity"]), (&value!("+380501234567"), &value!(1)));
}

#[tokio::test]
async fn what_can_t_be_made_is_refused_by_its_place() {
    let world = World::new().await;
    let script = Script::new(&world, Role::Manager).await;
    let before = world.app.fingerprint().await;
    let wrong = value!({
        "funnel": world.ours.funnel.id, "customer_name": " ", "phone": "12", "source": "moon", "sum": -1,
        "lines": [{ "name": "Кава", "price": 1 }, { "name": "", "quantity": 0, "price": -1 }],
    });
    let answer = problem(script.send(Method::POST, "/deals", &wrong).await, StatusCode::UNPROCESSABLE_ENTITY).await;
    let errors = answer["errors"].as_array().expect("errors");
    let places: Vec<&str> = errors.iter().filter_map(|error| error["pointer"].as_str()).collect();
    for place in ["/customer_name", "/phone", "/source", "/sum", "/lines/1/name", "/lines/1/quantity", "/lines/1/price"]
    {
        assert!(places.contains(&place), "{place}: {places:?}");
    }
    let stage = world.ours.funnel.stages[0].id;
    for (field, with, status) in [
        ("stage", value!(world.theirs.funnel.stages[0].id), StatusCode::UNPROCESSABLE_ENTITY),
        ("stage", value!(world.ours.funnel.stages[5].id), StatusCode::UNPROCESSABLE_ENTITY),
        ("funnel", value!(world.theirs.funnel.id), StatusCode::NOT_FOUND),
        ("funnel", value!(999), StatusCode::NOT_FOUND),
        ("responsible", value!(999), StatusCode::UNPROCESSABLE_ENTITY),
        ("customer_name", value!("я".repeat(201)), StatusCode::UNPROCESSABLE_ENTITY),
        ("comment", value!("я".repeat(5_001)), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let mut body = new_deal(&world);
        body[field] = with;
        problem(script.send(Method::POST, "/deals", &body).await, status).await;
    }
    // Nothing that the server says by itself can be said for it.
    for field in ["id", "version", "actor", "role", "created_at", "position", "order_number", "currency", "card"] {
        let mut body = new_deal(&world);
        body[field] = value!(stage);
        let answer = problem(script.send(Method::POST, "/deals", &body).await, StatusCode::BAD_REQUEST).await;
        assert!(answer["detail"].as_str().is_some_and(|detail| detail.contains(field)), "{answer}");
    }
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn a_patch_changes_what_it_names_and_a_tag_guards_it() {
    let world = World::new().await;
    let script = Script::new(&world, Role::Manager).await;
    let path = format!("/deals/{}", world.deal(&world.ours, "Олена").await.id);
    let read = ask(script.request(Method::GET, &path), &script.token).await;
    let first = tag(&read);
    let before = json(read, StatusCode::OK).await;
    let known = ask(script.request(Method::GET, &path).header("if-none-match", &first), &script.token).await;
    assert_eq!((known.status(), tag(&known)), (StatusCode::NOT_MODIFIED, first.clone()));
    let patch = value!({ "comment": "Передзвонити", "responsible": null });
    let changed = script.with(("if-match", &first), Method::PATCH, &path, &patch).await;
    let second = tag(&changed);
    let after = json(changed, StatusCode::OK).await;
    assert_eq!(after["comment"], "Передзвонити");
    for same in ["phone", "lines", "tracking_url"] {
        assert_eq!(after[same], before[same], "{same}");
    }
    assert_ne!(first, second);
    let read = ask(script.request(Method::GET, &path).header("if-none-match", &first), &script.token).await;
    assert_eq!((read.status(), tag(&read)), (StatusCode::OK, second.clone()));
    let kept = world.app.fingerprint().await;
    for stale in [first.as_str(), "\"1\"", "\"999\"", "W/\"2\"", "\"none of ours\"", ""] {
        let refused = script.with(("if-match", stale), Method::PATCH, &path, &value!({ "comment": "інше" })).await;
        let now = tag(&refused);
        assert_eq!(now, "\"2\"");
        assert_eq!(problem(refused, StatusCode::PRECONDITION_FAILED).await["etag"], now);
        let body = value!({ "stage": world.ours.funnel.stages[1].id });
        let refused = script.with(("if-match", stale), Method::POST, &format!("{path}/move"), &body).await;
        problem(refused, StatusCode::PRECONDITION_FAILED).await;
        let nobody = value!({ "responsible": null });
        let refused = script.with(("if-match", stale), Method::POST, &format!("{path}/assign"), &nobody).await;
        problem(refused, StatusCode::PRECONDITION_FAILED).await;
    }
    for unreadable in ["2", "\"1\", \"2\"", "\""] {
        let refused = script.with(("if-match", unreadable), Method::PATCH, &path, &patch).await;
        assert_eq!(problem(refused, StatusCode::BAD_REQUEST).await["in"], "If-Match", "{unreadable}");
    }
    assert_eq!(world.app.fingerprint().await, kept);
    let any = script.with(("if-match", "*"), Method::PATCH, &path, &value!({ "comment": null })).await;
    assert_eq!(json(any, StatusCode::OK).await["comment"], "");
}

#[tokio::test]
async fn a_patch_sent_again_answers_as_it_did() {
    let world = World::new().await;
    let script = Script::new(&world, Role::Manager).await;
    let path = format!("/deals/{}", world.deal(&world.ours, "Олена").await.id);
    let (key, patch) = (key(), value!({ "sum": 12_345 }));
    let send = |patch: Value| {
        let request = script.request(Method::PATCH, &path).header("idempotency-key", &key).header("if-match", "\"1\"");
        let request = request.header("content-type", "application/merge-patch+json").body(patch.to_string());
        ask(request, &script.token)
    };
    let first = json(send(patch.clone()).await, StatusCode::OK).await;
    assert_eq!(first["card"]["sum"], 12_345);
    script.send(Method::PATCH, &path, &value!({ "comment": "далі" })).await;
    let before = world.app.fingerprint().await;
    assert_eq!(json(send(patch).await, StatusCode::OK).await, first, "even though the tag is an old one by now");
    problem(send(value!({ "sum": null })).await, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(world.app.fingerprint().await, before);
    for field in ["stage", "version", "order_number", "storefront", "customer", "actor", "created_at"] {
        let refused = script.send(Method::PATCH, &path, &value!({ field: 1 })).await;
        let answer = problem(refused, StatusCode::BAD_REQUEST).await;
        assert!(answer["detail"].as_str().is_some_and(|detail| detail.contains(field)), "{answer}");
    }
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn a_head_deletes_a_deal_once() {
    let world = World::new().await;
    let (head, manager) = (Script::new(&world, Role::Head).await, Script::new(&world, Role::Manager).await);
    let deal = world.deal(&world.ours, "Олена").await;
    let path = format!("/deals/{}", deal.id);
    problem(ask(manager.request(Method::DELETE, &path), &manager.token).await, StatusCode::FORBIDDEN).await;
    let key = key();
    let delete = || {
        let request = head.request(Method::DELETE, &path).header("if-match", "\"1\"").header("idempotency-key", &key);
        ask(request, &head.token)
    };
    assert_eq!(delete().await.status(), StatusCode::NO_CONTENT);
    let before = world.app.fingerprint().await;
    assert_eq!(delete().await.status(), StatusCode::NO_CONTENT, "sent again, it is answered as it was");
    for path in [path.clone(), format!("{path}/events")] {
        problem(ask(head.request(Method::GET, &path), &head.token).await, StatusCode::NOT_FOUND).await;
    }
    problem(ask(head.request(Method::DELETE, &path), &head.token).await, StatusCode::NOT_FOUND).await;
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn many_deals_are_moved_each_by_itself() {
    let world = World::new().await;
    let script = Script::new(&world, Role::Manager).await;
    let (one, two) = (world.deal(&world.ours, "Олена").await, world.deal(&world.ours, "Тарас").await);
    let foreign = world.deal(&world.theirs, "Чужа").await;
    let stage = |index: usize| world.ours.funnel.stages[index].id;
    let deals = value!([
        { "id": one.id, "from": stage(0) }, { "id": two.id, "from": stage(3) }, { "id": foreign.id }, { "id": 999 },
        { "id": one.id },
    ]);
    let body = value!({ "deals": deals, "stage": stage(2) });
    let key = key();
    let sent = script.with(("idempotency-key", &key), Method::POST, "/deals/move", &body).await;
    let first = json(sent, StatusCode::OK).await;
    assert_eq!(first["moved"], value!([one.id]));
    let refused = first["refused"].as_array().expect("a list");
    let statuses: Vec<(i64, u64)> = refused
        .iter()
        .map(|one| (one["deal"].as_i64().expect("an id"), one["problem"]["status"].as_u64().expect("a status")))
        .collect();
    assert_eq!(statuses, [(two.id.0, 409), (foreign.id.0, 404), (999, 404)]);
    assert_eq!(refused[1]["problem"], refused[2]["problem"], "foreign and missing look the same");
    let before = world.app.fingerprint().await;
    let again = script.with(("idempotency-key", &key), Method::POST, "/deals/move", &body).await;
    assert_eq!(json(again, StatusCode::OK).await, first);
    let many: Vec<Value> = (1..=501).map(|id| value!({ "id": id })).collect();
    for (deals, field) in [(value!([]), "missing"), (value!(many), "too_many")] {
        let refused = script.send(Method::POST, "/deals/move", &value!({ "deals": deals, "stage": stage(2) })).await;
        assert_eq!(problem(refused, StatusCode::UNPROCESSABLE_ENTITY).await["fault"], field);
    }
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn a_deal_is_handed_over_and_its_history_tells() {
    let world = World::new().await;
    let script = Script::new(&world, Role::Manager).await;
    let colleague = world.someone(Role::Manager, &[world.ours.id]).await.user;
    let stranger = world.someone(Role::Manager, &[world.theirs.id]).await.user;
    let path = format!("/deals/{}", world.deal(&world.ours, "Олена").await.id);
    let assign = format!("{path}/assign");
    let given = script.send(Method::POST, &assign, &value!({ "responsible": colleague })).await;
    assert_eq!(tag(&given), "\"2\"");
    assert_eq!(json(given, StatusCode::OK).await["responsible"], value!(colleague));
    let before = world.app.fingerprint().await;
    for (body, status) in [
        (value!({ "responsible": stranger }), StatusCode::UNPROCESSABLE_ENTITY),
        (value!({ "responsible": 999 }), StatusCode::UNPROCESSABLE_ENTITY),
        (value!({}), StatusCode::BAD_REQUEST),
        (value!({ "user": colleague }), StatusCode::BAD_REQUEST),
    ] {
        problem(script.send(Method::POST, &assign, &body).await, status).await;
    }
    assert_eq!(world.app.fingerprint().await, before);
    json(script.send(Method::POST, &assign, &value!({ "responsible": null })).await, StatusCode::OK).await;
    let (mut since, mut kinds) = (0, Vec::new());
    loop {
        let page = script.get(&format!("{path}/events?limit=2&since={since}")).await;
        kinds.extend(page["events"].as_array().expect("a list").iter().map(|event| event["fact"]["kind"].clone()));
        since = page["next"].as_i64().expect("a number");
        if page["more"] == false {
            break;
        }
    }
    assert_eq!(kinds, ["deal_created", "deal_assigned", "deal_assigned"]);
}

#[tokio::test]
async fn every_order_goes_through_every_deal_once() {
    let world = World::new().await;
    let script = Script::new(&world, Role::Viewer).await;
    let manager = Script::new(&world, Role::Manager).await;
    let sums = [500, 100, 500, 300, 100, 500, 0];
    for (n, sum) in sums.into_iter().enumerate() {
        let deal = world.deal(&world.ours, &format!("Олена {n}")).await;
        world.deal(&world.theirs, "Чужа").await;
        // Some are worth the same.
        let patch = value!({ "sum": sum });
        json(manager.send(Method::PATCH, &format!("/deals/{}", deal.id), &patch).await, StatusCode::OK).await;
    }
    let whole = script.get("/deals?limit=100").await;
    let all = whole["deals"].as_array().expect("a list").clone();
    assert_eq!(all.len(), 7);
    for (by, member) in [("id", "id"), ("created", "created_at"), ("sum", "sum"), ("since", "since")] {
        for sign in ["", "-"] {
            let mut expected: Vec<(i64, i64)> = all
                .iter()
                .map(|deal| (deal[member].as_i64().expect("a number"), deal["id"].as_i64().expect("an id")))
                .collect();
            expected.sort();
            if sign == "-" {
                expected.reverse();
            }
            let (mut cursor, mut seen) = (String::new(), Vec::new());
            loop {
                let page = script.get(&format!("/deals?limit=2&sort={sign}{by}&fields=id{cursor}")).await;
                for deal in page["deals"].as_array().expect("a list") {
                    assert_eq!(deal.as_object().map(serde_json::Map::len), Some(1), "{deal}");
                    seen.push(deal["id"].as_i64().expect("an id"));
                }
                let Some(next) = page["next_cursor"].as_str() else { break };
                cursor = format!("&cursor={next}");
            }
            assert_eq!(seen, expected.into_iter().map(|(_, id)| id).collect::<Vec<_>>(), "{sign}{by}");
        }
    }
}

#[tokio::test]
async fn what_is_left_to_ask_for_is_told_in_every_answer() {
    let world = World::new().await;
    let script = Script::new(&world, Role::Viewer).await;
    let left = |answer: &Response| -> u64 {
        let told = answer.headers()["ratelimit"].to_str().expect("ASCII");
        told.split("r=").nth(1).and_then(|rest| rest.split(';').next()).and_then(|n| n.parse().ok()).expect("a number")
    };
    let first = left(&ask(script.request(Method::GET, "/deals"), &script.token).await);
    let later = left(&ask(script.request(Method::GET, "/nothing"), &script.token).await);
    assert!(first < 6_000 && later < 6_000, "{first} {later}");
    let fresh = ask(script.request(Method::GET, "/deals"), &script.token).await;
    assert!(fresh.headers()["ratelimit-policy"].to_str().is_ok_and(|policy| policy.contains(";w=60")));
    // Whoever shows no token is counted by address, and waits in the end.
    let mut refused = None;
    for _ in 0..2_000 {
        let answer = world.app.get("/api/v1/nothing").send().await.expect("an answer");
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("nobody may ask for ever");
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(left(&refused), 0);
    problem(refused, StatusCode::TOO_MANY_REQUESTS).await;
    json(ask(script.request(Method::GET, "/deals"), &script.token).await, StatusCode::OK).await;
}
