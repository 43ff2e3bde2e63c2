//! What carriers tell of parcels: where their orders go, what is kept, what is expected.

use crate::common::parcels::{KEY, PACE, account, claim, kind_of, link, scan, sent, tell, told};
use crate::common::shop::{DAY, HOUR, NOW, Shop, at, id};
use crate::common::statuses::{bonded, change, of_kind, view};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::Who;
use domain::board::Refusal;
use domain::carriers::{Scan, ScanKind, Tracked};
use domain::event::{Event, Fact};
use domain::funnels::StageKind;
use domain::ids::*;
use domain::orders::{Carrier, Flag, OrderFault, OrdersAsked, OrdersFilter, StatusKind, flag};
use store::shipments::Taken;

on_both![
    a_scan_takes_its_order_and_its_deal_along,
    an_older_scan_changes_nothing,
    what_is_told_twice_is_told_once,
    a_carrier_takes_nothing_back,
    what_was_delivered_may_come_back,
    a_change_by_hand_and_a_scan_at_once_agree,
    a_scan_without_a_time_is_news_once,
    codes_that_nobody_knows_are_counted,
    what_a_carrier_makes_up_has_its_limits,
    trouble_is_the_order_s_flag,
    the_last_answers_are_kept_for_a_month,
    a_parcel_is_expected_as_the_others_came,
    a_parcel_that_was_taken_back_is_nobody_s,
    strangers_see_no_parcels,
];

fn scanned(events: &[Event]) -> Vec<&Event> {
    events.iter().filter(|event| matches!(event.fact, Fact::ShipmentScanned { .. })).collect()
}

async fn a_scan_takes_its_order_and_its_deal_along(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    bonded(&db.store, &shop, &shop.orders).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    let taken = tell(&db.store, parcel, 2, vec![scan(ScanKind::Accepted, 1)]).await;
    assert_eq!(taken, Taken { news: 1, moved: Some(StatusKind::InTransit) });
    let now = view(&db.store, &shop, first.order.id).await;
    let stay = now.stays.last().expect("a stay");
    assert_eq!((stay.status.kind, stay.actor, stay.began_at), (StatusKind::InTransit, Who::System, NOW + 2 * HOUR));
    let events = scanned(&now.events);
    let [event] = events.as_slice() else { panic!("{events:?}") };
    let code = "accepted-1".to_owned();
    assert_eq!(event.fact, Fact::ShipmentScanned { carrier: Carrier::NovaPoshta, scan: ScanKind::Accepted, code });
    let scope = event.scope;
    assert_eq!((scope.order, scope.deal, scope.storefront), (Some(first.order.id), now.order.deal, Some(shop.one)));
    assert_eq!(scope.customer, now.order.customer);
    let words = serde_json::to_string(&now.events).expect("JSON");
    assert!(!words.contains("20450000000001") && !words.contains("слова"), "the log keeps codes alone: {words}");
    // Several at once are one way.
    let scans = vec![scan(ScanKind::InTransit, 3), scan(ScanKind::ReadyForPickup, 4), scan(ScanKind::Delivered, 5)];
    let taken = tell(&db.store, parcel, 6, scans).await;
    assert_eq!(taken, Taken { news: 3, moved: Some(StatusKind::Delivered) });
    let card = db.store.card(&shop.viewer, now.order.deal.expect("a deal")).await.expect("a card");
    let stage = shop.orders.stage(card.stage).expect("its stage");
    assert_eq!(stage.kind, StageKind::Won, "the deal went along");
    let known = db.store.parcels(&shop.viewer, first.order.id).await.expect("parcels");
    assert_eq!((known[0].kind, known[0].ended_at), (Some(ScanKind::Delivered), Some(NOW + 5 * HOUR)));
    assert_eq!(known[0].scans.len(), 4);
    db.sound().await;
}

async fn an_older_scan_changes_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    tell(&db.store, parcel, 6, vec![scan(ScanKind::InTransit, 5)]).await;
    let before = (view(&db.store, &shop, first.order.id).await, db.store.parcels(&shop.viewer, first.order.id).await);
    let late = vec![scan(ScanKind::Delivered, 4), scan(ScanKind::Exception, 3)];
    assert_eq!(tell(&db.store, parcel, 6, late).await, Taken::default());
    let after = (view(&db.store, &shop, first.order.id).await, db.store.parcels(&shop.viewer, first.order.id).await);
    assert_eq!(after.0, before.0);
    assert_eq!(after.1.expect("parcels"), before.1.expect("parcels"));
    db.sound().await;
}

