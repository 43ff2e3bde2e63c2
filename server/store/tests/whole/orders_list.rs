//! The list of orders: every filter, every order, pages that neither skip nor double, and nobody else's orders.

use std::collections::BTreeSet;

use crate::common::orders::take_to;
use crate::common::shop::{DAY, HOUR, NOW, Shop, at, incoming};
use crate::common::{TestDb, on_both};
use domain::board::filter::Day;
use domain::ids::*;
use domain::orders::{Flag, OrderRow, OrdersAsked, OrdersFilter, OrdersOrder, OrdersSort, StatusKind, flag};
use store::orders::{Arrival, LIST_MAX};
use store::{Ctx, Store};

on_both![
    pages_neither_skip_nor_double,
    every_filter_narrows,
    flags_are_those_of_the_rule,
    nobody_sees_the_orders_of_others,
    a_scanned_number_leads_to_its_one_order,
];

const LATER: Millis = NOW + 30 * DAY;

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % sides).expect("few sides")
    }
}

async fn receive(store: &Store, storefront: StorefrontId, name: &str, (placed_at, total): (Millis, i64)) -> OrderId {
    let mut order = incoming(name);
    (order.placed_at, order.total) = (placed_at, total);
    let received = store.receive_order(storefront, NOW, order, Arrival::Sent).await.expect("received");
    received.order.expect("an order")
}

/// Orders of both storefronts, many of them alike, here and there along their way.
async fn fill(store: &Store, shop: &Shop, count: i64) {
    let mut dice = Dice(7);
    for n in 0..count {
        let storefront = if dice.throw(3) == 0 { shop.two } else { shop.one };
        let placed = NOW - DAY * dice.throw(5);
        let order = receive(store, storefront, &n.to_string(), (placed, 10_000 * dice.throw(4))).await;
        let statuses = store.statuses(&shop.owner, storefront).await.expect("statuses");
        for step in 0..dice.throw(4) {
            let to = &statuses[usize::try_from(dice.throw(statuses.len() as u64)).expect("an index")];
            let when = NOW + HOUR * (dice.throw(200) + 200 * step);
            take_to(store, &at(&shop.owner, when), order, to).await.expect("changed");
        }
    }
}

/// All of them, however many pages that takes.
async fn all(store: &Store, ctx: &Ctx, filter: &OrdersFilter, order: OrdersOrder, limit: i64) -> Vec<OrderRow> {
    let mut asked = OrdersAsked { filter: filter.clone(), order, after: None };
    let mut rows: Vec<OrderRow> = Vec::new();
    loop {
        let page = store.orders_list(ctx, &asked, limit).await.expect("a page");
        assert!(page.rows.len() as i64 <= limit);
        asked.after = page.rows.last().map(|row| row.after(order.by));
        let ended = !page.more;
        rows.extend(page.rows);
        if ended {
            return rows;
        }
    }
}

async fn pages_neither_skip_nor_double(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    fill(&db.store, &shop, 40).await;
    let nothing = OrdersFilter::default();
    for by in OrdersSort::ALL {
        for ascending in [false, true] {
            let order = OrdersOrder { by, ascending };
            let whole = all(&db.store, &shop.owner, &nothing, order, LIST_MAX).await;
            assert_eq!(whole.len(), 40, "{order:?}");
            let key = |row: &OrderRow| (row.after(by).key, row.id);
            let mut sorted = whole.clone();
            sorted.sort_by_key(key);
            if !ascending {
                sorted.reverse();
            }
            assert_eq!(whole, sorted, "{order:?}");
            for limit in [1, 7, 40] {
                assert_eq!(all(&db.store, &shop.owner, &nothing, order, limit).await, whole, "{order:?} by {limit}");
            }
        }
    }
    db.sound().await;
}

async fn every_filter_narrows(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    fill(&db.store, &shop, 40).await;
    let (store, ctx, order) = (&db.store, at(&shop.owner, LATER), OrdersOrder::default());
    let whole = all(store, &ctx, &OrdersFilter::default(), order, LIST_MAX).await;
    let statuses: BTreeSet<StatusId> = whole.iter().filter_map(|row| row.status.as_ref()).map(|s| s.id).collect();
    assert!(statuses.len() > 5, "the orders are all over the place: {statuses:?}");
    for status in statuses {
        let filter = OrdersFilter { status: Some(status), ..OrdersFilter::default() };
        let expected: Vec<_> =
            whole.iter().filter(|row| row.status.as_ref().is_some_and(|s| s.id == status)).cloned().collect();
        assert_eq!(all(store, &ctx, &filter, order, 3).await, expected, "{filter:?}");
    }
    for kind in StatusKind::ALL {
        let filter = OrdersFilter { kind: Some(kind), ..OrdersFilter::default() };
        let expected: Vec<_> =
            whole.iter().filter(|row| row.status.as_ref().is_some_and(|s| s.kind == kind)).cloned().collect();
        assert_eq!(all(store, &ctx, &filter, order, 3).await, expected, "{filter:?}");
    }
    for storefront in [shop.one, shop.two] {
        let filter = OrdersFilter { storefront: Some(storefront), ..OrdersFilter::default() };
        let expected: Vec<_> = whole.iter().filter(|row| row.storefront == storefront).cloned().collect();
        assert!(!expected.is_empty());
        assert_eq!(all(store, &ctx, &filter, order, 3).await, expected, "{filter:?}");
    }
    let placed: BTreeSet<Millis> = whole.iter().map(|row| row.placed_at).collect();
    // Orders that were placed at once lie on a day of their own.
    let days: Vec<Day> = placed.iter().map(|at| day_of(*at)).collect();
    let filter = OrdersFilter { from: days.first().copied(), to: days.first().copied(), ..OrdersFilter::default() };
    let first = placed.first().copied().expect("orders");
    let expected: Vec<_> = whole.iter().filter(|row| row.placed_at == first).cloned().collect();
    assert_eq!(all(store, &ctx, &filter, order, 3).await, expected, "{filter:?}");
    let one = whole.iter().find(|row| row.number == "N17").expect("the seventeenth");
    for text in ["n17", "N17", "покупець 17"] {
        let filter = OrdersFilter { text: text.into(), ..OrdersFilter::default() };
        assert_eq!(all(store, &ctx, &filter, order, 3).await, vec![one.clone()], "{text}");
    }
    for text in ["%", "_", "\\"] {
        let filter = OrdersFilter { text: text.into(), ..OrdersFilter::default() };
        assert_eq!(all(store, &ctx, &filter, order, 3).await, vec![], "{text} is a letter like others");
    }
    db.sound().await;
}

