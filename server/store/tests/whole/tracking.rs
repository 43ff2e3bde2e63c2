//! What a customer sees of an order that the team gives statuses.

use crate::common::parcels::{PACE, scan, sent, tell, told};
use crate::common::shop::{HOUR, NOW, Shop, at, id};
use crate::common::statuses::{go, of_kind, order};
use crate::common::{TestDb, on_both};
use domain::carriers::{ScanKind, Tracked as Told};
use domain::funnels::StageKind;
use domain::ids::*;
use domain::orders::{Carrier, StatusKind, StatusPatch};
use domain::tracking::{Parcel, StepState, Tracked};

on_both![
    the_steps_are_those_of_the_order_s_scenario,
    a_delay_and_a_cancellation_say_so_and_not_why,
    a_status_that_is_hidden_is_the_last_public_one,
    a_deal_without_an_order_keeps_its_stages,
    a_parcel_is_expected_until_it_should_be_there,
];

async fn tracked(db: &TestDb, shop: &Shop, deal: Option<DealId>) -> Tracked {
    tracked_at(db, shop, deal, NOW).await
}

async fn tracked_at(db: &TestDb, shop: &Shop, deal: Option<DealId>, now: Millis) -> Tracked {
    let details = db.store.deal(&shop.head, deal.expect("a deal")).await.expect("its details");
    let found = db.store.tracked(&details.tracking.expect("a link"), now).await.expect("read");
    found.expect("an order").1
}

fn now(order: &Tracked) -> (&str, StepState, Option<Millis>) {
    let step = order.now().expect("it is somewhere");
    (&step.name, step.state, step.at)
}

async fn public(db: &TestDb, shop: &Shop, kind: StatusKind) -> String {
    of_kind(&db.store, shop, kind).await.public_name.expect("customers see it")
}

async fn the_steps_are_those_of_the_order_s_scenario(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = order(&db.store, &shop, "7").await;
    let seen = tracked(&db, &shop, first.order.deal).await;
    let mut names = Vec::new();
    for kind in [
        StatusKind::AwaitingConfirmation,
        StatusKind::Processing,
        StatusKind::Picking,
        StatusKind::Shipped,
        StatusKind::Delivered,
    ] {
        names.push(public(&db, &shop, kind).await);
    }
    assert_eq!(seen.steps.iter().map(|step| step.name.clone()).collect::<Vec<_>>(), names);
    assert_eq!(now(&seen), (names[0].as_str(), StepState::Now, Some(NOW)));
    let means = of_kind(&db.store, &shop, StatusKind::AwaitingConfirmation).await.public_text;
    assert_eq!((&seen.steps[0].text, &seen.parcel), (&means, &None));
    let later = at(&shop.manager, NOW + 5);
    let second = go(&db.store, &later, (&shop, &first), StatusKind::Shipped).await;
    let seen = tracked(&db, &shop, second.order.deal).await;
    assert_eq!(now(&seen), (names[3].as_str(), StepState::Now, Some(NOW + 5)));
    assert_eq!((seen.steps[1].state, seen.steps[1].at), (StepState::Done, None), "it was passed by");
    let parcel = Parcel { carrier: Carrier::NovaPoshta, number: "20450000000001".into(), expected: None };
    assert_eq!((seen.parcel, seen.changed_at), (Some(parcel), NOW + 5));
    db.sound().await;
}

async fn a_delay_and_a_cancellation_say_so_and_not_why(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = order(&db.store, &shop, "7").await;
    let delayed = go(&db.store, &shop.manager, (&shop, &first), StatusKind::Delayed).await;
    let seen = tracked(&db, &shop, first.order.deal).await;
    let name = public(&db, &shop, StatusKind::Delayed).await;
    assert_eq!((now(&seen).0, seen.until.as_deref()), (name.as_str(), Some("2026-12-01")));
    assert_eq!(seen.steps.last().map(|step| step.state), Some(StepState::Ahead), "it will go on");
    let on = go(&db.store, &shop.manager, (&shop, &delayed), StatusKind::Processing).await;
    let seen_on = tracked(&db, &shop, first.order.deal).await;
    assert_eq!((seen_on.until.as_deref(), seen_on.steps.iter().any(|step| step.name == name)), (None, false));
    go(&db.store, &shop.manager, (&shop, &on), StatusKind::Cancelled).await;
    let off = tracked(&db, &shop, first.order.deal).await;
    assert_eq!(now(&off).1, StepState::Off);
    assert_eq!(off.steps.last().map(|step| step.state), Some(StepState::Off), "nothing comes after it");
    for told in [seen, seen_on, off] {
        let told = serde_json::to_string(&told).expect("JSON");
        assert!(!told.contains("немає на складі") && !told.contains("передумав"), "{told}");
    }
    db.sound().await;
}

async fn a_status_that_is_hidden_is_the_last_public_one(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = order(&db.store, &shop, "7").await;
    let picking = of_kind(&db.store, &shop, StatusKind::Picking).await;
    let patch = StatusPatch { public_name: Some(None), ..StatusPatch::default() };
    db.store.patch_status(&shop.head, id(), picking.id, (patch, store::Seen::Any)).await.expect("hidden");
    let second = go(&db.store, &at(&shop.manager, NOW + 1), (&shop, &first), StatusKind::Processing).await;
    go(&db.store, &at(&shop.manager, NOW + 2), (&shop, &second), StatusKind::Picking).await;
    let seen = tracked(&db, &shop, first.order.deal).await;
    let name = public(&db, &shop, StatusKind::Processing).await;
    assert_eq!(now(&seen), (name.as_str(), StepState::Now, Some(NOW + 1)));
    assert!(seen.steps.iter().all(|step| step.name != picking.name && !step.name.is_empty()), "{seen:?}");
    db.sound().await;
}

async fn a_deal_without_an_order_keeps_its_stages(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let deal = shop.deal(&db.store, "Олена").await;
    let seen = tracked(&db, &shop, Some(deal.id)).await;
    let shown: Vec<&str> = seen.steps.iter().map(|step| step.name.as_str()).collect();
    let stages = shop.orders.stages.iter().filter(|stage| stage.kind != StageKind::Lost);
    assert_eq!(shown, stages.filter_map(|stage| stage.public_name.as_deref()).collect::<Vec<_>>());
    assert_eq!((seen.parcel, seen.until), (None, None));
    db.sound().await;
}

async fn a_parcel_is_expected_until_it_should_be_there(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    let deal = first.order.deal;
    let expected = async |hours: i64| {
        let seen = tracked_at(&db, &shop, deal, NOW + hours * HOUR).await;
        seen.parcel.expect("a parcel").expected.map(|at| (at - NOW) / HOUR)
    };
    assert_eq!(expected(1).await, None, "nobody knows");
    let promised = Told { estimate: Some(NOW + 30 * HOUR), ..told(vec![scan(ScanKind::InTransit, 1)]) };
    db.store.take_scans(NOW + HOUR, parcel, promised, PACE).await.expect("taken");
    assert_eq!((expected(2).await, expected(29).await), (Some(30), Some(30)));
    assert_eq!(expected(31).await, None, "what is past is no promise");
    tell(&db.store, parcel, 3, vec![scan(ScanKind::ReadyForPickup, 3)]).await;
    assert_eq!(expected(4).await, None, "it waits for its customer");
    tell(&db.store, parcel, 5, vec![scan(ScanKind::Returning, 5)]).await;
    assert_eq!(expected(6).await, None, "it goes back");
    db.sound().await;
}
