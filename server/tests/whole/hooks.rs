//! Shops at the door.

use crate::common::{SECRET, World, json, system};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::auth::Role;
use domain::board::Card;
use domain::board::filter::Filter;
use domain::deals::Source;
use domain::ids::DealId;
use domain::intake::{Outcome, Reason, RecordFilter, Why};
use hmac::{Hmac, KeyInit, Mac};
use http::StatusCode;
use serde_json::{Value, json as value};
use sha2::{Digest, Sha256, Sha512};
use store::deals::DealDetails;

const ORDER: &str = include_str!("../../formats/src/shops/fixtures/woocommerce_order.json");

fn signature(body: &[u8], secret: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(body);
    STANDARD.encode(mac.finalize().into_bytes())
}

/// The fixture with some fields written over.
fn order(fields: Value) -> String {
    let mut order: Value = serde_json::from_str(ORDER).expect("the fixture is JSON");
    let (Some(order_fields), Value::Object(fields)) = (order.as_object_mut(), fields) else { panic!("objects") };
    order_fields.extend(fields);
    order.to_string()
}

fn at(minute: u32) -> Value {
    value!(format!("2026-11-23T11:{minute:02}:00"))
}

async fn send(world: &World, topic: &str, body: impl Into<String>) -> Value {
    let body = body.into();
    let signed = signature(body.as_bytes(), SECRET);
    json(post(world, topic, &body, &signed).await, StatusCode::OK).await
}

async fn post(world: &World, topic: &str, body: &str, signature: &str) -> reqwest::Response {
    let path = format!("/hooks/woocommerce/{}", world.ours.key);
    let request = world.app.post(&path).header("content-type", "application/json").body(body.to_owned());
    let request = request.header("x-wc-webhook-topic", topic).header("x-wc-webhook-delivery-id", "d1");
    request.header("x-wc-webhook-signature", signature).send().await.expect("an answer")
}

async fn deals(world: &World) -> Vec<Card> {
    let page = world.store().deals_page(&system(), None, None, &Filter::default(), (DealId(0), 200)).await;
    page.expect("deals")
}

async fn details(world: &World, deal: DealId) -> DealDetails {
    world.store().deal(&system(), deal).await.expect("a deal")
}

#[tokio::test]
async fn a_real_order_becomes_a_card() {
    let world = World::new().await;
    let answer = send(&world, "order.created", ORDER).await;
    assert_eq!(answer["status"], "received", "{answer}");
    let [card] = deals(&world).await.try_into().expect("one card");
    assert_eq!(answer["deal"], value!(card.id));
    assert_eq!((card.storefront, card.funnel), (world.ours.id, world.ours.funnel.id));
    assert_eq!(card.stage, world.ours.funnel.stages[0].id);
    assert_eq!((card.customer_name.as_str(), card.sum), ("Олена Коваленко", 143_000));
    assert_eq!((card.order_number.as_deref(), card.source), (Some("727"), Source::Ads));
    let deal = details(&world, card.id).await;
    assert_eq!(deal.phone.as_deref(), Some("+380501234567"));
    let order = deal.order.expect("an order");
    assert_eq!((order.number.as_str(), order.shop_status.as_str(), order.total), ("727", "processing", 143_000));
    assert_eq!(order.lines.len(), 2);
}

#[tokio::test]
async fn the_same_delivery_twice_makes_nothing_twice() {
    let world = World::new().await;
    send(&world, "order.created", ORDER).await;
    let before = world.app.fingerprint().await;
    for topic in ["order.created", "order.updated"] {
        assert_eq!(send(&world, topic, ORDER).await["status"], "unchanged");
    }
    assert_eq!(world.app.fingerprint().await, before);
    // All at once: still one order.
    let other = order(value!({ "id": 900, "number": "900" }));
    let sent = (0..8).map(|_| send(&world, "order.created", other.clone()));
    let answers = futures::future::join_all(sent).await;
    assert_eq!(answers.iter().filter(|answer| answer["status"] == "received").count(), 1, "{answers:?}");
    assert_eq!(deals(&world).await.len(), 2);
}

