#![no_main]

use formats::carriers::ukrposhta;
use fuzz::{NOW, parcel};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(told) = ukrposhta::read(data, NOW) {
        parcel::hold(&told);
    }
});
