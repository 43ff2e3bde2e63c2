//! What came in by the doors: its record, wrong signatures, and what was not understood.

use crate::common::shop::{DAY, HOUR, NOW, Shop, at, id, incoming};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::{Actor, Storefronts};
use domain::board::{Limit, Refusal};
use domain::event::Fact;
use domain::funnels::FunnelChange;
use domain::i18n::Lang;
use domain::ids::*;
use domain::intake::{Delivery, Outcome, RECORD_PAGE, RecordFilter};
use store::Ctx;
use store::deliveries::{Came, Said};
use store::intake::{Kept, Reason, Why};
use store::orders::Arrival;

on_both![
    the_record_is_written_with_what_it_tells_of,
    a_refused_delivery_leaves_no_line,
    the_record_is_read_page_by_page,
    another_storefront_s_admin_sees_nothing,
    wrong_signatures_are_counted_by_the_hour,
    a_body_goes_after_thirty_days,
    what_nobody_needs_goes_at_once,
    the_record_is_forgotten_after_half_a_year,
    what_was_kept_before_reasons_had_types_is_shown,
    what_is_of_the_past_stays_so_until_the_shop_sends_it,
];

fn came(storefront: StorefrontId) -> Came {
    Came { storefront, door: "woocommerce", topic: "order.updated".into(), intake: None }
}

fn order(number: &str) -> Said {
    Said::Order(Box::new(incoming(number)), Arrival::Sent)
}

fn kept(storefront: StorefrontId, body: &str) -> Kept {
    let reason = Reason::at("total", Why::Missing);
    Kept { storefront, door: "woocommerce", topic: "order.created".into(), body: body.into(), reason }
}

async fn record(db: &TestDb, ctx: &Ctx) -> Vec<Delivery> {
    db.store.deliveries(ctx, &RecordFilter::default(), None).await.expect("the record")
}

/// An admin's rights in the second storefront alone, as a token may have them.
fn theirs(shop: &Shop) -> Ctx {
    let storefronts = Storefronts::Some(vec![shop.two]);
    Ctx { actor: Actor { storefronts, ..shop.admin.actor.clone() }, now: NOW }
}

async fn the_record_is_written_with_what_it_tells_of(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let made = store.take_delivery(NOW, came(shop.one), order("1")).await.expect("taken");
    let again = store.take_delivery(NOW + 1, came(shop.one), order("1")).await.expect("known");
    assert_eq!((made.unchanged, again.unchanged, made.deal), (false, true, again.deal));
    let nothing = store.take_delivery(NOW + 2, came(shop.one), Said::Nothing).await.expect("ignored");
    assert_eq!((nothing.order, nothing.deal), (None, None));
    let intake = store.keep_intake(NOW + 3, kept(shop.one, "{}")).await.expect("kept");
    assert_eq!(store.keep_intake(NOW + 4, kept(shop.one, "{}")).await.expect("kept"), intake);
    let gone = Said::Deleted { external_id: "1".into() };
    store.take_delivery(NOW + 5, came(shop.one), gone).await.expect("deleted");
    let told = record(&db, &shop.admin).await;
    let outcomes: Vec<_> = told.iter().map(|one| (one.outcome, one.received_at - NOW, one.deal.is_some())).collect();
    assert_eq!(
        outcomes,
        [
            (Outcome::Taken, 5, true),
            (Outcome::Kept, 4, false),
            (Outcome::Kept, 3, false),
            (Outcome::Ignored, 2, false),
            (Outcome::Unchanged, 1, true),
            (Outcome::Taken, 0, true),
        ]
    );
    let brought = told[5].deal.clone().expect("a deal");
    assert_eq!((Some(brought.deal), brought.funnel), (made.deal, shop.orders.id));
    assert_eq!(brought.number.as_deref(), Some("N1"));
    // A board that is no longer there is not led to; the line stays.
    store.change_funnel(&shop.admin, id(), shop.orders.id, FunnelChange::Archive).await.expect("archived");
    let told = record(&db, &shop.admin).await;
    assert!(told.len() == 6 && told.iter().all(|one| one.deal.is_none()), "{told:?}");
    db.sound().await;
}