#[tokio::test]
async fn updates_change_it_and_late_ones_change_nothing() {
    let world = World::new().await;
    // The update comes first.
    let updated = order(value!({ "total": "2000.00", "status": "completed", "date_modified_gmt": at(30) }));
    assert_eq!(send(&world, "order.updated", updated).await["status"], "received");
    let created = order(value!({ "date_modified_gmt": at(1) }));
    assert_eq!(send(&world, "order.created", created).await["status"], "unchanged");
    let [card] = deals(&world).await.try_into().expect("one card");
    assert_eq!(card.sum, 200_000);
    let later = order(value!({ "total": "100.00", "status": "refunded", "date_modified_gmt": at(31) }));
    assert_eq!(send(&world, "order.updated", later).await["status"], "received");
    let deal = details(&world, card.id).await;
    assert_eq!(deal.card.sum, 10_000);
    assert_eq!(deal.order.expect("an order").shop_status, "refunded");
}

#[tokio::test]
async fn a_deleted_order_is_marked_and_a_restored_one_is_not() {
    let world = World::new().await;
    send(&world, "order.created", ORDER).await;
    let card = deals(&world).await.remove(0);
    assert_eq!(send(&world, "order.deleted", r#"{"id":727}"#).await["status"], "received");
    assert!(details(&world, card.id).await.card.deleted_in_shop);
    // A late update does not take it out of the bin, a restoration does.
    send(&world, "order.updated", order(value!({ "date_modified_gmt": at(20) }))).await;
    assert!(details(&world, card.id).await.card.deleted_in_shop);
    let restored = order(value!({ "date_modified_gmt": at(21) }));
    assert_eq!(send(&world, "order.restored", restored).await["status"], "received");
    assert!(!details(&world, card.id).await.card.deleted_in_shop);
    // Deleted before it was created: the late creation does not revive it.
    send(&world, "order.deleted", r#"{"id":800}"#).await;
    send(&world, "order.created", order(value!({ "id": 800, "number": "800" }))).await;
    assert_eq!(deals(&world).await.len(), 1);
}

#[tokio::test]
async fn an_abandoned_cart_is_a_lead_until_it_is_ordered() {
    let world = World::new().await;
    send(&world, "order.created", order(value!({ "status": "checkout-draft" }))).await;
    let [lead] = deals(&world).await.try_into().expect("one card");
    assert_eq!(lead.order_number, None);
    assert_eq!(details(&world, lead.id).await.order, None);
    let ordered = order(value!({ "status": "processing", "date_modified_gmt": at(10) }));
    send(&world, "order.updated", ordered).await;
    let [card] = deals(&world).await.try_into().expect("the same card");
    assert_eq!((card.id, card.order_number.as_deref()), (lead.id, Some("727")));
    assert!(details(&world, card.id).await.order.is_some());
}

#[tokio::test]
async fn a_ping_is_answered_and_foreign_topics_are_none_of_our_business() {
    let world = World::new().await;
    let before = world.app.fingerprint().await;
    let path = format!("/hooks/woocommerce/{}", world.ours.key);
    let ping = world.app.post(&path).header("content-type", "application/x-www-form-urlencoded").body("webhook_id=7");
    assert_eq!(json(ping.send().await.expect("an answer"), StatusCode::OK).await["status"], "pong");
    assert_eq!(send(&world, "product.updated", "{}").await["status"], "ignored");
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn what_is_forged_or_cut_off_leaves_no_trace() {
    let world = World::new().await;
    let before = world.app.fingerprint().await;
    let right = signature(ORDER.as_bytes(), SECRET);
    let cut = &ORDER[..ORDER.len() - 1];
    let cases = [
        (ORDER, String::new()),
        (ORDER, signature(ORDER.as_bytes(), "another secret")),
        (ORDER, signature(ORDER.as_bytes(), "")),
        (ORDER, right[..right.len() - 4].to_owned()),
        (ORDER, right.to_lowercase()),
        (cut, right.clone()),
        ("{}", right),
        ("webhook_id=1&x=2", String::new()),
    ];
    for (body, signed) in cases {
        let answer = post(&world, "order.created", body, &signed).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{signed:?}");
    }
    let path = format!("/hooks/woocommerce/{}x", world.ours.key);
    let unknown = world.app.post(&path).body(ORDER).send().await.expect("an answer");
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    // A key opens its own shop alone.
    let path = format!("/hooks/woocommerce/{}", world.theirs.key);
    let signed = signature(ORDER.as_bytes(), "their own secret");
    let wrong = world.app.post(&path).header("x-wc-webhook-signature", signed).body(ORDER).send().await;
    assert_eq!(wrong.expect("an answer").status(), StatusCode::UNAUTHORIZED);
    let get = world.app.get(&path).send().await.expect("an answer");
    assert_eq!(get.status(), StatusCode::METHOD_NOT_ALLOWED);
    let long = "x".repeat(2 * 1_024 * 1_024 + 1);
    let answer = post(&world, "order.created", &long, "x").await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn the_right_secret_in_another_algorithm_or_spelling_signs_nothing() {
    const DELETION: &str = r#"{"id":727}"#;
    // HMAC-SHA1 of the deletion with the right secret, computed elsewhere: no library of ours does.
    const SHA1: &str = "oUblQTpUlSKIo95EzYMrhoPA9jU=";
    let world = World::new().await;
    send(&world, "order.created", ORDER).await;
    let right = signature(DELETION.as_bytes(), SECRET);
    let sha256 = STANDARD.decode(&right).expect("base64");
    let mut mac = Hmac::<Sha512>::new_from_slice(SECRET.as_bytes()).expect("a key");
    mac.update(DELETION.as_bytes());
    let sha512 = mac.finalize().into_bytes().to_vec();
    let hex: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    let before = world.app.fingerprint().await;
    for signed in [
        SHA1.to_owned(),
        STANDARD.encode(&sha512),
        STANDARD.encode(&sha512[..32]),
        STANDARD.encode(Sha256::digest(DELETION)),
        STANDARD.encode(&sha256[..31]),
        STANDARD.encode(&sha256[..16]),
        STANDARD.encode([&sha256[..], &[0]].concat()),
        STANDARD.encode(&hex),
        format!("sha256={hex}"),
        format!("sha256={right}"),
        right.trim_end_matches('=').to_owned(),
        hex,
    ] {
        let answer = post(&world, "order.deleted", DELETION, &signed).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{signed}");
        assert_eq!(world.app.fingerprint().await, before, "{signed}");
    }
    assert_eq!(send(&world, "order.deleted", DELETION).await["status"], "received");
    assert_ne!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn what_is_signed_but_not_understood_is_kept_once_and_can_be_replayed() {
    let world = World::new().await;
    let garbage = ["{", "[]", "null", r#"{"id":5}"#, "\u{0}", &order(value!({ "currency": "грн" }))];
    for body in garbage {
        for _ in 0..2 {
            assert_eq!(send(&world, "order.created", body).await["status"], "kept", "{body}");
        }
    }
    let signed = signature(ORDER.as_bytes(), SECRET);
    let path = format!("/hooks/woocommerce/{}", world.ours.key);
    let untitled = world.app.post(&path).header("x-wc-webhook-signature", signed).body(ORDER).send().await;
    assert_eq!(json(untitled.expect("an answer"), StatusCode::OK).await["status"], "kept");
    send(&world, "order.restored", r#"{"id":727}"#).await;
    let kept = world.store().intake(&system()).await.expect("the intake");
    assert_eq!(kept.len(), garbage.len() + 2);
    assert!(kept.iter().all(|one| one.storefront == world.ours.id && one.reason.why.key() != "other"));
    assert_eq!(deals(&world).await.len(), 0);
    let replay = server::http::hooks::replay(world.store().clone());
    for one in kept.clone() {
        let reason = (replay)(one.clone()).await.expect("read");
        assert_eq!(reason, Some(one.reason), "still not understood");
    }
    // Once it can be understood, it is an order like any other.
    let mut one = kept.into_iter().next_back().expect("one");
    one.body = ORDER.to_owned();
    assert_eq!((replay)(one).await.expect("read"), None, "understood");
    assert_eq!(deals(&world).await.len(), 1);
    let manager = world.someone(Role::Manager, &[world.ours.id]).await;
    let session = world.store().session(&manager.token, app::ctx::now()).await.expect("a look").expect("a session");
    let ctx = store::Ctx { actor: session.actor, now: app::ctx::now() };
    assert!(world.store().intake(&ctx).await.is_err(), "letters of customers are for admins");
}

#[tokio::test]
async fn the_record_says_what_came_of_every_delivery() {
    let world = World::new().await;
    let answer = send(&world, "order.created", ORDER).await;
    send(&world, "order.updated", ORDER).await;
    send(&world, "product.updated", "{}").await;
    send(&world, "order.created", "{").await;
    send(&world, "order.deleted", r#"{"id":727}"#).await;
    let path = format!("/hooks/woocommerce/{}", world.ours.key);
    world.app.post(&path).body("webhook_id=7").send().await.expect("an answer");
    let record = world.store().deliveries(&system(), &RecordFilter::default(), None).await.expect("the record");
    let told: Vec<_> = record.iter().map(|one| (one.topic.as_str(), one.outcome, one.deal.is_some())).collect();
    assert_eq!(
        told,
        [
            ("order.deleted", Outcome::Taken, true),
            ("order.created", Outcome::Kept, false),
            ("product.updated", Outcome::Ignored, false),
            ("order.updated", Outcome::Unchanged, true),
            ("order.created", Outcome::Taken, true),
        ],
        "and nothing of the ping"
    );
    assert!(record.iter().all(|one| one.storefront == world.ours.id && one.door == "woocommerce"));
    let brought = record[4].deal.clone().expect("a deal");
    assert_eq!((value!(brought.deal), brought.funnel), (answer["deal"].clone(), world.ours.funnel.id));
    assert_eq!(brought.number.as_deref(), Some("727"));
}

#[tokio::test]
async fn wrong_signatures_are_counted_and_nothing_else_is_kept_of_them() {
    let world = World::new().await;
    let before = world.app.fingerprint().await;
    for _ in 0..3 {
        let wrong = signature(ORDER.as_bytes(), "mistyped");
        assert_eq!(post(&world, "order.created", ORDER, &wrong).await.status(), StatusCode::UNAUTHORIZED);
    }
    // Nobody's address is nobody's trouble.
    let unknown = format!("/hooks/woocommerce/{}x", world.ours.key);
    world.app.post(&unknown).body(ORDER).send().await.expect("an answer");
    let ctx = store::Ctx { now: app::ctx::now(), ..system() };
    let forged = world.store().forged(&ctx).await.expect("a list");
    let [one] = &forged[..] else { panic!("{forged:?}") };
    assert_eq!((one.storefront, one.door.as_str(), one.times), (world.ours.id, "woocommerce", 3));
    assert!(one.last_at <= ctx.now && one.last_at > ctx.now - 60_000);
    assert_eq!(world.app.fingerprint().await, before);
    let record = world.store().deliveries(&ctx, &RecordFilter::default(), None).await.expect("the record");
    assert!(record.is_empty(), "{record:?}");
    // The right secret is no longer told of as wrong.
    send(&world, "order.created", ORDER).await;
    assert_eq!(world.store().forged(&ctx).await.expect("a list"), forged);
}

#[tokio::test]
async fn a_shop_without_a_funnel_loses_nothing() {
    let world = World::new().await;
    let funnel = world.ours.funnel.id;
    let archive = store::funnels::FunnelChange::Archive;
    world.store().change_funnel(&system(), uuid::Uuid::new_v4(), funnel, archive).await.expect("archived");
    assert_eq!(send(&world, "order.created", ORDER).await["status"], "kept");
    let kept = world.store().intake(&system()).await.expect("the intake").remove(0);
    let replay = server::http::hooks::replay(world.store().clone());
    let reason = Reason::whole(Why::NoFunnel);
    assert_eq!(kept.reason, reason);
    assert_eq!((replay)(kept.clone()).await.expect("read"), Some(reason));
    let fresh = store::funnels::NewFunnel {
        name: "Нова".into(),
        storefront: Some(world.ours.id),
        preset: None,
        lang: domain::i18n::Lang::Uk,
    };
    world.store().create_funnel(&system(), uuid::Uuid::new_v4(), fresh).await.expect("a funnel");
    assert_eq!((replay)(kept).await.expect("read"), None, "now there is a place for it");
    assert_eq!(deals(&world).await.len(), 1);
}

#[tokio::test]
async fn a_rush_of_a_genuine_shop_is_never_refused_and_a_guesser_soon_is() {
    let world = World::new().await;
    for number in 0..150 {
        send(&world, "order.created", order(value!({ "id": 1_000 + number, "number": number.to_string() }))).await;
    }
    assert_eq!(deals(&world).await.len(), 150);
    let mut statuses = Vec::new();
    for guess in 0..80 {
        let answer = world.app.post(&format!("/hooks/woocommerce/guess{guess}")).body("{}").send().await;
        statuses.push(answer.expect("an answer").status());
    }
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
}
