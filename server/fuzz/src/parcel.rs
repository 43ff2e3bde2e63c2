//! A carrier's answer about parcels.

use domain::carriers::{CODE_CHARS_MAX, PLACE_CHARS_MAX, ScanKind, TEXT_CHARS_MAX, Tracked};
use formats::carriers::{NUMBER_CHARS_MAX, RAW_CHARS_MAX, SCANS_MAX};

use crate::{NOW, is_line, survives_json};

const DAY_MS: i64 = 86_400_000;

pub fn hold(told: &[Tracked]) {
    for one in told {
        holds(one);
    }
}

pub fn holds(told: &Tracked) {
    survives_json(told);
    assert!(is_line(&told.number, NUMBER_CHARS_MAX) && is_line(&told.town, PLACE_CHARS_MAX), "{told:?}");
    assert!(told.scans.len() <= SCANS_MAX && told.raw.chars().count() <= RAW_CHARS_MAX);
    assert!(told.scans.is_sorted_by_key(|scan| scan.at), "{told:?}");
    assert!(told.estimate.is_none_or(|at| at > 0), "{told:?}");
    for scan in &told.scans {
        assert!(is_line(&scan.code, CODE_CHARS_MAX) && is_line(&scan.place, PLACE_CHARS_MAX), "{scan:?}");
        assert!(is_line(&scan.text, TEXT_CHARS_MAX), "{scan:?}");
        assert!((1..=NOW + DAY_MS).contains(&scan.at) && (scan.dated || scan.at == NOW), "{scan:?}");
        assert!(scan.exception || scan.kind != ScanKind::Exception, "{scan:?}");
    }
}
