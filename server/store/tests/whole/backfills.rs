//! Orders out of a shop's past: where they stand, and a run that brings them in.

use crate::common::shop::{DAY, HOUR, NOW, Shop, at, colleague, id, incoming, system};
use crate::common::watcher::{Watcher, load};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::{Actor, Role, Storefronts};
use domain::backfill::{BackfillChange, BackfillState, BackfillWhy, ShopKind, StartBackfill};
use domain::board::{Card, Limit, Refusal};
use domain::event::Fact;
use domain::funnels::{FunnelChange, ReasonChange, StageKind};
use domain::i18n::Lang;
use domain::ids::*;
use domain::orders::{IncomingOrder, ShopStatus};
use store::Ctx;
use store::backfills::{Claimed, LEASE_MS, Reached};
use store::orders::{Arrival, Received};

on_both![
    what_has_ended_stands_where_it_ended,
    a_funnel_without_such_a_stage_takes_it_at_its_beginning,
    the_reason_is_made_once_in_the_language_asked_for,
    history_of_a_known_order_changes_nothing,
    a_run_counts_and_ends_and_forgets_its_keys,
    one_server_at_a_time,
    a_pause_takes_the_claim_away,
    a_stopped_run_goes_on_where_it_was,
    a_run_that_waits_is_not_claimed_before_its_time,
    it_is_begun_by_those_who_manage_the_storefront,
    what_is_wrong_is_said_before_anything_is_kept,
    the_same_beginning_sent_twice_is_one,
];

fn past(external_id: &str, status: ShopStatus) -> IncomingOrder {
    IncomingOrder { status, placed_at: NOW - 90 * DAY, changed_at: NOW - 80 * DAY, ..incoming(external_id) }
}

async fn bring(db: &TestDb, shop: StorefrontId, order: IncomingOrder) -> Received {
    db.store.receive_order(shop, NOW, order, Arrival::History { lang: Lang::Uk }).await.expect("received")
}

async fn card(db: &TestDb, received: &Received) -> Card {
    db.store.card(&system(), received.deal.expect("a deal")).await.expect("a card")
}

async fn what_has_ended_stands_where_it_ended(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let cases = [
        (ShopStatus::Completed, StageKind::Won),
        (ShopStatus::Cancelled, StageKind::Lost),
        (ShopStatus::Failed, StageKind::Lost),
        (ShopStatus::Returned, StageKind::Lost),
        (ShopStatus::Processing, StageKind::Open),
        (ShopStatus::AwaitingPayment, StageKind::Open),
        (ShopStatus::AwaitingConfirmation, StageKind::Open),
        (ShopStatus::Unknown, StageKind::Open),
    ];
    for (number, (status, kind)) in cases.into_iter().enumerate() {
        let received = bring(&db, shop.one, past(&number.to_string(), status)).await;
        let card = card(&db, &received).await;
        let first = shop.orders.stages.iter().find(|stage| stage.kind == kind).expect("such a stage");
        assert_eq!(card.stage, first.id, "{status:?}");
        let since = if kind == StageKind::Open { NOW - 90 * DAY } else { NOW - 80 * DAY };
        assert_eq!((card.created_at, card.since), (NOW - 90 * DAY, since), "{status:?}");
        let reason = db.store.deal(&shop.viewer, card.id).await.expect("details").lost_reason;
        assert_eq!(reason.is_some(), kind == StageKind::Lost, "{status:?}");
    }
    watcher.agrees(&db.store).await;
    // Nothing of it is of today.
    let wall = db.store.wall(shop.orders.id, NOW).await.expect("a wall").expect("its funnel");
    assert_eq!((wall.today.new, wall.today.won, wall.today.lost), (0, 0, 0));
    db.sound().await;
}

async fn a_funnel_without_such_a_stage_takes_it_at_its_beginning(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let removed = FunnelChange::RemoveStage { stage: shop.lost(), deals_to: None };
    db.store.change_funnel(&shop.owner, id(), shop.orders.id, removed).await.expect("removed");
    let received = bring(&db, shop.one, past("1", ShopStatus::Cancelled)).await;
    let card = card(&db, &received).await;
    assert_eq!((card.stage, card.since), (shop.stage(0), NOW - 90 * DAY));
    assert_eq!(db.store.deal(&shop.viewer, card.id).await.expect("details").lost_reason, None);
    db.sound().await;
}

