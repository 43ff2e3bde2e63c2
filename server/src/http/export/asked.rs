//! What an address asks for, read strictly: a filter that can't be read would take out more than was meant.

use axum::extract::Query;
use domain::board::Filter;
use domain::board::filter::{Day, KEYS};
use domain::export::List;
use http::Uri;
use store::export::Wanted;

use super::Refused;

const FUNNEL: &str = "funnel";

pub fn wanted(list: List, uri: &Uri) -> Result<Wanted, Refused> {
    let pairs = pairs(uri)?;
    match list {
        List::Deals => deals(&pairs),
        List::Customers | List::Orders | List::Products | List::Events => others(list, &pairs),
    }
}

/// A form sends its empty fields along: they narrow nothing down.
fn pairs(uri: &Uri) -> Result<Vec<(String, String)>, Refused> {
    let Ok(Query(mut pairs)) = Query::<Vec<(String, String)>>::try_from_uri(uri) else {
        return Err(Refused::Unreadable("?".into()));
    };
    pairs.retain(|(_, value)| !value.trim().is_empty());
    for (place, (key, _)) in pairs.iter().enumerate() {
        if pairs[..place].iter().any(|(before, _)| before == key) {
            return Err(Refused::Unreadable(key.clone()));
        }
    }
    Ok(pairs)
}

fn get(pairs: &[(String, String)], key: &str) -> Option<String> {
    pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
}

/// As a board reads its address.
fn deals(pairs: &[(String, String)]) -> Result<Wanted, Refused> {
    let filter = Filter::read(|key| get(pairs, key));
    let read: Vec<&str> = filter.write().into_iter().map(|(key, _)| key).collect();
    let nothing = |key: &str, value: &str| key == "overdue" && value == "0";
    for (key, value) in pairs {
        let known = key == FUNNEL || (KEYS.contains(&key.as_str()) && read.contains(&key.as_str()));
        if !known && !nothing(key, value) {
            return Err(Refused::Unreadable(key.clone()));
        }
    }
    let unreadable = |_| Refused::Unreadable(FUNNEL.into());
    let funnel = get(pairs, FUNNEL).map(|id| id.trim().parse().map_err(unreadable)).transpose()?;
    Ok(Wanted { list: List::Deals, funnel, filter })
}

fn others(list: List, pairs: &[(String, String)]) -> Result<Wanted, Refused> {
    let mut filter = Filter::default();
    for (key, value) in pairs {
        let (value, unreadable) = (value.trim(), || Refused::Unreadable(key.clone()));
        match key.as_str() {
            "storefront" => filter.storefront = Some(value.parse().map_err(|_| unreadable())?),
            "since" => filter.from = Some(Day::parse(value).ok_or_else(unreadable)?),
            "until" => filter.to = Some(Day::parse(value).ok_or_else(unreadable)?),
            _ => return Err(unreadable()),
        }
    }
    Ok(Wanted { list, funnel: None, filter })
}

#[cfg(test)]
mod tests {
    use domain::ids::{FunnelId, StorefrontId};

    use super::*;

    fn read(list: List, query: &str) -> Result<Wanted, String> {
        let uri: Uri = format!("/export/x?{query}").parse().expect("an address");
        wanted(list, &uri).map_err(|refused| match refused {
            Refused::Unreadable(key) => key,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn what_a_board_s_address_says_is_read() {
        let found = read(List::Deals, "funnel=3&q=%D1%87%D0%B0%D0%B9&overdue=1&storefront=&from=2026-11-01");
        let found = found.expect("readable");
        assert_eq!(found.funnel, Some(FunnelId(3)));
        assert_eq!((found.filter.text.as_str(), found.filter.overdue), ("чай", true));
        assert_eq!((found.filter.storefront, found.filter.from), (None, Day::parse("2026-11-01")));
        assert_eq!(read(List::Deals, "overdue=0").expect("readable").filter, Filter::default());
    }

    #[test]
    fn the_other_lists_have_a_storefront_and_days() {
        let found = read(List::Events, "storefront=2&since=2026-11-01&until=2026-11-24").expect("readable");
        assert_eq!(found.filter.storefront, Some(StorefrontId(2)));
        assert_eq!((found.filter.from, found.filter.to), (Day::parse("2026-11-01"), Day::parse("2026-11-24")));
    }

    #[test]
    fn what_can_t_be_read_takes_nothing_out() {
        for (list, query, key) in [
            (List::Deals, "funnel=x", "funnel"),
            (List::Deals, "storefront=all", "storefront"),
            (List::Deals, "since=2026-11-01", "since"),
            (List::Deals, "stage=1", "stage"),
            (List::Deals, "storefront=1&storefront=2", "storefront"),
            (List::Orders, "since=2026-13-01", "since"),
            (List::Orders, "until=yesterday", "until"),
            (List::Customers, "q=x", "q"),
            (List::Events, "storefront=1%20OR%201=1", "storefront"),
        ] {
            assert_eq!(read(list, query), Err(key.to_owned()), "{query}");
        }
    }
}