async fn a_refused_delivery_leaves_no_line(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for funnel in [shop.orders.id, shop.shared.id] {
        db.store.change_funnel(&shop.admin, id(), funnel, FunnelChange::Archive).await.expect("archived");
    }
    db.untouched(async {
        let refused = db.store.take_delivery(NOW, came(shop.one), order("1")).await;
        assert_eq!(refusal(refused), Refusal::StageGone);
    })
    .await;
    assert_eq!(record(&db, &shop.admin).await, []);
    db.sound().await;
}

async fn the_record_is_read_page_by_page(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    for n in 0..RECORD_PAGE as i64 + 7 {
        store.take_delivery(NOW + n, came(shop.one), Said::Nothing).await.expect("ignored");
    }
    store.take_delivery(NOW, came(shop.two), order("2")).await.expect("taken");
    let first = record(&db, &shop.owner).await;
    assert_eq!((first.len(), first[0].storefront, first[0].outcome), (RECORD_PAGE, shop.two, Outcome::Taken));
    let last = first.last().map(|one| one.id);
    let rest = store.deliveries(&shop.owner, &RecordFilter::default(), last).await.expect("a page");
    assert_eq!(rest.len(), 8);
    let ids: Vec<_> = first.iter().chain(&rest).map(|one| one.id.0).collect();
    assert!(ids.windows(2).all(|pair| pair[0] > pair[1]), "{ids:?}");
    let cases = [
        (Some(shop.two), None, 1),
        (Some(shop.one), Some(Outcome::Taken), 0),
        (None, Some(Outcome::Taken), 1),
        (None, Some(Outcome::Kept), 0),
        (Some(shop.one), Some(Outcome::Ignored), RECORD_PAGE),
        (Some(StorefrontId(999)), None, 0),
    ];
    for (storefront, outcome, count) in cases {
        let filter = RecordFilter { storefront, outcome };
        let found = store.deliveries(&shop.owner, &filter, None).await.expect("a page");
        assert_eq!(found.len(), count, "{filter:?}");
    }
    db.sound().await;
}

async fn another_storefront_s_admin_sees_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    store.take_delivery(NOW, came(shop.one), order("1")).await.expect("taken");
    store.count_forged(NOW, shop.one, "shopify").await.expect("counted");
    let intake = store.keep_intake(NOW, kept(shop.one, "{}")).await.expect("kept");
    let theirs = theirs(&shop);
    db.untouched(async {
        assert_eq!(record(&db, &theirs).await, []);
        let guess = RecordFilter { storefront: Some(shop.one), outcome: None };
        assert_eq!(store.deliveries(&theirs, &guess, None).await.expect("a page"), []);
        assert_eq!(store.forged(&theirs).await.expect("a list"), []);
        assert_eq!(store.intake(&theirs).await.expect("a list"), []);
        assert_eq!(refusal(store.intake_to_replay(&theirs, intake).await), Refusal::NotAllowed);
        assert_eq!(refusal(store.dismiss_intake(&theirs, id(), intake).await), Refusal::NotAllowed);
        for ctx in [&shop.viewer, &shop.manager, &shop.head, &shop.stranger] {
            let page = store.deliveries(ctx, &RecordFilter::default(), None).await;
            assert_eq!(refusal(page), Refusal::NotAllowed);
            assert_eq!(refusal(store.forged(ctx).await), Refusal::NotAllowed);
        }
    })
    .await;
    assert_eq!(record(&db, &shop.admin).await.len(), 2);
    db.sound().await;
}

