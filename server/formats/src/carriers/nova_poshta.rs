//! Нова пошта, API 2.0: `TrackingDocument.getStatusDocuments`. It tells where a parcel is now, in Kyiv's time, and answers
//! every question with 200, whatever it thinks of it.

use domain::carriers::{PLACE_CHARS_MAX, ScanKind, Tracked};
use domain::ids::Millis;
use serde_json::Value;

use super::json::{field, is_true, items, murmur, parse};
use super::{Refusal, not_found, scan, time, untold, words};
use crate::shops::loose::one_line;

pub fn read(body: &[u8], now: Millis) -> Result<Vec<Tracked>, Refusal> {
    let answer = parse(body)?;
    if !answer.is_object() {
        return Err(Refusal::Unreadable);
    }
    if !is_true(answer.get("success")) {
        return Err(refusal(&answer));
    }
    Ok(items(answer.get("data")).into_iter().filter_map(|document| tracked(document, now)).collect())
}

fn tracked(document: &Value, now: Millis) -> Option<Tracked> {
    let number = field(document, "Number")?;
    let told = untold(&number, document.to_string());
    let Some(code) = field(document, "StatusCode") else { return Some(told) };
    let kind = kind(&code);
    if kind == ScanKind::NotFound {
        return Some(Tracked { raw: told.raw, ..not_found(&number, now) });
    }
    let city = |name: &str| one_line(&field(document, name).unwrap_or_default(), PLACE_CHARS_MAX);
    let mut one = scan((at(document, kind), now), &code, kind);
    one.text = words(field(document, "Status"));
    one.place = match code.as_str() {
        "1" | "4" | "12" => city("CitySender"),
        "6" | "7" | "8" | "9" | "10" | "11" | "14" | "101" | "105" | "106" => city("CityRecipient"),
        _ => String::new(),
    };
    Some(Tracked {
        scans: vec![one],
        estimate: field(document, "ScheduledDeliveryDate").and_then(|text| time::kyiv_by(&text)),
        town: city("CityRecipient"),
        ..told
    })
}

fn kind(code: &str) -> ScanKind {
    match code {
        "1" | "12" => ScanKind::LabelMade,
        "3" => ScanKind::NotFound,
        "4" | "41" | "5" | "6" | "101" | "104" | "112" => ScanKind::InTransit,
        "7" | "8" | "14" => ScanKind::ReadyForPickup,
        "9" | "10" | "11" | "106" => ScanKind::Delivered,
        "102" | "103" | "105" | "108" => ScanKind::Returning,
        // The label was deleted, or nobody opened the door: somebody should look.
        "2" | "111" => ScanKind::Exception,
        _ => ScanKind::Unknown,
    }
}

/// No field says when the status began; these come nearest to it.
fn at(document: &Value, kind: ScanKind) -> Option<Millis> {
    let names: &[&str] = match kind {
        ScanKind::LabelMade => &["DateCreated"],
        ScanKind::Delivered => &["RecipientDateTime", "ActualDeliveryDate", "TrackingUpdateDate", "DateScan"],
        ScanKind::ReadyForPickup => &["ActualDeliveryDate", "TrackingUpdateDate", "DateScan"],
        ScanKind::Unknown
        | ScanKind::Accepted
        | ScanKind::InTransit
        | ScanKind::Returning
        | ScanKind::Returned
        | ScanKind::Exception
        | ScanKind::NotFound => &["TrackingUpdateDate", "DateScan"],
    };
    names.iter().find_map(|name| time::kyiv(&field(document, name)?))
}

fn refusal(answer: &Value) -> Refusal {
    let said: String = ["errors", "errorCodes"].iter().filter_map(|name| answer.get(name)).map(murmur).collect();
    if said.is_empty() {
        return Refusal::Unreadable;
    }
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if says(&["api key", "apikey", "20000200068"]) {
        Refusal::WrongKeys
    } else if says(&["too many", "to many"]) {
        Refusal::TooOften
    } else {
        Refusal::Refused
    }
}
