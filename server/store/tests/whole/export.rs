//! Lists taken out: who may, and what each of them sees.

use crate::common::shop::{DAY, NOW, Shop, at, create, form, goods, id, incoming, system, user};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::{Actor, Role, Storefronts, UserChange, Who};
use domain::board::filter::Day;
use domain::board::{Filter, Refusal};
use domain::event::Fact;
use domain::export::List;
use domain::ids::*;
use domain::orders::{Carrier, ChangeMany, StatusDetails, StatusKind};
use store::export::{CustomerRow, DealRow, OrderRow, PAGE, Wanted};
use store::orders::Arrival;
use store::{Ctx, Store};

on_both![
    heads_take_out_what_they_see,
    whoever_may_not_leaves_no_trace,
    deals_come_with_their_words_and_goods,
    customers_are_counted_by_what_is_seen,
    orders_come_with_their_goods,
    the_log_is_as_it_was_when_the_export_began,
    pages_follow_one_another_without_a_gap,
    whoever_has_left_gets_no_more_of_it,
];

fn wanted(list: List) -> Wanted {
    Wanted { list, funnel: None, filter: Filter::default() }
}

fn of(list: List, storefront: StorefrontId) -> Wanted {
    Wanted { filter: Filter { storefront: Some(storefront), ..Filter::default() }, ..wanted(list) }
}

async fn deals(store: &Store, ctx: &Ctx, wanted: Wanted) -> Vec<DealRow> {
    let (mut export, mut all) = (store.begin_export(ctx, wanted).await.expect("begun"), Vec::new());
    loop {
        let page = export.deals(store).await.expect("a page");
        if page.is_empty() {
            return all;
        }
        assert!(page.len() as i64 <= PAGE);
        all.extend(page);
    }
}

async fn customers(store: &Store, ctx: &Ctx, wanted: Wanted) -> Vec<CustomerRow> {
    let mut export = store.begin_export(ctx, wanted).await.expect("begun");
    let page = export.customers(store).await.expect("a page");
    assert!(export.customers(store).await.expect("a page").is_empty());
    page
}

async fn orders(store: &Store, ctx: &Ctx, wanted: Wanted) -> Vec<OrderRow> {
    let mut export = store.begin_export(ctx, wanted).await.expect("begun");
    let page = export.orders(store).await.expect("a page");
    assert!(export.orders(store).await.expect("a page").is_empty());
    page
}

/// One deal in each shop, of one customer, and another one in the second.
async fn two_shops(db: &TestDb) -> Shop {
    let shop = Shop::open(&db.store).await;
    let both = || form("Спільна", "+380501112233", &[("Чайник", "2", "100"), ("Чашка", "1", "50")]);
    db.store.create_deal(&shop.manager, create(&shop.orders, both())).await.expect("made");
    let later = at(&system(), NOW + DAY);
    db.store.create_deal(&later, create(&shop.second, both())).await.expect("made");
    db.store
        .create_deal(&shop.stranger, create(&shop.second, form("Чужий", "", &[("Чашка", "1", "50")])))
        .await
        .expect("made");
    shop
}

async fn heads_take_out_what_they_see(db: TestDb) {
    let shop = two_shops(&db).await;
    let seen = deals(&db.store, &shop.head, wanted(List::Deals)).await;
    assert_eq!(seen.iter().map(|deal| deal.customer.as_str()).collect::<Vec<_>>(), ["Спільна"]);
    assert_eq!(deals(&db.store, &shop.owner, wanted(List::Deals)).await.len(), 3);
    assert_eq!(deals(&db.store, &shop.owner, of(List::Deals, shop.two)).await.len(), 2);
    let shared = Wanted { funnel: Some(shop.shared.id), ..wanted(List::Deals) };
    assert!(deals(&db.store, &shop.head, shared).await.is_empty());
    let late = Day { year: 2030, month: 1, day: 1 };
    let filter = Filter { from: Some(late), ..Filter::default() };
    assert!(deals(&db.store, &shop.owner, Wanted { filter, ..wanted(List::Deals) }).await.is_empty());
    db.sound().await;
}

