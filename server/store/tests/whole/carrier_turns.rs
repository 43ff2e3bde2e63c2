//! Whose turn it is to be asked for, by whom, and when a carrier that does not answer is left alone.

use crate::common::parcels::{KEY, PACE, account, claim, link, scan, sent, tell, told};
use crate::common::shop::{DAY, HOUR, NOW, Shop, id};
use crate::common::{TestDb, on_both, refusal};
use domain::board::{Limit, Refusal};
use domain::carriers::{BreakerState, CarrierWhy, GIVEN_UP_MS, Pace, ScanKind, SetCarrierAccount};
use domain::event::Fact;
use domain::ids::*;
use domain::orders::Carrier;
use store::shipments::{Claimed, Failed, LEASE_MS};

on_both![
    one_server_at_a_time_asks,
    nobody_is_asked_without_keys_or_for_what_has_ended,
    fresh_parcels_are_asked_for_often_and_old_ones_given_up,
    a_carrier_that_fails_is_left_alone,
    new_keys_begin_anew,
    a_claim_that_was_lost_decides_nothing,
    keys_are_kept_in_one_place,
    each_account_is_another_s_business,
];

async fn accounts(db: &TestDb, shop: &Shop, at: Millis) -> Vec<domain::carriers::CarrierAccount> {
    db.store.carrier_accounts(&crate::common::shop::at(&shop.admin, at)).await.expect("accounts")
}

async fn fail(db: &TestDb, at: Millis, claimed: &Claimed, why: CarrierWhy) {
    let parcels = claimed.parcels.iter().map(|parcel| parcel.id).collect();
    let failed = Failed { why, asked: None, parcels, said: "<html>".into() };
    db.store.carrier_failed(at, claimed, failed, PACE).await.expect("kept");
}

async fn one_server_at_a_time_asks(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut parcels = Vec::new();
    for number in ["1", "2", "3"] {
        parcels.push(sent(&db.store, &shop, number).await.1);
    }
    assert!(claim(&db.store, NOW).await.is_none(), "there are no keys");
    link(&db.store, &shop).await;
    let (one, other) = tokio::join!(claim(&db.store, NOW), claim(&db.store, NOW));
    assert!(one.is_some() != other.is_some(), "one of them");
    let claimed = one.or(other).expect("one of them");
    assert_eq!((claimed.storefront, claimed.carrier, claimed.key.as_str()), (shop.one, Carrier::NovaPoshta, KEY));
    let ids: Vec<ShipmentId> = claimed.parcels.iter().map(|parcel| parcel.id).collect();
    assert_eq!(ids, parcels[..2], "as many as its carrier takes");
    assert!(claim(&db.store, NOW + LEASE_MS - 1).await.is_none());
    let again = claim(&db.store, NOW + LEASE_MS).await.expect("whoever says nothing loses it");
    assert_eq!(again.parcels, claimed.parcels);
    for parcel in &again.parcels {
        db.store.take_scans(NOW + LEASE_MS, parcel.id, told(Vec::new()), PACE).await.expect("taken");
    }
    db.store.carrier_answered(NOW + LEASE_MS, &again).await.expect("kept");
    let rest = claim(&db.store, NOW + LEASE_MS).await.expect("the third waits");
    assert_eq!(rest.parcels.iter().map(|parcel| parcel.id).collect::<Vec<_>>(), parcels[2..]);
    db.sound().await;
}

async fn nobody_is_asked_without_keys_or_for_what_has_ended(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (_, parcel) = sent(&db.store, &shop, "1").await;
    db.store.set_carrier_account(&shop.admin, id(), account(shop.two)).await.expect("of the other storefront");
    let dhl = SetCarrierAccount { carrier: Carrier::Dhl, ..account(shop.one) };
    db.store.set_carrier_account(&shop.admin, id(), dhl).await.expect("of another carrier");
    assert!(claim(&db.store, NOW).await.is_none());
    link(&db.store, &shop).await;
    tell(&db.store, parcel, 1, vec![scan(ScanKind::Delivered, 1)]).await;
    assert!(claim(&db.store, NOW + 400 * DAY).await.is_none(), "it has arrived");
    db.sound().await;
}

