//! The bond at work: a status takes the deal along, a stage takes the orders along, and nothing goes round.

use crate::common::shop::{HOUR, NOW, Shop, at, id, incoming, to};
use crate::common::statuses::{bonded, change, details, go, kind, of_kind, order, send, view};
use crate::common::watcher::Watcher;
use crate::common::{TestDb, on_both, refusal};
use domain::board::{Card, MoveDeal, MoveDeals, Place, PlaceDeal, Refusal};
use domain::event::Fact;
use domain::funnels::{FunnelChange, StageKind};
use domain::ids::*;
use domain::orders::{Asked, ChangeMany, IncomingOrder, OrderFault, OrderView, ShopStatus, StatusKind};
use store::orders::Arrival;

on_both![
    a_status_takes_the_deal_along,
    a_stage_takes_the_order_along,
    a_move_that_the_order_refuses_is_refused,
    a_bulk_move_takes_each_order,
    many_changes_take_each_deal,
    an_undone_move_takes_the_status_back,
    new_orders_stand_where_they_are_bonded,
    the_shop_s_word_takes_the_deal_along,
    a_stage_that_is_gone_takes_nothing,
    two_ways_at_once_end_in_step,
];

async fn card(db: &TestDb, shop: &Shop, view: &OrderView) -> Card {
    db.store.card(&shop.viewer, view.order.deal.expect("a deal")).await.expect("there")
}

async fn moves(db: &TestDb, shop: &Shop, card: &Card) -> usize {
    let history = db.store.deal_history(&shop.viewer, card.id).await.expect("a history");
    history.iter().filter(|event| matches!(event.fact, Fact::DealMoved(_))).count()
}

