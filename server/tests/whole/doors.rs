//! Shopify's hooks and the form of landing pages, from outside.

use crate::common::{FORM, World, form, json, system};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::board::Card;
use domain::board::filter::Filter;
use domain::ids::{CommandId, DealId};
use domain::intake::{Got, Outcome, Reason, RecordFilter, Why};
use domain::money::Currency;
use hmac::{Hmac, KeyInit, Mac};
use http::StatusCode;
use serde_json::{Value, json as value};
use sha2::Sha256;

const SHOPIFY: &str = "shpss_of_the_app";
const PRODUCTS: &str = r#"a:1:{i:1;a:3:{s:10:"product_id";s:2:"12";s:5:"price";s:6:"499.50";s:5:"count";s:1:"2";}}"#;

async fn world() -> World {
    let world = World::new().await;
    let (store, ours) = (world.store(), world.ours.id);
    store.set_shopify_secret(&system(), CommandId::new_v4(), ours, SHOPIFY).await.expect("a secret");
    world
}

fn signature(body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SHOPIFY.as_bytes()).expect("a key");
    mac.update(body);
    STANDARD.encode(mac.finalize().into_bytes())
}

/// Some shops still send each header with "x-" before it.
async fn shopify(world: &World, prefix: &str, topic: &str, body: &Value) -> reqwest::Response {
    let body = body.to_string();
    let request = world.app.post(&format!("/hooks/shopify/{}", world.ours.key));
    let request = request.header(format!("{prefix}shopify-topic"), topic);
    let request = request.header(format!("{prefix}shopify-hmac-sha256"), signature(body.as_bytes()));
    request.body(body).send().await.expect("an answer")
}

fn checkout(token: &str) -> Value {
    value!({
        "id": 450789469, "token": token, "currency": "UAH", "total_price": "500.00",
        "created_at": "2026-11-23T10:00:00+02:00", "updated_at": "2026-11-23T10:00:00+02:00",
        "line_items": [{ "title": "Кава", "quantity": 1, "price": "500.00" }],
    })
}

fn order(id: i64, token: &str) -> Value {
    value!({
        "id": id, "name": format!("#{id}"), "checkout_token": token, "currency": "UAH", "total_price": "580.00",
        "financial_status": "paid", "email": "olena@ukr.net", "phone": "050 123 45 67",
        "created_at": "2026-11-23T10:05:00+02:00", "updated_at": "2026-11-23T10:05:00+02:00",
        "shipping_address": { "name": "Олена Коваль" },
        "line_items": [{ "title": "Кава", "quantity": 1, "price": "500.00" }],
    })
}

async fn cards(world: &World) -> Vec<Card> {
    let page = world.store().deals_page(&system(), None, None, &Filter::default(), (DealId(0), 200)).await;
    page.expect("deals")
}

async fn landing(world: &World, fields: &[(&str, &str)]) -> reqwest::Response {
    let request = world.app.post("/api/addNewOrder.html").header("content-type", FORM);
    request.body(form(fields)).send().await.expect("an answer")
}

#[tokio::test]
async fn a_checkout_becomes_its_order_on_the_same_deal() {
    let world = world().await;
    json(shopify(&world, "", "checkouts/create", &checkout("t1")).await, StatusCode::OK).await;
    let [lead] = &cards(&world).await[..] else { panic!("one lead") };
    assert_eq!(lead.order_number, None);
    let answer = json(shopify(&world, "x-", "orders/create", &order(1001, "t1")).await, StatusCode::OK).await;
    assert_eq!((answer["deal"].as_i64(), &answer["status"]), (Some(lead.id.0), &value!("received")));
    let [card] = &cards(&world).await[..] else { panic!("still one") };
    assert_eq!((card.order_number.as_deref(), card.sum), (Some("1001"), 58_000));
    assert_eq!(card.customer_name, "Олена Коваль");
    // The same again, another order of the same token, one that is none of ours.
    let again = json(shopify(&world, "", "orders/updated", &order(1001, "t1")).await, StatusCode::OK).await;
    assert_eq!(again["status"], "unchanged");
    json(shopify(&world, "", "orders/create", &order(1002, "t1")).await, StatusCode::OK).await;
    assert_eq!(cards(&world).await.len(), 2);
    let late = json(shopify(&world, "", "checkouts/update", &checkout("t9")).await, StatusCode::OK).await;
    assert_eq!(late["status"], "received", "a cart of its own");
    json(shopify(&world, "", "orders/create", &order(1003, "t8")).await, StatusCode::OK).await;
    let late = json(shopify(&world, "", "checkouts/update", &checkout("t8")).await, StatusCode::OK).await;
    assert_eq!(late["status"], "unchanged", "late news of a cart that was ordered");
    let other = json(shopify(&world, "", "products/update", &value!({})).await, StatusCode::OK).await;
    assert_eq!(other["status"], "ignored");
}

