//! Deals that somebody deletes, and what is left of them.

use crate::common::shop::{HOUR, NOW, Shop, at, create, form, id, incoming, to, user};
use crate::common::watcher::Watcher;
use crate::common::{TestDb, on_both, refusal};
use domain::board::{Card, Place, Refusal};
use domain::deals::{AssignDeal, DeleteDeal, EditDeal};
use domain::event::Fact;
use domain::ids::*;
use domain::orders::{IncomingOrder, ShopStatus};
use domain::tracking::LinkChange;
use store::Ctx;
use store::orders::Arrival;

on_both![
    a_deal_goes_with_its_goods_and_its_link,
    a_deletion_sent_twice_happens_once,
    what_changed_meanwhile_keeps_the_deal,
    who_may_not_deletes_nothing,
    nothing_can_be_done_to_a_deleted_deal,
    an_order_outlives_its_deal_and_makes_no_other,
    an_order_s_news_and_its_deal_s_deletion_at_once,
    a_cart_that_comes_back_is_a_new_lead,
];

fn delete(card: &Card) -> DeleteDeal {
    DeleteDeal { command: id(), deal: card.id, seen: card.version }
}

async fn a_deal_goes_with_its_goods_and_its_link(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let gone = db
        .store
        .create_deal(&shop.manager, create(&shop.orders, form("Ірина", "0501234567", &[("Чайник", "2", "300")])))
        .await
        .expect("made");
    let stays = shop.deal(&db.store, "Оксана").await;
    watcher.agrees(&db.store).await;
    let link = db.store.deal(&shop.viewer, gone.id).await.expect("there").tracking.expect("a link");
    assert!(db.store.tracked(&link, NOW).await.expect("read").is_some());
    db.store.delete_deal(&shop.head, delete(&gone)).await.expect("deleted");
    watcher.agrees(&db.store).await;
    assert_eq!(watcher.board.cards.keys().collect::<Vec<_>>(), [&stays.id]);
    assert_eq!(db.store.tracked(&link, NOW).await.expect("read"), None);
    assert_eq!(refusal(db.store.deal(&shop.owner, gone.id).await), Refusal::NotFound);
    assert_eq!(refusal(db.store.deal_history(&shop.owner, gone.id).await), Refusal::NotFound);
    // The customer is found again by their phone.
    let again = create(&shop.orders, form("Ірина", "0501234567", &[]));
    let again = db.store.create_deal(&shop.owner, again).await.expect("made");
    assert_eq!(again.customer, gone.customer);
    assert_ne!(again.id, gone.id, "no id is given twice");
    let end = db.store.log_end().await.expect("the end");
    let events = db.store.raw_events(Seq(0)).await.expect("the log");
    let told = events.iter().find(|event| matches!(event.fact, Fact::DealDeleted { .. })).expect("it is told");
    assert!(told.seq < end);
    assert_eq!((told.scope.deal, told.scope.storefront), (Some(gone.id), Some(shop.one)));
    let Fact::DealDeleted { card } = &told.fact else { panic!("{told:?}") };
    assert_eq!((card.sum, card.customer_name.as_str()), (60_000, ""));
    db.sound().await;
}

async fn a_deletion_sent_twice_happens_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let command = delete(&card);
    db.store.delete_deal(&shop.head, command.clone()).await.expect("deleted");
    db.untouched(async {
        db.store.delete_deal(&shop.head, command.clone()).await.expect("as it was answered");
        let other = DeleteDeal { seen: 7, ..command.clone() };
        assert_eq!(refusal(db.store.delete_deal(&shop.head, other).await), Refusal::CommandReused);
        assert_eq!(refusal(db.store.delete_deal(&shop.head, delete(&card)).await), Refusal::NotFound);
    })
    .await;
    db.sound().await;
}

async fn what_changed_meanwhile_keeps_the_deal(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let moved = db.store.move_deal(&shop.manager, to(&card, shop.stage(1), Place::Top)).await.expect("moved");
    let refused = db.untouched(async { refusal(db.store.delete_deal(&shop.head, delete(&card)).await) }).await;
    assert_eq!(refused, Refusal::Edited { version: moved.version });
    db.store.delete_deal(&shop.head, delete(&moved)).await.expect("deleted");
    db.sound().await;
}

async fn who_may_not_deletes_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    db.untouched(async {
        let cases = [
            (&shop.viewer, Refusal::NotAllowed),
            (&shop.manager, Refusal::NotAllowed),
            (&shop.stranger, Refusal::NotFound),
        ];
        for (ctx, why) in cases {
            assert_eq!(refusal(db.store.delete_deal(ctx, delete(&card)).await), why);
            // Nor do they learn whether it changed.
            let stale = DeleteDeal { seen: 9, ..delete(&card) };
            assert_eq!(refusal(db.store.delete_deal(ctx, stale).await), why);
        }
        let nothing = DeleteDeal { deal: DealId(999), ..delete(&card) };
        assert_eq!(refusal(db.store.delete_deal(&shop.owner, nothing).await), Refusal::NotFound);
    })
    .await;
    db.sound().await;
}