async fn wrong_signatures_are_counted_by_the_hour(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let rush = (0..6).map(|_| store.count_forged(NOW, shop.one, "woocommerce"));
    for counted in futures::future::join_all(rush).await {
        counted.expect("counted");
    }
    store.count_forged(NOW + HOUR, shop.one, "woocommerce").await.expect("counted");
    store.count_forged(NOW, shop.two, "shopify").await.expect("counted");
    let told = |ctx: Ctx| async move {
        let list = store.forged(&ctx).await.expect("a list");
        list.into_iter().map(|one| (one.storefront, one.door, one.times, one.last_at - NOW)).collect::<Vec<_>>()
    };
    let one = (shop.one, "woocommerce".to_owned(), 7, HOUR);
    let two = (shop.two, "shopify".to_owned(), 1, 0);
    assert_eq!(told(at(&shop.admin, NOW + 2 * HOUR)).await, [one, two.clone()]);
    assert_eq!(told(at(&theirs(&shop), NOW + 2 * HOUR)).await, [two]);
    // Two rows and an hour's: as many as there are hours, however often it is tried.
    let rows = db.everything().await.matches("\"table\":\"forged\"").count();
    assert_eq!(rows, 3);
    assert_eq!(told(at(&shop.admin, NOW + 8 * DAY)).await, []);
    db.sound().await;
}

async fn a_body_goes_after_thirty_days(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let waits = store.keep_intake(NOW, kept(shop.one, "letter one")).await.expect("kept");
    let read = store.keep_intake(NOW, kept(shop.one, "letter two")).await.expect("kept");
    let replayed = store.intake_to_replay(&shop.admin, read).await.expect("it waits");
    store.intake_replayed(&shop.admin, &replayed).await.expect("replayed");
    store.tidy(NOW + 29 * DAY).await.expect("tidied");
    assert_eq!(store.intake_to_replay(&shop.admin, waits).await.expect("it waits").body, "letter one");

    assert!(store.tidy(NOW + 31 * DAY).await.expect("tidied") > 0);
    assert_eq!(store.tidy(NOW + 31 * DAY).await.expect("tidied"), 0, "and once is enough");
    assert!(!db.everything().await.contains("letter"), "neither of the two is there any more");
    let [one] = &store.intake(&shop.admin).await.expect("a list")[..] else { panic!("one waits") };
    assert_eq!((one.id, one.emptied, &one.reason), (waits, true, &Reason::at("total", Why::Missing)));
    let emptied = Refusal::Limit { limit: Limit::IntakeEmptied };
    db.untouched(async {
        assert_eq!(refusal(store.intake_to_replay(&shop.admin, waits).await), emptied);
        let still = store.intake_still_refused(&shop.admin, waits, Reason::whole(Why::Unreadable)).await;
        assert_eq!(refusal(still), emptied);
    })
    .await;
    // The shop sends it once more: now it can be read again.
    let later = NOW + 32 * DAY;
    assert_eq!(store.keep_intake(later, kept(shop.one, "letter one")).await.expect("kept"), waits);
    let one = store.intake_to_replay(&shop.admin, waits).await.expect("it waits");
    assert_eq!((one.body.as_str(), one.received_at), ("letter one", later));
    store.tidy(later + 31 * DAY).await.expect("tidied");
    store.dismiss_intake(&shop.admin, id(), waits).await.expect("an empty one can be dismissed");
    assert_eq!(store.intake(&shop.admin).await.expect("a list"), []);
    db.sound().await;
}

