#![no_main]

use fuzz::{rows, workbook};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(book) = workbook::of(data) else { return };
    if let Ok(rows) = workbook::read(&book) {
        rows::hold(&rows);
        rows::come_back(&rows);
    }
});
