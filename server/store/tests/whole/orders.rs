//! Orders as shops deliver them: twice, late, in any order.

use crate::common::shop::{HOUR, NOW, Shop, form, goods, id, incoming, to, user};
use crate::common::watcher::{Watcher, load};
use crate::common::{TestDb, on_both};
use domain::board::{Card, Filter, Place};
use domain::deals::{AssignDeal, EditDeal};
use domain::event::Fact;
use domain::funnels::FunnelChange;
use domain::ids::*;
use domain::orders::{IncomingCustomer, IncomingOrder, ShopStatus};
use futures::future::join_all;
use store::orders::{Arrival, Received};

on_both![
    a_new_order_makes_its_deal,
    the_same_delivery_twice_makes_nothing_twice,
    the_same_delivery_twice_at_once_makes_nothing_twice,
    an_update_changes_order_and_deal,
    an_older_update_is_ignored,
    an_update_before_its_creation_is_kept_right,
    work_done_by_hand_survives_an_update,
    a_deleted_order_is_marked_and_may_come_back,
    a_deletion_before_its_creation_is_remembered,
    a_cart_becomes_an_order_on_the_same_deal,
    a_cart_that_becomes_an_order_learns_whose_it_is,
    a_cart_thrown_away_is_marked,
    two_storefronts_may_use_the_same_number,
    orders_arrive_where_the_storefront_takes_them,
];

async fn send(db: &TestDb, shop: StorefrontId, order: IncomingOrder) -> Received {
    db.store.receive_order(shop, NOW, order, Arrival::Sent).await.expect("received")
}

async fn restore(db: &TestDb, shop: StorefrontId, order: IncomingOrder) -> Received {
    db.store.receive_order(shop, NOW, order, Arrival::Restored).await.expect("received")
}

fn later(order: IncomingOrder, hours: i64) -> IncomingOrder {
    IncomingOrder { changed_at: NOW + hours * HOUR, ..order }
}

fn cart(external_id: &str) -> IncomingOrder {
    IncomingOrder {
        status: ShopStatus::Draft,
        shop_status: "checkout-draft".into(),
        customer: IncomingCustomer::default(),
        ..incoming(external_id)
    }
}

async fn card(db: &TestDb, shop: &Shop, received: &Received) -> Card {
    db.store.card(&shop.owner, received.deal.expect("a deal")).await.expect("there")
}

