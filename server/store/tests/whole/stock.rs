//! Stock by hand: goods come in, are awaited, counted, taken elsewhere.

use std::time::Duration;

use crate::common::catalog::{line, lying, product, receive, stock, warehouse, work};
use crate::common::shop::{Shop, id};
use crate::common::{TestDb, on_both, refusal};
use domain::board::{Filter, Refusal};
use domain::catalog::{
    CatalogFault, LINES_MAX, MoveKind, ProductChange, Stock, StockFilter, StockLine, StockWork, StockWrong,
    VariantPatch, WorkOnStock,
};
use domain::event::Fact;
use domain::export::List;
use domain::ids::*;
use store::export::Wanted;

on_both![
    goods_come_in_are_counted_and_go_elsewhere,
    all_lines_or_none,
    whoever_may_not_moves_nothing,
    sent_again_it_has_happened_already,
    two_who_count_at_once_agree,
    what_is_nearly_gone_is_listed,
    a_list_of_goods_says_how_much_there_is,
];

fn wrong<T>(result: store::Result<T>) -> (usize, StockWrong) {
    match refusal(result) {
        Refusal::Catalog { fault: CatalogFault::Stock { line, wrong } } => (line, wrong),
        other => panic!("{other:?}"),
    }
}

async fn goods_come_in_are_counted_and_go_elsewhere(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let tea = product(&db.store, &shop, &["A-1"]).await.variants[0].id;
    let (one, other) = (warehouse(&db.store, &shop, "Київ").await, warehouse(&db.store, &shop, "Львів").await);
    let here = (tea, one);
    let all = vec![
        line(here, StockWork::Await { quantity: 10 }),
        line(here, StockWork::Receive { quantity: 8 }),
        line(here, StockWork::Count { counted: 7 }),
        line(here, StockWork::Transfer { to: other, quantity: 3 }),
        line(here, StockWork::Correct { by: -1 }),
    ];
    let rows = work(&db.store, &shop.manager, all).await.expect("done");
    assert_eq!(rows.iter().map(|row| (row.warehouse, row.available)).collect::<Vec<_>>(), [(one, 3), (other, 3)]);
    assert_eq!(stock(&db.store, &shop, here).await, Stock { on_hand: 3, reserved: 0, incoming: 2 });
    let filter = StockFilter { variant: Some(tea), ..StockFilter::default() };
    let ledger = db.store.ledger_page(&shop.viewer, (filter, None), (StockMoveId(0), 50)).await.expect("a ledger");
    let moves: Vec<_> = ledger.iter().map(|one| (one.kind, one.quantity)).collect();
    assert_eq!(
        moves,
        [
            (MoveKind::Incoming, 10),
            (MoveKind::Received, 8),
            (MoveKind::Incoming, -8),
            (MoveKind::Corrected, -1),
            (MoveKind::Sent, 3),
            (MoveKind::Arrived, 3),
            (MoveKind::Corrected, -1),
        ]
    );
    assert!(ledger.iter().all(|one| one.actor == shop.manager.actor.who && one.note.as_deref() == Some("переоблік")));
    let rest = db.store.ledger_page(&shop.viewer, (filter, None), (ledger[4].id, 1)).await.expect("a page");
    assert_eq!(rest, [ledger[5].clone()]);
    let events = db.store.raw_events(Seq(0)).await.expect("events");
    let told: Vec<_> = events.iter().filter(|event| matches!(event.fact, Fact::StockMoved(_))).collect();
    assert_eq!((told.len(), told[0].scope.storefront), (1, Some(shop.one)));
    assert!(!serde_json::to_string(&events).expect("JSON").contains("переоблік"), "reasons stay beside the ledger");
    db.sound().await;
}

async fn all_lines_or_none(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let tea = product(&db.store, &shop, &["A-1"]).await.variants[0].id;
    let house = warehouse(&db.store, &shop, "Склад").await;
    let here = (tea, house);
    receive(&db.store, &shop, here, 5).await;
    let good = line(here, StockWork::Receive { quantity: 1 });
    let silent = StockLine { note: String::new(), ..line(here, StockWork::Correct { by: 1 }) };
    let cases = [
        (line(here, StockWork::Correct { by: -7 }), StockWrong::NotEnough { available: 6 }),
        (line(here, StockWork::Receive { quantity: 0 }), StockWrong::Quantity),
        (line(here, StockWork::Receive { quantity: i64::MIN }), StockWrong::Quantity),
        (line(here, StockWork::Count { counted: -1 }), StockWrong::Quantity),
        (line(here, StockWork::Await { quantity: -1 }), StockWrong::NotEnough { available: 0 }),
        (line(here, StockWork::Transfer { to: house, quantity: 1 }), StockWrong::SameWarehouse),
        (line(here, StockWork::Transfer { to: WarehouseId(999), quantity: 1 }), StockWrong::UnknownWarehouse),
        (line((tea, WarehouseId(999)), StockWork::Receive { quantity: 1 }), StockWrong::UnknownWarehouse),
        (line((VariantId(999), house), StockWork::Receive { quantity: 1 }), StockWrong::UnknownVariant),
        (silent, StockWrong::Reason),
    ];
    for (bad, why) in cases {
        let refused = db.untouched(work(&db.store, &shop.manager, vec![good.clone(), bad.clone()])).await;
        assert_eq!(wrong(refused), (1, why), "{bad:?}");
    }
    for count in [0, LINES_MAX + 1] {
        let refused = db.untouched(work(&db.store, &shop.manager, vec![good.clone(); count])).await;
        assert_eq!(refusal(refused), Refusal::from(CatalogFault::Lines));
    }
    db.sound().await;
}