async fn fresh_parcels_are_asked_for_often_and_old_ones_given_up(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    link(&db.store, &shop).await;
    for (at, wait) in
        [(NOW, HOUR / 6), (NOW + 6 * HOUR, HOUR / 2), (NOW + 3 * DAY, 2 * HOUR), (NOW + 9 * DAY, 6 * HOUR)]
    {
        let claimed = claim(&db.store, at).await.expect("its turn");
        db.store.take_scans(at, parcel, told(vec![scan(ScanKind::InTransit, 0)]), PACE).await.expect("taken");
        db.store.carrier_answered(at, &claimed).await.expect("kept");
        assert!(claim(&db.store, at + wait - 1).await.is_none(), "{wait}");
        let claimed = claim(&db.store, at + wait).await.expect("its turn");
        db.store.carrier_answered(at + wait, &claimed).await.expect("kept");
    }
    db.store.take_scans(NOW + GIVEN_UP_MS, parcel, told(Vec::new()), PACE).await.expect("taken");
    assert!(claim(&db.store, NOW + 400 * DAY).await.is_none(), "given up");
    let known = db.store.parcels(&shop.viewer, first.order.id).await.expect("parcels");
    assert_eq!((known[0].kind, known[0].ended_at), (Some(ScanKind::InTransit), Some(NOW + GIVEN_UP_MS)));
    db.sound().await;
}

async fn a_carrier_that_fails_is_left_alone(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for number in ["1", "2"] {
        sent(&db.store, &shop, number).await;
    }
    link(&db.store, &shop).await;
    let mut now = NOW;
    for (failures, waits) in [(1, HOUR / 60), (2, HOUR / 30), (3, HOUR / 15)] {
        let claimed = claim(&db.store, now).await.expect("its turn");
        assert_eq!(claimed.parcels.iter().map(|parcel| parcel.failures).collect::<Vec<_>>(), [failures - 1; 2]);
        fail(&db, now, &claimed, CarrierWhy::Fails).await;
        let shown = accounts(&db, &shop, now).await.remove(0);
        assert_eq!(
            (shown.failures, shown.last_failure, shown.last_failure_at),
            (failures, Some(CarrierWhy::Fails), Some(now))
        );
        assert_eq!(matches!(shown.breaker, BreakerState::Open { .. }), failures == 3);
        assert!(claim(&db.store, now + waits - 1).await.is_none(), "its parcels wait, too");
        now += waits;
    }
    assert_eq!(accounts(&db, &shop, now).await.remove(0).breaker, BreakerState::HalfOpen);
    let trial = claim(&db.store, now).await.expect("it is tried");
    assert_eq!(trial.parcels.len(), 1, "with one");
    let parcel = trial.parcels[0].id;
    let said = db.store.carrier_answers(&shop.admin, parcel).await.expect("answers");
    assert_eq!(said.iter().map(|answer| answer.body.as_str()).collect::<Vec<_>>(), ["<html>"]);
    db.store.take_scans(now, parcel, told(Vec::new()), PACE).await.expect("taken");
    db.store.carrier_answered(now, &trial).await.expect("kept");
    let shown = accounts(&db, &shop, now).await.remove(0);
    assert_eq!((shown.breaker, shown.failures, shown.answered_at), (BreakerState::Closed, 0, Some(now)));
    assert_eq!(shown.last_failure, Some(CarrierWhy::Fails), "it is still known what it was");
    assert_eq!(claim(&db.store, now).await.expect("the other").parcels.len(), 1);
    db.sound().await;
}

