//! Funnels, stages, reasons, storefronts and the team through the API.

use crate::common::contract::ask;
use crate::common::{World, json, problem};
use domain::auth::Role;
use domain::ids::*;
use http::StatusCode;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json as value};

struct Script<'a> {
    world: &'a World,
    token: String,
}

impl Script<'_> {
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.world.app.request(method, &format!("/api/v1{path}"))
    }

    async fn read(&self, path: &str) -> Response {
        ask(self.request(Method::GET, path), &self.token).await
    }

    async fn get(&self, path: &str) -> Value {
        json(self.read(path).await, StatusCode::OK).await
    }

    async fn post(&self, path: &str, body: Value) -> Response {
        ask(self.request(Method::POST, path).json(&body), &self.token).await
    }

    async fn patch(&self, path: &str, body: Value) -> Response {
        ask(self.request(Method::PATCH, path).json(&body), &self.token).await
    }

    async fn delete(&self, path: &str) -> Response {
        ask(self.request(Method::DELETE, path), &self.token).await
    }

    async fn refuses(&self, answer: Response, status: StatusCode) -> Value {
        problem(answer, status).await
    }
}

async fn head(world: &World) -> Script<'_> {
    Script { world, token: world.token(Role::Head, &[world.ours.id]).await }
}

async fn owner(world: &World) -> Script<'_> {
    Script { world, token: world.token(Role::Owner, &[]).await }
}

fn tag(answer: &Response) -> String {
    answer.headers()["etag"].to_str().expect("ASCII").to_owned()
}

fn place(answer: &Response) -> String {
    let place = answer.headers()["location"].to_str().expect("ASCII");
    place.strip_prefix("/api/v1").expect("a path of the API").to_owned()
}

