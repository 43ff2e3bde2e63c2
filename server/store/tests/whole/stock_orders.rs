//! Orders and the stock: goods are put aside, leave, come back; of two orders for the last piece one gets it.

use crate::common::catalog::{form, line, lying, product, receive, wants, warehouse, work};
use crate::common::parcels::{scan, tell};
use crate::common::shop::{HOUR, NOW, Shop, id, to};
use crate::common::statuses::{change, go, kind, of_kind, send, view};
use crate::common::{TestDb, on_both, refusal};
use domain::board::{MoveDeal, MoveDeals, Place, Refusal};
use domain::carriers::ScanKind;
use domain::catalog::{Product, ProductForm, Short, StockLine, StockSettingsPatch, StockWork};
use domain::ids::*;
use domain::orders::{Bond, ChangeMany, ChangeStatus, Condition, OrderView, ShopStatus, StatusDetails, StatusKind};
use store::orders::Arrival;

on_both![
    goods_are_put_aside_leave_and_come_back,
    what_can_t_be_sold_again_is_written_off,
    a_cancelled_order_gives_its_goods_back,
    too_little_is_refused_by_name_and_changes_nothing,
    a_line_of_unknown_goods_asks_for_nothing,
    a_shop_that_has_sold_it_is_given_what_there_is,
    a_carrier_s_scan_takes_goods_along,
    a_carrier_is_given_what_there_is,
    what_the_shop_changes_the_shelf_follows,
    a_deal_s_move_is_refused_with_its_order,
    of_many_the_first_get_it,
    pre_orders_wait_for_their_goods,
    a_shop_without_a_warehouse_keeps_no_stock,
    of_two_orders_for_the_last_piece_one_gets_it,
];

struct Goods {
    shop: Shop,
    tea: Product,
    house: WarehouseId,
}

impl Goods {
    /// So much of A-1, and ten of A-2.
    async fn of(db: &TestDb, first: i64) -> Self {
        let shop = Shop::open(&db.store).await;
        let tea = product(&db.store, &shop, &["A-1", "A-2"]).await;
        let house = warehouse(&db.store, &shop, "Склад").await;
        receive(&db.store, &shop, (tea.variants[0].id, house), first).await;
        receive(&db.store, &shop, (tea.variants[1].id, house), 10).await;
        Self { shop, tea, house }
    }

    fn place(&self, variant: usize) -> (VariantId, WarehouseId) {
        (self.tea.variants[variant].id, self.house)
    }

    async fn order(&self, db: &TestDb, number: &str, list: &[(&str, i64)]) -> OrderView {
        send(&db.store, &self.shop, wants(number, list)).await
    }

    async fn lying(&self, db: &TestDb, variant: usize) -> (i64, i64) {
        lying(&db.store, &self.shop, self.place(variant)).await
    }

    async fn go(&self, db: &TestDb, order: &OrderView, to: StatusKind) -> OrderView {
        go(&db.store, &self.shop.manager, (&self.shop, order), to).await
    }

    async fn change(&self, db: &TestDb, order: &OrderView, to: StatusKind) -> ChangeStatus {
        change(order, &of_kind(&db.store, &self.shop, to).await)
    }
}

fn short(sku: &str, wanted: i64, available: i64) -> Refusal {
    Refusal::Stock { short: vec![Short { sku: sku.into(), wanted, available }] }
}

async fn goods_are_put_aside_leave_and_come_back(db: TestDb) {
    let goods = Goods::of(&db, 5).await;
    let order = goods.order(&db, "1", &[("A-1", 2), (" A-1 ", 1), ("A-2", 4)]).await;
    assert_eq!(goods.lying(&db, 0).await, (5, 0), "it waits for confirmation");
    let order = goods.go(&db, &order, StatusKind::Processing).await;
    assert_eq!((goods.lying(&db, 0).await, goods.lying(&db, 1).await), ((5, 3), (10, 4)));
    let order = goods.go(&db, &order, StatusKind::Packed).await;
    assert_eq!(goods.lying(&db, 0).await, (5, 3), "once is enough");
    let order = goods.go(&db, &order, StatusKind::Shipped).await;
    assert_eq!((goods.lying(&db, 0).await, goods.lying(&db, 1).await), ((2, 0), (6, 0)));
    let back = goods.change(&db, &order, StatusKind::Returned).await;
    let now = db.store.change_status(&goods.shop.manager, back.clone()).await.expect("as new");
    assert_eq!((kind(&now), goods.lying(&db, 0).await), (StatusKind::Returned, (5, 0)));
    assert_eq!(goods.lying(&db, 1).await, (10, 0));
    db.untouched(db.store.change_status(&goods.shop.manager, back)).await.expect("it has happened already");
    let told = now.events.iter().filter(|event| event.fact.kind() == "stock_moved").count();
    assert_eq!(told, 3, "one fact for each change of status that moved goods");
    db.sound().await;
}