async fn a_status_takes_the_deal_along(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    bonded(&db.store, &shop, &shop.orders).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let first = order(&db.store, &shop, "1").await;
    assert_eq!(card(&db, &shop, &first).await.stage, shop.stage(0));
    let other = shop.deal(&db.store, "Ірина").await;
    let now = go(&db.store, &shop.manager, (&shop, &first), StatusKind::Processing).await;
    let deal = card(&db, &shop, &now).await;
    assert_eq!((deal.stage, moves(&db, &shop, &deal).await), (shop.stage(2), 1));
    assert_eq!(kind(&now), StatusKind::Processing, "the move moved nothing back");
    let picking = go(&db.store, &shop.manager, (&shop, &now), StatusKind::Picking).await;
    assert_eq!(moves(&db, &shop, &deal).await, 1, "on the same stage it stays");
    let off = go(&db.store, &shop.manager, (&shop, &picking), StatusKind::Cancelled).await;
    assert_eq!(card(&db, &shop, &off).await.stage, shop.lost());
    assert_eq!(db.store.deal(&shop.viewer, deal.id).await.expect("details").lost_reason, None);
    let untouched = db.store.card(&shop.viewer, other.id).await.expect("there");
    assert_eq!(untouched, other, "other deals stay");
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn a_stage_takes_the_order_along(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    bonded(&db.store, &shop, &shop.orders).await;
    let first = order(&db.store, &shop, "1").await;
    let deal = card(&db, &shop, &first).await;
    let later = at(&shop.manager, NOW + HOUR);
    let moved = db.store.move_deal(&later, to(&deal, shop.stage(2), Place::Top)).await.expect("moved");
    let now = view(&db.store, &shop, first.order.id).await;
    assert_eq!((kind(&now), now.order.status_since), (StatusKind::Processing, Some(NOW + HOUR)));
    assert_eq!(moves(&db, &shop, &moved).await, 1, "the status moved nothing back");
    let told = MoveDeal { details: Some(details(Asked::Shipment)), ..to(&moved, shop.stage(3), Place::Top) };
    let moved = db.store.move_deal(&later, told).await.expect("moved");
    let now = view(&db.store, &shop, first.order.id).await;
    assert_eq!((kind(&now), now.shipments.len()), (StatusKind::Shipped, 1));
    let won = db.store.move_deal(&later, to(&moved, shop.stage(4), Place::Top)).await.expect("moved");
    assert_eq!(kind(&view(&db.store, &shop, first.order.id).await), StatusKind::Delivered);
    // What has ended stays so, whatever becomes of its card.
    db.store.move_deal(&later, to(&won, shop.stage(2), Place::Top)).await.expect("moved");
    assert_eq!(kind(&view(&db.store, &shop, first.order.id).await), StatusKind::Delivered);
    db.sound().await;
}

async fn a_move_that_the_order_refuses_is_refused(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    bonded(&db.store, &shop, &shop.orders).await;
    let first = order(&db.store, &shop, "1").await;
    let deal = card(&db, &shop, &first).await;
    let shipped = of_kind(&db.store, &shop, StatusKind::Shipped).await;
    let silent = to(&deal, shop.stage(3), Place::Top);
    let needed = OrderFault::DetailsNeeded { asked: Asked::Shipment, to: shipped.id };
    let tried = db.untouched(db.store.move_deal(&shop.manager, silent.clone())).await;
    assert_eq!(refusal(tried), Refusal::Order { fault: needed });
    let place = PlaceDeal {
        command: id(),
        deal: deal.id,
        to: silent.to,
        place: Place::Top,
        from: None,
        seen: None,
        reason: None,
        details: None,
    };
    let tried = db.untouched(db.store.place_deal(&shop.manager, place.clone())).await;
    assert!(matches!(refusal(tried), Refusal::Order { .. }), "by a script as well");
    let wrong = MoveDeal { details: Some(details(Asked::Return)), ..silent };
    let tried = db.untouched(db.store.move_deal(&shop.manager, wrong)).await;
    assert!(matches!(refusal(tried), Refusal::Order { fault: OrderFault::Detail { .. } }));
    let packed = go(&db.store, &shop.manager, (&shop, &first), StatusKind::Packed).await;
    let deal = card(&db, &shop, &packed).await;
    let back = db.untouched(db.store.move_deal(&shop.manager, to(&deal, shop.stage(0), Place::Top))).await;
    assert!(matches!(refusal(back), Refusal::Order { fault: OrderFault::NotNext { .. } }), "nor back to the beginning");
    let place = PlaceDeal { command: id(), details: Some(details(Asked::Shipment)), ..place };
    db.store.place_deal(&shop.manager, place).await.expect("moved");
    assert_eq!(kind(&view(&db.store, &shop, first.order.id).await), StatusKind::Shipped);
    db.sound().await;
}

async fn a_bulk_move_takes_each_order(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    bonded(&db.store, &shop, &shop.orders).await;
    let first = order(&db.store, &shop, "1").await;
    let second = order(&db.store, &shop, "2").await;
    let packed = go(&db.store, &shop.manager, (&shop, &second), StatusKind::Packed).await;
    let bare = shop.deal(&db.store, "Ірина").await;
    let cards = [card(&db, &shop, &first).await, card(&db, &shop, &packed).await, bare];
    let deals = cards.iter().map(|card| (card.id, card.stage)).collect();
    // The second has passed the first stage; it alone is refused.
    let many = MoveDeals {
        command: id(),
        deals,
        to: shop.stage(0),
        place: Place::Top,
        reason: None,
        undoes: None,
        details: None,
    };
    let done = db.store.move_deals(&shop.manager, many).await.expect("done");
    assert_eq!(done.moved, [cards[0].id, cards[2].id]);
    assert!(matches!(done.refused.as_slice(), [(deal, Refusal::Order { .. })] if *deal == cards[1].id), "{done:?}");
    assert_eq!(kind(&view(&db.store, &shop, second.order.id).await), StatusKind::Packed);
    let on = cards.iter().map(|card| (card.id, card.stage)).collect();
    let many = MoveDeals {
        command: id(),
        deals: on,
        to: shop.stage(3),
        place: Place::Top,
        reason: None,
        undoes: None,
        details: Some(details(Asked::Shipment)),
    };
    let done = db.store.move_deals(&shop.manager, many).await.expect("done");
    assert_eq!(done.moved.len(), 3, "{done:?}");
    for order in [first.order.id, second.order.id] {
        assert_eq!(kind(&view(&db.store, &shop, order).await), StatusKind::Shipped);
    }
    db.sound().await;
}

async fn many_changes_take_each_deal(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    bonded(&db.store, &shop, &shop.orders).await;
    let mut orders = Vec::new();
    for number in ["1", "2", "3"] {
        orders.push(order(&db.store, &shop, number).await.order.id);
    }
    let to = of_kind(&db.store, &shop, StatusKind::Processing).await.id;
    let many = ChangeMany { command: id(), orders: orders.clone(), to, details: None, override_reason: None };
    let done = db.store.change_status_many(&shop.manager, many).await.expect("done");
    assert_eq!(done.changed, orders);
    for order in orders {
        let now = view(&db.store, &shop, order).await;
        assert_eq!(card(&db, &shop, &now).await.stage, shop.stage(2));
    }
    db.sound().await;
}

async fn an_undone_move_takes_the_status_back(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    bonded(&db.store, &shop, &shop.orders).await;
    let first = order(&db.store, &shop, "1").await;
    let packed = go(&db.store, &shop.manager, (&shop, &first), StatusKind::Packed).await;
    let deal = card(&db, &shop, &packed).await;
    let (later, back) = (at(&shop.manager, NOW + HOUR), at(&shop.manager, NOW + 2 * HOUR));
    let sent = MoveDeal { details: Some(details(Asked::Shipment)), ..to(&deal, shop.stage(3), Place::Top) };
    db.store.move_deal(&later, sent.clone()).await.expect("moved");
    let undo =
        MoveDeal { command: id(), to: sent.from, from: sent.to, undoes: Some(sent.command), details: None, ..sent };
    let home = db.store.move_deal(&back, undo).await.expect("undone");
    let now = view(&db.store, &shop, first.order.id).await;
    assert_eq!((home.stage, kind(&now)), (deal.stage, StatusKind::Packed), "as it was, not as the stage begins");
    assert!(now.shipments.is_empty(), "the parcel went with it");
    assert_eq!(now.stays.len(), 4);
    // A move that did nothing to the order is undone without it.
    let aside = to(&home, shop.stage(1), Place::Top);
    db.store.move_deal(&back, aside.clone()).await.expect("a stage that leads nowhere");
    let undo = MoveDeal { command: id(), to: aside.from, from: aside.to, undoes: Some(aside.command), ..aside };
    db.store.move_deal(&back, undo).await.expect("undone");
    let now = view(&db.store, &shop, first.order.id).await;
    assert_eq!((kind(&now), now.stays.len()), (StatusKind::Packed, 4));
    db.sound().await;
}

async fn new_orders_stand_where_they_are_bonded(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    bonded(&db.store, &shop, &shop.orders).await;
    let paid = IncomingOrder { payment_method: "Картка".into(), paid: true, ..incoming("1") };
    let paid = send(&db.store, &shop, paid).await;
    assert_eq!(kind(&paid), StatusKind::Paid);
    let deal = card(&db, &shop, &paid).await;
    assert_eq!((deal.stage, moves(&db, &shop, &deal).await), (shop.stage(1), 0), "made there, not moved there");
    let off = IncomingOrder { status: ShopStatus::Cancelled, shop_status: "cancelled".into(), ..incoming("2") };
    let off = send(&db.store, &shop, off).await;
    assert_eq!(card(&db, &shop, &off).await.stage, shop.lost());
    // A cart has its deal already: that one goes.
    let cart = IncomingOrder { status: ShopStatus::Draft, shop_status: "draft".into(), ..incoming("3") };
    let lead =
        db.store.receive_order(shop.one, NOW, cart, Arrival::Sent).await.expect("received").deal.expect("a lead");
    let ordered = IncomingOrder { paid: true, changed_at: NOW, ..incoming("3") };
    let ordered = send(&db.store, &shop, ordered).await;
    let deal = card(&db, &shop, &ordered).await;
    assert_eq!((deal.id, deal.stage, kind(&ordered)), (lead, shop.stage(1), StatusKind::Paid));
    db.sound().await;
}

async fn the_shop_s_word_takes_the_deal_along(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    bonded(&db.store, &shop, &shop.orders).await;
    let first = order(&db.store, &shop, "1").await;
    let word = IncomingOrder {
        status: ShopStatus::Completed,
        shop_status: "completed".into(),
        changed_at: NOW + HOUR,
        ..incoming("1")
    };
    let now = send(&db.store, &shop, word).await;
    let won = shop.orders.stages.iter().find(|stage| stage.kind == StageKind::Won).expect("won").id;
    assert_eq!((kind(&now), card(&db, &shop, &now).await.stage), (StatusKind::Delivered, won));
    assert_eq!(now.order.id, first.order.id);
    db.sound().await;
}

async fn a_stage_that_is_gone_takes_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    bonded(&db.store, &shop, &shop.orders).await;
    let first = order(&db.store, &shop, "1").await;
    let remove = FunnelChange::RemoveStage { stage: shop.stage(2), deals_to: None };
    db.store.change_funnel(&shop.head, id(), shop.orders.id, remove).await.expect("removed");
    let now = go(&db.store, &shop.manager, (&shop, &first), StatusKind::Processing).await;
    assert_eq!(card(&db, &shop, &now).await.stage, shop.stage(0), "its deal stays");
    let bond = db.store.bond(&shop.viewer, shop.orders.id, shop.one).await.expect("the bond");
    assert!(bond.to_stage.iter().all(|(_, stage)| *stage != shop.stage(2)), "nobody is shown what is gone");
    assert!(bond.to_status.iter().all(|(stage, _)| *stage != shop.stage(2)));
    db.sound().await;
}

async fn two_ways_at_once_end_in_step(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let bond = bonded(&db.store, &shop, &shop.orders).await;
    for n in 0..8 {
        let first = order(&db.store, &shop, &n.to_string()).await;
        let deal = card(&db, &shop, &first).await;
        let by_status = change(&first, &of_kind(&db.store, &shop, StatusKind::Paid).await);
        let by_stage = to(&deal, shop.stage(2), Place::Top);
        let (status, stage) =
            tokio::join!(db.store.change_status(&shop.manager, by_status), db.store.move_deal(&shop.head, by_stage));
        assert!(status.is_ok() || stage.is_ok(), "one of them is first");
        let now = view(&db.store, &shop, first.order.id).await;
        let status: StatusId = now.order.status.as_ref().expect("a status").id;
        assert_eq!(bond.stage_of(status), Some(card(&db, &shop, &now).await.stage), "order {n}");
    }
    db.sound().await;
}
