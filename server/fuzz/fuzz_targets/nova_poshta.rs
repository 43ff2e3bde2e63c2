#![no_main]

use formats::carriers::nova_poshta;
use fuzz::{NOW, parcel};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(told) = nova_poshta::read(data, NOW) {
        parcel::hold(&told);
    }
});
