//! Imports through the API: brought once, understood, checked, taken in, told about, taken back; and all that is refused.

use std::time::{Duration, Instant};

use crate::common::contract::ask;
use crate::common::{World, json, problem, system};
use app::ctx::now;
use domain::auth::{Role, Who};
use domain::board::Filter;
use domain::ids::*;
use domain::import::{Failure, Field, ImportState, Kind, NewImport, Preset};
use http::StatusCode;
use reqwest::{Body, Method, Response};
use serde_json::{Value, json as value};
use server::http::rest::openapi::whole;
use sha2::{Digest, Sha256};
use store::Ctx;
use store::import::NewRow;

/// Until an import of a few rows has ended.
const END_TIME_MAX: Duration = Duration::from_secs(60);
const DAY: Millis = 86_400_000;
const ORDERS: &str = "Номер замовлення;Клієнт;Телефон;Сума замовлення\n\
    1001;Олена Коваль;050 111 22 33;1 250,50\n\
    1002;Тарас Мельник;067 111 22 33;багато\n\
    1003;Ірина Бойко;093 111 22 33;300\n\
    1004;Марко Савчук;навпростець;скільки завгодно\n";

fn ours(world: &World) -> String {
    format!("storefront={}&kind=orders&funnel={}&file_name=Кава.csv", world.ours.id, world.ours.funnel.id)
}

/// With a key of its own where one is given.
async fn bring(world: &World, token: &str, query: &str, (key, file): (Option<&str>, impl Into<Body>)) -> Response {
    let mut request = world.app.post(&format!("/api/v1/imports?{query}")).header("content-type", "text/csv");
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    ask(request.body(file), token).await
}

async fn get(world: &World, token: &str, path: &str) -> Value {
    json(ask(world.app.get(&format!("/api/v1{path}")), token).await, StatusCode::OK).await
}

async fn start(world: &World, token: &str, import: &Value, body: &Value) -> Response {
    ask(world.app.post(&format!("/api/v1/imports/{import}/start")).json(body), token).await
}

