//! Carriers' answers about parcels: one file each, which knows its carrier's wire format and nothing of ours but
//! [`Tracked`]. Liberal in what they take; a code that is not known is kept and never guessed.

pub mod dhl;
pub mod fedex;
mod json;
pub mod nova_poshta;
mod time;
pub mod ukrposhta;

use domain::carriers::{CODE_CHARS_MAX, PLACE_CHARS_MAX, Scan, ScanKind, TEXT_CHARS_MAX, Tracked};
use domain::ids::Millis;

use crate::shops::loose::one_line;

/// Parcels read out of one answer, and events of one parcel.
const ITEMS_MAX: usize = 500;
/// Scans of one parcel: the newest are kept.
pub const SCANS_MAX: usize = 100;
pub const NUMBER_CHARS_MAX: usize = 40;
pub const RAW_CHARS_MAX: usize = 8_000;
const DAY_MS: Millis = 86_400_000;

/// It is an answer, and not about parcels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the keys are not accepted")]
    WrongKeys,
    #[error("it was asked too often")]
    TooOften,
    #[error("the carrier says no")]
    Refused,
    #[error("the answer is not what the carrier documents")]
    Unreadable,
}

/// One that the carrier does not know, as is usual before its first scan.
pub fn not_found(number: &str, now: Millis) -> Tracked {
    let scan = scan((None, now), "not_found", ScanKind::NotFound);
    Tracked { scans: vec![scan], ..untold(number, String::new()) }
}

/// One of which nothing is told.
fn untold(number: &str, raw: String) -> Tracked {
    let raw = raw.chars().take(RAW_CHARS_MAX).collect();
    Tracked { number: one_line(number, NUMBER_CHARS_MAX), scans: Vec::new(), estimate: None, town: String::new(), raw }
}

/// `at` is what the carrier says and what the time is: what it says is doubted where it lies in the future.
fn scan((at, now): (Option<Millis>, Millis), code: &str, kind: ScanKind) -> Scan {
    let at = at.filter(|at| *at <= now.saturating_add(DAY_MS));
    Scan {
        at: at.unwrap_or(now),
        dated: at.is_some(),
        code: one_line(code, CODE_CHARS_MAX),
        kind,
        place: String::new(),
        text: String::new(),
        exception: kind == ScanKind::Exception,
    }
}

fn place(words: &[Option<String>]) -> String {
    let words: Vec<&str> = words.iter().flatten().map(String::as_str).collect();
    one_line(&words.join(", "), PLACE_CHARS_MAX)
}

fn words(text: Option<String>) -> String {
    one_line(&text.unwrap_or_default(), TEXT_CHARS_MAX)
}

/// The oldest first; what happened at the same moment stays in its order.
fn in_order(mut scans: Vec<Scan>) -> Vec<Scan> {
    scans.sort_by_key(|scan| scan.at);
    scans.drain(..scans.len().saturating_sub(SCANS_MAX));
    scans
}

/// A number that was given to several parcels in its life means the one that was scanned last.
fn newest(several: Vec<Tracked>) -> Option<Tracked> {
    several.into_iter().max_by_key(|one| {
        let known = one.scans.iter().filter(|scan| scan.kind != ScanKind::NotFound);
        known.map(|scan| (scan.dated, scan.at)).max()
    })
}

#[cfg(test)]
mod tests;
