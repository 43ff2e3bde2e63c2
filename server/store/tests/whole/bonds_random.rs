//! Random commands: as long as an order has not ended, its deal stands where its status is bonded to.

use crate::common::shop::{HOUR, NOW, Shop, at, id, incoming, to};
use crate::common::statuses::{bonded, details};
use crate::common::{TestDb, on_both};
use domain::board::{MoveDeal, Place};
use domain::ids::*;
use domain::orders::{Bond, ChangeStatus, IncomingOrder, OrderFilter, ShopStatus, Status};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use store::orders::Arrival;
use store::{Error, Store};

on_both![whatever_is_done_status_and_stage_are_in_step];

const STEPS: usize = 120;

/// Numbers are picks: taken modulo what there is to pick from.
#[derive(Clone, Debug)]
enum Step {
    Change { order: usize, status: usize, told: bool, head: bool },
    Move { order: usize, stage: usize, told: bool },
    Word { order: usize, word: usize, paid: bool },
}

fn step() -> impl Strategy<Value = Step> {
    let n = || 0..1_000usize;
    prop_oneof![
        4 => (n(), n(), any::<bool>(), any::<bool>())
            .prop_map(|(order, status, told, head)| Step::Change { order, status, told, head }),
        4 => (n(), n(), any::<bool>()).prop_map(|(order, stage, told)| Step::Move { order, stage, told }),
        3 => (n(), n(), any::<bool>()).prop_map(|(order, word, paid)| Step::Word { order, word, paid }),
    ]
}

async fn whatever_is_done_status_and_stage_are_in_step(db: TestDb) {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let steps = prop::collection::vec(step(), STEPS).new_tree(&mut runner).expect("steps").current();
    // Shown where the test fails: they differ every time.
    eprintln!("{steps:?}");
    let shop = Shop::open(&db.store).await;
    let bond = bonded(&db.store, &shop, &shop.orders).await;
    let statuses = db.store.statuses(&shop.owner, shop.one).await.expect("statuses");
    for (n, step) in steps.iter().enumerate() {
        let now = NOW + n as i64 * HOUR;
        match act(&db.store, &shop, (now, statuses.as_slice(), &bond), step).await {
            Ok(()) | Err(Error::Refused(_)) => {}
            Err(error) => panic!("step {n}, {step:?}: {error}"),
        }
        in_step(&db.store, &shop, (&bond, n)).await;
    }
    db.sound().await;
}

async fn in_step(store: &Store, shop: &Shop, (bond, n): (&Bond, usize)) {
    let filter = OrderFilter { storefront: Some(shop.one), ..OrderFilter::default() };
    for order in store.orders_page(&shop.owner, &filter, (OrderId(0), 100)).await.expect("orders") {
        let status = order.status.expect("every order has a status");
        let stands = store.card(&shop.owner, order.deal.expect("a deal")).await.expect("there").stage;
        // A stage that leads to no status leaves orders where they are.
        if !status.kind.ends() && bond.status_of(stands).is_some() {
            assert_eq!(bond.stage_of(status.id), Some(stands), "step {n}, order {}", order.number);
        }
    }
}

async fn act(
    store: &Store,
    shop: &Shop,
    (now, statuses, bond): (Millis, &[Status], &Bond),
    step: &Step,
) -> store::Result<()> {
    let order = async |n: usize| {
        let filter = OrderFilter { storefront: Some(shop.one), ..OrderFilter::default() };
        let all = store.orders_page(&shop.owner, &filter, (OrderId(0), 100)).await?;
        Ok::<_, Error>(if all.is_empty() { None } else { all.get(n % all.len()).cloned() })
    };
    match step {
        Step::Change { order: which, status, told, head } => {
            let Some(order) = order(*which).await? else { return Ok(()) };
            let to = &statuses[status % statuses.len()];
            let command = ChangeStatus {
                command: id(),
                order: order.id,
                from: order.status.map(|status| status.id),
                to: to.id,
                details: to.kind.asks().filter(|_| *told).map(details),
                override_reason: Some("так треба".into()),
            };
            let who = if *head { &shop.head } else { &shop.manager };
            store.change_status(&at(who, now), command).await.map(drop)
        }
        Step::Move { order: which, stage, told } => {
            let Some(order) = order(*which).await? else { return Ok(()) };
            let Some(deal) = order.deal else { return Ok(()) };
            let card = store.card(&shop.owner, deal).await?;
            let goal = shop.stage(stage % shop.orders.stages.len());
            let status = bond.status_of(goal).and_then(|id| statuses.iter().find(|status| status.id == id));
            let details = status.and_then(|status| status.kind.asks()).filter(|_| *told).map(details);
            let reason = store.lost_reasons().await?.first().map(|reason| reason.id);
            let command = MoveDeal { details, reason, ..to(&card, goal, Place::Top) };
            store.move_deal(&at(&shop.manager, now), command).await.map(drop)
        }
        Step::Word { order, word, paid } => {
            let word = ShopStatus::ALL[word % ShopStatus::ALL.len()];
            let (status, shop_status) = (word, word.key().to_owned());
            let order = IncomingOrder {
                status,
                shop_status,
                paid: *paid,
                changed_at: now,
                ..incoming(&(order % 6).to_string())
            };
            // A cart's lead has no order to be in step with.
            let order =
                if word == ShopStatus::Draft { IncomingOrder { status: ShopStatus::Unknown, ..order } } else { order };
            store.receive_order(shop.one, now, order, Arrival::Sent).await.map(drop)
        }
    }
}
