#![no_main]

use formats::shops::lpcrm::php::parse;
use fuzz::php::{elements, write};
use libfuzzer_sys::fuzz_target;

const ELEMENTS_MAX: usize = 1_000;

fuzz_target!(|data: &[u8]| {
    let value = match parse(data) {
        Ok(value) => value,
        Err(fault) => return assert!(fault.at <= data.len(), "{fault:?}"),
    };
    assert!(elements(&value) <= ELEMENTS_MAX);
    let text = write(&value);
    assert_eq!(parse(text.as_bytes()).as_ref(), Ok(&value), "{text}");
    assert!(serde_json::to_string(&value.json()).is_ok());
});