async fn what_is_told_twice_is_told_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    let scans = vec![scan(ScanKind::LabelMade, 0), scan(ScanKind::InTransit, 1)];
    assert_eq!(tell(&db.store, parcel, 2, scans.clone()).await.news, 2);
    let before = db.store.log_end().await.expect("the log");
    assert_eq!(tell(&db.store, parcel, 3, scans).await, Taken::default());
    assert_eq!(db.store.log_end().await.expect("the log"), before);
    assert_eq!(scanned(&view(&db.store, &shop, first.order.id).await.events).len(), 1);
    db.sound().await;
}

async fn a_carrier_takes_nothing_back(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    let delivered = of_kind(&db.store, &shop, StatusKind::Delivered).await;
    db.store.change_status(&shop.manager, change(&first, &delivered)).await.expect("changed");
    for (hours, kind) in [(1, ScanKind::Accepted), (2, ScanKind::InTransit), (3, ScanKind::ReadyForPickup)] {
        let taken = tell(&db.store, parcel, hours, vec![scan(kind, hours)]).await;
        assert_eq!(taken, Taken { news: 1, moved: None }, "{kind:?}");
    }
    assert_eq!(kind_of(&db.store, &shop, &first).await, StatusKind::Delivered);
    let (second, parcel) = sent(&db.store, &shop, "2").await;
    let off = of_kind(&db.store, &shop, StatusKind::Cancelled).await;
    db.store.change_status(&shop.manager, change(&second, &off)).await.expect("changed");
    tell(&db.store, parcel, 1, vec![scan(ScanKind::Delivered, 1)]).await;
    assert_eq!(kind_of(&db.store, &shop, &second).await, StatusKind::Cancelled);
    // The storefront has no status for a parcel that waits: it is passed over.
    let (third, parcel) = sent(&db.store, &shop, "3").await;
    let taken = tell(&db.store, parcel, 1, vec![scan(ScanKind::ReadyForPickup, 1)]).await;
    let has = db.store.statuses(&shop.viewer, shop.one).await.expect("statuses");
    let has = has.iter().any(|status| status.kind == StatusKind::ReadyForPickup);
    assert_eq!(taken.moved, has.then_some(StatusKind::ReadyForPickup));
    assert_eq!(kind_of(&db.store, &shop, &third).await, taken.moved.unwrap_or(StatusKind::Shipped));
    db.sound().await;
}

async fn what_was_delivered_may_come_back(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    for (hours, scan_kind, expected) in [
        (1, ScanKind::Delivered, StatusKind::Delivered),
        (2, ScanKind::Returned, StatusKind::Returned),
        (3, ScanKind::InTransit, StatusKind::Returned),
        (4, ScanKind::Delivered, StatusKind::Delivered),
    ] {
        tell(&db.store, parcel, hours, vec![scan(scan_kind, hours)]).await;
        assert_eq!(kind_of(&db.store, &shop, &first).await, expected, "{hours}");
    }
    db.sound().await;
}

async fn a_change_by_hand_and_a_scan_at_once_agree(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for n in 0..8 {
        let (first, parcel) = sent(&db.store, &shop, &n.to_string()).await;
        let off = change(&first, &of_kind(&db.store, &shop, StatusKind::Cancelled).await);
        let (by_hand, taken) = tokio::join!(
            db.store.change_status(&shop.manager, off),
            db.store.take_scans(NOW + HOUR, parcel, told(vec![scan(ScanKind::Delivered, 1)]), PACE)
        );
        let moved = taken.expect("taken").moved;
        let now = view(&db.store, &shop, first.order.id).await;
        let kind = now.order.status.as_ref().expect("a status").kind;
        match by_hand {
            Ok(_) => assert_eq!((moved, kind), (None, StatusKind::Cancelled)),
            Err(error) => {
                assert_eq!((moved, kind), (Some(StatusKind::Delivered), StatusKind::Delivered));
                let refused = refusal::<()>(Err(error));
                assert!(matches!(refused, Refusal::Order { fault: OrderFault::Stale { .. } }), "{refused:?}");
            }
        }
        assert_eq!(now.stays.len(), 3, "one of the two");
        assert_eq!(scanned(&now.events).len(), 1, "what the carrier told is known either way");
    }
    db.sound().await;
}

