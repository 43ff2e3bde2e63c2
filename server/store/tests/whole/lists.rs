//! Lists as scripts read them: in an order, a page at a time, of what they may see.

use crate::common::shop::{DAY, HOUR, NOW, Shop, at, create, form, incoming, to};
use crate::common::{TestDb, on_both, refusal};
use domain::board::sort::Sort;
use domain::board::{Card, Filter, Place, Refusal};
use domain::ids::*;
use domain::orders::{OrderFilter, ShopStatus};
use store::Ctx;
use store::board::DealsAsked;
use store::orders::Arrival;

on_both![
    lists_go_on_where_a_page_ended,
    a_deal_s_events_come_in_pages,
    a_customer_is_seen_through_their_deals,
    orders_are_listed_by_storefront_and_filter,
];

async fn lists_go_on_where_a_page_ended(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for (n, price) in [(0, "3"), (1, "1"), (2, "3"), (3, "2"), (4, "1"), (5, "3")] {
        let ctx = at(&shop.manager, NOW - DAY + (n % 3) * HOUR);
        let form = form("Ірина", "", &[("Чай", "1", price)]);
        db.store.create_deal(&ctx, create(&shop.orders, form)).await.expect("made");
        db.store
            .create_deal(&shop.stranger, create(&shop.second, crate::common::shop::form("Чужа", "", &[])))
            .await
            .expect("made");
    }
    let page = async |sort: &str, after: Option<String>, limit: i64| {
        let sort: Sort = sort.parse().expect("an order");
        let after = after.map(|text| sort.read_cursor(&text).expect("a cursor"));
        let asked = DealsAsked { sort, after, ..DealsAsked::default() };
        let cards = db.store.deals_sorted(&shop.viewer, &asked, limit).await.expect("a page");
        let cursor = cards.last().map(|card| sort.cursor_after(card));
        (cards, cursor)
    };
    for sort in ["id", "-id", "created", "-created", "sum", "-sum", "since", "-since"] {
        let (whole, _) = page(sort, None, 200).await;
        assert_eq!(whole.len(), 6, "{sort}");
        let key = |card: &Card| match sort.trim_start_matches('-') {
            "created" => (card.created_at, card.id),
            "sum" => (card.sum, card.id),
            "since" => (card.since, card.id),
            _ => (0, card.id),
        };
        let mut keys: Vec<_> = whole.iter().map(key).collect();
        if sort.starts_with('-') {
            keys.reverse();
        }
        assert!(keys.is_sorted(), "{sort}: {keys:?}");
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let (cards, cursor) = page(sort, after, 2).await;
            if cards.is_empty() {
                break;
            }
            seen.extend(cards);
            after = cursor;
        }
        assert_eq!(seen, whole, "{sort}");
    }
    // Among those that a filter leaves.
    let filter = Filter { sum_min: Some(2), ..Filter::default() };
    let asked = DealsAsked { filter, sort: "-sum".parse().expect("an order"), ..DealsAsked::default() };
    assert_eq!(db.store.deals_sorted(&shop.viewer, &asked, 200).await.expect("a page").len(), 4);
    db.sound().await;
}

async fn a_deal_s_events_come_in_pages(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut card = shop.deal(&db.store, "Ірина").await;
    let mut other = shop.deal(&db.store, "Оксана").await;
    for stage in [1, 2, 3] {
        for card in [&mut card, &mut other] {
            let move_it = to(card, shop.stage(stage), Place::Top);
            *card = db.store.move_deal(&shop.manager, move_it).await.expect("moved");
        }
    }
    let (mut since, mut seen) = (Seq(0), Vec::new());
    loop {
        let page = db.store.deal_events(&shop.viewer, card.id, since, 2).await.expect("a page");
        let Some(last) = page.last() else { break };
        since = last.seq;
        seen.extend(page);
    }
    assert_eq!(seen.len(), 4);
    assert!(seen.iter().all(|event| event.scope.deal == Some(card.id)) && seen.is_sorted_by_key(|event| event.seq));
    let hidden = db.store.deal_events(&shop.stranger, card.id, Seq(0), 10).await;
    assert_eq!(refusal(hidden), Refusal::NotFound);
    db.sound().await;
}

