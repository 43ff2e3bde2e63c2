//! Carriers move the status by themselves: asked by the real client, answering as they document it, well and badly.

use crate::common::carriers::{Carriers, KEY, SECRET_KEY, Trouble};
use crate::common::contract::ask;
use crate::common::receiver::until;
use crate::common::{TestApp, World, json, order, system};
use domain::auth::Role;
use domain::carriers::{BreakerState, CarrierAccount, CarrierWhy, ScanKind, SetCarrierAccount};
use domain::ids::*;
use domain::orders::{Carrier, ChangeStatus, OrderView, StatusDetails, StatusKind};
use reqwest::StatusCode;
use serde_json::{Value, json as value};

/// Long enough for two answers to be two, short enough to be waited for.
const AGAIN_MS: i64 = 100;

async fn world() -> (World, Carriers) {
    paced(AGAIN_MS).await
}

async fn paced(again: Millis) -> (World, Carriers) {
    let (carriers, url) = Carriers::open().await;
    let app = TestApp::start_with(|config| {
        config.carriers_url = Some(url);
        config.carriers_again_ms = Some(again);
        config.carriers_wait_ms = 1_000;
    });
    (World::in_app(app.await).await, carriers)
}

async fn link(world: &World, carrier: Carrier, key: &str) {
    let (storefront, key, secret) = (world.ours.id, key.to_owned(), SECRET_KEY.to_owned());
    let set = SetCarrierAccount { storefront, carrier, key, secret };
    world.store().set_carrier_account(&system(), CommandId::new_v4(), set).await.expect("linked");
}

async fn page(world: &World, order: OrderId) -> OrderView {
    world.store().order_page(&system(), order).await.expect("a page")
}

/// An order that left with this parcel.
async fn sent(world: &World, carrier: Carrier, number: &str) -> OrderId {
    let order = order(world, world.ours.id, &format!("{}-{number}", carrier.key())).await;
    let (ctx, now) = (system(), page(world, order).await);
    let shipped = now.statuses.iter().find(|status| status.kind == StatusKind::Shipped).expect("a status");
    let change = ChangeStatus {
        command: CommandId::new_v4(),
        order,
        from: now.order.status.as_ref().map(|status| status.id),
        to: shipped.id,
        details: Some(StatusDetails::Shipment { carrier, number: number.into() }),
        override_reason: Some("для перевірки".into()),
    };
    world.store().change_status(&ctx, change).await.expect("sent");
    order
}

async fn status(world: &World, order: OrderId) -> StatusKind {
    page(world, order).await.order.status.expect("a status").kind
}

async fn comes_to(world: &World, order: OrderId, kind: StatusKind) {
    let what = format!("order {order} to be {kind:?}");
    until(&what, async || (status(world, order).await == kind).then_some(())).await;
}

async fn account(world: &World) -> CarrierAccount {
    world.store().carrier_accounts(&system()).await.expect("accounts").remove(0)
}

async fn known(world: &World, order: OrderId) -> Option<ScanKind> {
    world.store().parcels(&system(), order).await.expect("parcels").remove(0).kind
}