async fn a_scan_without_a_time_is_news_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    let undated = |kind, hours| Scan { dated: false, code: "5".into(), ..scan(kind, hours) };
    assert_eq!(tell(&db.store, parcel, 5, vec![undated(ScanKind::InTransit, 5)]).await.news, 1);
    assert_eq!(tell(&db.store, parcel, 6, vec![undated(ScanKind::InTransit, 6)]).await.news, 0);
    // A time that the carrier does say is not measured by when it was asked.
    let taken = tell(&db.store, parcel, 7, vec![scan(ScanKind::Delivered, 4)]).await;
    assert_eq!(taken.moved, Some(StatusKind::Delivered));
    assert_eq!(kind_of(&db.store, &shop, &first).await, StatusKind::Delivered);
    let (second, parcel) = sent(&db.store, &shop, "2").await;
    let none = Scan { dated: false, ..scan(ScanKind::NotFound, 1) };
    assert_eq!(tell(&db.store, parcel, 1, vec![none]).await, Taken::default());
    let known = db.store.parcels(&shop.viewer, second.order.id).await.expect("parcels");
    assert_eq!((known[0].kind, known[0].scans.len()), (Some(ScanKind::NotFound), 0));
    db.sound().await;
}

async fn codes_that_nobody_knows_are_counted(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    for hours in [1, 2] {
        let odd = Scan { code: "777".into(), ..scan(ScanKind::Unknown, hours) };
        assert_eq!(tell(&db.store, parcel, hours, vec![odd]).await, Taken { news: 1, moved: None });
    }
    let codes = db.store.unknown_codes(&shop.admin).await.expect("codes");
    let [code] = codes.as_slice() else { panic!("{codes:?}") };
    assert_eq!((code.carrier, code.code.as_str(), code.count), (Carrier::NovaPoshta, "777", 2));
    assert_eq!((code.first_at, code.last_at), (NOW + HOUR, NOW + 2 * HOUR));
    assert_eq!(code.text, "слова перевізника");
    assert_eq!(refusal(db.store.unknown_codes(&shop.head).await), Refusal::NotAllowed);
    assert_eq!(kind_of(&db.store, &shop, &first).await, StatusKind::Shipped);
    db.sound().await;
}

async fn what_a_carrier_makes_up_has_its_limits(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    let scans = (1..=300).map(|hours| scan(ScanKind::Unknown, hours)).collect();
    assert_eq!(tell(&db.store, parcel, 300, scans).await.news, 300);
    let known = db.store.parcels(&shop.viewer, first.order.id).await.expect("parcels").remove(0);
    let hours: Vec<i64> = known.scans.iter().map(|scan| (scan.at - NOW) / HOUR).collect();
    assert_eq!((hours.len(), hours[0], hours[199]), (200, 300, 101), "the newest are kept");
    assert_eq!(db.store.unknown_codes(&shop.admin).await.expect("codes").len(), 200, "a list has its end");
    db.sound().await;
}

async fn trouble_is_the_order_s_flag(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    let flagged = async || {
        let now = view(&db.store, &shop, first.order.id).await;
        flag(&now.facts.expect("facts"), &now.thresholds, NOW + 3 * HOUR)
    };
    let listed = async || {
        let filter = OrdersFilter { flag: Some(Flag::Exception), ..OrdersFilter::default() };
        let asked = OrdersAsked { filter, ..OrdersAsked::default() };
        let page = db.store.orders_list(&at(&shop.viewer, NOW + 3 * HOUR), &asked, 10).await.expect("a list");
        page.rows.into_iter().map(|row| (row.id, row.flag)).collect::<Vec<_>>()
    };
    assert_eq!((flagged().await, listed().await), (None, vec![]));
    tell(&db.store, parcel, 1, vec![scan(ScanKind::Exception, 1)]).await;
    assert_eq!(flagged().await, Some(Flag::Exception));
    assert_eq!(listed().await, vec![(first.order.id, Some(Flag::Exception))]);
    tell(&db.store, parcel, 2, vec![scan(ScanKind::InTransit, 2)]).await;
    assert_eq!((flagged().await, listed().await), (None, vec![]), "it goes on");
    db.sound().await;
}