async fn the_reason_is_made_once_in_the_language_asked_for(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let before = db.store.lost_reasons().await.expect("reasons").len();
    for (number, lang) in [("1", Lang::En), ("2", Lang::Uk)] {
        let order = past(number, ShopStatus::Cancelled);
        db.store.receive_order(shop.one, NOW, order, Arrival::History { lang }).await.expect("received");
    }
    let reasons = db.store.lost_reasons().await.expect("reasons");
    assert_eq!(reasons.len(), before + 1, "the second found it, though it speaks another language");
    let made = reasons.last().expect("a reason");
    assert_eq!(made.name, "Cancelled in the shop");
    // Whoever took it off the list does not get it back.
    let retire = ReasonChange::Retire { reason: made.id };
    db.store.change_lost_reasons(&shop.owner, id(), retire).await.expect("retired");
    let received = bring(&db, shop.one, past("3", ShopStatus::Cancelled)).await;
    let details = db.store.deal(&shop.viewer, received.deal.expect("a deal")).await.expect("details");
    assert_eq!(details.lost_reason.as_deref(), Some("Cancelled in the shop"));
    assert_eq!(db.store.lost_reasons().await.expect("reasons").len(), before);
    db.sound().await;
}

async fn history_of_a_known_order_changes_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let sent = db.store.receive_order(shop.one, NOW, incoming("1"), Arrival::Sent).await.expect("received");
    let again = bring(&db, shop.one, incoming("1")).await;
    assert_eq!(again, Received { unchanged: true, ..sent.clone() });
    let older = bring(&db, shop.one, past("1", ShopStatus::Cancelled)).await;
    assert_eq!(older, again, "what the hook told later is newer");
    // A deletion is not taken back by what the shop had before.
    db.store.delete_order(shop.one, NOW, "1".into()).await.expect("deleted");
    bring(&db, shop.one, incoming("1")).await;
    assert!(card(&db, &sent).await.deleted_in_shop);
    assert_eq!(load(&db.store, &shop.viewer, shop.orders.id).await.cards.len(), 1);
    db.sound().await;
}

fn start(storefront: StorefrontId) -> StartBackfill {
    StartBackfill {
        storefront,
        shop: ShopKind::WooCommerce,
        address: "kava.ua".into(),
        key: "ck_geheim".into(),
        secret: "cs_geheim".into(),
        lang: Lang::Uk,
    }
}

async fn begin(db: &TestDb, shop: &Shop) -> Claimed {
    db.store.start_backfill(&shop.admin, id(), start(shop.one)).await.expect("begun");
    claim(db, NOW, "a").await.expect("claimed")
}

async fn claim(db: &TestDb, now: Millis, holder: &str) -> Option<Claimed> {
    db.store.claim_backfill(now, holder).await.expect("a look")
}

async fn only(db: &TestDb, ctx: &Ctx) -> domain::backfill::Backfill {
    db.store.backfills(ctx).await.expect("runs").pop().expect("a run")
}

async fn a_run_counts_and_ends_and_forgets_its_keys(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let claimed = begin(&db, &shop).await;
    assert_eq!((claimed.page, claimed.last_order, claimed.address.as_str()), (1, 0, "https://kava.ua"));
    assert_eq!((claimed.key.as_str(), claimed.secret.as_str()), ("ck_geheim", "cs_geheim"));
    assert!(db.everything().await.contains("ck_geheim"), "or the end of this test proves nothing");
    let take = async |external_id: &str, number| {
        let order = past(external_id, ShopStatus::Completed);
        db.store.take_backfilled(NOW, &claimed, order, number).await.expect("taken").expect("ours")
    };
    assert!(!take("1", 1).await.unchanged);
    assert!(!take("2", 2).await.unchanged);
    assert!(take("2", 2).await.unchanged);
    assert!(db.store.count_backfill_kept(NOW, &claimed, 3).await.expect("counted"));
    let reached = Reached { page: 2, total: Some(9), next_at: NOW };
    db.store.backfill_reached(NOW, &claimed, reached).await.expect("reached");
    let run = only(&db, &shop.admin).await;
    assert_eq!((run.made, run.unchanged, run.kept, run.total), (2, 1, 1, Some(9)));
    assert_eq!((run.state, run.done(), run.ended_at), (BackfillState::Running, 4, None));
    let next = claim(&db, NOW, "a").await.expect("claimed again");
    assert_eq!((next.page, next.last_order), (2, 3), "given back in order, it begins where it ended");
    db.store.end_backfill(NOW + 5, &next, None).await.expect("ended");
    let run = only(&db, &shop.admin).await;
    assert_eq!((run.state, run.why, run.ended_at), (BackfillState::Done, None, Some(NOW + 5)));
    assert!(!db.everything().await.contains("geheim"), "the keys are gone, and were never in the log");
    assert!(claim(&db, NOW + DAY, "a").await.is_none());
    let told = db.store.raw_events(Seq(0)).await.expect("the log");
    let turns = told.into_iter().filter_map(|event| match event.fact {
        Fact::BackfillTurned(turned) => Some((turned.to, turned.made)),
        _ => None,
    });
    assert_eq!(turns.collect::<Vec<_>>(), [(BackfillState::Running, 0), (BackfillState::Done, 2)]);
    db.sound().await;
}