async fn what_can_t_be_sold_again_is_written_off(db: TestDb) {
    let goods = Goods::of(&db, 5).await;
    for (number, condition) in [("1", Condition::Damaged), ("2", Condition::Unusable)] {
        let order = goods.order(&db, number, &[("A-1", 1)]).await;
        let order = goods.go(&db, &order, StatusKind::Shipped).await;
        let told = StatusDetails::Return { reason: "розбите".into(), condition };
        let back = ChangeStatus { details: Some(told), ..goods.change(&db, &order, StatusKind::Returned).await };
        db.store.change_status(&goods.shop.manager, back).await.expect("returned");
    }
    assert_eq!(goods.lying(&db, 0).await, (3, 0));
    db.sound().await;
}

async fn a_cancelled_order_gives_its_goods_back(db: TestDb) {
    let goods = Goods::of(&db, 2).await;
    let order = goods.order(&db, "1", &[("A-1", 2)]).await;
    let order = goods.go(&db, &order, StatusKind::Processing).await;
    assert_eq!(goods.lying(&db, 0).await, (2, 2));
    goods.go(&db, &order, StatusKind::Cancelled).await;
    assert_eq!(goods.lying(&db, 0).await, (2, 0));
    // Thrown away by the shop: the same.
    let order = goods.order(&db, "2", &[("A-1", 1)]).await;
    goods.go(&db, &order, StatusKind::Processing).await;
    assert_eq!(goods.lying(&db, 0).await, (2, 1));
    db.store.delete_order(goods.shop.one, NOW + HOUR, "2".into()).await.expect("deleted");
    assert_eq!(goods.lying(&db, 0).await, (2, 0));
    db.sound().await;
}

async fn too_little_is_refused_by_name_and_changes_nothing(db: TestDb) {
    let goods = Goods::of(&db, 1).await;
    let order = goods.order(&db, "1", &[("A-2", 1), ("A-1", 3)]).await;
    for to in [StatusKind::Processing, StatusKind::Packed, StatusKind::Shipped] {
        let command = goods.change(&db, &order, to).await;
        let refused = db.untouched(db.store.change_status(&goods.shop.manager, command)).await;
        assert_eq!(refusal(refused), short("A-1", 3, 1), "{to:?}");
    }
    receive(&db.store, &goods.shop, goods.place(0), 2).await;
    goods.go(&db, &order, StatusKind::Processing).await;
    assert_eq!((goods.lying(&db, 0).await, goods.lying(&db, 1).await), ((3, 3), (10, 1)));
    db.sound().await;
}

async fn a_line_of_unknown_goods_asks_for_nothing(db: TestDb) {
    let goods = Goods::of(&db, 1).await;
    let order = goods.order(&db, "1", &[("a-1", 50), ("", 50), ("ПОДАРУНОК", 1), ("A-1", 1)]).await;
    goods.go(&db, &order, StatusKind::Processing).await;
    assert_eq!(goods.lying(&db, 0).await, (1, 1), "a sku is exact");
    db.sound().await;
}

async fn a_shop_that_has_sold_it_is_given_what_there_is(db: TestDb) {
    let goods = Goods::of(&db, 1).await;
    goods.order(&db, "1", &[("A-1", 3), ("A-2", 1)]).await;
    let mut done = wants("1", &[("A-1", 3), ("A-2", 1)]);
    (done.status, done.shop_status, done.changed_at) = (ShopStatus::Completed, "completed".into(), NOW);
    let received = db.store.receive_order(goods.shop.one, NOW, done, Arrival::Sent).await.expect("taken in");
    let now = view(&db.store, &goods.shop, received.order.expect("an order")).await;
    assert_eq!(kind(&now), StatusKind::Delivered);
    assert_eq!((goods.lying(&db, 0).await, goods.lying(&db, 1).await), ((0, 0), (9, 0)));
    db.sound().await;
}

/// A parcel of which the team thought that it had not left.
async fn a_carrier_s_scan_takes_goods_along(db: TestDb) {
    let goods = Goods::of(&db, 5).await;
    let order = goods.order(&db, "1", &[("A-1", 3)]).await;
    let sent = goods.go(&db, &order, StatusKind::Shipped).await;
    let parcel = sent.shipments.first().expect("a parcel").id;
    let mut back = goods.change(&db, &sent, StatusKind::Processing).await;
    back.override_reason = Some("не поїхало".into());
    let here = db.store.change_status(&goods.shop.head, back).await.expect("back");
    assert_eq!((kind(&here), goods.lying(&db, 0).await), (StatusKind::Processing, (5, 3)));
    let taken = tell(&db.store, parcel, 2, vec![scan(ScanKind::InTransit, 1)]).await;
    assert_eq!((taken.moved, goods.lying(&db, 0).await), (Some(StatusKind::InTransit), (2, 0)));
    // What comes back unseen is not sold again by itself.
    tell(&db.store, parcel, 3, vec![scan(ScanKind::Returned, 3)]).await;
    let now = view(&db.store, &goods.shop, order.order.id).await;
    assert_eq!((kind(&now), goods.lying(&db, 0).await), (StatusKind::Returned, (2, 0)));
    db.sound().await;
}