async fn a_customer_is_seen_through_their_deals(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let ours = db
        .store
        .create_deal(&shop.admin, create(&shop.orders, form("Ірина_1", "0501234567", &[])))
        .await
        .expect("made");
    let theirs = db
        .store
        .create_deal(&shop.admin, create(&shop.second, form("Ірина_1", "0501234567", &[])))
        .await
        .expect("made");
    assert_eq!(ours.customer, theirs.customer);
    let foreign = db
        .store
        .create_deal(&shop.stranger, create(&shop.second, form("Чужа", "0671112233", &[])))
        .await
        .expect("made");
    let seen = async |ctx: &Ctx| db.store.customer(ctx, ours.customer).await.expect("there").deals;
    assert_eq!(seen(&shop.viewer).await, [ours.id]);
    assert_eq!(seen(&shop.stranger).await, [theirs.id]);
    assert_eq!(seen(&shop.owner).await, [theirs.id, ours.id]);
    assert_eq!(refusal(db.store.customer(&shop.viewer, foreign.customer).await), Refusal::NotFound);
    let found = async |ctx: &Ctx, text: &str| {
        let page = db.store.customers_page(ctx, text, (CustomerId(0), 100)).await.expect("a page");
        page.into_iter().map(|customer| customer.id).collect::<Vec<_>>()
    };
    assert_eq!(found(&shop.viewer, "").await, [ours.customer]);
    assert_eq!(found(&shop.owner, "").await, [ours.customer, foreign.customer]);
    assert_eq!(found(&shop.owner, "067 111").await, [foreign.customer]);
    assert_eq!(found(&shop.viewer, "0671112233").await, []);
    assert_eq!(found(&shop.owner, "ірина_").await, [ours.customer]);
    assert_eq!(found(&shop.owner, "%").await, []);
    assert_eq!(found(&shop.owner, "_").await, [ours.customer], "an underline is one");
    assert_eq!(
        db.store.customers_page(&shop.owner, "", (ours.customer, 1)).await.expect("a page")[0].id,
        foreign.customer
    );
    db.sound().await;
}

async fn orders_are_listed_by_storefront_and_filter(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut made = Vec::new();
    for (storefront, number) in [(shop.one, "1"), (shop.two, "2"), (shop.one, "3")] {
        let received =
            db.store.receive_order(storefront, NOW, incoming(number), Arrival::Sent).await.expect("received");
        made.push(received.order.expect("an order"));
    }
    let gone = db.store.delete_order(shop.one, NOW, "4".into()).await.expect("deleted").order.expect("remembered");
    let found = async |ctx: &Ctx, filter: OrderFilter| {
        let page = db.store.orders_page(ctx, &filter, (OrderId(0), 100)).await.expect("a page");
        page.into_iter().map(|order| order.id).collect::<Vec<_>>()
    };
    let all = OrderFilter::default;
    assert_eq!(found(&shop.viewer, all()).await, [made[0], made[2], gone]);
    assert_eq!(found(&shop.stranger, all()).await, [made[1]]);
    assert_eq!(found(&shop.owner, OrderFilter { storefront: Some(shop.two), ..all() }).await, [made[1]]);
    assert_eq!(found(&shop.viewer, OrderFilter { storefront: Some(shop.two), ..all() }).await, []);
    assert_eq!(found(&shop.owner, OrderFilter { number: Some("N3".into()), ..all() }).await, [made[2]]);
    assert_eq!(found(&shop.viewer, OrderFilter { shop_meaning: Some(ShopStatus::Unknown), ..all() }).await, [gone]);
    let whole = db.store.order(&shop.viewer, made[0]).await.expect("there");
    assert_eq!((whole.lines.len(), whole.order.number.as_str()), (2, "N1"));
    let of = OrderFilter { customer: whole.order.customer, deal: whole.order.deal, ..all() };
    assert_eq!(found(&shop.owner, of).await, [made[0]]);
    assert_eq!(refusal(db.store.order(&shop.viewer, made[1]).await), Refusal::NotFound);
    assert_eq!(refusal(db.store.order(&shop.owner, OrderId(99)).await), Refusal::NotFound);
    db.sound().await;
}