async fn one_server_at_a_time(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = begin(&db, &shop).await;
    let reached = Reached { page: 3, total: Some(300), next_at: NOW };
    db.store.backfill_reached(NOW, &first, reached).await.expect("reached");
    let first = claim(&db, NOW, "a").await.expect("claimed");
    assert!(claim(&db, NOW + 1, "b").await.is_none());
    // Every order renews the claim.
    let later = NOW + LEASE_MS - 1;
    db.store.take_backfilled(later, &first, past("1", ShopStatus::Completed), 1).await.expect("taken").expect("ours");
    assert!(claim(&db, NOW + LEASE_MS + 1, "b").await.is_none());
    // The first is killed; the second begins a page earlier, and the first comes back to life.
    let second = claim(&db, later + LEASE_MS + 1, "b").await.expect("claimed");
    assert_eq!((second.page, second.last_order), (2, 1));
    let now = later + LEASE_MS + 2;
    assert!(!db.store.hold_backfill(now, &first).await.expect("a look"));
    let end = db.store.log_end().await.expect("the end");
    let order = past("2", ShopStatus::Completed);
    assert_eq!(db.store.take_backfilled(now, &first, order, 2).await.expect("an answer"), None);
    assert!(!db.store.count_backfill_kept(now, &first, 2).await.expect("an answer"));
    db.store.backfill_reached(now, &first, reached).await.expect("an answer");
    db.store.backfill_waits(now, &first, BackfillWhy::ShopFails, now + DAY).await.expect("an answer");
    db.store.end_backfill(now, &first, None).await.expect("an answer");
    assert_eq!(db.store.log_end().await.expect("the end"), end, "it wrote nothing");
    let run = only(&db, &shop.admin).await;
    assert_eq!((run.state, run.made, run.why), (BackfillState::Running, 1, None));
    assert!(db.store.hold_backfill(now, &second).await.expect("a look"));
    db.sound().await;
}

async fn a_pause_takes_the_claim_away(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let claimed = begin(&db, &shop).await;
    let change =
        async |change| db.store.change_backfill(&shop.admin, id(), shop.one, change).await.expect("changed").state;
    assert_eq!(change(BackfillChange::Pause).await, BackfillState::Paused);
    assert!(!db.store.hold_backfill(NOW, &claimed).await.expect("a look"));
    assert!(claim(&db, NOW + DAY, "a").await.is_none());
    let end = db.store.log_end().await.expect("the end");
    assert_eq!(change(BackfillChange::Pause).await, BackfillState::Paused, "pressed twice");
    assert_eq!(db.store.log_end().await.expect("the end"), end);
    assert_eq!(change(BackfillChange::Resume).await, BackfillState::Running);
    let claimed = claim(&db, NOW, "a").await.expect("claimed");
    db.store.end_backfill(NOW, &claimed, Some(BackfillWhy::WrongKeys)).await.expect("ended");
    for late in [BackfillChange::Pause, BackfillChange::Resume, BackfillChange::Stop] {
        assert_eq!(change(late).await, BackfillState::Failed, "{late:?}");
    }
    assert_eq!(only(&db, &shop.admin).await.why, Some(BackfillWhy::WrongKeys));
    db.sound().await;
}

async fn a_stopped_run_goes_on_where_it_was(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let claimed = begin(&db, &shop).await;
    let order = past("7", ShopStatus::Completed);
    db.store.take_backfilled(NOW, &claimed, order, 7).await.expect("taken").expect("ours");
    let reached = Reached { page: 5, total: Some(700), next_at: NOW };
    db.store.backfill_reached(NOW, &claimed, reached).await.expect("reached");
    let stop = BackfillChange::Stop;
    db.store.change_backfill(&shop.admin, id(), shop.one, stop).await.expect("stopped");
    assert!(!db.everything().await.contains("geheim"));
    let claimed = begin(&db, &shop).await;
    assert_eq!((claimed.page, claimed.last_order, claimed.total), (4, 7, Some(700)));
    assert_eq!(only(&db, &shop.admin).await.made, 1);
    db.store.change_backfill(&shop.admin, id(), shop.one, stop).await.expect("stopped");
    // Another shop is another history.
    let other = StartBackfill { address: "chai.ua".into(), ..start(shop.one) };
    db.store.start_backfill(&shop.admin, id(), other).await.expect("begun");
    let claimed = claim(&db, NOW, "a").await.expect("claimed");
    assert_eq!((claimed.page, claimed.last_order, claimed.total), (1, 0, None));
    // One that came to its end begins anew.
    db.store.end_backfill(NOW, &claimed, None).await.expect("ended");
    assert_eq!(begin(&db, &shop).await.last_order, 0);
    db.sound().await;
}

