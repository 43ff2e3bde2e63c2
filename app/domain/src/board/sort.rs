//! In which order a script reads deals, and how it goes on where a page ended.

use std::fmt;
use std::str::FromStr;

use super::Card;
use crate::ids::DealId;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    pub by: SortBy,
    pub descending: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    #[default]
    Id,
    Created,
    Sum,
    Since,
}

/// The last deal of a page: what it is sorted by, and its id, which tells equals apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub value: i64,
    pub deal: DealId,
}

impl SortBy {
    fn key(self) -> &'static str {
        match self {
            SortBy::Id => "id",
            SortBy::Created => "created",
            SortBy::Sum => "sum",
            SortBy::Since => "since",
        }
    }

    fn of(self, card: &Card) -> i64 {
        match self {
            SortBy::Id => card.id.0,
            SortBy::Created => card.created_at,
            SortBy::Sum => card.sum,
            SortBy::Since => card.since,
        }
    }
}

impl Sort {
    /// Where to go on after a deal. It names its order: in another one it would skip and repeat.
    pub fn cursor_after(self, card: &Card) -> String {
        match self {
            Sort { by: SortBy::Id, descending: false } => card.id.to_string(),
            sort => format!("{sort}:{}:{}", self.by.of(card), card.id),
        }
    }

    /// None: no cursor of ours, or one of another order.
    pub fn read_cursor(self, text: &str) -> Option<Cursor> {
        if self == Sort::default() {
            let deal: DealId = text.parse().ok()?;
            return Some(Cursor { value: deal.0, deal });
        }
        let mut parts = text.split(':');
        let (sort, value, deal) = (parts.next()?, parts.next()?, parts.next()?);
        let fits = parts.next().is_none() && sort.parse::<Self>() == Ok(self);
        fits.then_some(Cursor { value: value.parse().ok()?, deal: deal.parse().ok()? })
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.descending { "-" } else { "" };
        write!(f, "{sign}{}", self.by.key())
    }
}

impl FromStr for Sort {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (descending, key) = text.strip_prefix('-').map_or((false, text), |key| (true, key));
        let known = [SortBy::Id, SortBy::Created, SortBy::Sum, SortBy::Since];
        known.into_iter().find(|by| by.key() == key).map(|by| Sort { by, descending }).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_reads_back_and_its_cursor_is_its_own() {
        for text in ["id", "-id", "created", "-created", "sum", "-sum", "since", "-since"] {
            let sort: Sort = text.parse().expect("an order");
            assert_eq!(sort.to_string(), text);
            for other in ["id", "-sum", "since"].into_iter().filter(|other| *other != text) {
                let cursor = format!("{text}:5:7");
                let other: Sort = other.parse().expect("an order");
                assert_eq!(other.read_cursor(&cursor), None, "{cursor} in {other}");
            }
        }
        for text in ["", "-", "--id", "ID", "id ", "id;", "position", "sum desc"] {
            assert_eq!(text.parse::<Sort>(), Err(()), "{text:?}");
        }
        let by_sum: Sort = "-sum".parse().expect("an order");
        assert_eq!(by_sum.read_cursor("-sum:-5:7"), Some(Cursor { value: -5, deal: DealId(7) }));
        for text in
            ["", "7", "-sum", "-sum:5", "-sum:5:7:9", "-sum:x:7", "-sum:5:x", "sum:5:7", "-sum:5:99999999999999999999"]
        {
            assert_eq!(by_sum.read_cursor(text), None, "{text:?}");
        }
        assert_eq!(Sort::default().read_cursor("7"), Some(Cursor { value: 7, deal: DealId(7) }));
        assert_eq!(Sort::default().read_cursor("id:7:7"), None);
    }
}