async fn a_new_order_makes_its_deal(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let received = send(&db, shop.one, incoming("1")).await;
    assert!(!received.unchanged);
    let made = card(&db, &shop, &received).await;
    assert_eq!((made.stage, made.storefront, made.sum), (shop.stage(0), shop.one, 50_000));
    assert_eq!((made.order_number.as_deref(), made.customer_name.as_str()), (Some("N1"), "Покупець 1"));
    assert_eq!((made.since, made.created_at), (NOW, NOW - HOUR), "made when it was placed, waiting since it came");
    let details = db.store.deal(&shop.viewer, made.id).await.expect("details");
    let order = details.order.expect("its order");
    assert_eq!((order.number.as_str(), order.total, order.lines.len()), ("N1", 50_000, 2));
    let history = db.store.deal_history(&shop.viewer, made.id).await.expect("a history");
    assert!(
        matches!(history[0].fact, Fact::OrderReceived { .. }) && matches!(history[1].fact, Fact::DealCreated { .. })
    );
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn the_same_delivery_twice_makes_nothing_twice(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = send(&db, shop.one, incoming("1")).await;
    let end = db.store.log_end().await.expect("the end");
    let again = send(&db, shop.one, incoming("1")).await;
    assert_eq!(again, Received { unchanged: true, ..first });
    let draft = send(&db, shop.one, cart("2")).await;
    let same = send(&db, shop.one, cart("2")).await;
    assert_eq!(same, Received { unchanged: true, ..draft });
    let board = load(&db.store, &shop.viewer, shop.orders.id).await;
    assert_eq!(board.cards.len(), 2);
    assert_eq!(db.store.log_end().await.expect("the end").0, end.0 + 2, "the cart's customer and deal");
    db.sound().await;
}

async fn the_same_delivery_twice_at_once_makes_nothing_twice(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for round in 0..5 {
        let external = round.to_string();
        let mut answers = join_all((0..8).map(|_| send(&db, shop.one, incoming(&external)))).await;
        answers.sort_by_key(|received| received.unchanged);
        assert!(!answers[0].unchanged && answers[1..].iter().all(|received| received.unchanged), "{answers:?}");
        assert!(answers.iter().all(|received| received.deal == answers[0].deal));
    }
    assert_eq!(load(&db.store, &shop.viewer, shop.orders.id).await.cards.len(), 5);
    db.sound().await;
}

async fn an_update_changes_order_and_deal(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let received = send(&db, shop.one, incoming("1")).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let lines = vec![goods("Чайник", 2, 30_000)];
    let update = IncomingOrder { total: 60_000, lines: lines.clone(), shop_status: "on-hold".into(), ..incoming("1") };
    let updated = send(&db, shop.one, later(update, 0)).await;
    assert_eq!(updated, received, "the same order and deal, and not unchanged");
    let details = db.store.deal(&shop.viewer, received.deal.expect("a deal")).await.expect("details");
    assert_eq!((details.card.sum, details.card.first_line.as_str()), (60_000, "Чайник × 2"));
    assert_eq!(details.lines, lines);
    let order = details.order.expect("its order");
    assert_eq!((order.total, order.shop_status.as_str(), order.lines), (60_000, "on-hold", lines));
    // Within the shop's same second, something else may have changed.
    let paid = IncomingOrder { paid: true, ..later(IncomingOrder { total: 60_000, ..incoming("1") }, 0) };
    let paid = IncomingOrder { lines: vec![goods("Чайник", 2, 30_000)], shop_status: "on-hold".into(), ..paid };
    assert!(!send(&db, shop.one, paid).await.unchanged);
    let details = db.store.deal(&shop.viewer, received.deal.expect("a deal")).await.expect("details");
    assert!(details.order.expect("its order").paid);
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn an_older_update_is_ignored(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let received = send(&db, shop.one, later(incoming("1"), 2)).await;
    let old = IncomingOrder { total: 1, shop_status: "pending".into(), ..later(incoming("1"), 1) };
    let end = db.store.log_end().await.expect("the end");
    assert_eq!(send(&db, shop.one, old).await, Received { unchanged: true, ..received.clone() });
    assert_eq!(db.store.log_end().await.expect("the end"), end);
    assert_eq!(card(&db, &shop, &received).await.sum, 50_000);
    db.sound().await;
}

async fn an_update_before_its_creation_is_kept_right(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let update = IncomingOrder { total: 70_000, shop_status: "completed".into(), ..later(incoming("1"), 1) };
    let received = send(&db, shop.one, update).await;
    let created = send(&db, shop.one, incoming("1")).await;
    assert_eq!(created, Received { unchanged: true, ..received.clone() });
    assert_eq!(card(&db, &shop, &received).await.sum, 70_000);
    db.sound().await;
}

async fn work_done_by_hand_survives_an_update(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let received = send(&db, shop.one, incoming("1")).await;
    let made = card(&db, &shop, &received).await;
    // Moved and handed over: still the order's goods, which follow the order.
    let made = db.store.move_deal(&shop.manager, to(&made, shop.stage(1), Place::Top)).await.expect("moved");
    let assign = AssignDeal { command: id(), deal: made.id, to: Some(user(&shop.head)) };
    db.store.assign_deal(&shop.manager, assign).await.expect("assigned");
    let update =
        IncomingOrder { total: 20_000, lines: vec![goods("Чашка", 2, 10_000)], ..later(incoming("1"), 1) };
    send(&db, shop.one, update).await;
    let now = card(&db, &shop, &received).await;
    assert_eq!((now.sum, now.stage, now.responsible), (20_000, shop.stage(1), Some(user(&shop.head))));
    // The goods changed by hand: the order keeps its own, the deal keeps the colleague's work.
    let seen = db.store.deal(&shop.manager, now.id).await.expect("details").contents_version;
    let by_hand = form("Покупець 1", "", &[("Чашка", "3", "100")]);
    let edit = EditDeal { command: id(), deal: now.id, seen, form: by_hand };
    db.store.edit_deal(&shop.manager, edit).await.expect("edited");
    let update = IncomingOrder { total: 90_000, lines: vec![goods("Мед", 1, 90_000)], ..later(incoming("1"), 2) };
    send(&db, shop.one, update).await;
    let details = db.store.deal(&shop.manager, now.id).await.expect("details");
    assert_eq!((details.card.sum, details.card.first_line.as_str()), (30_000, "Чашка × 3"));
    assert_eq!(details.order.expect("its order").total, 90_000);
    db.sound().await;
}

async fn a_deleted_order_is_marked_and_may_come_back(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let received = send(&db, shop.one, incoming("1")).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    db.store.delete_order(shop.one, NOW, "1".into()).await.expect("deleted");
    let gone = card(&db, &shop, &received).await;
    assert!(gone.deleted_in_shop);
    let again = db.store.delete_order(shop.one, NOW, "1".into()).await.expect("deleted");
    assert!(again.unchanged);
    watcher.agrees(&db.store).await;
    // An update does not revive it; taking it out of the bin does.
    send(&db, shop.one, later(incoming("1"), 1)).await;
    assert!(card(&db, &shop, &received).await.deleted_in_shop);
    restore(&db, shop.one, later(incoming("1"), 1)).await;
    let back = card(&db, &shop, &received).await;
    assert!(!back.deleted_in_shop && back.version > gone.version);
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn a_deletion_before_its_creation_is_remembered(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    db.store.delete_order(shop.one, NOW, "1".into()).await.expect("deleted");
    let late = send(&db, shop.one, incoming("1")).await;
    assert_eq!(late.deal, None, "a late creation does not revive it");
    assert_eq!(load(&db.store, &shop.owner, shop.orders.id).await.cards.len(), 0);
    let back = restore(&db, shop.one, later(incoming("1"), 1)).await;
    let made = card(&db, &shop, &back).await;
    assert_eq!((made.sum, made.deleted_in_shop, made.order_number.as_deref()), (50_000, false, Some("N1")));
    assert_eq!(load(&db.store, &shop.owner, shop.orders.id).await.cards.len(), 1);
    db.sound().await;
}

async fn a_cart_becomes_an_order_on_the_same_deal(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let lead = send(&db, shop.one, cart("1")).await;
    assert_eq!(lead.order, None, "a cart is no order");
    let made = card(&db, &shop, &lead).await;
    assert_eq!((made.order_number.as_deref(), made.customer_name.as_str()), (None, "№ N1"));
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    db.store.move_deal(&shop.manager, to(&made, shop.stage(2), Place::Top)).await.expect("moved");
    // The same goods, nobody named: only the number is new, and boards learn of it.
    let nobody = IncomingOrder { customer: IncomingCustomer::default(), ..later(incoming("1"), 1) };
    let ordered = send(&db, shop.one, nobody).await;
    assert_eq!(ordered.deal, lead.deal);
    let now = card(&db, &shop, &ordered).await;
    assert_eq!((now.order_number.as_deref(), now.stage), (Some("N1"), shop.stage(2)));
    watcher.agrees(&db.store).await;
    let found = Filter { text: "n1".into(), ..Filter::default() };
    let found = db.store.deals_page(&shop.viewer, None, None, &found, (DealId(0), 5)).await.expect("a page");
    assert_eq!(found.len(), 1, "and searches find it");
    db.sound().await;
}

async fn a_cart_that_becomes_an_order_learns_whose_it_is(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let carts = [send(&db, shop.one, cart("1")).await, send(&db, shop.one, cart("2")).await];
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let olena = IncomingCustomer {
        name: "Олена Коваль".into(),
        phone: Some("+380501234567".into()),
        email: Some("olena@example.com".into()),
    };
    let goods = vec![goods("Мед", 1, 12_300)];
    let order = |n: &str| IncomingOrder {
        customer: olena.clone(),
        total: 12_300,
        lines: goods.clone(),
        ..later(incoming(n), 1)
    };
    send(&db, shop.one, order("1")).await;
    let first = card(&db, &shop, &carts[0]).await;
    assert_eq!((first.customer_name.as_str(), first.sum, first.first_line.as_str()), ("Олена Коваль", 12_300, "Мед"));
    watcher.agrees(&db.store).await;
    // Her second cart is hers too, though it began nameless.
    send(&db, shop.one, order("2")).await;
    let second = card(&db, &shop, &carts[1]).await;
    assert_eq!((second.customer, second.customer_name.as_str()), (first.customer, "Олена Коваль"));
    let details = db.store.deal(&shop.viewer, second.id).await.expect("details");
    assert_eq!(details.phone.as_deref(), Some("+380501234567"));
    watcher.agrees(&db.store).await;
    for typed in ["олена", "050 123", "olena@", "мед"] {
        let filter = Filter { text: typed.into(), ..Filter::default() };
        let found = db.store.deals_page(&shop.viewer, None, None, &filter, (DealId(0), 5)).await.expect("a page");
        assert_eq!(found.len(), 2, "{typed}");
    }
    db.sound().await;
}

async fn a_cart_thrown_away_is_marked(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let lead = send(&db, shop.one, cart("1")).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let gone = db.store.delete_order(shop.one, NOW, "1".into()).await.expect("deleted");
    assert_eq!(gone.deal, lead.deal);
    assert!(card(&db, &shop, &lead).await.deleted_in_shop);
    send(&db, shop.one, later(cart("1"), 1)).await;
    assert!(card(&db, &shop, &lead).await.deleted_in_shop);
    let back = restore(&db, shop.one, later(incoming("1"), 2)).await;
    assert_eq!(back.deal, lead.deal);
    let now = card(&db, &shop, &lead).await;
    assert_eq!((now.deleted_in_shop, now.order_number.as_deref()), (false, Some("N1")));
    watcher.agrees(&db.store).await;
    // A cart taken out of the bin as a cart is one until it is ordered.
    let lead = send(&db, shop.one, cart("2")).await;
    db.store.delete_order(shop.one, NOW, "2".into()).await.expect("deleted");
    restore(&db, shop.one, later(cart("2"), 1)).await;
    assert_eq!(card(&db, &shop, &lead).await.order_number, None);
    send(&db, shop.one, later(incoming("2"), 2)).await;
    assert_eq!(card(&db, &shop, &lead).await.order_number.as_deref(), Some("N2"));
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn two_storefronts_may_use_the_same_number(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (one, two) = (send(&db, shop.one, incoming("1")).await, send(&db, shop.two, incoming("1")).await);
    assert!(one.order != two.order && one.deal != two.deal && !two.unchanged);
    let (first, second) = (card(&db, &shop, &one).await, card(&db, &shop, &two).await);
    assert_eq!((first.funnel, second.funnel), (shop.orders.id, shop.second.id));
    assert_eq!(first.customer, second.customer, "the same person in both shops");
    db.store.delete_order(shop.two, NOW, "1".into()).await.expect("deleted");
    assert!(!card(&db, &shop, &one).await.deleted_in_shop);
    db.sound().await;
}

async fn orders_arrive_where_the_storefront_takes_them(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    crate::common::shop::funnel(&db.store, "Друга", Some(shop.one)).await;
    let first = card(&db, &shop, &send(&db, shop.one, incoming("1")).await).await;
    assert_eq!(first.funnel, shop.orders.id, "the storefront's first funnel takes its orders");
    db.store.change_funnel(&shop.head, id(), shop.orders.id, FunnelChange::Archive).await.expect("archived");
    let second = card(&db, &shop, &send(&db, shop.one, incoming("2")).await).await;
    assert!(second.funnel != shop.orders.id && second.funnel != shop.shared.id, "then its other one");
    db.store.change_funnel(&shop.head, id(), second.funnel, FunnelChange::Archive).await.expect("archived");
    let third = card(&db, &shop, &send(&db, shop.one, incoming("3")).await).await;
    assert_eq!(third.funnel, shop.shared.id, "then the one of everybody");
    db.sound().await;
}