/// In the shop's time zone.
fn day_of(at: Millis) -> Day {
    let zone = jiff::tz::TimeZone::get("Europe/Kyiv").expect("a zone");
    let zoned = jiff::Timestamp::from_millisecond(at).expect("a time").to_zoned(zone);
    Day { year: zoned.year(), month: zoned.month(), day: zoned.day() }
}

async fn flags_are_those_of_the_rule(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    fill(&db.store, &shop, 60).await;
    let mut seen = BTreeSet::new();
    for now in [NOW + 12 * HOUR, NOW + 5 * DAY, LATER] {
        let ctx = at(&shop.owner, now);
        let whole = all(&db.store, &ctx, &OrdersFilter::default(), OrdersOrder::default(), LIST_MAX).await;
        for row in &whole {
            let view = db.store.order_page(&ctx, row.id).await.expect("an order");
            let ruled = view.facts.and_then(|facts| flag(&facts, &view.thresholds, now));
            assert_eq!(row.flag, ruled, "{row:?} at {now}");
            seen.extend(ruled.map(|flag| flag.key()));
        }
        for wanted in Flag::ALL {
            let filter = OrdersFilter { flag: Some(wanted), ..OrdersFilter::default() };
            let expected: Vec<_> = whole.iter().filter(|row| row.flag == Some(wanted)).cloned().collect();
            assert_eq!(all(&db.store, &ctx, &filter, OrdersOrder::default(), 3).await, expected, "{wanted:?} at {now}");
        }
    }
    assert!(["returned", "unfulfilled", "stuck"].iter().all(|key| seen.contains(key)), "{seen:?}");
    db.sound().await;
}

async fn nobody_sees_the_orders_of_others(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    fill(&db.store, &shop, 30).await;
    let (nothing, order) = (OrdersFilter::default(), OrdersOrder::default());
    for (ctx, own) in [(&shop.viewer, shop.one), (&shop.manager, shop.one), (&shop.stranger, shop.two)] {
        let rows = all(&db.store, ctx, &nothing, order, 7).await;
        assert!(!rows.is_empty() && rows.iter().all(|row| row.storefront == own), "{rows:?}");
        let theirs = if own == shop.one { shop.two } else { shop.one };
        let filter = OrdersFilter { storefront: Some(theirs), ..OrdersFilter::default() };
        assert_eq!(all(&db.store, ctx, &filter, order, 7).await, vec![]);
        for row in all(&db.store, &shop.owner, &filter, order, LIST_MAX).await {
            assert_eq!(db.store.order_named(ctx, &row.number).await.expect("a look"), None, "{row:?}");
        }
    }
    db.sound().await;
}

async fn a_scanned_number_leads_to_its_one_order(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let order = receive(store, shop.one, "17", (NOW, 100)).await;
    let twin = receive(store, shop.two, "17", (NOW, 100)).await;
    let other = receive(store, shop.one, "170", (NOW, 100)).await;
    let find = async |ctx: &Ctx, text: &str| store.order_named(ctx, text).await.expect("a look");
    for text in ["N17", " N17 ", "#N17", "№ N17"] {
        assert_eq!(find(&shop.manager, text).await, Some(order), "{text}");
        assert_eq!(find(&shop.stranger, text).await, Some(twin), "{text}");
        assert_eq!(find(&shop.owner, text).await, None, "{text}: there are two");
    }
    assert_eq!(find(&shop.manager, "N170").await, Some(other));
    for text in ["", "N1", "%", "N17%", "Покупець 17"] {
        assert_eq!(find(&shop.manager, text).await, None, "{text}");
    }
    let statuses = store.statuses(&shop.owner, shop.one).await.expect("statuses");
    let shipped = statuses.iter().find(|status| status.kind == StatusKind::Shipped).expect("a status");
    take_to(store, &shop.owner, order, shipped).await.expect("changed");
    let number = format!("{:014}", order.0);
    for text in
        [number.clone(), format!("{} {}", &number[..4], &number[4..]), format!("{}-{}", &number[..7], &number[7..])]
    {
        assert_eq!(find(&shop.owner, &text).await, Some(order), "{text}");
        assert_eq!(find(&shop.stranger, &text).await, None, "{text} is none of theirs");
    }
    db.sound().await;
}