async fn whoever_may_not_moves_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let tea = product(&db.store, &shop, &["A-1"]).await.variants[0].id;
    let house = warehouse(&db.store, &shop, "Склад").await;
    let lines = || vec![line((tea, house), StockWork::Receive { quantity: 1 })];
    assert_eq!(refusal(db.untouched(work(&db.store, &shop.viewer, lines())).await), Refusal::NotAllowed);
    // Somebody else's and nobody's look the same.
    let foreign = wrong(db.untouched(work(&db.store, &shop.stranger, lines())).await);
    assert_eq!(foreign, (0, StockWrong::UnknownVariant));
    receive(&db.store, &shop, (tea, house), 1).await;
    let seen = db.store.stock_page(&shop.stranger, StockFilter::default(), (0, 10)).await.expect("a page");
    assert_eq!(seen, []);
    let ledger = db.store.ledger_page(&shop.stranger, (StockFilter::default(), None), (StockMoveId(0), 10)).await;
    assert_eq!(ledger.expect("a page"), []);
    db.sound().await;
}

async fn sent_again_it_has_happened_already(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let tea = product(&db.store, &shop, &["A-1"]).await.variants[0].id;
    let here = (tea, warehouse(&db.store, &shop, "Склад").await);
    let command = WorkOnStock { command: id(), lines: vec![line(here, StockWork::Receive { quantity: 4 })] };
    let sends = (0..6).map(|_| db.store.work_on_stock(&shop.manager, command.clone()));
    for answer in futures::future::join_all(sends).await {
        assert_eq!(answer.expect("done")[0].available, 4);
    }
    assert_eq!(lying(&db.store, &shop, here).await, (4, 0));
    db.sound().await;
}

async fn two_who_count_at_once_agree(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let house = warehouse(&db.store, &shop, "Склад").await;
    let skus: Vec<String> = (0..8).map(|n| format!("A-{n}")).collect();
    let skus: Vec<&str> = skus.iter().map(String::as_str).collect();
    for variant in product(&db.store, &shop, &skus).await.variants {
        let here = (variant.id, house);
        let count = || work(&db.store, &shop.manager, vec![line(here, StockWork::Count { counted: 9 })]);
        let (one, other) = tokio::join!(count(), count());
        one.expect("counted");
        other.expect("counted");
        assert_eq!(lying(&db.store, &shop, here).await, (9, 0));
    }
    tokio::time::timeout(Duration::from_secs(30), db.sound()).await.expect("the check ends");
}

async fn what_is_nearly_gone_is_listed(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let tea = product(&db.store, &shop, &["A-1", "A-2", "A-3"]).await;
    let (one, other) = (warehouse(&db.store, &shop, "Київ").await, warehouse(&db.store, &shop, "Львів").await);
    // The first is watched and there are four of it in two places, the second is watched and there is none.
    for variant in &tea.variants[..2] {
        let patch = VariantPatch { low_stock: Some(Some(4)), ..VariantPatch::default() };
        let change = ProductChange::PatchVariant { variant: variant.id, patch };
        db.store.change_product(&shop.head, id(), tea.id, change).await.expect("watched");
    }
    let first = tea.variants[0].id;
    receive(&db.store, &shop, (first, one), 1).await;
    receive(&db.store, &shop, (first, other), 3).await;
    work(&db.store, &shop.manager, vec![line((first, one), StockWork::Await { quantity: 20 })]).await.expect("awaited");
    let low = async || {
        let list = db.store.low_stock(&shop.viewer, Some(shop.one), (VariantId(0), 10)).await.expect("a list");
        list.iter().map(|one| (one.sku.clone(), one.available, one.incoming)).collect::<Vec<_>>()
    };
    assert_eq!(low().await, [("A-1".to_owned(), 4, 20), ("A-2".to_owned(), 0, 0)]);
    receive(&db.store, &shop, (first, one), 1).await;
    assert_eq!(low().await, [("A-2".to_owned(), 0, 0)]);
    let foreign = db.store.low_stock(&shop.stranger, None, (VariantId(0), 10)).await.expect("a list");
    assert_eq!(foreign, []);
    db.sound().await;
}

async fn a_list_of_goods_says_how_much_there_is(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let tea = product(&db.store, &shop, &["A-1", "A-2", "A-3"]).await;
    let (one, other) = (warehouse(&db.store, &shop, "Київ").await, warehouse(&db.store, &shop, "Львів").await);
    receive(&db.store, &shop, (tea.variants[0].id, one), 1).await;
    receive(&db.store, &shop, (tea.variants[0].id, other), 3).await;
    let gone = ProductChange::RetireVariant { variant: tea.variants[2].id };
    db.store.change_product(&shop.head, id(), tea.id, gone).await.expect("put away");
    let wanted =
        |storefront| Wanted { list: List::Products, funnel: None, filter: Filter { storefront, ..Filter::default() } };
    let mut export = db.store.begin_export(&shop.head, wanted(None)).await.expect("begun");
    let rows = export.products(&db.store).await.expect("a page");
    let found: Vec<_> = rows.iter().map(|row| (row.sku.as_str(), row.on_hand, row.cost)).collect();
    assert_eq!(found, [("A-1", 4, Some(30_000)), ("A-2", 0, Some(30_000))]);
    assert!(export.products(&db.store).await.expect("a page").is_empty());
    let mut foreign = db.store.begin_export(&shop.owner, wanted(Some(shop.two))).await.expect("begun");
    assert!(foreign.products(&db.store).await.expect("a page").is_empty());
    db.sound().await;
}