async fn a_carrier_is_given_what_there_is(db: TestDb) {
    let goods = Goods::of(&db, 5).await;
    let order = goods.order(&db, "1", &[("A-1", 5)]).await;
    let sent = goods.go(&db, &order, StatusKind::Shipped).await;
    let parcel = sent.shipments.first().expect("a parcel").id;
    let mut back = goods.change(&db, &sent, StatusKind::AwaitingConfirmation).await;
    back.override_reason = Some("не поїхало".into());
    db.store.change_status(&goods.shop.head, back).await.expect("back");
    let lost = vec![line(goods.place(0), StockWork::Count { counted: 2 })];
    work(&db.store, &goods.shop.manager, lost).await.expect("counted");
    let taken = tell(&db.store, parcel, 2, vec![scan(ScanKind::InTransit, 1)]).await;
    assert_eq!((taken.moved, goods.lying(&db, 0).await), (Some(StatusKind::InTransit), (0, 0)));
    db.sound().await;
}

async fn what_the_shop_changes_the_shelf_follows(db: TestDb) {
    let goods = Goods::of(&db, 5).await;
    let order = goods.order(&db, "1", &[("A-1", 2)]).await;
    goods.go(&db, &order, StatusKind::Processing).await;
    for (hour, list, lies) in [
        (1, vec![("A-1", 4)], [(5, 4), (10, 0)]),
        (2, vec![("A-1", 1), ("A-2", 2)], [(5, 1), (10, 2)]),
        (3, vec![("A-2", 1)], [(5, 0), (10, 1)]),
        (4, vec![("A-1", 9)], [(5, 5), (10, 0)]),
    ] {
        let now = NOW + hour * HOUR;
        let mut changed = wants("1", &list);
        changed.changed_at = now;
        db.store.receive_order(goods.shop.one, now, changed, Arrival::Sent).await.expect("taken in");
        assert_eq!([goods.lying(&db, 0).await, goods.lying(&db, 1).await], lies, "{list:?}");
    }
    db.sound().await;
}

async fn a_deal_s_move_is_refused_with_its_order(db: TestDb) {
    let goods = Goods::of(&db, 1).await;
    let shop = &goods.shop;
    let processing = of_kind(&db.store, shop, StatusKind::Processing).await;
    let to_status = vec![(shop.stage(1), processing.id)];
    let bond = Bond { funnel: shop.orders.id, storefront: shop.one, to_stage: vec![], to_status };
    db.store.set_bond(&shop.head, id(), bond).await.expect("bonded");
    let order = goods.order(&db, "1", &[("A-1", 2)]).await;
    let card = db.store.card(&shop.manager, order.order.deal.expect("a deal")).await.expect("a card");
    let refused = db.untouched(db.store.move_deal(&shop.manager, to(&card, shop.stage(1), Place::Top))).await;
    assert_eq!(refusal(refused), short("A-1", 2, 1));
    let other = goods.order(&db, "2", &[("A-1", 1)]).await;
    let there = db.store.card(&shop.manager, other.order.deal.expect("a deal")).await.expect("a card");
    // Each by itself: the one whose goods are there goes, and nothing of the other one stays behind.
    let (from, goal) = (card.stage, shop.stage(1));
    let both = MoveDeals {
        command: id(),
        deals: vec![(card.id, from), (there.id, from)],
        to: goal,
        place: Place::Bottom,
        reason: None,
        undoes: None,
        details: None,
    };
    let done = db.store.move_deals(&shop.manager, both.clone()).await.expect("done");
    assert_eq!((done.moved, done.refused), (vec![there.id], vec![(card.id, short("A-1", 2, 1))]));
    assert_eq!(goods.lying(&db, 0).await, (1, 1));
    // Undone, its goods are on the shelf for anybody again.
    let back = MoveDeal { undoes: Some(both.command), from: goal, ..to(&there, from, Place::Top) };
    db.store.move_deal(&shop.manager, back).await.expect("undone");
    assert_eq!(goods.lying(&db, 0).await, (1, 0));
    db.sound().await;
}

