//! FedEx's Track API v1: thirty numbers at a time, for a token that lasts an hour. FedEx gives numbers out again: one may
//! have several results.

use domain::carriers::{PLACE_CHARS_MAX, Scan, ScanKind, Tracked};
use domain::ids::Millis;
use serde_json::Value;

use super::json::{deep, field, items, murmur, parse};
use super::{Refusal, in_order, newest, not_found, place, scan, time, untold, words};
use crate::shops::loose::one_line;

const TOKEN_CHARS_MAX: usize = 8_192;

/// A token, and for how many seconds it is good.
pub fn token(body: &[u8]) -> Option<(String, i64)> {
    let answer = parse(body).ok()?;
    let token = field(&answer, "access_token")?;
    let fits = token.len() <= TOKEN_CHARS_MAX && token.bytes().all(|byte| byte.is_ascii_graphic());
    let seconds: i64 = field(&answer, "expires_in").and_then(|text| text.parse().ok()).unwrap_or(0);
    fits.then_some((token, seconds.clamp(0, 86_400)))
}

pub fn read(body: &[u8], now: Millis) -> Result<Vec<Tracked>, Refusal> {
    let answer = parse(body)?;
    let Some(results) = answer.get("output").and_then(|output| output.get("completeTrackResults")) else {
        return Err(refusal(&answer));
    };
    Ok(items(Some(results)).into_iter().filter_map(|complete| of_number(complete, now)).collect())
}

fn of_number(complete: &Value, now: Millis) -> Option<Tracked> {
    let results = items(complete.get("trackResults"));
    let inner = || results.first().and_then(|one| deep(one, &["trackingNumberInfo", "trackingNumber"]));
    let number = field(complete, "trackingNumber").or_else(inner)?;
    let told = results.iter().map(|result| tracked(result, &number, now)).collect();
    Some(newest(told).unwrap_or_else(|| untold(&number, complete.to_string())))
}

fn tracked(result: &Value, number: &str, now: Millis) -> Tracked {
    let told = untold(number, result.to_string());
    if let Some(code) = deep(result, &["error", "code"]) {
        let unknown = code.to_uppercase().contains("NOTFOUND");
        return if unknown { Tracked { raw: told.raw, ..not_found(number, now) } } else { told };
    }
    let mut scans: Vec<Scan> =
        items(result.get("scanEvents")).into_iter().filter_map(|event| happened(event, now)).collect();
    // They come with the newest first.
    scans.reverse();
    if scans.is_empty() {
        scans.extend(latest(result, now));
    }
    let town = ["recipientInformation", "lastUpdatedDestinationAddress"].iter().find_map(|name| {
        let holder = result.get(name)?;
        deep(holder, &["address", "city"]).or_else(|| field(holder, "city"))
    });
    Tracked {
        scans: sent_back(in_order(scans)),
        estimate: moment(result, "ESTIMATED_DELIVERY").or_else(|| moment(result, "SCHEDULED_DELIVERY")),
        town: one_line(&town.unwrap_or_default(), PLACE_CHARS_MAX),
        ..told
    }
}

/// What happened is told by two codes, one finer than the other: the finer one, where we know it.
fn happened(event: &Value, now: Millis) -> Option<Scan> {
    let (fine, coarse) = (field(event, "eventType"), field(event, "derivedStatusCode"));
    let known = |code: &Option<String>| code.as_deref().is_some_and(|code| kind(code) != ScanKind::Unknown);
    let told = if known(&fine) || !known(&coarse) { fine.or(coarse) } else { coarse };
    let code = told?;
    let at = field(event, "date").and_then(|text| time::zoned(&text));
    let mut one = of_code((at, now), &code);
    one.text = words(field(event, "eventDescription"));
    let location = |name| deep(event, &["scanLocation", name]);
    one.place = place(&[location("city"), location("countryCode")]);
    Some(one)
}

/// Where there are no scans.
fn latest(result: &Value, now: Millis) -> Option<Scan> {
    let detail = result.get("latestStatusDetail")?;
    let code = field(detail, "code").or_else(|| field(detail, "derivedCode"))?;
    let at = match kind(&code) {
        ScanKind::Delivered => moment(result, "ACTUAL_DELIVERY"),
        ScanKind::Accepted => moment(result, "ACTUAL_PICKUP"),
        ScanKind::Unknown
        | ScanKind::LabelMade
        | ScanKind::InTransit
        | ScanKind::ReadyForPickup
        | ScanKind::Returning
        | ScanKind::Returned
        | ScanKind::Exception
        | ScanKind::NotFound => None,
    };
    let mut one = of_code((at, now), &code);
    one.text = words(field(detail, "statusByLocale"));
    Some(one)
}

fn of_code(at: (Option<Millis>, Millis), code: &str) -> Scan {
    let mut one = scan(at, code, kind(code));
    one.exception |= matches!(code, "DY" | "DD" | "PY");
    one
}

/// What is delivered after it was sent back is delivered to its sender.
fn sent_back(mut scans: Vec<Scan>) -> Vec<Scan> {
    let mut back = false;
    for one in &mut scans {
        back |= one.kind == ScanKind::Returning;
        if back && one.kind == ScanKind::Delivered {
            one.kind = ScanKind::Returned;
        }
    }
    scans
}

fn kind(code: &str) -> ScanKind {
    match code {
        "OC" | "OX" | "EP" | "MD" => ScanKind::LabelMade,
        "PU" | "PX" | "OF" | "AP" => ScanKind::Accepted,
        "IT" | "IX" | "AA" | "AC" | "AF" | "AR" | "DP" | "OD" | "ED" | "AD" | "DY" | "DD" | "PY" => ScanKind::InTransit,
        "HL" | "HP" => ScanKind::ReadyForPickup,
        "DL" => ScanKind::Delivered,
        "RS" | "RT" => ScanKind::Returning,
        // Held, failed or called off: somebody should look.
        "CD" | "SE" | "HA" | "DE" | "CA" => ScanKind::Exception,
        _ => ScanKind::Unknown,
    }
}

fn moment(result: &Value, kind: &str) -> Option<Millis> {
    let moments = items(result.get("dateAndTimes"));
    let found = moments.into_iter().find(|one| field(one, "type").as_deref() == Some(kind))?;
    time::zoned(&field(found, "dateTime")?)
}

fn refusal(answer: &Value) -> Refusal {
    if answer.get("errors").is_none() {
        return Refusal::Unreadable;
    }
    let said = murmur(answer);
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if says(&["authori", "forbidden", "credential"]) {
        Refusal::WrongKeys
    } else if says(&["rate.limit", "rate limit", "quota", "throttl", "too many"]) {
        Refusal::TooOften
    } else {
        Refusal::Refused
    }
}
