use crate::board::filter::Day;
use crate::ids::*;
use crate::orders::{Flag, OrdersAsked, OrdersFilter, OrdersOrder, OrdersSort, StatusKind};

fn read(query: &str) -> OrdersAsked {
    let pairs: Vec<(&str, &str)> =
        query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('=')).collect();
    OrdersAsked::read(|key| pairs.iter().find(|(known, _)| *known == key).map(|(_, value)| (*value).to_owned()))
}

#[test]
fn what_is_asked_survives_the_address() {
    let asked = OrdersAsked {
        filter: OrdersFilter {
            text: "N17".into(),
            status: Some(StatusId(4)),
            kind: Some(StatusKind::Shipped),
            flag: Some(Flag::Stuck),
            storefront: Some(StorefrontId(2)),
            from: Day::parse("2026-11-01"),
            to: Day::parse("2026-11-30"),
        },
        order: OrdersOrder { by: OrdersSort::Since, ascending: true },
        after: None,
    };
    assert_eq!(read(&asked.to_query()), asked);
    assert_eq!(OrdersAsked::default().to_query(), "");
    assert_eq!(read(""), OrdersAsked::default());
}

#[test]
fn what_cannot_be_read_asks_for_nothing() {
    for query in ["?status=x", "?kind=lost", "?flag=", "?from=2026-02-31", "?sort=name", "?up=yes", "?q=%20"] {
        let query = query.replace("%20", " ");
        assert_eq!(read(&query), OrdersAsked::default(), "{query}");
    }
    assert_eq!(read("?q=a\0b").filter.text, "ab");
}