async fn the_last_answers_are_kept_for_a_month(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (_, parcel) = sent(&db.store, &shop, "1").await;
    for n in 0..50 {
        let said = Tracked { raw: format!("answer {}", n / 2), ..told(Vec::new()) };
        db.store.take_scans(NOW + n * HOUR, parcel, said, PACE).await.expect("taken");
    }
    let answers = db.store.carrier_answers(&shop.admin, parcel).await.expect("answers");
    let bodies: Vec<&str> = answers.iter().map(|answer| answer.body.as_str()).collect();
    assert_eq!((bodies.len(), bodies[0], bodies[19]), (20, "answer 24", "answer 5"));
    assert_eq!(answers[0].at, NOW + 49 * HOUR, "said again, it was said last then");
    assert_eq!(refusal(db.store.carrier_answers(&shop.head, parcel).await), Refusal::NotAllowed);
    assert_eq!(refusal(db.store.carrier_answers(&shop.stranger, parcel).await), Refusal::NotFound);
    db.store.tidy(NOW + 49 * HOUR + 29 * DAY).await.expect("tidied");
    assert!(!db.store.carrier_answers(&shop.admin, parcel).await.expect("answers").is_empty());
    db.store.tidy(NOW + 49 * HOUR + 31 * DAY).await.expect("tidied");
    assert_eq!(db.store.carrier_answers(&shop.admin, parcel).await.expect("answers").len(), 0);
    db.sound().await;
}

async fn a_parcel_is_expected_as_the_others_came(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let expected = async |order: OrderId, hours: i64| {
        let ctx = at(&shop.viewer, NOW + hours * HOUR);
        db.store.parcels(&ctx, order).await.expect("parcels")[0].estimate.map(|at| (at - NOW) / HOUR)
    };
    let (first, parcel) = sent(&db.store, &shop, "9").await;
    for (n, hours) in [40, 48, 50, 60].into_iter().enumerate() {
        let (_, parcel) = sent(&db.store, &shop, &n.to_string()).await;
        tell(&db.store, parcel, 70, vec![scan(ScanKind::Delivered, hours)]).await;
    }
    assert_eq!(expected(first.order.id, 1).await, None, "four tell nothing");
    let (_, fifth) = sent(&db.store, &shop, "5").await;
    let there = Tracked { town: "Одеса".into(), ..told(vec![scan(ScanKind::Delivered, 44)]) };
    db.store.take_scans(NOW + 70 * HOUR, fifth, there, PACE).await.expect("taken");
    assert_eq!(expected(first.order.id, 1).await, Some(48));
    assert_eq!(expected(first.order.id, 48).await, None, "it should be here");
    let promised = Tracked { estimate: Some(NOW + 30 * HOUR), town: "Одеса".into(), ..told(Vec::new()) };
    db.store.take_scans(NOW + HOUR, parcel, promised, PACE).await.expect("taken");
    assert_eq!(expected(first.order.id, 1).await, Some(30), "the carrier knows better");
    assert_eq!(expected(first.order.id, 31).await, None);
    db.sound().await;
}

async fn a_parcel_that_was_taken_back_is_nobody_s(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    let mut elsewhere = db.elsewhere().await;
    elsewhere.run(&format!("UPDATE shipments SET removed_at = {NOW} WHERE id = {parcel}")).await;
    elsewhere.close().await;
    link(&db.store, &shop).await;
    assert!(claim(&db.store, NOW).await.is_none());
    assert_eq!(tell(&db.store, parcel, 1, vec![scan(ScanKind::Delivered, 1)]).await, Taken::default());
    assert_eq!(tell(&db.store, ShipmentId(999), 1, vec![scan(ScanKind::Delivered, 1)]).await, Taken::default());
    assert_eq!(kind_of(&db.store, &shop, &first).await, StatusKind::Shipped);
    db.sound().await;
}

async fn strangers_see_no_parcels(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (first, parcel) = sent(&db.store, &shop, "1").await;
    assert_eq!(refusal(db.store.parcels(&shop.stranger, first.order.id).await), Refusal::NotFound);
    assert_eq!(refusal(db.store.parcels(&shop.owner, OrderId(999)).await), Refusal::NotFound);
    assert_eq!(refusal(db.store.carrier_answers(&shop.owner, ShipmentId(999)).await), Refusal::NotFound);
    let no = |ctx: &store::Ctx| {
        let (store, ctx, set) = (db.store.clone(), ctx.clone(), account(shop.one));
        async move { store.set_carrier_account(&ctx, id(), set).await }
    };
    assert_eq!(refusal(db.untouched(no(&shop.head)).await), Refusal::NotAllowed);
    assert_eq!(refusal(db.untouched(no(&shop.stranger)).await), Refusal::NotFound);
    link(&db.store, &shop).await;
    assert!(db.store.carrier_accounts(&shop.head).await.expect("none").is_empty());
    let shown = serde_json::to_string(&db.store.carrier_accounts(&shop.admin).await.expect("accounts")).expect("JSON");
    assert!(!shown.contains(KEY) && shown.contains("ests"), "the end of a key is enough: {shown}");
    assert_eq!(tell(&db.store, parcel, 1, Vec::new()).await, Taken::default());
    db.sound().await;
}