async fn nothing_can_be_done_to_a_deleted_deal(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (card, neighbour) = (shop.deal(&db.store, "Ірина").await, shop.deal(&db.store, "Оксана").await);
    db.store.delete_deal(&shop.admin, delete(&card)).await.expect("deleted");
    db.untouched(async {
        let move_it = to(&card, shop.stage(1), Place::Top);
        assert_eq!(refusal(db.store.move_deal(&shop.owner, move_it).await), Refusal::NotFound);
        let edit = EditDeal { command: id(), deal: card.id, seen: 1, form: form("Ірина", "", &[]) };
        assert_eq!(refusal(db.store.edit_deal(&shop.owner, edit).await), Refusal::NotFound);
        let assign = AssignDeal { command: id(), deal: card.id, to: Some(user(&shop.head)) };
        assert_eq!(refusal(db.store.assign_deal(&shop.owner, assign).await), Refusal::NotFound);
        let link = db.store.change_link(&shop.owner, id(), card.id, LinkChange::Renew).await;
        assert_eq!(refusal(link), Refusal::NotFound);
    })
    .await;
    // A place beside it is the top.
    let beside = to(&neighbour, shop.stage(1), Place::After(card.id));
    db.store.move_deal(&shop.owner, beside).await.expect("moved");
    db.sound().await;
}

fn later(order: &IncomingOrder, hours: i64) -> IncomingOrder {
    IncomingOrder { changed_at: NOW + hours * HOUR, total: 50_000 + hours, ..order.clone() }
}

async fn an_order_outlives_its_deal_and_makes_no_other(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let order = incoming("7");
    let made = db.store.receive_order(shop.one, NOW, order.clone(), Arrival::Sent).await.expect("received");
    let card = db.store.card(&shop.owner, made.deal.expect("a deal")).await.expect("there");
    db.store.delete_deal(&shop.owner, delete(&card)).await.expect("deleted");
    // Sent again as it was, changed, deleted, deleted again, and taken out of the bin.
    let same = db.store.receive_order(shop.one, NOW, order.clone(), Arrival::Sent).await.expect("received");
    assert_eq!((same.order, same.deal, same.unchanged), (made.order, None, true));
    for (hours, arrival) in [(1, Arrival::Sent), (2, Arrival::Sent), (4, Arrival::Restored), (5, Arrival::Sent)] {
        if arrival == Arrival::Restored {
            for unchanged in [false, true] {
                let gone = db.store.delete_order(shop.one, NOW, "7".into()).await.expect("deleted");
                assert_eq!((gone.order, gone.deal, gone.unchanged), (made.order, None, unchanged));
            }
        }
        let changed = db.store.receive_order(shop.one, NOW, later(&order, hours), arrival).await.expect("received");
        assert_eq!((changed.order, changed.deal, changed.unchanged), (made.order, None, false));
        let last = db.store.raw_events(Seq(0)).await.expect("the log").pop().expect("an event");
        assert!(matches!(last.fact, Fact::OrderUpdated { .. }), "{last:?}");
        assert_eq!((last.scope.order, last.scope.deal, last.scope.funnel), (made.order, None, None));
        assert_eq!((last.scope.storefront, last.scope.customer), (Some(shop.one), Some(card.customer)));
    }
    watcher.agrees(&db.store).await;
    assert_eq!(watcher.board.cards.len(), 0);
    db.sound().await;
}

async fn an_order_s_news_and_its_deal_s_deletion_at_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for round in 0..6 {
        let order = incoming(&format!("{round}"));
        let made = db.store.receive_order(shop.one, NOW, order.clone(), Arrival::Sent).await.expect("received");
        let card = db.store.card(&shop.owner, made.deal.expect("a deal")).await.expect("there");
        let (news, deletion) = futures::future::join(
            db.store.receive_order(shop.one, NOW, later(&order, 1), Arrival::Sent),
            db.store.delete_deal(&shop.owner, delete(&card)),
        )
        .await;
        news.expect("the shop is answered");
        match deletion {
            Ok(()) => assert!(db.store.card(&shop.owner, card.id).await.is_err()),
            // The shop's news was first: the deal is another one than was seen.
            Err(error) => assert!(matches!(refusal::<()>(Err(error)), Refusal::Edited { .. })),
        }
    }
    db.sound().await;
}

async fn a_cart_that_comes_back_is_a_new_lead(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let cart = IncomingOrder { status: ShopStatus::Draft, ..incoming("c1") };
    let made = db.store.receive_order(shop.one, NOW, cart.clone(), Arrival::Sent).await.expect("received");
    let lead = made.deal.expect("a lead");
    let card = db.store.card(&shop.owner, lead).await.expect("there");
    db.store.delete_deal(&shop.owner, delete(&card)).await.expect("deleted");
    let owner: Ctx = at(&shop.owner, NOW + HOUR);
    let ordered = IncomingOrder { status: ShopStatus::Processing, ..later(&cart, 1) };
    let again = db.store.receive_order(shop.one, NOW + HOUR, ordered, Arrival::Sent).await.expect("received");
    let deal = again.deal.expect("who buys after all is a deal");
    assert_ne!(deal, lead);
    assert_eq!(db.store.card(&owner, deal).await.expect("there").order_number.as_deref(), Some("Nc1"));
    db.sound().await;
}
