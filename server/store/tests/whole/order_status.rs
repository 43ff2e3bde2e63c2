//! Orders come into other statuses: by hand, many at once, by their shop's word; and what their pages show.

use crate::common::shop::{HOUR, NOW, Shop, at, id, incoming};
use crate::common::statuses::{change, details, go, kind, of_kind, order, send, view};
use crate::common::{TestDb, on_both, refusal};
use domain::board::Refusal;
use domain::event::Fact;
use domain::i18n::Lang;
use domain::ids::*;
use domain::orders::{
    Asked, ChangeMany, ChangeStatus, Flag, IncomingOrder, OrderFault, OrderView, ShopStatus, StatusKind, flag,
};
use store::orders::Arrival;

on_both![
    a_change_is_kept_with_all_that_was_told,
    each_no_changes_nothing,
    past_the_rules_goes_a_head_who_says_why,
    of_two_changes_at_once_one_is_late,
    a_change_and_the_shop_s_word_at_once_agree,
    many_change_each_by_itself,
    the_shop_s_word_is_followed_where_it_is_news,
    late_words_change_nothing,
    history_begins_where_it_ended,
    the_page_shows_what_is_one_s_own_to_see,
    the_check_finds_an_order_out_of_step,
];

fn fault<T>(result: store::Result<T>) -> OrderFault {
    match refusal(result) {
        Refusal::Order { fault } => fault,
        other => panic!("{other:?}"),
    }
}

fn said(external_id: &str, word: ShopStatus, hours: i64) -> IncomingOrder {
    let (shop_status, changed_at) = (word.key().to_owned(), NOW + hours * HOUR);
    IncomingOrder { status: word, shop_status, changed_at, ..incoming(external_id) }
}

async fn a_change_is_kept_with_all_that_was_told(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = order(&db.store, &shop, "1").await;
    assert_eq!((kind(&first), first.stays.len(), first.order.version), (StatusKind::AwaitingConfirmation, 1, 1));
    let next = of_kind(&db.store, &shop, StatusKind::Processing).await;
    assert_eq!(first.next.first(), Some(&next.id), "the scenario's next step stands first");
    let later = at(&shop.manager, NOW + HOUR);
    let packed = go(&db.store, &later, (&shop, &first), StatusKind::Packed).await;
    let later = at(&shop.manager, NOW + 2 * HOUR);
    let shipped = of_kind(&db.store, &shop, StatusKind::Shipped).await;
    let command = change(&packed, &shipped);
    let sent = db.store.change_status(&later, command.clone()).await.expect("changed");
    assert_eq!(
        (kind(&sent), sent.order.status_since, sent.order.version),
        (StatusKind::Shipped, Some(NOW + 2 * HOUR), 3)
    );
    let stays: Vec<_> = sent.stays.iter().map(|stay| (stay.began_at - NOW, stay.ended_at.map(|at| at - NOW))).collect();
    assert_eq!(stays, [(0, Some(HOUR)), (HOUR, Some(2 * HOUR)), (2 * HOUR, None)]);
    let last = sent.stays.last().expect("a stay");
    assert_eq!((last.actor, last.details.clone()), (shop.manager.actor.who, Some(details(Asked::Shipment))));
    assert_eq!(sent.shipments.len(), 1);
    assert!(sent.facts.expect("facts").has_tracking);
    let told = sent.events.iter().filter(|event| matches!(event.fact, Fact::OrderStatusChanged { .. })).count();
    assert_eq!(told, 2);
    let words = serde_json::to_string(&sent.events).expect("JSON");
    assert!(!words.contains("20450000000001"), "the log keeps no parcel's number: {words}");
    // Sent again, it has happened already.
    let again = db.untouched(db.store.change_status(&later, command)).await.expect("known");
    assert_eq!(again.order, sent.order);
    db.sound().await;
}

