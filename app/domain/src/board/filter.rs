//! Which deals a board shows. It lives in the address, so that a filter can be bookmarked, shared and saved as a view.

use serde::{Deserialize, Serialize};

use crate::deals::Source;
use crate::ids::{StorefrontId, UserId};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Part of a name, phone, order number or product; letters' case does not matter.
    pub text: String,
    pub responsible: Option<Responsible>,
    pub storefront: Option<StorefrontId>,
    pub source: Option<Source>,
    /// Whole units of the deal's currency.
    pub sum_min: Option<i64>,
    pub sum_max: Option<i64>,
    /// On its stage for at least so many days.
    pub age_days: Option<i64>,
    /// Past its stage's limit.
    pub overdue: bool,
    /// Created on these days, in the shop's time zone, both included.
    pub from: Option<Day>,
    pub to: Option<Day>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Responsible {
    Nobody,
    User(UserId),
}

/// A calendar day, "2026-11-23".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    pub year: i16,
    pub month: i8,
    pub day: i8,
}

impl Day {
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok().filter(|y| (1970..=9998).contains(y))?;
        let month = parts.next()?.parse().ok().filter(|m| (1..=12).contains(m))?;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let day = parts.next()?.parse().ok().filter(|d| (1..=length).contains(d))?;
        Some(Self { year, month, day })
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Longer searches are cut: no name is that long.
pub const TEXT_CHARS_MAX: usize = 100;

/// The names of a filter's fields in an address.
pub const KEYS: [&str; 10] =
    ["q", "responsible", "storefront", "source", "sum_min", "sum_max", "age", "overdue", "from", "to"];

impl Filter {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Reads an address's query; what can't be read is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let number =
            |key| get(key).and_then(|text| text.trim().parse::<i64>().ok()).filter(|n| (0..=1_000_000_000).contains(n));
        Self {
            text: get("q").map(|text| searched(&text)).unwrap_or_default(),
            responsible: get("responsible").and_then(|text| match text.as_str() {
                "nobody" => Some(Responsible::Nobody),
                id => id.parse().ok().map(Responsible::User),
            }),
            storefront: get("storefront").and_then(|text| text.parse().ok()),
            source: get("source").and_then(|key| Source::parse(&key)),
            sum_min: number("sum_min"),
            sum_max: number("sum_max"),
            age_days: number("age").filter(|days| (1..=10_000).contains(days)),
            overdue: get("overdue").as_deref() == Some("1"),
            from: get("from").and_then(|text| Day::parse(&text)),
            to: get("to").and_then(|text| Day::parse(&text)),
        }
    }

    /// Reads a whole query, "?q=…&overdue=1".
    pub fn parse(query: &str) -> Self {
        let pairs: Vec<(&str, &str)> =
            query.trim_start_matches('?').split('&').filter_map(|p| p.split_once('=')).collect();
        Self::read(|key| pairs.iter().find(|(k, _)| *k == key).map(|(_, value)| unescape(value)))
    }

    /// The query's pairs; `read` takes them back.
    pub fn write(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut push = |key, value: Option<String>| {
            if let Some(value) = value {
                pairs.push((key, value));
            }
        };
        push("q", (!self.text.is_empty()).then(|| self.text.clone()));
        push(
            "responsible",
            self.responsible.map(|who| match who {
                Responsible::Nobody => "nobody".to_owned(),
                Responsible::User(id) => id.to_string(),
            }),
        );
        push("storefront", self.storefront.map(|id| id.to_string()));
        push("source", self.source.map(|source| source.key().to_owned()));
        push("sum_min", self.sum_min.map(|n| n.to_string()));
        push("sum_max", self.sum_max.map(|n| n.to_string()));
        push("age", self.age_days.map(|n| n.to_string()));
        push("overdue", self.overdue.then(|| "1".to_owned()));
        push("from", self.from.map(|day| day.to_string()));
        push("to", self.to.map(|day| day.to_string()));
        pairs
    }

    /// The query as text, "?q=…" or nothing.
    pub fn to_query(&self) -> String {
        let pairs: Vec<String> =
            self.write().into_iter().map(|(key, value)| format!("{key}={}", escape(&value))).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}

/// Without control characters: no name has one, and PostgreSQL takes no NUL.
pub(crate) fn searched(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let text: String = text.trim().chars().take(TEXT_CHARS_MAX).collect();
    text.trim_end().to_owned()
}

/// The bytes of a percent-encoded text; a plus is a blank.
fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(byte) = bytes.get(i) {
        let hex = text.get(i + 1..i + 3).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (byte, hex) {
            (b'%', Some(value)) => {
                out.push(value);
                i += 2;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(*byte),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Percent-encodes all but unreserved characters (RFC 3986).
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
