#![no_main]

//! Text with cells. Workbooks are tried by themselves.

use fuzz::rows;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"PK\x03\x04") {
        return;
    }
    if let Ok(rows) = rows::read(data) {
        rows::hold(&rows);
        rows::are_guessed(&rows);
        rows::come_back(&rows);
    }
});
