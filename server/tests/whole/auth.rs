//! Who may do what by which door: every route for every role in both shops, and whoever is nobody.

use crate::common::ear::{Ear, Heard, refusal, request};
use crate::common::{Shop, Someone, World, json, phone_of, problem, session_begun, system};
use app::ctx::now;
use domain::auth::{Actor, Role};
use domain::board::Card;
use domain::funnels::presets::Preset;
use domain::i18n::Lang;
use domain::ids::*;
use http::StatusCode;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json as value};
use store::Ctx;
use store::auth::{NewToken, UserChange};
use store::funnels::NewFunnel;

/// A route of the API, and what it takes.
struct Route {
    method: Method,
    path: &'static str,
    /// Names one deal: a foreign one does not exist.
    names: bool,
    /// The least role that it answers.
    least: Role,
}

fn routes() -> [Route; 5] {
    let get = |path, names| Route { method: Method::GET, path, names, least: Role::Viewer };
    [
        get("/api/v1/deals", false),
        get("/api/v1/deals/{deal}", true),
        get("/api/v1/funnels", false),
        get("/api/v1/events?limit=500", false),
        Route { method: Method::POST, path: "/api/v1/deals/{deal}/move", names: true, least: Role::Manager },
    ]
}

impl Route {
    fn to(&self, world: &World, deal: &Card, stage: StageId) -> RequestBuilder {
        let request = world.app.request(self.method.clone(), &self.path.replace("{deal}", &deal.id.to_string()));
        if self.method == Method::POST { request.json(&value!({ "stage": stage })) } else { request }
    }
}

#[tokio::test]
async fn every_route_answers_every_role_as_the_table_says() {
    let world = World::new().await;
    let (ours, theirs) = (world.deal(&world.ours, "Олена").await, world.deal(&world.theirs, "Чужа").await);
    let names = [(&world.ours, &ours, &theirs), (&world.theirs, &theirs, &ours)];
    for (shop, own, foreign) in names {
        for role in Role::ALL {
            let token = world.token(role, &[shop.id]).await;
            for route in routes() {
                let place = format!("{role:?} {} {}", route.method, route.path);
                let before = world.app.fingerprint().await;
                if route.names {
                    let request = route.to(&world, foreign, shop.funnel.stages[1].id).bearer_auth(&token);
                    problem(request.send().await.expect("an answer"), StatusCode::NOT_FOUND).await;
                    assert_eq!(world.app.fingerprint().await, before, "{place}");
                }
                let request = route.to(&world, own, shop.funnel.stages[1].id).bearer_auth(&token);
                let answer = request.send().await.expect("an answer");
                if role < route.least {
                    problem(answer, StatusCode::FORBIDDEN).await;
                    assert_eq!(world.app.fingerprint().await, before, "{place}");
                } else {
                    nothing_foreign(&json(answer, StatusCode::OK).await, shop.id, &place);
                }
            }
        }
    }
}