async fn whoever_may_not_leaves_no_trace(db: TestDb) {
    let shop = two_shops(&db).await;
    db.untouched(async {
        let refused = async |ctx: &Ctx, wanted: Wanted| refusal(db.store.begin_export(ctx, wanted).await.map(drop));
        for list in List::ALL {
            for ctx in [&shop.manager, &shop.viewer, &shop.stranger] {
                assert_eq!(refused(ctx, wanted(list)).await, Refusal::NotAllowed, "{list:?}");
            }
            assert_eq!(refused(&shop.head, of(list, shop.two)).await, Refusal::NotFound, "{list:?}");
            assert_eq!(refused(&shop.owner, of(list, StorefrontId(999))).await, Refusal::NotFound, "{list:?}");
        }
        let foreign = Wanted { funnel: Some(shop.second.id), ..wanted(List::Deals) };
        assert_eq!(refused(&shop.head, foreign).await, Refusal::NotFound);
    })
    .await;
    db.sound().await;
}

async fn deals_come_with_their_words_and_goods(db: TestDb) {
    let shop = two_shops(&db).await;
    let [deal] = deals(&db.store, &shop.head, wanted(List::Deals)).await.try_into().expect("one deal");
    assert_eq!((deal.funnel.as_str(), &deal.stage), ("Замовлення", &shop.orders.stages[0].name));
    assert_eq!((deal.storefront.as_str(), deal.phone.as_deref()), ("Чайна крамниця", Some("+380501112233")));
    assert_eq!(deal.goods, [("Чайник".to_owned(), 2), ("Чашка".to_owned(), 1)]);
    assert_eq!((deal.sum, deal.currency.code(), deal.created_at), (25_000, "UAH", NOW));
    db.sound().await;
}

async fn customers_are_counted_by_what_is_seen(db: TestDb) {
    let shop = two_shops(&db).await;
    let told = |rows: Vec<CustomerRow>| -> Vec<(String, i64, Millis, Option<Millis>)> {
        rows.into_iter().map(|one| (one.name, one.deals, one.since, one.last_deal_at)).collect()
    };
    let head = told(customers(&db.store, &shop.head, wanted(List::Customers)).await);
    assert_eq!(head, [("Спільна".to_owned(), 1, NOW, Some(NOW))], "nothing of the deal in the other shop");
    let two = told(customers(&db.store, &shop.owner, of(List::Customers, shop.two)).await);
    assert_eq!(two[0], ("Спільна".to_owned(), 1, NOW + DAY, Some(NOW + DAY)), "known there since a day later");
    assert_eq!(two.len(), 2);
    let all = told(customers(&db.store, &shop.owner, wanted(List::Customers)).await);
    assert_eq!(all[0], ("Спільна".to_owned(), 2, NOW, Some(NOW + DAY)));
    assert_eq!(all.len(), 2);
    db.sound().await;
}

async fn orders_come_with_their_goods(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut order = incoming("7");
    order.lines = vec![goods("Чайник", 1, 30_000), goods("Чашка", 2, 10_000)];
    db.store.receive_order(shop.one, NOW, order, Arrival::Sent).await.expect("received");
    db.store.receive_order(shop.two, NOW, incoming("8"), Arrival::Sent).await.expect("received");
    // Deleted before it was ever received: no more than a number.
    db.store.delete_order(shop.one, NOW, "9".into()).await.expect("deleted");
    let [order] = orders(&db.store, &shop.head, wanted(List::Orders)).await.try_into().expect("one order");
    assert_eq!((order.number.as_str(), order.storefront.as_str()), ("N7", "Чайна крамниця"));
    assert_eq!(order.goods, [("Чайник".to_owned(), 1), ("Чашка".to_owned(), 2)]);
    assert!(order.deal.is_some() && !order.deleted);
    assert!(order.stands.is_some() && order.parcel.is_none(), "{order:?}");
    let statuses = db.store.statuses(&shop.head, shop.one).await.expect("statuses");
    let shipped = statuses.iter().find(|status| status.kind == StatusKind::Shipped).expect("a status");
    let parcel = (Carrier::NovaPoshta, "20450012345678".to_owned());
    let details = StatusDetails::Shipment { carrier: parcel.0, number: parcel.1.clone() };
    let (orders_to, to) = (vec![order.id], shipped.id);
    let many = ChangeMany { command: id(), orders: orders_to, to, details: Some(details), override_reason: None };
    let changed = db.store.change_status_many(&at(&shop.head, NOW + 1), many).await.expect("an answer");
    assert_eq!(changed.changed, [order.id], "{changed:?}");
    let [order] = orders(&db.store, &shop.head, wanted(List::Orders)).await.try_into().expect("one order");
    assert_eq!((order.stands, order.stands_since), (Some(shipped.name.clone()), Some(NOW + 1)));
    assert_eq!(order.parcel, Some(parcel));
    assert_eq!(orders(&db.store, &shop.owner, wanted(List::Orders)).await.len(), 2);
    db.sound().await;
}

