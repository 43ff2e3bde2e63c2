//! The list of orders: which of them, in what order, and how it goes on where a page ended.

use serde::{Deserialize, Serialize};

use super::{Flag, StatusKind, StatusName};
use crate::board::filter::{Day, escape, searched};
use crate::ids::*;
use crate::money::Currency;

/// Which orders. It lives in the address, as a board's filter does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdersFilter {
    /// Part of a number or of a customer's name, phone or mail; or a parcel's whole number.
    pub text: String,
    pub status: Option<StatusId>,
    pub kind: Option<StatusKind>,
    pub flag: Option<Flag>,
    pub storefront: Option<StorefrontId>,
    /// Placed on these days, in the shop's time zone, both included.
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// By what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrdersSort {
    #[default]
    Placed,
    Sum,
    /// Since when it has been in its status; since it was placed, where it has none.
    Since,
}

impl OrdersSort {
    pub const ALL: [OrdersSort; 3] = [OrdersSort::Placed, OrdersSort::Sum, OrdersSort::Since];

    pub fn key(self) -> &'static str {
        match self {
            OrdersSort::Placed => "placed",
            OrdersSort::Sum => "sum",
            OrdersSort::Since => "since",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.key() == key)
    }
}

/// The newest, the largest, or what changed last stands first; turned round where `ascending`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdersOrder {
    pub by: OrdersSort,
    pub ascending: bool,
}

/// The last order that was read, by what it is sorted by: the next page begins after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdersAfter {
    pub key: i64,
    pub id: OrderId,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdersAsked {
    pub filter: OrdersFilter,
    pub order: OrdersOrder,
    /// None: from the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<OrdersAfter>,
}

/// An order as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: String,
    pub storefront: StorefrontId,
    pub storefront_name: String,
    pub customer_name: String,
    pub status: Option<StatusName>,
    /// When it came into its status; None: it has none.
    pub since: Option<Millis>,
    pub flag: Option<Flag>,
    pub total: i64,
    pub currency: Currency,
    pub payment_method: String,
    pub paid: bool,
    pub placed_at: Millis,
    /// Its deal's.
    pub responsible: Option<UserId>,
    pub deleted: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdersPage {
    pub rows: Vec<OrderRow>,
    pub more: bool,
}

impl OrderRow {
    /// Where a page that ends with this one goes on.
    pub fn after(&self, by: OrdersSort) -> OrdersAfter {
        let key = match by {
            OrdersSort::Placed => self.placed_at,
            OrdersSort::Sum => self.total,
            OrdersSort::Since => self.since.unwrap_or(self.placed_at),
        };
        OrdersAfter { key, id: self.id }
    }
}

impl OrdersFilter {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Reads an address's query; what can't be read is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            text: get("q").map(|text| searched(&text)).unwrap_or_default(),
            status: get("status").and_then(|id| id.parse().ok()),
            kind: get("kind").and_then(|key| StatusKind::parse(&key)),
            flag: get("flag").and_then(|key| Flag::parse(&key)),
            storefront: get("storefront").and_then(|id| id.parse().ok()),
            from: get("from").and_then(|day| Day::parse(&day)),
            to: get("to").and_then(|day| Day::parse(&day)),
        }
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        [
            ("q", Some(self.text.clone()).filter(|text| !text.is_empty())),
            ("status", self.status.map(|id| id.to_string())),
            ("kind", self.kind.map(|kind| kind.key().to_owned())),
            ("flag", self.flag.map(|flag| flag.key().to_owned())),
            ("storefront", self.storefront.map(|id| id.to_string())),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect()
    }
}

impl OrdersOrder {
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let by = get("sort").and_then(|key| OrdersSort::parse(&key)).unwrap_or_default();
        Self { by, ascending: get("up").as_deref() == Some("1") }
    }
}

impl OrdersAsked {
    /// From the beginning.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        Self { filter: OrdersFilter::read(&get), order: OrdersOrder::read(&get), after: None }
    }

    /// The query as text, "?q=…" or nothing; `read` takes it back.
    pub fn to_query(&self) -> String {
        let mut pairs = self.filter.pairs();
        if self.order.by != OrdersSort::default() {
            pairs.push(("sort", self.order.by.key().to_owned()));
        }
        if self.order.ascending {
            pairs.push(("up", "1".to_owned()));
        }
        let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={}", escape(value))).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}