#[tokio::test]
async fn a_funnel_is_made_of_a_preset_or_of_stages_renamed_and_put_away() {
    let world = World::new().await;
    let script = head(&world).await;
    let of_preset = value!({ "name": "Продажі", "storefront": world.ours.id, "preset": "sales", "lang": "en" });
    let made = script.post("/funnels", of_preset).await;
    let path = place(&made);
    let first = tag(&made);
    let funnel = json(made, StatusCode::CREATED).await;
    assert!(funnel["stages"].as_array().is_some_and(|stages| stages.len() > 2), "{funnel}");
    assert_eq!(script.get(&path).await, funnel);
    let stages = value!([
        { "name": "Нове", "public_name": "", "limit_hours": 5 }, { "name": "Так", "kind": "won" },
        { "name": "Ні", "kind": "lost", "colour": "pink" },
    ]);
    let own = value!({ "name": "Своя", "storefront": world.ours.id, "stages": stages });
    let own = json(script.post("/funnels", own).await, StatusCode::CREATED).await;
    assert_eq!(own["stages"][0]["public_name"], "Нове");
    assert_eq!((&own["stages"][1]["colour"], &own["stages"][2]["colour"]), (&value!("green"), &value!("pink")));

    let renamed = script.request(Method::PATCH, &path).header("if-match", &first).json(&value!({ "name": "Опт" }));
    let renamed = ask(renamed, &script.token).await;
    let second = tag(&renamed);
    assert_eq!(json(renamed, StatusCode::OK).await["name"], "Опт");
    assert_ne!(first, second);
    let kept = world.app.fingerprint().await;
    for (method, body) in [(Method::PATCH, value!({ "name": "Інша" })), (Method::DELETE, value!({}))] {
        let stale = script.request(method, &path).header("if-match", &first).json(&body);
        let refused = ask(stale, &script.token).await;
        assert_eq!(tag(&refused), second);
        problem(refused, StatusCode::PRECONDITION_FAILED).await;
    }
    let storefront = world.ours.id;
    let one = value!([{ "name": "Один" }]);
    for (body, status) in [
        (value!({ "name": "", "storefront": storefront }), StatusCode::UNPROCESSABLE_ENTITY),
        (value!({ "name": "я".repeat(81), "storefront": storefront }), StatusCode::UNPROCESSABLE_ENTITY),
        (value!({ "name": "А", "storefront": storefront, "stages": [] }), StatusCode::UNPROCESSABLE_ENTITY),
        (
            value!({ "name": "А", "storefront": storefront, "stages": [{ "name": " " }] }),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            value!({ "name": "А", "storefront": storefront, "stages": [{ "name": "Б", "limit_hours": 0 }] }),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            value!({ "name": "А", "storefront": storefront, "stages": one, "preset": "sales" }),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (value!({ "name": "А", "storefront": storefront, "preset": "magic" }), StatusCode::BAD_REQUEST),
        (value!({ "name": "А", "storefront": storefront, "id": 7 }), StatusCode::BAD_REQUEST),
        // Another one's, one that is not there, and everybody's, which takes belonging everywhere.
        (value!({ "name": "А", "storefront": world.theirs.id }), StatusCode::NOT_FOUND),
        (value!({ "name": "А", "storefront": 999 }), StatusCode::NOT_FOUND),
        (value!({ "name": "А" }), StatusCode::FORBIDDEN),
    ] {
        let refused = script.post("/funnels", body.clone()).await;
        assert_eq!(refused.status(), status, "{body}");
        problem(refused, status).await;
    }
    assert_eq!(world.app.fingerprint().await, kept);
    assert_eq!(script.delete(&path).await.status(), StatusCode::NO_CONTENT);
    script.refuses(script.read(&path).await, StatusCode::NOT_FOUND).await;
    script.refuses(script.delete(&path).await, StatusCode::NOT_FOUND).await;
}

#[tokio::test]
async fn stages_are_added_changed_put_in_order_and_removed() {
    let world = World::new().await;
    let script = head(&world).await;
    let path = format!("/funnels/{}/stages", world.ours.funnel.id);
    let before = script.get(&path).await["stages"].as_array().expect("a list").clone();
    let made = script.post(&path, value!({ "name": "Пакування", "limit_hours": 8, "index": 1 })).await;
    let own = place(&made);
    let stage = json(made, StatusCode::CREATED).await;
    assert_eq!(script.get(&own).await, stage);
    let now = script.get(&path).await["stages"].as_array().expect("a list").clone();
    assert_eq!((now.len(), &now[1]), (before.len() + 1, &stage));

    let patched =
        script.patch(&own, value!({ "limit_hours": null, "colour": "brown", "public_name": "Пакуємо" })).await;
    let patched = json(patched, StatusCode::OK).await;
    assert_eq!(patched["name"], "Пакування", "what is not named stays");
    assert_eq!((patched.get("limit_hours"), &patched["colour"]), (None, &value!("brown")));

    let ids: Vec<i64> = now.iter().rev().map(|stage| stage["id"].as_i64().expect("an id")).collect();
    let order = script.request(Method::PUT, &format!("{path}/order")).json(&value!({ "order": ids }));
    let order = json(ask(order, &script.token).await, StatusCode::OK).await;
    let told: Vec<i64> =
        order["stages"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_i64()).collect();
    assert_eq!(told, ids);

    let deal = world.deal(&world.ours, "Олена").await;
    let with_deals = format!("{path}/{}", deal.stage);
    let kept = world.app.fingerprint().await;
    let (elsewhere, foreign) = (&before[1]["id"], world.theirs.funnel.stages[0].id);
    for query in [String::new(), "?move_to=999".to_owned(), format!("?move_to={foreign}")] {
        let refused = script.delete(&format!("{with_deals}{query}")).await;
        assert_eq!(problem(refused, StatusCode::UNPROCESSABLE_ENTITY).await["field"], "move_to", "{query}");
    }
    for (answer, status) in [
        (script.patch(&own, value!({ "name": null })).await, StatusCode::UNPROCESSABLE_ENTITY),
        (script.patch(&own, value!({ "limit_hours": 87_601 })).await, StatusCode::UNPROCESSABLE_ENTITY),
        (script.patch(&own, value!({ "colour": null })).await, StatusCode::BAD_REQUEST),
        (script.patch(&own, value!({ "id": 1 })).await, StatusCode::BAD_REQUEST),
        (script.patch(&format!("{path}/{foreign}"), value!({ "name": "Їхній" })).await, StatusCode::NOT_FOUND),
        (script.patch(&format!("{path}/999"), value!({ "name": "Нічий" })).await, StatusCode::NOT_FOUND),
        (script.delete(&format!("{path}/999")).await, StatusCode::NOT_FOUND),
        (script.delete(&format!("{with_deals}?to=1")).await, StatusCode::BAD_REQUEST),
    ] {
        problem(answer, status).await;
    }
    let short = script.request(Method::PUT, &format!("{path}/order")).json(&value!({ "order": ids[1..] }));
    let refused = problem(ask(short, &script.token).await, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(refused["field"], "order");
    assert_eq!(world.app.fingerprint().await, kept);
    assert_eq!(script.delete(&format!("{with_deals}?move_to={elsewhere}")).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(script.get(&format!("/deals/{}", deal.id)).await["card"]["stage"], *elsewhere);
}

#[tokio::test]
async fn lost_reasons_are_added_renamed_and_retired() {
    let world = World::new().await;
    let script = head(&world).await;
    let made = script.post("/lost-reasons", value!({ "name": "Передумали зовсім" })).await;
    let (path, first) = (place(&made), tag(&made));
    let reason = json(made, StatusCode::CREATED).await;
    assert!(script.get("/lost-reasons").await["lost_reasons"].as_array().is_some_and(|all| all.contains(&reason)));
    assert_eq!(script.get(&path).await, reason);
    let renamed = json(script.patch(&path, value!({ "name": "Передумав зовсім" })).await, StatusCode::OK).await;
    assert_eq!((&renamed["id"], &renamed["name"]), (&reason["id"], &value!("Передумав зовсім")));
    let kept = world.app.fingerprint().await;
    let stale = script.request(Method::DELETE, &path).header("if-match", first);
    problem(ask(stale, &script.token).await, StatusCode::PRECONDITION_FAILED).await;
    let taken = problem(
        script.post("/lost-reasons", value!({ "name": "Передумав зовсім" })).await,
        StatusCode::UNPROCESSABLE_ENTITY,
    );
    assert_eq!(taken.await["field"], "name");
    script.refuses(script.patch("/lost-reasons/999", value!({ "name": "Ні" })).await, StatusCode::NOT_FOUND).await;
    assert_eq!(world.app.fingerprint().await, kept);
    assert_eq!(script.delete(&path).await.status(), StatusCode::NO_CONTENT);
    script.refuses(script.read(&path).await, StatusCode::NOT_FOUND).await;
}

#[tokio::test]
async fn storefronts_are_those_one_belongs_to() {
    let world = World::new().await;
    let (head, owner) = (head(&world).await, owner(&world).await);
    let (ours, theirs) = (format!("/storefronts/{}", world.ours.id), format!("/storefronts/{}", world.theirs.id));
    let seen = head.get("/storefronts").await;
    assert_eq!(seen["storefronts"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&seen["storefronts"][0]["id"], &seen["storefronts"][0]["hook_key"]),
        (&value!(world.ours.id), &Value::Null)
    );
    let bounded = Script { world: &world, token: world.token(Role::Admin, &[world.ours.id]).await };
    let kept = world.app.fingerprint().await;
    let (hidden, nothing) = (head.read(&theirs).await, head.read("/storefronts/999").await);
    assert_eq!(problem(hidden, StatusCode::NOT_FOUND).await, problem(nothing, StatusCode::NOT_FOUND).await);
    head.refuses(head.patch(&ours, value!({ "colour": "teal" })).await, StatusCode::FORBIDDEN).await;
    head.refuses(head.patch(&theirs, value!({ "colour": "teal" })).await, StatusCode::NOT_FOUND).await;
    head.refuses(head.post("/storefronts", value!({ "name": "Ще", "currency": "UAH" })).await, StatusCode::FORBIDDEN)
        .await;
    bounded
        .refuses(bounded.post("/storefronts", value!({ "name": "Ще", "currency": "UAH" })).await, StatusCode::FORBIDDEN)
        .await;
    for (body, field) in [
        (value!({ "name": "Чай", "currency": "UAH" }), "name"),
        (value!({ "name": "", "currency": "UAH" }), "name"),
        (value!({ "name": "Ще", "currency": "гривня" }), "currency"),
    ] {
        let refused = owner.post("/storefronts", body).await;
        assert_eq!(problem(refused, StatusCode::UNPROCESSABLE_ENTITY).await["field"], field);
    }
    owner.refuses(owner.patch(&ours, value!({ "currency": "EUR" })).await, StatusCode::BAD_REQUEST).await;
    let taken = owner.patch(&ours, value!({ "name": "Чай" })).await;
    assert_eq!(problem(taken, StatusCode::UNPROCESSABLE_ENTITY).await["field"], "name");
    assert_eq!(world.app.fingerprint().await, kept);

    let key = CommandId::new_v4().to_string();
    let create = || {
        let request = owner.request(Method::POST, "/storefronts").header("idempotency-key", &key);
        ask(request.json(&value!({ "name": "Посуд", "currency": "eur" })), &owner.token)
    };
    let made = create().await;
    let path = place(&made);
    let made = json(made, StatusCode::CREATED).await;
    assert_eq!(made["currency"], "EUR");
    assert!(made["hook_key"].is_string());
    assert_eq!(json(create().await, StatusCode::CREATED).await, made);
    let changed = json(owner.patch(&path, value!({ "colour": "teal" })).await, StatusCode::OK).await;
    assert_eq!((&changed["name"], &changed["colour"]), (&value!("Посуд"), &value!("teal")));
    assert_eq!(owner.get(&path).await, changed);
}

#[tokio::test]
async fn the_team_is_told_to_admins_and_sources_to_everybody() {
    let world = World::new().await;
    let (head, owner) = (head(&world).await, owner(&world).await);
    let user = world.someone(Role::Manager, &[world.ours.id]).await.user;
    let all = owner.get("/users").await;
    let found = all["users"].as_array().expect("a list").iter().find(|one| one["id"] == user.0).expect("there");
    assert_eq!(&owner.get(&format!("/users/{user}")).await, found);
    owner.refuses(owner.read("/users/999").await, StatusCode::NOT_FOUND).await;
    for path in ["/users".to_owned(), format!("/users/{user}"), "/users/999".to_owned()] {
        head.refuses(head.read(&path).await, StatusCode::FORBIDDEN).await;
    }
    let sources = head.get("/sources").await;
    let keys: Vec<&str> =
        sources["sources"].as_array().expect("a list").iter().filter_map(|one| one["key"].as_str()).collect();
    assert!(keys.contains(&"call") && keys.len() == 11, "{keys:?}");
}