async fn each_no_changes_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = order(&db.store, &shop, "1").await;
    let processing = of_kind(&db.store, &shop, StatusKind::Processing).await;
    let cancelled = of_kind(&db.store, &shop, StatusKind::Cancelled).await;
    let others = db.store.statuses(&shop.owner, shop.two).await.expect("statuses");
    let to = change(&first, &processing);
    let tried = |ctx: &store::Ctx, command: ChangeStatus| {
        let (store, ctx) = (db.store.clone(), ctx.clone());
        async move { store.change_status(&ctx, command).await }
    };
    let no = async |ctx: &store::Ctx, command: ChangeStatus| refusal(db.untouched(tried(ctx, command)).await);
    assert_eq!(no(&shop.viewer, to.clone()).await, Refusal::NotAllowed);
    assert_eq!(no(&shop.stranger, to.clone()).await, Refusal::NotFound);
    assert_eq!(no(&shop.head, ChangeStatus { order: OrderId(999), ..to.clone() }).await, Refusal::NotFound);
    let of = |fault: OrderFault| Refusal::Order { fault };
    let now = first.order.status.as_ref().map(|status| status.id);
    let stale = ChangeStatus { from: Some(cancelled.id), ..to.clone() };
    assert_eq!(no(&shop.manager, stale).await, of(OrderFault::Stale { now }));
    let foreign = ChangeStatus { to: others[1].id, ..to.clone() };
    assert_eq!(no(&shop.manager, foreign).await, of(OrderFault::StatusGone));
    let silent = ChangeStatus { details: None, ..change(&first, &cancelled) };
    let needed = OrderFault::DetailsNeeded { asked: Asked::Cancellation, to: cancelled.id };
    assert_eq!(no(&shop.manager, silent).await, of(needed));
    let wrong = ChangeStatus { details: Some(details(Asked::Delay)), ..change(&first, &cancelled) };
    assert!(matches!(no(&shop.manager, wrong).await, Refusal::Order { fault: OrderFault::Detail { .. } }));
    let new = of_kind(&db.store, &shop, StatusKind::New).await;
    assert!(matches!(
        no(&shop.manager, change(&first, &new)).await,
        Refusal::Order { fault: OrderFault::NotNext { .. } }
    ));
    let deleted = db.store.delete_order(shop.one, NOW, "77".into()).await.expect("remembered").order.expect("a row");
    let empty = ChangeStatus { order: deleted, from: None, ..to };
    assert_eq!(no(&shop.manager, empty).await, of(OrderFault::Empty));
    db.sound().await;
}

async fn past_the_rules_goes_a_head_who_says_why(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = order(&db.store, &shop, "1").await;
    let packed = go(&db.store, &shop.manager, (&shop, &first), StatusKind::Packed).await;
    let back = change(&packed, &of_kind(&db.store, &shop, StatusKind::Processing).await);
    let because =
        ChangeStatus { command: id(), override_reason: Some("не той товар".into()), ..back.clone() };
    assert!(matches!(fault(db.store.change_status(&shop.manager, because.clone()).await), OrderFault::NotNext { .. }));
    assert!(matches!(fault(db.store.change_status(&shop.head, back).await), OrderFault::NotNext { .. }));
    let blank = ChangeStatus { command: id(), override_reason: Some("  ".into()), ..because.clone() };
    assert_eq!(fault(db.store.change_status(&shop.head, blank).await), OrderFault::OverrideReason);
    let because = ChangeStatus { command: id(), ..because };
    let now = db.store.change_status(&shop.head, because).await.expect("a head may");
    assert_eq!(now.stays.last().expect("a stay").override_reason.as_deref(), Some("не той товар"));
    let overridden =
        |event: &domain::event::Event| matches!(event.fact, Fact::OrderStatusChanged { overridden, .. } if overridden);
    assert_eq!(now.events.iter().filter(|event| overridden(event)).count(), 1);
    db.sound().await;
}

async fn of_two_changes_at_once_one_is_late(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = order(&db.store, &shop, "1").await;
    let one = change(&first, &of_kind(&db.store, &shop, StatusKind::Processing).await);
    let other = change(&first, &of_kind(&db.store, &shop, StatusKind::Cancelled).await);
    let (one, other) =
        tokio::join!(db.store.change_status(&shop.manager, one), db.store.change_status(&shop.head, other));
    assert!(one.is_ok() != other.is_ok(), "one of them: {one:?} {other:?}");
    let late = if one.is_ok() { fault(other) } else { fault(one) };
    let now = view(&db.store, &shop, first.order.id).await;
    assert_eq!(late, OrderFault::Stale { now: now.order.status.as_ref().map(|status| status.id) });
    assert_eq!(now.stays.len(), 2);
    db.sound().await;
}

