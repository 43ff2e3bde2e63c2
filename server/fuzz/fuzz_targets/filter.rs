#![no_main]

//! The query of a board's address, and the cursors of the API's pages.

use domain::board::Filter;
use domain::board::filter::{KEYS, TEXT_CHARS_MAX};
use domain::board::sort::Sort;
use fuzz::{is_line, survives_json};
use libfuzzer_sys::fuzz_target;

const SORTS: [&str; 8] = ["id", "-id", "created", "-created", "sum", "-sum", "since", "-since"];

fuzz_target!(|query: &str| {
    let filter = Filter::parse(query);
    assert!(is_line(&filter.text, TEXT_CHARS_MAX), "{filter:?}");
    assert!(filter.write().iter().all(|(key, _)| KEYS.contains(key)));
    assert_eq!(filter.is_empty(), filter.to_query().is_empty());
    assert_eq!(Filter::parse(&filter.to_query()), filter);
    survives_json(&filter);
    for sort in SORTS.into_iter().filter_map(|text| text.parse::<Sort>().ok()) {
        if let Some(cursor) = sort.read_cursor(query) {
            let again = format!("{sort}:{}:{}", cursor.value, cursor.deal);
            let again = if sort == Sort::default() { cursor.deal.to_string() } else { again };
            assert_eq!(sort.read_cursor(&again), Some(cursor), "{again}");
        }
    }
});
