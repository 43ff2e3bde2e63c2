//! DHL's unified tracking: one number at a time. A number may belong to several shipments of several years and divisions.

use domain::carriers::{PLACE_CHARS_MAX, Scan, ScanKind, Tracked};
use domain::ids::Millis;
use serde_json::Value;

use super::json::{deep, field, items, murmur, parse};
use super::{Refusal, in_order, newest, not_found, place, scan, time, untold, words};
use crate::shops::loose::one_line;

/// `number` is what was asked for: DHL may answer with a name of its own.
pub fn read(body: &[u8], number: &str, now: Millis) -> Result<Tracked, Refusal> {
    let answer = parse(body)?;
    let Some(shipments) = answer.get("shipments") else { return refused(&answer, number, now) };
    let shipments = items(Some(shipments));
    let ours: Vec<&Value> =
        shipments.iter().copied().filter(|shipment| field(shipment, "id").as_deref() == Some(number)).collect();
    let meant = if ours.is_empty() { shipments } else { ours };
    let told = meant.into_iter().map(|shipment| tracked(shipment, number, now)).collect();
    Ok(newest(told).unwrap_or_else(|| not_found(number, now)))
}

fn tracked(shipment: &Value, number: &str, now: Millis) -> Tracked {
    let mut events = items(shipment.get("events"));
    // They come with the newest first.
    events.reverse();
    // Its status is its newest event, mostly: what is told twice is kept once.
    events.extend(shipment.get("status"));
    let mut scans: Vec<Scan> = Vec::new();
    for event in events {
        let Some(one) = happened(event, now) else { continue };
        if !scans.iter().any(|other| other.code == one.code && (other.at == one.at || !one.dated)) {
            scans.push(one);
        }
    }
    let estimate = field(shipment, "estimatedTimeOfDelivery").and_then(|text| time::zoned(&text));
    let town = deep(shipment, &["destination", "address", "addressLocality"]).unwrap_or_default();
    Tracked {
        scans: in_order(scans),
        estimate,
        town: one_line(&town, PLACE_CHARS_MAX),
        ..untold(number, shipment.to_string())
    }
}

fn happened(event: &Value, now: Millis) -> Option<Scan> {
    let code = field(event, "statusCode").or_else(|| field(event, "status"))?;
    let kind = kind(&code);
    let at = field(event, "timestamp").and_then(|text| time::zoned(&text));
    let mut one = scan((at, now), &code, kind);
    one.text = words(field(event, "description").or_else(|| field(event, "status")));
    let address = |name| deep(event, &["location", "address", name]);
    one.place = place(&[address("addressLocality"), address("countryCode")]);
    Some(one)
}

fn kind(code: &str) -> ScanKind {
    match code {
        "pre-transit" => ScanKind::LabelMade,
        "transit" => ScanKind::InTransit,
        "delivered" => ScanKind::Delivered,
        "failure" => ScanKind::Exception,
        // Its own word for knowing nothing.
        "unknown" => ScanKind::NotFound,
        _ => ScanKind::Unknown,
    }
}

/// `{title, detail, status, instance}`.
fn refused(answer: &Value, number: &str, now: Millis) -> Result<Tracked, Refusal> {
    match field(answer, "status").as_deref() {
        Some("404") => Ok(Tracked { raw: untold(number, answer.to_string()).raw, ..not_found(number, now) }),
        Some("401" | "403") => Err(Refusal::WrongKeys),
        Some("429") => Err(Refusal::TooOften),
        Some(_) => Err(Refusal::Refused),
        None if murmur(answer).contains("\"title\"") => Err(Refusal::Refused),
        None => Err(Refusal::Unreadable),
    }
}