async fn a_change_and_the_shop_s_word_at_once_agree(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for n in 0..8 {
        let number = n.to_string();
        let first = order(&db.store, &shop, &number).await;
        let command = change(&first, &of_kind(&db.store, &shop, StatusKind::Packed).await);
        let word = said(&number, ShopStatus::Completed, 1);
        let (by_hand, told) = tokio::join!(
            db.store.change_status(&shop.manager, command),
            db.store.receive_order(shop.one, NOW + HOUR, word, Arrival::Sent)
        );
        told.expect("received");
        if let Err(error) = by_hand {
            assert!(matches!(fault::<OrderView>(Err(error)), OrderFault::Stale { .. }));
        }
        assert_eq!(
            kind(&view(&db.store, &shop, first.order.id).await),
            StatusKind::Delivered,
            "the shop had the last word"
        );
    }
    db.sound().await;
}

async fn many_change_each_by_itself(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut orders = Vec::new();
    for number in ["1", "2", "3"] {
        orders.push(order(&db.store, &shop, number).await);
    }
    let off = go(&db.store, &shop.manager, (&shop, &orders[1]), StatusKind::Cancelled).await;
    let to = of_kind(&db.store, &shop, StatusKind::Packed).await.id;
    let mut ids: Vec<OrderId> = orders.iter().map(|view| view.order.id).collect();
    ids.extend([OrderId(999), ids[0]]);
    let many = ChangeMany { command: id(), orders: ids, to, details: None, override_reason: None };
    let done = db.store.change_status_many(&shop.manager, many.clone()).await.expect("done");
    assert_eq!(done.changed, [orders[0].order.id, orders[2].order.id]);
    assert_eq!(done.refused.iter().map(|(order, _)| *order).collect::<Vec<_>>(), [off.order.id, OrderId(999)]);
    assert_eq!(db.store.change_status_many(&shop.manager, many).await.expect("known"), done);
    let too_many = (0..=store::orders::BULK_MAX as i64).map(OrderId).collect();
    let command = ChangeMany { command: id(), orders: too_many, to, details: None, override_reason: None };
    assert!(matches!(refusal(db.store.change_status_many(&shop.manager, command).await), Refusal::Limit { .. }));
    db.sound().await;
}

async fn the_shop_s_word_is_followed_where_it_is_news(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = order(&db.store, &shop, "1").await;
    let picking = go(&db.store, &shop.manager, (&shop, &first), StatusKind::Picking).await;
    for (hours, word, expected) in [
        (1, ShopStatus::AwaitingPayment, StatusKind::Picking),
        (2, ShopStatus::Processing, StatusKind::Picking),
        (3, ShopStatus::Unknown, StatusKind::Picking),
        (4, ShopStatus::Completed, StatusKind::Delivered),
        (5, ShopStatus::Cancelled, StatusKind::Delivered),
        (6, ShopStatus::Returned, StatusKind::Returned),
        (7, ShopStatus::Completed, StatusKind::Returned),
    ] {
        let now = send(&db.store, &shop, said("1", word, hours)).await;
        assert_eq!(kind(&now), expected, "{word:?}");
        assert_eq!(now.order.shop_meaning, word);
    }
    let now = view(&db.store, &shop, picking.order.id).await;
    let last = now.stays.last().expect("a stay");
    assert_eq!(last.actor, domain::auth::Who::Shop(shop.one), "recorded as the shop's");
    db.sound().await;
}

async fn late_words_change_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = send(&db.store, &shop, said("1", ShopStatus::Processing, 5)).await;
    let late = send(&db.store, &shop, said("1", ShopStatus::Cancelled, 4)).await;
    assert_eq!(late.order, first.order, "an older word");
    let same = IncomingOrder { total: 1, ..said("1", ShopStatus::Processing, 6) };
    let moved = go(&db.store, &shop.manager, (&shop, &first), StatusKind::Cancelled).await;
    let news = send(&db.store, &shop, same).await;
    assert_eq!(news.order.status, moved.order.status, "the word has not changed");
    assert_eq!(news.order.total, 1);
    db.sound().await;
}