/// Whatever names its storefront names this one.
fn nothing_foreign(answer: &Value, storefront: StorefrontId, place: &str) {
    match answer {
        Value::Object(fields) => {
            let own = fields.get("storefront").is_none_or(|named| named.is_null() || *named == value!(storefront));
            assert!(own, "{place}: {answer}");
            fields.values().for_each(|field| nothing_foreign(field, storefront, place));
        }
        Value::Array(items) => items.iter().for_each(|item| nothing_foreign(item, storefront, place)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn nobody_gets_nothing_from_the_api() {
    let world = World::new().await;
    let deal = world.deal(&world.ours, "Олена").await;
    let owner = world.someone(Role::Owner, &[]).await;
    let (spent, gone) = (token(&world, Some(now() - 1)).await, token(&world, None).await);
    let known = world.store().tokens(&system()).await.expect("tokens");
    let last = known.last().expect("the last").id;
    world.store().revoke_token(&system(), CommandId::new_v4(), last).await.expect("revoked");
    let before = world.app.fingerprint().await;
    for route in routes() {
        let request = || route.to(&world, &deal, world.ours.funnel.stages[1].id);
        let requests = [
            request(),
            request().header("cookie", &owner.cookie).header("sec-fetch-site", "same-origin"),
            request().bearer_auth(&owner.token),
            request().bearer_auth(&spent),
            request().bearer_auth(&gone),
            request().bearer_auth("x".repeat(10_000)),
            request().basic_auth("owner", Some("password")),
        ];
        for request in requests {
            let answer = request.send().await.expect("an answer");
            assert!(answer.headers()["www-authenticate"].to_str().is_ok_and(|kind| kind.starts_with("Bearer")));
            problem(answer, StatusCode::UNAUTHORIZED).await;
        }
    }
    assert_eq!(world.app.fingerprint().await, before);
}

async fn token(world: &World, expires_at: Option<Millis>) -> String {
    let new = NewToken { name: "script".into(), role: Role::Owner, storefronts: vec![], expires_at };
    world.store().create_token(&system(), CommandId::new_v4(), new).await.expect("a token").1
}

#[tokio::test]
async fn who_guesses_tokens_is_shut_out_whatever_address_they_claim() {
    let world = World::new().await;
    let mut statuses = Vec::new();
    for guess in 0..80 {
        let request = world.app.get("/api/v1/deals").bearer_auth(format!("guess{guess}"));
        let request = request.header("x-forwarded-for", format!("10.1.1.{guess}"));
        statuses.push(request.send().await.expect("an answer").status());
    }
    assert_eq!(statuses.first(), Some(&StatusCode::UNAUTHORIZED));
    assert_eq!(statuses.last(), Some(&StatusCode::TOO_MANY_REQUESTS));
}

#[tokio::test]
async fn every_role_watches_its_own_boards() {
    let world = World::new().await;
    for role in Role::ALL {
        let someone = world.someone(role, &[world.ours.id]).await;
        Ear::on(&world.app, &someone, world.ours.funnel.id, None).await;
        let mut foreign = Ear::open(&world.app, &someone, world.theirs.funnel.id, None).await;
        let opened = matches!(foreign.heard().await, Heard::Said(_));
        assert_eq!(opened, role.sees_every_storefront(), "{role:?}");
    }
}

#[tokio::test]
async fn on_a_board_that_shops_share_each_hears_of_its_own_deals() {
    let world = World::new().await;
    let new =
        NewFunnel { name: "Спільна".into(), storefront: None, preset: Some(Preset::Sales), lang: Lang::Uk };
    let funnel = world.store().create_funnel(&system(), CommandId::new_v4(), new).await.expect("a funnel");
    let since = world.store().log_end().await.expect("the log");
    let shared = |shop: &Shop| Shop { id: shop.id, funnel: funnel.clone(), key: String::new() };
    let olena = world.someone(Role::Manager, &[world.ours.id]).await;
    let stranger = world.someone(Role::Manager, &[world.theirs.id]).await;
    let mut ear = Ear::on(&world.app, &olena, funnel.id, None).await;
    let mut strange = Ear::on(&world.app, &stranger, funnel.id, None).await;
    let deal = world.deal(&shared(&world.ours), "Олена").await;
    world.move_to(deal.id, 1).await;
    assert_eq!(ear.event().await.event.scope.deal, Some(deal.id));
    strange.hears_nothing().await;
    // Nor does a replay tell them, nor the API.
    Ear::on(&world.app, &stranger, funnel.id, Some(since)).await.hears_nothing().await;
    let token = world.token(Role::Manager, &[world.theirs.id]).await;
    for path in ["/api/v1/events?limit=500", "/api/v1/deals"] {
        let answer = world.app.get(path).bearer_auth(&token).send().await.expect("an answer");
        nothing_foreign(&json(answer, StatusCode::OK).await, world.theirs.id, path);
    }
}

#[tokio::test]
async fn foreign_pages_can_t_act_for_who_is_signed_in() {
    let world = World::new().await;
    let owner = world.someone(Role::Owner, &[]).await;
    let before = world.app.fingerprint().await;
    let mut paths: Vec<&str> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    paths.extend(["/api/nothing", "/", "/live", "/sign-in"]);
    for path in paths {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "http://evil.example"),
            ("origin", "null"),
            ("content-type", "text/plain"),
        ] {
            let request = world.app.post(path).header("cookie", &owner.cookie).header(name, value).body("{}");
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path} {name}: {value}");
        }
    }
    assert_eq!(world.app.fingerprint().await, before);
}

/// Server functions, whatever they take: to nobody none of them gives anything or changes anything.
#[tokio::test]
async fn nobody_gets_nothing_from_server_functions() {
    let world = World::new().await;
    world.deal(&world.ours, "Олена").await;
    let phone = phone_of("Олена");
    let before = world.app.fingerprint().await;
    for (path, _) in leptos::server_fn::axum::server_fn_paths() {
        for (kind, body) in [("application/json", "{}"), ("application/x-www-form-urlencoded", "")] {
            let request = world.app.post(path).header("content-type", kind).body(body);
            let text = request.send().await.expect("an answer").text().await.unwrap_or_default();
            assert!(!text.contains("Олена") && !text.contains(&phone), "{path}: {text}");
        }
    }
    assert_eq!(world.app.fingerprint().await, before);
}