/// An import as it is when nothing goes on with it any more.
async fn ended(world: &World, token: &str, import: &Value) -> Value {
    let begun = Instant::now();
    loop {
        let now = get(world, token, &format!("/imports/{import}")).await;
        if !matches!(now["state"].as_str(), Some("checking" | "running" | "undoing")) {
            return now;
        }
        assert!(begun.elapsed() < END_TIME_MAX, "{now}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The customers on our board, by name.
async fn customers(world: &World) -> Vec<String> {
    let page = world.store().deals_page(&system(), None, None, &Filter::default(), (DealId(0), 200)).await;
    let mut names: Vec<String> = page.expect("deals").into_iter().map(|card| card.customer_name).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_file_is_brought_checked_imported_told_about_and_taken_back() {
    let world = World::new().await;
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let answer = bring(&world, &token, &ours(&world), (None, ORDERS)).await;
    let place = answer.headers()["location"].to_str().expect("ASCII").to_owned();
    let draft = json(answer, StatusCode::CREATED).await;
    let id = &draft["import"]["id"];
    assert_eq!(place, format!("/api/v1/imports/{id}"));
    assert_eq!((&draft["import"]["state"], &draft["import"]["file_name"]), (&value!("uploaded"), &value!("Кава.csv")));
    assert_eq!(draft["mapping"]["columns"], value!(["order_number", "name", "phone", "sum"]));
    assert_eq!(draft["values"][1], value!(["Олена Коваль", "Тарас Мельник", "Ірина Бойко"]));

    let checking = json(start(&world, &token, id, &value!({ "purpose": "check" })).await, StatusCode::ACCEPTED).await;
    assert_eq!(checking["mapping"], draft["mapping"], "as it was guessed");
    let checked = ended(&world, &token, id).await;
    assert_eq!((&checked["state"], &checked["counts"]["refused"]), (&value!("checked"), &value!(2)));
    assert_eq!(customers(&world).await, Vec::<String>::new());

    let body = value!({ "purpose": "import", "mapping": draft["mapping"] });
    json(start(&world, &token, id, &body).await, StatusCode::ACCEPTED).await;
    let done = ended(&world, &token, id).await;
    assert_eq!((&done["state"], &done["counts"]["made"]), (&value!("done"), &value!(2)));
    assert_eq!(customers(&world).await, ["Ірина Бойко", "Олена Коваль"]);
    assert_eq!(get(&world, &token, "/imports").await["imports"], value!([done]));

    // Page by page, in words and in keys.
    let first = get(&world, &token, &format!("/imports/{id}/refused?limit=1")).await;
    let detail = "This is not a number";
    let wrong = value!([{ "column": 3, "field": "sum", "why": "not_a_number", "detail": detail }]);
    let row = value!({ "row": 3, "cells": ["1002", "Тарас Мельник", "067 111 22 33", "багато"], "wrong": wrong });
    assert_eq!(first["rows"], value!([row]));
    let cursor = first["next_cursor"].as_str().expect("more");
    let last = get(&world, &token, &format!("/imports/{id}/refused?limit=1&cursor={cursor}")).await;
    assert_eq!((&last["rows"][0]["row"], &last["next_cursor"]), (&value!(5), &Value::Null));
    let report = world.app.get(&format!("/api/v1/imports/{id}/report.csv")).header("accept-language", "uk");
    let report = ask(report, &token).await;
    assert_eq!(report.status(), StatusCode::OK);
    let text = report.text().await.expect("a file");
    assert!(text.trim_start_matches('\u{FEFF}').starts_with("Рядок;Колонка;Причина;Номер замовлення;"), "{text}");
    let packed = world.app.get(&format!("/api/v1/imports/{id}/report.csv")).header("accept-encoding", "gzip");
    let packed = ask(packed, &token).await;
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert!(!packed.bytes().await.expect("a whole file").is_empty());

    let undo = world.app.request(Method::DELETE, &format!("/api/v1/imports/{id}"));
    json(ask(undo, &token).await, StatusCode::ACCEPTED).await;
    let undone = ended(&world, &token, id).await;
    assert_eq!((&undone["state"], &undone["counts"]["undone"]), (&value!("undone"), &value!(2)));
    assert_eq!(customers(&world).await, Vec::<String>::new());

    // A month later nobody needs the cells any more.
    world.store().tidy(now() + 31 * DAY).await.expect("tidied");
    for path in ["refused", "report.csv"] {
        let request = world.app.get(&format!("/api/v1/imports/{id}/{path}"));
        problem(ask(request, &token).await, StatusCode::GONE).await;
    }
}

#[tokio::test]
async fn the_same_key_brings_a_file_once() {
    let world = World::new().await;
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let key = uuid::Uuid::new_v4().to_string();
    let query = ours(&world);
    let first = json(bring(&world, &token, &query, (Some(key.as_str()), ORDERS)).await, StatusCode::CREATED).await;
    let again = json(bring(&world, &token, &query, (Some(key.as_str()), ORDERS)).await, StatusCode::CREATED).await;
    assert_eq!(again, first);
    let before = world.app.fingerprint().await;
    let other = ORDERS.replace("300", "301");
    let refused = bring(&world, &token, &query, (Some(key.as_str()), other)).await;
    let refused = problem(refused, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!((&refused["field"], &refused["fault"]), (&value!("Idempotency-Key"), &value!("reused")));
    assert_eq!(world.app.fingerprint().await, before, "another file of the same headings is another file");
    let second = json(bring(&world, &token, &query, (None, ORDERS)).await, StatusCode::CREATED).await;
    assert_ne!(second["import"]["id"], first["import"]["id"]);
}

#[tokio::test]
async fn a_file_that_broke_off_goes_on_under_its_key() {
    let world = World::new().await;
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let actor = world.store().actor_of_token(&token, now()).await.expect("a look").expect("a token");
    let (ctx, key) = (Ctx { actor, now: now() }, CommandId::new_v4());
    let row = |line: &str| line.split(';').map(str::to_owned).collect::<Vec<String>>();
    let mut lines = ORDERS.lines();
    let new = NewImport {
        kind: Kind::Orders,
        storefront: world.ours.id,
        funnel: Some(world.ours.funnel.id),
        file_name: "Кава.csv".into(),
        headings: row(lines.next().expect("headings")),
    };
    let digest: String = Sha256::digest(ORDERS).iter().map(|byte| format!("{byte:02x}")).collect();
    // A server that was killed after the first row.
    let begun = world.store().begin_import_of(&ctx, key, new, &digest).await.expect("begun");
    let cells = row(lines.next().expect("a row"));
    world.store().add_rows(&ctx, begun, vec![NewRow { row: 2, cells }]).await.expect("a row");
    let draft = bring(&world, &token, &ours(&world), (Some(key.to_string().as_str()), ORDERS)).await;
    let draft = json(draft, StatusCode::CREATED).await;
    assert_eq!((&draft["import"]["id"], &draft["import"]["counts"]["total"]), (&value!(begun), &value!(4)));
    let rows = world.store().sample_rows(&ctx, begun, 10).await.expect("rows");
    assert_eq!(rows, ORDERS.lines().skip(1).map(row).collect::<Vec<_>>());
}

#[tokio::test]
async fn two_who_bring_one_file_by_one_key_bring_it_once() {
    let world = World::new().await;
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let key = uuid::Uuid::new_v4().to_string();
    let long: String = (0..5_000).map(|n| format!("Олена {n};+38050{n:07}\n")).collect();
    let (file, query) = (format!("Name;Phone\n{long}"), format!("storefront={}&kind=customers", world.ours.id));
    let both = [(); 2].map(|()| bring(&world, &token, &query, (Some(key.as_str()), file.clone())));
    for answer in futures::future::join_all(both).await {
        // Whose rows were slower is asked to come again.
        assert!(matches!(answer.status(), StatusCode::CREATED | StatusCode::SERVICE_UNAVAILABLE), "{answer:?}");
    }
    let last = json(bring(&world, &token, &query, (Some(key.as_str()), file)).await, StatusCode::CREATED).await;
    assert_eq!(last["import"]["counts"]["total"], 5_000);
    assert_eq!(get(&world, &token, "/imports").await["imports"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_file_may_be_longer_than_any_other_body_and_no_longer_than_it_may() {
    let world = World::new().await;
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let query = format!("storefront={}&kind=customers", world.ours.id);
    let row = format!("Олена;{}\n", "x".repeat(8_000));
    let file = format!("Name;Comment\n{}", row.repeat(300));
    let draft = json(bring(&world, &token, &query, (None, file)).await, StatusCode::CREATED).await;
    assert_eq!(draft["import"]["counts"]["total"], 300);
    let before = world.app.fingerprint().await;
    let long = bring(&world, &token, &query, (None, vec![b'x'; 60 * 1_024 * 1_024])).await;
    problem(long, StatusCode::PAYLOAD_TOO_LARGE).await;
    let id = &draft["import"]["id"];
    let body = value!({ "purpose": "check", "mapping": "x".repeat(100 * 1_024) });
    problem(start(&world, &token, id, &body).await, StatusCode::PAYLOAD_TOO_LARGE).await;
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn what_can_t_be_brought_is_refused_and_leaves_nothing() {
    let world = World::in_app(crate::common::TestApp::behind_a_proxy().await).await;
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let before = world.app.fingerprint().await;
    let shop = world.ours.id;
    for (query, what) in [
        (String::new(), "storefront"),
        ("kind=orders".to_owned(), "storefront"),
        ("storefront=x&kind=orders".to_owned(), "storefront"),
        (format!("storefront={shop}"), "kind"),
        (format!("storefront={shop}&kind=everything"), "kind"),
        (format!("storefront={shop}&kind=orders&funnel=x"), "funnel"),
        (format!("storefront={shop}&kind=orders&name=x"), "name"),
        (format!("storefront={shop}&kind=orders&kind=deals"), "kind"),
        (format!("storefront={shop}&kind=orders&file_name={}", "x".repeat(201)), "file_name"),
    ] {
        let refused = problem(bring(&world, &token, &query, (None, ORDERS)).await, StatusCode::BAD_REQUEST).await;
        assert_eq!(refused["in"], what, "{query}");
    }
    let query = ours(&world);
    let no_key = bring(&world, &token, &query, (Some("mine"), ORDERS)).await;
    assert_eq!(problem(no_key, StatusCode::BAD_REQUEST).await["in"], "Idempotency-Key");
    for kind in ["", "application/json", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let request = world.app.post(&format!("/api/v1/imports?{query}")).header("content-type", kind).body(ORDERS);
        problem(ask(request, &token).await, StatusCode::UNSUPPORTED_MEDIA_TYPE).await;
    }
    let files: [(&[u8], &str); 5] = [
        (b"", "no_rows"),
        (b"Name;Phone\n", "no_rows"),
        (b"<html><body>Error 500</body></html>", "not_a_table"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "other_workbook"),
        (b"PK\x03\x04 cut off", "not_a_table"),
    ];
    for (file, fault) in files {
        let refused = bring(&world, &token, &query, (None, file.to_vec())).await;
        let refused = problem(refused, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(refused["fault"], fault);
        assert!(refused["detail"].as_str().is_some_and(|words| !words.is_empty()), "{refused}");
    }
    let funnel = format!("storefront={shop}&kind=orders&funnel={}", world.theirs.funnel.id);
    problem(bring(&world, &token, &funnel, (None, ORDERS)).await, StatusCode::NOT_FOUND).await;
    assert_eq!(world.app.fingerprint().await, before);
    let folder = &world.app.running.as_ref().expect("running").state.config.data_dir;
    let left = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.file_name());
    let left: Vec<_> = left.filter(|name| name.to_string_lossy().ends_with(".upload")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn what_can_t_be_started_says_why() {
    let world = World::new().await;
    // What is going stays as it is.
    world.app.running.as_ref().expect("running").importer.abort();
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let draft = json(bring(&world, &token, &ours(&world), (None, ORDERS)).await, StatusCode::CREATED).await;
    let id = &draft["import"]["id"];
    let before = world.app.fingerprint().await;
    let mut mapping = draft["mapping"].clone();
    mapping["columns"] = value!(["name", "sum", "sum", null]);
    let body = value!({ "purpose": "check", "mapping": mapping });
    let refused = problem(start(&world, &token, id, &body).await, StatusCode::UNPROCESSABLE_ENTITY).await;
    let errors = refused["errors"].as_array().expect("all of them");
    let faults: Value = errors.iter().map(|error| error["fault"].clone()).collect();
    assert_eq!((&refused["fault"], faults), (&value!("mapping"), value!(["missing", "twice"])));
    for body in [
        value!({}),
        value!({ "purpose": "guess" }),
        value!({ "purpose": "check", "dry": true }),
        value!({ "purpose": "check", "mapping": { "columns": [] } }),
    ] {
        problem(start(&world, &token, id, &body).await, StatusCode::BAD_REQUEST).await;
    }
    let call = async |method: Method, path: &str| {
        ask(world.app.request(method, &format!("/api/v1/imports/{path}")), &token).await
    };
    let fault = async |answer: Response| problem(answer, StatusCode::UNPROCESSABLE_ENTITY).await["fault"].clone();
    assert_eq!(fault(call(Method::DELETE, &id.to_string()).await).await, "not_now", "nothing is there to be undone");
    assert_eq!(fault(call(Method::POST, &format!("{id}/stop")).await).await, "not_now");
    problem(call(Method::DELETE, "999999").await, StatusCode::NOT_FOUND).await;
    assert_eq!(world.app.fingerprint().await, before);

    let check = value!({ "purpose": "check" });
    json(start(&world, &token, id, &check).await, StatusCode::ACCEPTED).await;
    assert_eq!(fault(start(&world, &token, id, &check).await).await, "not_now", "it is going already");
    let other = json(bring(&world, &token, &ours(&world), (None, ORDERS)).await, StatusCode::CREATED).await;
    let other = start(&world, &token, &other["import"]["id"], &check).await;
    assert_eq!(fault(other).await, "another_is_going");
    let stopped = json(call(Method::POST, &format!("{id}/stop")).await, StatusCode::OK).await;
    assert_eq!(stopped["state"], "uploaded", "a check has made nothing");
}

#[tokio::test]
async fn a_start_is_carried_out_once_by_its_key() {
    let world = World::new().await;
    world.app.running.as_ref().expect("running").importer.abort();
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let draft = json(bring(&world, &token, &ours(&world), (None, ORDERS)).await, StatusCode::CREATED).await;
    let key = uuid::Uuid::new_v4().to_string();
    let send = async |purpose: &str| {
        let request = world.app.post(&format!("/api/v1/imports/{}/start", draft["import"]["id"]));
        ask(request.header("idempotency-key", &key).json(&value!({ "purpose": purpose })), &token).await
    };
    let first = json(send("import").await, StatusCode::ACCEPTED).await;
    assert_eq!(json(send("import").await, StatusCode::ACCEPTED).await, first);
    assert_eq!(problem(send("check").await, StatusCode::UNPROCESSABLE_ENTITY).await["fault"], "reused");
}

#[tokio::test]
async fn the_head_of_a_list_is_not_made() {
    let world = World::new().await;
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let before = world.app.fingerprint().await;
    let request = world.app.request(Method::HEAD, "/api/v1/export/deals.csv").bearer_auth(&token);
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.headers()["allow"], "GET");
    assert_eq!(world.app.fingerprint().await, before, "nobody took anything out");
}

#[test]
fn the_description_names_every_word() {
    let schema = |path: &str| whole().pointer(&format!("/components/schemas/{path}/enum")).expect(path).clone();
    let with_null = |words: Vec<&str>| words.into_iter().map(Value::from).chain([Value::Null]).collect::<Value>();
    let fields = Field::ALL.map(Field::key);
    assert_eq!(schema("ImportField"), value!(fields));
    assert_eq!(schema("ImportMapping/properties/columns/items"), with_null(fields.to_vec()));
    assert_eq!(schema("ImportMapping/properties/preset"), value!(Preset::ALL.map(Preset::key)));
    assert_eq!(schema("Import/properties/kind"), value!(Kind::ALL.map(Kind::key)));
    assert_eq!(schema("Import/properties/state"), value!(ImportState::ALL.map(ImportState::key)));
    assert_eq!(schema("Import/properties/failure"), with_null(Failure::ALL.map(Failure::key).to_vec()));
}

#[tokio::test]
async fn a_script_s_third_file_waits() {
    let world = World::new().await;
    let (who, token) = script(&world).await;
    let uploads = world.app.running.as_ref().expect("running").state.uploads.clone();
    let held = [uploads.take(who), uploads.take(who)];
    assert!(held.iter().all(Result::is_ok));
    let before = world.app.fingerprint().await;
    let answer = bring(&world, &token, &ours(&world), (None, ORDERS)).await;
    assert!(answer.headers().contains_key("retry-after"));
    let refused = problem(answer, StatusCode::TOO_MANY_REQUESTS).await;
    assert!(refused["detail"].as_str().is_some_and(|words| words.contains("Two of your files")), "{refused}");
    assert_eq!(world.app.fingerprint().await, before);
    drop(held);
    json(bring(&world, &token, &ours(&world), (None, ORDERS)).await, StatusCode::CREATED).await;
}

async fn script(world: &World) -> (Who, String) {
    let token = world.token(Role::Head, &[world.ours.id]).await;
    let actor = world.store().actor_of_token(&token, now()).await.expect("a look").expect("an actor");
    (actor.who, token)
}
