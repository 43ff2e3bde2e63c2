#![no_main]

//! A country on the first line, then a telephone number.

use fuzz::first_line;
use libfuzzer_sys::fuzz_target;
use phones::normal_phone;

fuzz_target!(|data: &[u8]| {
    let (country, text) = first_line(data);
    let (Ok(country), Ok(text)) = (std::str::from_utf8(country), std::str::from_utf8(text)) else { return };
    for hint in [None, Some(country)] {
        let Some(phone) = normal_phone(text, hint) else { continue };
        let digits = phone.strip_prefix('+').expect("a plus");
        assert!((7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()), "{phone}");
        for hint in [None, Some(country), Some("PL"), Some("DE")] {
            assert_eq!(normal_phone(&phone, hint).as_ref(), Some(&phone), "{hint:?}");
        }
    }
});