async fn the_log_is_as_it_was_when_the_export_began(db: TestDb) {
    let shop = two_shops(&db).await;
    let bounded =
        Actor { who: Who::Token(TokenId(1)), role: Role::Admin, storefronts: Storefronts::Some(vec![shop.one]) };
    for ctx in [&shop.head, &Ctx { actor: bounded, now: NOW }] {
        let mut export = db.store.begin_export(ctx, wanted(List::Events)).await.expect("begun");
        shop.deal(&db.store, "Пізніше").await;
        let mut seen = Vec::new();
        loop {
            let page = export.events(&db.store).await.expect("a page");
            if page.is_empty() {
                break;
            }
            seen.extend(page);
        }
        assert!(seen.iter().all(|event| event.scope.storefront.is_none_or(|of| of == shop.one)));
        assert!(seen.iter().any(|event| matches!(event.fact, Fact::DealCreated { .. })));
        assert!(seen.windows(2).all(|pair| pair[0].seq < pair[1].seq));
        let began = db.store.raw_events(Seq(0)).await.expect("the log");
        let began = began.iter().rfind(|event| matches!(event.fact, Fact::Exported { .. })).expect("it is in the log");
        assert!(seen.iter().all(|event| event.seq < began.seq));
        assert_eq!((began.actor, &began.fact), (ctx.actor.who, &Fact::Exported { list: List::Events }));
    }
    db.sound().await;
}

async fn pages_follow_one_another_without_a_gap(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let count = PAGE as usize + 3;
    let made = (0..count).map(|_| {
        let command = create(&shop.orders, form("Олена", "+380501112233", &[("Чайник", "1", "100")]));
        db.store.create_deal(&shop.manager, command)
    });
    for one in futures::future::join_all(made).await {
        one.expect("made");
    }
    let seen = deals(&db.store, &shop.head, wanted(List::Deals)).await;
    assert_eq!(seen.len(), count);
    assert!(seen.windows(2).all(|pair| pair[0].id < pair[1].id));
    assert!(seen.iter().all(|deal| deal.goods == [("Чайник".to_owned(), 1)]));
    db.sound().await;
}

async fn whoever_has_left_gets_no_more_of_it(db: TestDb) {
    let shop = two_shops(&db).await;
    let store = &db.store;
    let export = store.begin_export(&shop.head, wanted(List::Deals)).await.expect("begun");
    let of_admin = store.begin_export(&shop.admin, wanted(List::Deals)).await.expect("begun");
    for one in [&export, &of_admin] {
        one.still_allowed(store).await.expect("it goes on");
    }
    let less = UserChange::Role(Role::Head);
    store.change_user(&shop.owner, id(), user(&shop.admin), less).await.expect("changed");
    store.change_user(&shop.owner, id(), user(&shop.head), UserChange::Remove).await.expect("removed");
    for one in [&export, &of_admin] {
        assert_eq!(refusal(one.still_allowed(store).await), Refusal::NotAllowed);
    }
    db.sound().await;
}
