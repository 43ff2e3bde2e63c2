//! Random work on a small stock: whatever is done, rows are what the ledger says, nothing is below zero, and no more is
//! promised than there is.

use crate::common::catalog::{line, product, wants, warehouse, work};
use crate::common::shop::{HOUR, NOW, Shop, at, id};
use crate::common::statuses::details;
use crate::common::{TestDb, on_both};
use domain::catalog::{StockFilter, StockWork};
use domain::ids::*;
use domain::orders::ChangeStatus;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use store::orders::Arrival;
use store::{Error, Store};

on_both![whatever_is_done_the_stock_is_its_ledger];

const STEPS: usize = 150;
const SKUS: [&str; 3] = ["A-1", "A-2", "A-3"];

/// Numbers are picks: taken modulo what there is to pick from.
#[derive(Clone, Debug)]
enum Step {
    Work { variant: usize, warehouse: usize, kind: u8, quantity: i64 },
    Order { number: u8, sku: usize, quantity: i64, other: i64 },
    Change { order: usize, status: usize },
    Delete { number: u8 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3usize, 0..2usize, 0..5u8, -3..8i64)
            .prop_map(|(variant, warehouse, kind, quantity)| Step::Work { variant, warehouse, kind, quantity }),
        3 => (0..8u8, 0..3usize, 1..4i64, 1..4i64)
            .prop_map(|(number, sku, quantity, other)| Step::Order { number, sku, quantity, other }),
        8 => (0..100usize, 0..100usize).prop_map(|(order, status)| Step::Change { order, status }),
        1 => (0..8u8).prop_map(|number| Step::Delete { number }),
    ]
}

async fn whatever_is_done_the_stock_is_its_ledger(db: TestDb) {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let steps = prop::collection::vec(step(), STEPS).new_tree(&mut runner).expect("steps").current();
    // Shown where the test fails: they differ every time.
    eprintln!("{steps:?}");
    let shop = Shop::open(&db.store).await;
    let variants: Vec<VariantId> =
        product(&db.store, &shop, &SKUS).await.variants.into_iter().map(|one| one.id).collect();
    let houses = [warehouse(&db.store, &shop, "Київ").await, warehouse(&db.store, &shop, "Львів").await];
    for variant in &variants {
        let come = houses.map(|house| line((*variant, house), StockWork::Receive { quantity: 4 }));
        work(&db.store, &shop.manager, come.to_vec()).await.expect("received");
    }
    let mut orders: Vec<OrderId> = Vec::new();
    for (n, step) in steps.iter().enumerate() {
        let now = NOW + n as i64 * HOUR;
        match act(&db.store, (&shop, &variants, &houses), (&mut orders, now), step).await {
            Ok(()) | Err(Error::Refused(_)) => {}
            Err(error) => panic!("step {n}, {step:?}: {error}"),
        }
        for (_, row) in db.store.stock_page(&shop.viewer, StockFilter::default(), (0, 50)).await.expect("stock") {
            let stock = row.stock;
            assert!(stock.reserved >= 0 && stock.incoming >= 0, "step {n}, {step:?}: {row:?}");
            assert!(stock.on_hand >= stock.reserved, "step {n}, {step:?}: {row:?}");
        }
    }
    db.sound().await;
}

async fn act(
    store: &Store,
    (shop, variants, houses): (&Shop, &[VariantId], &[WarehouseId; 2]),
    (orders, now): (&mut Vec<OrderId>, Millis),
    step: &Step,
) -> store::Result<()> {
    let head = at(&shop.head, now);
    match step {
        Step::Work { variant, warehouse, kind, quantity } => {
            let quantity = *quantity;
            let work_of = [
                StockWork::Receive { quantity },
                StockWork::Await { quantity },
                StockWork::Correct { by: quantity },
                StockWork::Count { counted: quantity },
                StockWork::Transfer { to: houses[1 - *warehouse], quantity },
            ];
            let place = (variants[*variant], houses[*warehouse]);
            work(store, &head, vec![line(place, work_of[usize::from(*kind)])]).await.map(drop)
        }
        Step::Order { number, sku, quantity, other } => {
            let list = [(SKUS[*sku], *quantity), (SKUS[(*sku + 1) % 3], *other)];
            let mut sent = wants(&number.to_string(), &list);
            sent.changed_at = now;
            let received = store.receive_order(shop.one, now, sent, Arrival::Sent).await?;
            let new = received.order.filter(|order| !orders.contains(order));
            orders.extend(new);
            Ok(())
        }
        Step::Change { order, status } => {
            if orders.is_empty() {
                return Ok(());
            }
            let order = orders[*order % orders.len()];
            let statuses = store.statuses(&head, shop.one).await?;
            let to = &statuses[*status % statuses.len()];
            let from = store.order(&head, order).await?.order.status.map(|status| status.id);
            let command = ChangeStatus {
                command: id(),
                order,
                from,
                to: to.id,
                details: to.kind.asks().map(details),
                override_reason: Some("перевірка".into()),
            };
            store.change_status(&head, command).await.map(drop)
        }
        Step::Delete { number } => store.delete_order(shop.one, now, number.to_string()).await.map(drop),
    }
}