#[tokio::test]
async fn an_unsigned_word_of_shopify_changes_nothing() {
    let world = world().await;
    let before = world.app.fingerprint().await;
    let path = format!("/hooks/shopify/{}", world.ours.key);
    let body = order(1001, "t1").to_string();
    let woo = format!("/hooks/woocommerce/{}", world.ours.key);
    for (path, signed) in [(&path, "forged".to_owned()), (&path, String::new()), (&woo, signature(body.as_bytes()))] {
        let request = world.app.post(path).header("shopify-topic", "orders/create");
        let answer = request.header("shopify-hmac-sha256", signed).body(body.clone()).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{path}");
    }
    // The other storefront has no secret: nobody can sign for it, not even with an empty one.
    let theirs =
        world.app.post(&format!("/hooks/shopify/{}", world.theirs.key)).header("shopify-topic", "orders/create");
    let answer = theirs.header("shopify-hmac-sha256", signature(body.as_bytes())).body(body).send().await;
    assert_eq!(answer.expect("an answer").status(), StatusCode::UNAUTHORIZED);
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn what_shopify_says_and_we_do_not_understand_is_kept() {
    let world = world().await;
    let odd = value!({ "id": 5, "currency": "UAH", "total_price": "багато" });
    let answer = json(shopify(&world, "", "orders/create", &odd).await, StatusCode::OK).await;
    assert_eq!(answer["status"], "kept");
    let kept = world.store().intake(&system()).await.expect("intake");
    assert_eq!((kept[0].door.as_str(), kept[0].topic.as_str()), ("shopify", "orders/create"));
    let got = Got::Text("багато".into());
    assert_eq!(kept[0].reason, Reason::at("total_price", Why::NotMoney { currency: Currency::UAH, got }));
}

#[tokio::test]
async fn a_landing_page_moves_over_by_its_host_and_key() {
    let world = world().await;
    let fields = [
        ("key", world.ours.key.as_str()),
        ("order_id", "77"),
        ("bayer_name", "Тарас"),
        ("phone", "067 111-22-33"),
        ("products", PRODUCTS),
        ("utm_source", "facebook"),
    ];
    let answer = json(landing(&world, &fields).await, StatusCode::OK).await;
    assert_eq!((&answer["status"], &answer["data"]["order_id"]), (&value!("ok"), &value!("77")));
    let [card] = &cards(&world).await[..] else { panic!("one deal") };
    assert_eq!((card.sum, card.order_number.as_deref(), card.storefront), (99_900, Some("77"), world.ours.id));
    json(landing(&world, &fields).await, StatusCode::OK).await;
    assert_eq!(cards(&world).await.len(), 1, "a double click is one order");
    let record = world.store().deliveries(&system(), &RecordFilter::default(), None).await.expect("the record");
    let told: Vec<_> = record.iter().map(|one| (one.door.as_str(), one.topic.as_str(), one.outcome)).collect();
    let line = |outcome| ("lpcrm", "addNewOrder", outcome);
    assert_eq!(told, [line(Outcome::Unchanged), line(Outcome::Taken)]);
}

#[tokio::test]
async fn a_landing_page_with_a_wrong_key_is_told_so() {
    let world = world().await;
    let before = world.app.fingerprint().await;
    for key in [&[("key", "guess")][..], &[]] {
        let fields = [key, &[("phone", "067 111-22-33"), ("products", PRODUCTS)]].concat();
        let answer = json(landing(&world, &fields).await, StatusCode::UNAUTHORIZED).await;
        assert_eq!(answer["status"], "error");
        assert!(answer["message"].as_str().is_some_and(|words| words.starts_with("key")), "{answer}");
    }
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn an_order_of_a_landing_page_is_never_lost() {
    let world = world().await;
    let broken = [("key", world.ours.key.as_str()), ("phone", "067 111-22-33"), ("products", "a:9999999:{")];
    let answer = json(landing(&world, &broken).await, StatusCode::OK).await;
    assert_eq!(answer["status"], "ok", "the customer has ordered");
    let kept = world.store().intake(&system()).await.expect("intake");
    assert_eq!(kept[0].door, "lpcrm");
    assert_eq!((kept[0].reason.path.as_str(), kept[0].reason.why.key()), ("products", "php"));
    assert!(!kept[0].body.contains(&world.ours.key), "the key is a secret");
    assert!(kept[0].body.contains("067"), "and the telephone is there");
}
