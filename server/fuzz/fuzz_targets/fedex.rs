#![no_main]

use formats::carriers::fedex;
use fuzz::{NOW, parcel};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(told) = fedex::read(data, NOW) {
        parcel::hold(&told);
    }
    if let Some((token, seconds)) = fedex::token(data) {
        assert!(token.bytes().all(|byte| byte.is_ascii_graphic()) && (0..=86_400).contains(&seconds));
    }
});
