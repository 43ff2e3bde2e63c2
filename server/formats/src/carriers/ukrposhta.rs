//! Укрпошта, status-tracking 0.0.1: the last events of many parcels, in Kyiv's time and without a zone. The events' steps
//! are not in order; their dates are.

use std::collections::BTreeMap;

use domain::carriers::{Scan, ScanKind, Tracked};
use domain::ids::Millis;
use serde_json::Value;

use super::json::{field, items, murmur, parse, text};
use super::{ITEMS_MAX, Refusal, in_order, not_found, place, scan, time, untold, words};

/// Of the answer with what was not found, and of a bare list of events.
pub fn read(body: &[u8], now: Millis) -> Result<Vec<Tracked>, Refusal> {
    let answer = parse(body)?;
    if let Value::Array(events) = &answer {
        return Ok(by_barcode(events, now));
    }
    let (found, missing) = (answer.get("found"), answer.get("notFound"));
    if found.is_none() && missing.is_none() {
        return Err(refusal(&answer));
    }
    let mut told: Vec<Tracked> = match found {
        Some(Value::Object(found)) => {
            found.iter().take(ITEMS_MAX).map(|(barcode, told)| tracked(barcode, &events_of(told), now)).collect()
        }
        Some(Value::Array(events)) => by_barcode(events, now),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => Vec::new(),
    };
    told.extend(items(missing).into_iter().filter_map(text).map(|number| not_found(&number, now)));
    Ok(told)
}

/// One event may stand where a list of them should.
fn events_of(told: &Value) -> Vec<&Value> {
    if told.get("event").is_some() { vec![told] } else { items(Some(told)) }
}

fn by_barcode(events: &[Value], now: Millis) -> Vec<Tracked> {
    let mut known: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for event in events.iter().take(ITEMS_MAX) {
        if let Some(barcode) = field(event, "barcode") {
            known.entry(barcode).or_default().push(event);
        }
    }
    known.into_iter().map(|(barcode, events)| tracked(&barcode, &events, now)).collect()
}

fn tracked(barcode: &str, events: &[&Value], now: Millis) -> Tracked {
    let raw: Vec<String> = events.iter().map(|event| event.to_string()).collect();
    let scans = events.iter().filter_map(|event| happened(event, now)).collect();
    Tracked { scans: in_order(scans), ..untold(barcode, format!("[{}]", raw.join(","))) }
}

fn happened(event: &Value, now: Millis) -> Option<Scan> {
    let code = field(event, "event")?;
    let back = field(event, "eventReason_id").is_some_and(|reason| reason == "10");
    let kind = match kind(&code) {
        ScanKind::Delivered if back => ScanKind::Returned,
        kind => kind,
    };
    let at = field(event, "date").and_then(|date| time::kyiv(&date));
    let mut one = scan((at, now), &code, kind);
    one.text = words(field(event, "eventName"));
    one.place = place(&[field(event, "name")]);
    Some(one)
}

fn kind(code: &str) -> ScanKind {
    match code {
        "10100" => ScanKind::Accepted,
        "20700" | "20800" | "21500" => ScanKind::InTransit,
        "21400" | "21700" => ScanKind::ReadyForPickup,
        "31200" => ScanKind::Returning,
        "41000" | "48000" => ScanKind::Delivered,
        // Nobody was there, or the sender called it off: somebody should look.
        "31100" | "31300" | "31400" | "10600" | "10602" | "10603" => ScanKind::Exception,
        _ => ScanKind::Unknown,
    }
}

fn refusal(answer: &Value) -> Refusal {
    if !answer.is_object() || ["fault", "message", "code", "error"].iter().all(|name| answer.get(name).is_none()) {
        return Refusal::Unreadable;
    }
    let said = murmur(answer);
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if says(&["credential", "token", "unauthor", "forbidden"]) {
        Refusal::WrongKeys
    } else if says(&["throttl", "too many", "quota"]) {
        Refusal::TooOften
    } else {
        Refusal::Refused
    }
}
