#![no_main]

//! A mapping on the first line, then the rows, with tabs between their cells.

use domain::import::Mapping;
use fuzz::{entry, first_line, survives_json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (mapping, rows) = first_line(data);
    let Ok(mapping) = serde_json::from_slice::<Mapping>(mapping) else { return };
    survives_json(&mapping);
    let Ok(rows) = std::str::from_utf8(rows) else { return };
    if mapping.faults(mapping.columns.len()).is_empty() {
        let cells = |row: &str| row.split('\t').take(mapping.columns.len()).map(str::to_owned).collect();
        entry::read(&rows.split('\n').map(cells).collect::<Vec<_>>(), &mapping);
    }
});
