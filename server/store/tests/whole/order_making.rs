//! Orders without deals, deals for them, and orders out of deals.

use crate::common::shop::{NOW, Shop, id, incoming};
use crate::common::statuses::{bonded, change, go, kind, of_kind, order, send, view};
use crate::common::watcher::Watcher;
use crate::common::{TestDb, on_both, refusal};
use domain::board::{Filter, Limit, Refusal};
use domain::event::Fact;
use domain::ids::*;
use domain::orders::{
    IncomingOrder, MakeDeal, MakeOrder, OrderFault, OrderSettings, PaymentKind, StatusKind, Thresholds,
};
use store::Store;
use store::orders::Arrival;

on_both![
    orders_may_come_without_deals,
    a_deal_is_made_for_an_order_once,
    an_order_is_made_of_a_deal_once,
    what_may_not_be_made_is_not,
];

async fn alone(store: &Store, shop: &Shop) {
    let thresholds = Thresholds::default();
    let settings = OrderSettings { storefront: shop.one, makes_deals: false, thresholds };
    store.set_order_settings(&shop.head, id(), settings).await.expect("kept");
}

async fn orders_may_come_without_deals(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    alone(&db.store, &shop).await;
    let first = order(&db.store, &shop, "1").await;
    assert_eq!((first.order.deal, kind(&first)), (None, StatusKind::AwaitingConfirmation));
    assert_eq!(first.customer.as_ref().expect("a customer").name, "Покупець 1");
    assert!(first.events.iter().any(|event| matches!(event.fact, Fact::OrderReceived { .. })));
    let board = db.store.board(&shop.viewer, shop.orders.id, &Filter::default()).await.expect("a board").board;
    assert!(board.cards.is_empty());
    let now = go(&db.store, &shop.manager, (&shop, &first), StatusKind::Processing).await;
    assert_eq!(kind(&now), StatusKind::Processing);
    let later = IncomingOrder { changed_at: NOW + 1, total: 7, ..incoming("1") };
    let now = send(&db.store, &shop, later).await;
    assert_eq!((now.order.total, now.order.deal), (7, None), "the shop's next word makes none either");
    let away = db.store.delete_order(shop.one, NOW, "1".into()).await.expect("deleted");
    assert_eq!(away.deal, None);
    db.sound().await;
}

async fn a_deal_is_made_for_an_order_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    alone(&db.store, &shop).await;
    bonded(&db.store, &shop, &shop.orders).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let first = order(&db.store, &shop, "1").await;
    let first = go(&db.store, &shop.manager, (&shop, &first), StatusKind::Processing).await;
    let make = || MakeDeal { command: id(), order: first.order.id };
    let command = make();
    let made = db.store.make_deal(&shop.manager, command).await.expect("made");
    let deal = db.store.card(&shop.viewer, made.order.deal.expect("a deal")).await.expect("there");
    assert_eq!((deal.stage, deal.sum, deal.order_number.as_deref()), (shop.stage(2), 50_000, Some("N1")));
    let again = db.untouched(db.store.make_deal(&shop.manager, command)).await.expect("known");
    assert_eq!(again.order, made.order);
    let twice = db.untouched(db.store.make_deal(&shop.manager, make())).await;
    assert_eq!(refusal(twice), Refusal::Order { fault: OrderFault::HasDeal { deal: deal.id } });
    // From now on they go together.
    let to = of_kind(&db.store, &shop, StatusKind::Delivered).await;
    let now = db.store.change_status(&shop.manager, change(&made, &to)).await.expect("changed");
    let won = db.store.card(&shop.viewer, now.order.deal.expect("a deal")).await.expect("there");
    assert_eq!(won.stage, shop.stage(4));
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn an_order_is_made_of_a_deal_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let deal = shop.deal(&db.store, "Ірина").await;
    let make = |method: &str| MakeOrder { command: id(), deal: deal.id, payment_method: method.into() };
    let (one, other) = tokio::join!(
        db.store.make_order(&shop.manager, make("Післяплата")),
        db.store.make_order(&shop.head, make("Післяплата"))
    );
    assert!(one.is_ok() != other.is_ok(), "one of them: {one:?} {other:?}");
    let (made, late) = if one.is_ok() { (one, other) } else { (other, one) };
    let made = made.expect("made");
    let fault = OrderFault::HasOrder { order: made.order.id };
    assert_eq!(refusal(late), Refusal::Order { fault });
    let order = &made.order;
    assert_eq!((order.number.as_str(), order.total), (format!("D-{}", deal.id).as_str(), deal.sum));
    assert_eq!((order.deal, order.customer), (Some(deal.id), Some(deal.customer)));
    assert_eq!(made.lines.len(), 1);
    assert_eq!(made.scenario.as_ref().expect("a scenario").payment, Some(PaymentKind::OnDelivery));
    assert_eq!(kind(&made), StatusKind::AwaitingConfirmation);
    let card = db.store.card(&shop.viewer, deal.id).await.expect("there");
    assert_eq!(card.order_number.as_deref(), Some(order.number.as_str()));
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn what_may_not_be_made_is_not(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    alone(&db.store, &shop).await;
    let first = order(&db.store, &shop, "1").await;
    let make = || MakeDeal { command: id(), order: first.order.id };
    assert_eq!(refusal(db.untouched(db.store.make_deal(&shop.viewer, make())).await), Refusal::NotAllowed);
    assert_eq!(refusal(db.untouched(db.store.make_deal(&shop.stranger, make())).await), Refusal::NotFound);
    let unknown = MakeDeal { order: OrderId(999), ..make() };
    assert_eq!(refusal(db.untouched(db.store.make_deal(&shop.head, unknown)).await), Refusal::NotFound);
    let deleted = db.store.delete_order(shop.one, NOW, "77".into()).await.expect("remembered").order.expect("a row");
    let empty = db.store.make_deal(&shop.head, MakeDeal { order: deleted, ..make() });
    assert_eq!(refusal(db.untouched(empty).await), Refusal::Order { fault: OrderFault::Empty });
    let deal = shop.deal(&db.store, "Ірина").await;
    let out_of = |deal, method: &str| MakeOrder { command: id(), deal, payment_method: method.into() };
    let tried = db.store.make_order(&shop.viewer, out_of(deal.id, ""));
    assert_eq!(refusal(db.untouched(tried).await), Refusal::NotAllowed);
    let tried = db.store.make_order(&shop.stranger, out_of(deal.id, ""));
    assert_eq!(refusal(db.untouched(tried).await), Refusal::NotFound);
    let tried = db.store.make_order(&shop.head, out_of(DealId(999), ""));
    assert_eq!(refusal(db.untouched(tried).await), Refusal::NotFound);
    let tried = db.store.make_order(&shop.head, out_of(deal.id, &"я".repeat(201)));
    assert_eq!(refusal(db.untouched(tried).await), Refusal::Limit { limit: Limit::NameTooLong });
    let restored = db.store.receive_order(shop.one, NOW, incoming("77"), Arrival::Restored).await.expect("received");
    assert_eq!(restored.deal, None, "restored, it makes none either");
    assert_eq!(kind(&view(&db.store, &shop, deleted).await), StatusKind::AwaitingConfirmation);
    db.sound().await;
}