async fn is_in(world: &World, someone: &Someone) -> bool {
    let page = world.app.get("/").header("cookie", &someone.cookie).send().await.expect("an answer");
    let query = format!("funnel={}", world.ours.funnel.id);
    let door = request(&world.app, &query, Some(&someone.cookie), Some(&world.app.url));
    match tokio_tungstenite::connect_async(door).await {
        Ok(_) => {
            assert!(!page.status().is_redirection(), "the socket opens, the page does not");
            true
        }
        Err(_) => {
            assert_eq!(page.headers()["location"], "/sign-in");
            false
        }
    }
}

#[tokio::test]
async fn a_cookie_that_somebody_planted_is_never_taken_over() {
    let world = World::new().await;
    let olena = world.someone(Role::Manager, &[world.ours.id]).await;
    let planted = Someone { user: olena.user, token: "planted".into(), cookie: "voronka=planted".into() };
    assert!(!is_in(&world, &planted).await);
    let page = world.app.get("/sign-in").header("cookie", &planted.cookie).send().await.expect("an answer");
    assert!(!page.headers().contains_key("set-cookie"));
    let again = world.signed_in(olena.user, now()).await;
    assert!(again.token != olena.token && again.token != planted.token && again.token.len() >= 43);
    assert!(is_in(&world, &again).await && !is_in(&world, &planted).await);
}

#[tokio::test]
async fn signing_in_over_a_planted_cookie_begins_a_session_that_nobody_knew() {
    let world = World::new().await;
    let olena = world.someone(Role::Manager, &[world.ours.id]).await;
    let ctx = world.ctx(&olena).await;
    world.store().change_password(&ctx, "", "довгий надійний пароль").await.expect("a password");
    let email = world.store().users(&system()).await.expect("users").remove(0).email;
    // One that was made up, and one that opens a session of who planted it.
    let mallory = world.someone(Role::Viewer, &[world.theirs.id]).await;
    let token = "p".repeat(43);
    let invented = Someone { user: mallory.user, cookie: format!("voronka={token}"), token };
    for planted in [&invented, &mallory] {
        let fields = [("email", email.as_str()), ("password", "довгий надійний пароль"), ("next", "/")];
        let request = world.app.submit("sign_in", &fields).header("cookie", &planted.cookie);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        let token = session_begun(&answer).expect("a session");
        assert!(token.len() >= 43 && ![&planted.token, &olena.token].contains(&&token));
        let begun = Someone { user: olena.user, cookie: format!("voronka={token}"), token };
        assert_eq!(world.ctx(&begun).await.actor.user(), Some(olena.user));
        assert!(is_in(&world, &begun).await && !is_in(&world, &invented).await);
        assert_eq!(world.ctx(&mallory).await.actor.user(), Some(mallory.user));
    }
}

#[tokio::test]
async fn sessions_end_with_time_and_with_a_new_password_and_with_their_user() {
    let world = World::new().await;
    let olena = world.someone(Role::Manager, &[world.ours.id]).await;
    let elsewhere = world.signed_in(olena.user, now()).await;
    assert!(is_in(&world, &olena).await && is_in(&world, &elsewhere).await);
    let old = world.signed_in(olena.user, now() - 61 * 86_400_000).await;
    let idle = world.signed_in(olena.user, now() - 15 * 86_400_000).await;
    assert!(!is_in(&world, &old).await && !is_in(&world, &idle).await);
    let session = world.store().session(&olena.token, now()).await.expect("a look").expect("a session");
    let ctx = Ctx { actor: session.actor, now: now() };
    let fresh = world.store().change_password(&ctx, "", "зовсім новий пароль").await.expect("changed");
    let fresh = Someone { user: olena.user, cookie: format!("voronka={}", fresh.token), token: fresh.token };
    assert!(!is_in(&world, &olena).await && !is_in(&world, &elsewhere).await && is_in(&world, &fresh).await);
    let wrong = world.store().change_password(&ctx, "не той", "ще один пароль").await;
    assert!(wrong.is_err() && is_in(&world, &fresh).await);
    world.change(olena.user, UserChange::Remove).await;
    assert!(!is_in(&world, &fresh).await);
}

#[tokio::test]
async fn a_token_is_no_session_and_the_machine_has_no_door() {
    let world = World::new().await;
    let token = world.token(Role::Owner, &[]).await;
    let query = format!("funnel={}", world.ours.funnel.id);
    let cookie = format!("voronka={token}");
    let door = request(&world.app, &query, Some(&cookie), Some(&world.app.url));
    assert_eq!(refusal(door).await, StatusCode::UNAUTHORIZED);
    let mut door = request(&world.app, &query, None, Some(&world.app.url));
    door.headers_mut().insert("authorization", format!("Bearer {token}").parse().expect("a header"));
    assert_eq!(refusal(door).await, StatusCode::UNAUTHORIZED);
    assert_eq!(Actor::system().user(), None);
}