async fn a_run_that_waits_is_not_claimed_before_its_time(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let claimed = begin(&db, &shop).await;
    db.store.backfill_waits(NOW, &claimed, BackfillWhy::TooOften, NOW + HOUR).await.expect("waits");
    let run = only(&db, &shop.admin).await;
    assert_eq!((run.state, run.why, run.next_at), (BackfillState::Running, Some(BackfillWhy::TooOften), NOW + HOUR));
    assert!(claim(&db, NOW + HOUR - 1, "a").await.is_none());
    let claimed = claim(&db, NOW + HOUR, "a").await.expect("claimed");
    assert_eq!(claimed.failures, 1);
    let reached = Reached { page: 2, total: None, next_at: NOW };
    db.store.backfill_reached(NOW + HOUR, &claimed, reached).await.expect("reached");
    assert_eq!(claim(&db, NOW + HOUR, "a").await.expect("claimed").failures, 0, "in a row");
    assert_eq!(only(&db, &shop.admin).await.why, None);
    db.sound().await;
}

async fn it_is_begun_by_those_who_manage_the_storefront(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    // A script that was given the other storefront.
    let (stranger, storefronts) =
        (colleague(&db.store, "Ігор", Role::Admin, &[]).await, Storefronts::Some(vec![shop.two]));
    let stranger = Ctx { actor: Actor { storefronts, ..stranger.actor }, now: NOW };
    db.store.start_backfill(&shop.admin, id(), start(shop.one)).await.expect("begun");
    db.untouched(async {
        for (ctx, expected) in [
            (&shop.head, Refusal::NotAllowed),
            (&shop.manager, Refusal::NotAllowed),
            (&shop.viewer, Refusal::NotAllowed),
            (&shop.stranger, Refusal::NotFound),
            (&stranger, Refusal::NotFound),
        ] {
            assert_eq!(refusal(db.store.start_backfill(ctx, id(), start(shop.one)).await), expected);
            for change in [BackfillChange::Pause, BackfillChange::Resume, BackfillChange::Stop] {
                assert_eq!(refusal(db.store.change_backfill(ctx, id(), shop.one, change).await), expected);
            }
            assert!(db.store.backfills(ctx).await.expect("an answer").is_empty());
        }
        let nowhere = StorefrontId(9_999);
        assert_eq!(refusal(db.store.start_backfill(&shop.owner, id(), start(nowhere)).await), Refusal::NotFound);
        let stop = BackfillChange::Stop;
        assert_eq!(refusal(db.store.change_backfill(&shop.owner, id(), shop.two, stop).await), Refusal::NotFound);
    })
    .await;
    db.sound().await;
}

async fn what_is_wrong_is_said_before_anything_is_kept(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    db.untouched(async {
        for (wrong, limit) in [
            (StartBackfill { address: "http://kava.ua".into(), ..start(shop.one) }, Limit::ShopAddress),
            (StartBackfill { shop: ShopKind::Shopify, ..start(shop.one) }, Limit::ShopAddress),
            (StartBackfill { key: " ".into(), ..start(shop.one) }, Limit::ShopKeys),
            (StartBackfill { secret: "a b".into(), ..start(shop.one) }, Limit::ShopKeys),
        ] {
            assert_eq!(refusal(db.store.start_backfill(&shop.admin, id(), wrong).await), Refusal::Limit { limit });
        }
    })
    .await;
    db.store.start_backfill(&shop.admin, id(), start(shop.one)).await.expect("begun");
    let going = Refusal::Limit { limit: Limit::BackfillGoing };
    assert_eq!(refusal(db.store.start_backfill(&shop.owner, id(), start(shop.one)).await), going);
    let pause = BackfillChange::Pause;
    db.store.change_backfill(&shop.admin, id(), shop.one, pause).await.expect("paused");
    assert_eq!(refusal(db.store.start_backfill(&shop.owner, id(), start(shop.one)).await), going);
    db.sound().await;
}

async fn the_same_beginning_sent_twice_is_one(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let command = id();
    let first = db.store.start_backfill(&shop.admin, command, start(shop.one)).await.expect("begun");
    let later = at(&shop.admin, NOW + HOUR);
    assert_eq!(db.store.start_backfill(&later, command, start(shop.one)).await.expect("the same answer"), first);
    let other = StartBackfill { secret: "cs_other".into(), ..start(shop.one) };
    assert_eq!(refusal(db.store.start_backfill(&shop.admin, command, other).await), Refusal::CommandReused);
    for _ in 0..10 {
        let (one, two) = tokio::join!(
            db.store.start_backfill(&shop.admin, id(), start(shop.two)),
            db.store.start_backfill(&shop.owner, id(), start(shop.two)),
        );
        assert!(one.is_ok() != two.is_ok(), "of two at once, one begins it");
        db.tamper("DELETE FROM backfills").await;
    }
    db.sound().await;
}