async fn new_keys_begin_anew(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    sent(&db.store, &shop, "1").await;
    link(&db.store, &shop).await;
    let claimed = claim(&db.store, NOW).await.expect("its turn");
    fail(&db, NOW, &claimed, CarrierWhy::WrongKeys).await;
    assert_eq!(accounts(&db, &shop, NOW).await[0].breaker, BreakerState::Open { until: NOW + HOUR });
    assert!(claim(&db.store, NOW + HOUR / 2).await.is_none());
    let other = SetCarrierAccount { key: "another-key".into(), ..account(shop.one) };
    let shown = db.store.set_carrier_account(&shop.admin, id(), other).await.expect("set");
    assert_eq!((shown.breaker, shown.last_failure), (BreakerState::Closed, None));
    assert_eq!(claim(&db.store, NOW).await.expect("at once").key, "another-key");
    db.store.remove_carrier_account(&shop.admin, id(), shop.one, Carrier::NovaPoshta).await.expect("removed");
    assert!(claim(&db.store, NOW + DAY).await.is_none() && accounts(&db, &shop, NOW).await.is_empty());
    let again = db.store.remove_carrier_account(&shop.admin, id(), shop.one, Carrier::NovaPoshta).await;
    assert_eq!(refusal(again), Refusal::NotFound);
    let events = db.store.raw_events(Seq(0)).await.expect("the log");
    let told: Vec<bool> = events
        .iter()
        .filter_map(|event| match event.fact {
            Fact::CarrierAccountChanged { linked, .. } => Some(linked),
            _ => None,
        })
        .collect();
    assert_eq!(told, [true, true, false]);
    db.sound().await;
}

async fn a_claim_that_was_lost_decides_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    sent(&db.store, &shop, "1").await;
    link(&db.store, &shop).await;
    let lost = claim(&db.store, NOW).await.expect("its turn");
    let now = NOW + LEASE_MS;
    let kept = claim(&db.store, now).await.expect("taken over");
    fail(&db, now, &lost, CarrierWhy::WrongKeys).await;
    assert_eq!(accounts(&db, &shop, now).await[0].failures, 0);
    assert!(claim(&db.store, now).await.is_none(), "the other still asks");
    db.store.carrier_answered(now, &lost).await.expect("nothing");
    assert!(claim(&db.store, now).await.is_none(), "nor is it given back by a stranger");
    let failed = Failed { why: CarrierWhy::TooOften, asked: Some(7 * HOUR), parcels: Vec::new(), said: String::new() };
    db.store.carrier_failed(now, &kept, failed, Pace { set: None, chance: 0 }).await.expect("kept");
    let until = now + 6 * HOUR;
    assert_eq!(accounts(&db, &shop, now).await[0].breaker, BreakerState::Open { until }, "not for ever");
    db.sound().await;
}

async fn keys_are_kept_in_one_place(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    sent(&db.store, &shop, "1").await;
    link(&db.store, &shop).await;
    let claimed = claim(&db.store, NOW).await.expect("its turn");
    fail(&db, NOW, &claimed, CarrierWhy::TooSlow).await;
    let all = db.everything().await;
    let holding: Vec<&str> = all.lines().filter(|line| line.contains(KEY)).collect();
    assert!(matches!(holding.as_slice(), [one] if one.contains("carrier_accounts")), "{holding:?}");
    for (set, limit) in [
        (SetCarrierAccount { key: " ".into(), ..account(shop.one) }, Limit::CarrierKeys),
        (SetCarrierAccount { carrier: Carrier::FedEx, ..account(shop.one) }, Limit::CarrierKeys),
        (SetCarrierAccount { carrier: Carrier::Other, ..account(shop.one) }, Limit::CarrierUnknown),
    ] {
        let refused = refusal(db.untouched(db.store.set_carrier_account(&shop.admin, id(), set)).await);
        assert_eq!(refused, Refusal::Limit { limit });
    }
    let nowhere = db.store.set_carrier_account(&shop.owner, id(), account(StorefrontId(999))).await;
    assert_eq!(refusal(nowhere), Refusal::NotFound);
    db.sound().await;
}

async fn each_account_is_another_s_business(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    sent(&db.store, &shop, "1").await;
    link(&db.store, &shop).await;
    db.store.set_carrier_account(&shop.admin, id(), account(shop.two)).await.expect("linked");
    let claimed = claim(&db.store, NOW).await.expect("its turn");
    fail(&db, NOW, &claimed, CarrierWhy::WrongKeys).await;
    let states: Vec<BreakerState> = accounts(&db, &shop, NOW).await.iter().map(|one| one.breaker).collect();
    assert_eq!(states, [BreakerState::Open { until: NOW + HOUR }, BreakerState::Closed]);
    db.sound().await;
}
