#![no_main]

use formats::carriers::dhl;
use fuzz::{NOW, first_line, parcel};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (number, body) = first_line(data);
    if let Ok(told) = dhl::read(body, &String::from_utf8_lossy(number), NOW) {
        parcel::holds(&told);
    }
});