fn nova(code: &str, date: &str) -> Value {
    value!({ "StatusCode": code, "Status": "слова", "TrackingUpdateDate": date, "RecipientDateTime": date })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_carrier_moves_its_orders() {
    let (world, carriers) = world().await;
    let event = value!([{ "event": "41000", "date": "2026-01-02T10:00:00", "name": "Львів" }]);
    let shipment =
        value!([{ "id": "DHL0000002", "status": { "statusCode": "delivered", "timestamp": "2026-01-02T10:00:00Z" } }]);
    let result = value!([{ "scanEvents": [{ "eventType": "DL", "date": "2026-01-02T10:00:00Z" }] }]);
    let cases = [
        (Carrier::NovaPoshta, "20450000000001", nova("9", "2026-01-02 10:00:00")),
        (Carrier::Ukrposhta, "0500100000002", event),
        (Carrier::Dhl, "DHL0000002", shipment),
        (Carrier::FedEx, "123456789012", result),
    ];
    let mut orders = Vec::new();
    for (carrier, number, _) in &cases {
        link(&world, *carrier, KEY).await;
        orders.push(sent(&world, *carrier, number).await);
    }
    // Before the first scan nobody knows anything, and nothing changes.
    for order in &orders {
        let what = format!("order {order} to be unknown");
        until(&what, async || (known(&world, *order).await == Some(ScanKind::NotFound)).then_some(())).await;
        assert_eq!(status(&world, *order).await, StatusKind::Shipped);
    }
    for ((_, number, words), order) in cases.iter().zip(&orders) {
        carriers.say(number, words.clone());
        comes_to(&world, *order, StatusKind::Delivered).await;
    }
    // Scripts hear of it as of everything else.
    let token = world.token(Role::Admin, &[world.ours.id]).await;
    for (order, (carrier, _, _)) in orders.iter().zip(&cases) {
        let events = events(&world, &token).await;
        let of = |kind: &str| {
            let mut found =
                events.iter().filter(|event| event["scope"]["order"] == order.0 && event["fact"]["kind"] == kind);
            found.next_back().cloned().unwrap_or_else(|| panic!("no {kind} of {order}"))
        };
        let scan = of("shipment_scanned");
        assert_eq!((&scan["fact"]["carrier"], &scan["fact"]["scan"]), (&value!(carrier.key()), &value!("delivered")));
        let moved = of("order_status_changed");
        assert!(moved["fact"]["status"].is_i64() && moved["actor"] == "system", "{moved}");
        assert_eq!(moved["command"], scan["command"], "one thing");
    }
    assert_eq!(carriers.lock().tokens, 1, "FedEx's token is asked for once");
    assert_eq!(world.store().check().await.expect("a check"), Vec::<String>::new());
}

async fn events(world: &World, token: &str) -> Vec<Value> {
    let (mut found, mut since) = (Vec::new(), 0);
    loop {
        let request = world.app.get(&format!("/api/v1/events?since={since}&limit=500"));
        let answer = json(ask(request, token).await, StatusCode::OK).await;
        found.extend(answer["events"].as_array().expect("a list").iter().cloned());
        since = answer["next"].as_i64().expect("a place");
        if answer["more"] == false {
            return found;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_scan_changes_nothing() {
    let (world, carriers) = world().await;
    let number = "20450000000001";
    carriers.say(number, nova("5", "2026-01-05 10:00:00"));
    link(&world, Carrier::NovaPoshta, KEY).await;
    let order = sent(&world, Carrier::NovaPoshta, number).await;
    comes_to(&world, order, StatusKind::InTransit).await;
    carriers.say(number, nova("9", "2026-01-04 10:00:00"));
    let asked = carriers.asked();
    until("more questions", async || (carriers.asked() > asked + 2).then_some(())).await;
    assert_eq!(status(&world, order).await, StatusKind::InTransit);
    carriers.say(number, nova("9", "2026-01-06 10:00:00"));
    comes_to(&world, order, StatusKind::Delivered).await;
    let asked = carriers.asked();
    let other = sent(&world, Carrier::NovaPoshta, "20450000000002").await;
    until("another parcel's turn", async || {
        (known(&world, other).await == Some(ScanKind::NotFound) && carriers.asked() > asked + 2).then_some(())
    })
    .await;
    let sizes: Vec<usize> = carriers.lock().asked[asked..].iter().map(|(_, parcels)| *parcels).collect();
    assert!(sizes.iter().all(|parcels| *parcels == 1), "what has arrived is asked for no more: {sizes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_the_parcel_arrives_in_the_end() {
    let troubles = [
        (Trouble::Status(500), CarrierWhy::Fails),
        (Trouble::Status(503), CarrierWhy::Fails),
        (Trouble::Status(429), CarrierWhy::TooOften),
        (Trouble::Patience("0.05"), CarrierWhy::TooOften),
        (Trouble::Status(302), CarrierWhy::Unreadable),
        (Trouble::Text("<html>Обслуговування</html>"), CarrierWhy::Unreadable),
        (Trouble::Text("{\"success\": tru"), CarrierWhy::Unreadable),
        (Trouble::Text("[]"), CarrierWhy::Unreadable),
        (Trouble::Stuck, CarrierWhy::TooSlow),
        (Trouble::Never, CarrierWhy::TooSlow),
    ];
    let (world, carriers) = world().await;
    link(&world, Carrier::NovaPoshta, KEY).await;
    let order = sent(&world, Carrier::NovaPoshta, "20450000000001").await;
    for (trouble, why) in troubles {
        let before = account(&world).await.last_failure_at;
        carriers.lock().troubles.push_back(trouble.clone());
        let failed = until(&format!("{trouble:?}"), async || {
            let now = account(&world).await;
            (now.last_failure_at != before && now.last_failure_at.is_some()).then_some(now)
        })
        .await;
        assert_eq!(failed.last_failure, Some(why), "{trouble:?}");
        assert_eq!(status(&world, order).await, StatusKind::Shipped, "{trouble:?}");
        // The database is nobody's meanwhile.
        world.deal(&world.ours, "Ірина").await;
    }
    carriers.say("20450000000001", nova("9", "2026-01-06 10:00:00"));
    comes_to(&world, order, StatusKind::Delivered).await;
    let parcel = page(&world, order).await.shipments[0].id;
    let said = world.store().carrier_answers(&system(), parcel).await.expect("answers");
    assert!(said.iter().any(|answer| answer.body.contains("Обслуговування")), "what could not be read is kept");
    assert!(said.iter().any(|answer| answer.body.contains("20450000000001")));
    assert!(said.iter().all(|answer| !answer.body.contains(KEY)), "though the carrier repeats the key: {said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breaker_opens_and_closes() {
    // So long that it is seen while it is open.
    let (world, carriers) = paced(3_000).await;
    link(&world, Carrier::Ukrposhta, KEY).await;
    carriers.lock().troubles.push_back(Trouble::Status(429));
    let order = sent(&world, Carrier::Ukrposhta, "0500100000002").await;
    let open = until("an open breaker", async || {
        Some(account(&world).await).filter(|now| matches!(now.breaker, BreakerState::Open { .. }))
    })
    .await;
    assert_eq!((open.failures, open.last_failure), (1, Some(CarrierWhy::TooOften)));
    carriers.say("0500100000002", value!([{ "event": "20700", "date": "2026-01-02T10:00:00" }]));
    comes_to(&world, order, StatusKind::InTransit).await;
    let closed = until("a closed breaker", async || {
        Some(account(&world).await).filter(|now| now.breaker == BreakerState::Closed)
    })
    .await;
    assert!(closed.failures == 0 && closed.answered_at.is_some(), "{closed:?}");
    assert_eq!(carriers.asked(), 2, "while it was open nobody was asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_keys_are_said_and_right_ones_help_at_once() {
    for carrier in [Carrier::NovaPoshta, Carrier::Ukrposhta, Carrier::Dhl, Carrier::FedEx] {
        // With these waits nothing but the new keys could bring it.
        let (world, carriers) = paced(3_600_000).await;
        link(&world, carrier, "not-the-key").await;
        let number = if carrier == Carrier::NovaPoshta { "20450000000001" } else { "0500100000002" };
        let order = sent(&world, carrier, number).await;
        let failed = until("a failure", async || Some(account(&world).await).filter(|now| now.failures > 0)).await;
        assert_eq!(failed.last_failure, Some(CarrierWhy::WrongKeys), "{carrier:?}");
        assert!(matches!(failed.breaker, BreakerState::Open { .. }), "{carrier:?}");
        link(&world, carrier, KEY).await;
        until("an answer", async || (known(&world, order).await == Some(ScanKind::NotFound)).then_some(())).await;
        until("a closed breaker", async || account(&world).await.answered_at).await;
        assert!(carriers.asked() <= 4, "{:?}", carriers.lock().asked);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_is_none_keeps_nobody_from_being_told_of() {
    let (world, carriers) = paced(3_600_000).await;
    let mut orders = Vec::new();
    for number in ["20450000000001", "BAD0", "20450000000003"] {
        carriers.say(number, nova("9", "2026-01-06 10:00:00"));
        orders.push(sent(&world, Carrier::NovaPoshta, number).await);
    }
    link(&world, Carrier::NovaPoshta, KEY).await;
    comes_to(&world, orders[0], StatusKind::Delivered).await;
    comes_to(&world, orders[2], StatusKind::Delivered).await;
    assert_eq!(status(&world, orders[1]).await, StatusKind::Shipped);
    assert_eq!(account(&world).await.failures, 0, "the carrier is well");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_was_called_back_is_asked_for_again() {
    let (world, carriers) = world().await;
    link(&world, Carrier::FedEx, KEY).await;
    let order = sent(&world, Carrier::FedEx, "123456789012").await;
    until("an answer", async || (known(&world, order).await == Some(ScanKind::NotFound)).then_some(())).await;
    carriers.lock().tokens += 1;
    let result = value!([{ "scanEvents": [{ "eventType": "IT", "date": "2026-01-02T10:00:00Z" }] }]);
    carriers.say("123456789012", result);
    comes_to(&world, order, StatusKind::InTransit).await;
    assert_eq!(account(&world).await.last_failure, None, "nobody noticed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_goes_in_and_never_comes_out() {
    let (world, _carriers) = world().await;
    link(&world, Carrier::FedEx, KEY).await;
    let who = world.someone(Role::Admin, &[world.ours.id]).await;
    let end = &KEY[KEY.len() - 4..];
    let told = async |request: reqwest::RequestBuilder, place: &str| {
        let answer = request.header("cookie", &who.cookie).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{place}");
        let text = answer.text().await.expect("a body");
        assert!(text.contains(end), "{place}: {text}");
        assert!(!text.contains(KEY) && !text.contains(SECRET_KEY), "{place}: {text}");
    };
    for name in ["carriers", "carrier_accounts"] {
        told(world.app.submit(name, &[]), name).await;
    }
    told(world.app.get("/settings/carriers"), "the page").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_told_when_to_expect_the_parcel_until_it_comes() {
    let (world, carriers) = world().await;
    let told = |code: &str, hour: u8| {
        let at = format!("2026-01-02T{hour}:00:00Z");
        let (status, due) = (value!({ "statusCode": code, "timestamp": at }), "2099-03-05T12:00:00Z");
        value!([{ "id": "DHL0000002", "status": status, "estimatedTimeOfDelivery": due }])
    };
    carriers.say("DHL0000002", told("transit", 10));
    link(&world, Carrier::Dhl, KEY).await;
    let order = sent(&world, Carrier::Dhl, "DHL0000002").await;
    comes_to(&world, order, StatusKind::InTransit).await;
    let deal = page(&world, order).await.order.deal.expect("a deal");
    let token = world.store().deal(&system(), deal).await.expect("a deal").tracking.expect("a link");
    let seen = async || {
        let request = world.app.get(&format!("/t/{token}")).header("accept-language", "en");
        let answer = request.send().await.expect("an answer");
        let html = answer.text().await.expect("a page");
        assert!(html.contains("DHL0000002"), "{html}");
        html.contains("Expected around 5 Mar 2099")
    };
    until("the day on the page", async || seen().await.then_some(())).await;
    carriers.say("DHL0000002", told("delivered", 12));
    comes_to(&world, order, StatusKind::Delivered).await;
    until("no day on the page", async || (!seen().await).then_some(())).await;
}