async fn history_begins_where_it_ended(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for (n, (word, expected)) in [
        (ShopStatus::Completed, StatusKind::Delivered),
        (ShopStatus::Returned, StatusKind::Returned),
        (ShopStatus::Processing, StatusKind::Processing),
        (ShopStatus::Unknown, StatusKind::New),
    ]
    .into_iter()
    .enumerate()
    {
        let sent = said(&n.to_string(), word, -100);
        let (placed, changed) = (sent.placed_at, sent.changed_at);
        let arrival = Arrival::History { lang: Lang::Uk };
        let received = db.store.receive_order(shop.one, NOW, sent, arrival).await.expect("received");
        let now = view(&db.store, &shop, received.order.expect("an order")).await;
        assert_eq!(kind(&now), expected, "{word:?}");
        let since = if expected.ends() { changed.max(placed) } else { placed };
        assert_eq!(now.order.status_since, Some(since));
    }
    db.sound().await;
}

async fn the_page_shows_what_is_one_s_own_to_see(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let same = |external_id: &str| IncomingOrder { customer: incoming("1").customer, ..incoming(external_id) };
    let first = order(&db.store, &shop, "1").await;
    let second = send(&db.store, &shop, same("2")).await;
    let elsewhere = db.store.receive_order(shop.two, NOW, same("3"), Arrival::Sent).await.expect("received");
    let now = view(&db.store, &shop, first.order.id).await;
    assert_eq!(now.other_orders.iter().map(|other| other.id).collect::<Vec<_>>(), [second.order.id]);
    assert_eq!(now.other_deals.iter().map(|other| other.id).collect::<Vec<_>>(), [second.order.deal.expect("a deal")]);
    assert_eq!(now.customer.expect("a customer").name, "Покупець 1");
    let all = db.store.order_page(&shop.owner, first.order.id).await.expect("its page");
    assert_eq!(all.other_orders.len(), 2, "an owner sees the other shop's as well");
    let theirs = elsewhere.order.expect("an order");
    assert_eq!(refusal(db.store.order_page(&shop.viewer, theirs).await), Refusal::NotFound);
    assert_eq!(refusal(db.store.order_page(&shop.viewer, OrderId(999)).await), Refusal::NotFound);
    let late = db.store.order_page(&at(&shop.viewer, NOW + 100 * HOUR), first.order.id).await.expect("its page");
    assert_eq!(flag(&late.facts.expect("facts"), &late.thresholds, late.now), Some(Flag::Unfulfilled));
    db.sound().await;
}

async fn the_check_finds_an_order_out_of_step(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = order(&db.store, &shop, "1").await;
    let now = go(&db.store, &shop.manager, (&shop, &first), StatusKind::Processing).await;
    let (id, is) = (now.order.id, now.order.status.as_ref().expect("a status").id);
    let other = of_kind(&db.store, &shop, StatusKind::Packed).await.id;
    let theirs = db.store.statuses(&shop.owner, shop.two).await.expect("statuses")[0].id;
    let stands = |status: StatusId| format!("UPDATE orders SET status_id = {status} WHERE id = {id}");
    let ended = |at: &str| format!("UPDATE order_stays SET ended_at = {at} WHERE order_id = {id} AND status_id = {is}");
    for (harm, repair, word) in [
        (stands(other), stands(is), "another status"),
        (stands(other), stands(is), "stays"),
        (stands(theirs), stands(is), "another storefront"),
        (ended("1"), ended("NULL"), "stays"),
    ] {
        db.tamper(&harm).await;
        let problems = db.store.check().await.expect("the check runs");
        assert!(problems.iter().any(|problem| problem.contains(word)), "{harm}: {problems:?}");
        db.tamper(&repair).await;
        assert_eq!(db.store.check().await.expect("the check runs"), Vec::<String>::new(), "{repair}");
    }
    db.sound().await;
}