async fn what_nobody_needs_goes_at_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let one = store.keep_intake(NOW, kept(shop.one, "a letter")).await.expect("kept");
    let command = id();
    store.dismiss_intake(&shop.admin, command, one).await.expect("dismissed");
    assert!(!db.everything().await.contains("a letter"));
    assert_eq!(store.intake(&shop.admin).await.expect("a list"), []);
    db.untouched(async {
        store.dismiss_intake(&shop.admin, command, one).await.expect("the same command is the same answer");
        assert_eq!(refusal(store.dismiss_intake(&shop.admin, id(), one).await), Refusal::NotFound);
        assert_eq!(refusal(store.dismiss_intake(&shop.admin, id(), IntakeId(999)).await), Refusal::NotFound);
        assert_eq!(refusal(store.intake_to_replay(&shop.admin, one).await), Refusal::NotFound);
    })
    .await;
    let events = store.events_after(Seq(0)).await.expect("events");
    let facts: Vec<&Fact> = events.iter().map(|live| &live.event.fact).rev().take(2).collect();
    let reason = "missing".to_owned();
    assert_eq!(facts, [&Fact::IntakeDismissed { intake: one }, &Fact::IntakeRefused { intake: one, reason }]);
    assert_eq!(store.keep_intake(NOW, kept(shop.one, "a letter")).await.expect("kept"), one);
    assert_eq!(store.intake(&shop.admin).await.expect("a list").len(), 1, "it came again, and waits again");
    db.sound().await;
}

async fn the_record_is_forgotten_after_half_a_year(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    store.take_delivery(NOW, came(shop.one), order("1")).await.expect("taken");
    store.count_forged(NOW, shop.one, "woocommerce").await.expect("counted");
    store.take_delivery(NOW + 100 * DAY, came(shop.one), order("2")).await.expect("taken");
    store.tidy(NOW + 179 * DAY).await.expect("tidied");
    assert_eq!(record(&db, &shop.admin).await.len(), 2);
    store.tidy(NOW + 181 * DAY).await.expect("tidied");
    let [left] = &record(&db, &shop.admin).await[..] else { panic!("one line is young") };
    assert_eq!(left.received_at, NOW + 100 * DAY);
    assert!(!db.everything().await.contains("\"table\":\"forged\""));
    db.sound().await;
}

async fn what_was_kept_before_reasons_had_types_is_shown(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let one = db.store.keep_intake(NOW, kept(shop.one, "{}")).await.expect("kept");
    let words = "total: \"-1\" is below zero";
    db.tamper(&format!("UPDATE intake SET reason = '{words}'")).await;
    let found = db.store.intake_to_replay(&shop.admin, one).await.expect("it waits");
    assert_eq!(found.reason, Reason::whole(Why::Other { words: words.to_owned() }));
    db.store.intake_still_refused(&shop.admin, one, Reason::whole(Why::NoFunnel)).await.expect("noted");
    let found = db.store.intake_to_replay(&shop.admin, one).await.expect("it waits");
    assert_eq!(found.reason, Reason::whole(Why::NoFunnel));
    db.sound().await;
}

async fn what_is_of_the_past_stays_so_until_the_shop_sends_it(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let history = async |id: IntakeId| store.intake_to_replay(&shop.admin, id).await.expect("it waits").history;
    let one = store.keep_history(NOW, kept(shop.one, "a letter"), Lang::En).await.expect("kept");
    assert_eq!(history(one).await, Some(Lang::En));
    assert_eq!(store.intake(&shop.admin).await.expect("a list")[0].history, Some(Lang::En));
    assert_eq!(store.keep_history(NOW, kept(shop.one, "a letter"), Lang::Ru).await.expect("kept"), one);
    assert_eq!(history(one).await, Some(Lang::En), "it waits as it was");
    assert_eq!(store.keep_intake(NOW, kept(shop.one, "a letter")).await.expect("kept"), one);
    assert_eq!(history(one).await, None, "what the shop sends by itself is news");
    assert_eq!(store.keep_history(NOW, kept(shop.one, "a letter"), Lang::Uk).await.expect("kept"), one);
    assert_eq!(history(one).await, None, "and stays news while it waits");
    store.dismiss_intake(&shop.admin, id(), one).await.expect("dismissed");
    store.keep_history(NOW, kept(shop.one, "a letter"), Lang::Uk).await.expect("kept");
    assert_eq!(history(one).await, Some(Lang::Uk), "asked for anew");
    db.sound().await;
}