async fn of_many_the_first_get_it(db: TestDb) {
    let goods = Goods::of(&db, 3).await;
    let mut orders = Vec::new();
    for number in ["1", "2", "3"] {
        orders.push(goods.order(&db, number, &[("A-1", 2), ("A-2", 1)]).await.order.id);
    }
    let to = of_kind(&db.store, &goods.shop, StatusKind::Processing).await.id;
    let many = ChangeMany { command: id(), orders: orders.clone(), to, details: None, override_reason: None };
    let done = db.store.change_status_many(&goods.shop.manager, many).await.expect("done");
    assert_eq!(done.changed, [orders[0]]);
    assert_eq!(done.refused, [(orders[1], short("A-1", 2, 1)), (orders[2], short("A-1", 2, 1))]);
    assert_eq!((goods.lying(&db, 0).await, goods.lying(&db, 1).await), ((3, 2), (10, 1)));
    db.sound().await;
}

async fn pre_orders_wait_for_their_goods(db: TestDb) {
    let goods = Goods::of(&db, 1).await;
    let set = async |preorder| {
        let patch = StockSettingsPatch { reserve_at: None, preorder: Some(preorder) };
        db.store
            .patch_stock_settings(&goods.shop.head, id(), goods.shop.one, (patch, store::Seen::Any))
            .await
            .expect("set");
    };
    set(true).await;
    let order = goods.order(&db, "1", &[("A-1", 3)]).await;
    let order = goods.go(&db, &order, StatusKind::Processing).await;
    assert_eq!(goods.lying(&db, 0).await, (1, 3));
    set(false).await;
    let ship = goods.change(&db, &order, StatusKind::Shipped).await;
    let refused = db.untouched(db.store.change_status(&goods.shop.manager, ship)).await;
    assert_eq!(refusal(refused), short("A-1", 3, 1));
    receive(&db.store, &goods.shop, goods.place(0), 2).await;
    goods.go(&db, &order, StatusKind::Shipped).await;
    assert_eq!(goods.lying(&db, 0).await, (0, 0));
    db.sound().await;
}

async fn a_shop_without_a_warehouse_keeps_no_stock(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    product(&db.store, &shop, &["A-1"]).await;
    let order = send(&db.store, &shop, wants("1", &[("A-1", 2)])).await;
    let order = go(&db.store, &shop.manager, (&shop, &order), StatusKind::Shipped).await;
    // It begins to keep stock: what has left before does not leave once more.
    warehouse(&db.store, &shop, "Склад").await;
    let order = go(&db.store, &shop.manager, (&shop, &order), StatusKind::Delivered).await;
    assert!(order.events.iter().all(|event| event.fact.kind() != "stock_moved"));
    db.sound().await;
}

/// Of each of many goods there is one piece, and two orders that come for it at the same moment.
async fn of_two_orders_for_the_last_piece_one_gets_it(db: TestDb) {
    const OF_ONE: usize = 100;
    let pairs = if db.store.is_postgres() { OF_ONE } else { 10 * OF_ONE };
    let shop = Shop::open(&db.store).await;
    let house = warehouse(&db.store, &shop, "Склад").await;
    let to = of_kind(&db.store, &shop, StatusKind::Processing).await;
    for part in 0..pairs / OF_ONE {
        let variants = (0..OF_ONE).map(|n| form(&format!("P-{part}-{n}"))).collect();
        let new = ProductForm { name: "Останній".into(), variants };
        let last = db.store.create_product(&shop.head, id(), shop.one, new).await.expect("a product");
        let one = |variant| StockLine {
            variant,
            warehouse: house,
            work: StockWork::Receive { quantity: 1 },
            note: String::new(),
        };
        let lines = last.variants.iter().map(|variant| one(variant.id)).collect();
        work(&db.store, &shop.manager, lines).await.expect("one of each");
        for variant in &last.variants {
            let sku = variant.sku.as_str();
            let send = async |side: &str| {
                let order = wants(&format!("{sku}-{side}"), &[(sku, 1)]);
                let received = db.store.receive_order(shop.one, NOW, order, Arrival::Sent).await.expect("received");
                let id = received.order.expect("an order");
                (id, db.store.order(&shop.viewer, id).await.expect("an order").order.status.map(|status| status.id))
            };
            let (left, right) = tokio::join!(send("a"), send("b"));
            let ask = |(order, from): (OrderId, Option<StatusId>)| ChangeStatus {
                command: id(),
                order,
                from,
                to: to.id,
                details: None,
                override_reason: None,
            };
            let (one, other) = tokio::join!(
                db.store.change_status(&shop.manager, ask(left)),
                db.store.change_status(&shop.head, ask(right)),
            );
            let (got, refused) = if one.is_ok() { (one, other) } else { (other, one) };
            assert_eq!(kind(&got.expect("one of them gets it")), StatusKind::Processing);
            assert_eq!(refusal(refused), short(sku, 1, 0));
        }
        for variant in &last.variants {
            assert_eq!(lying(&db.store, &shop, (variant.id, house)).await, (1, 1), "{}", variant.sku);
        }
    }
    db.sound().await;
}
