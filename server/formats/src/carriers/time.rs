//! Moments as carriers write them: with a zone or without, the day or the year first, the time before or behind the day.

use domain::ids::Millis;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// Ukraine's rule since 1996, as POSIX writes it: no table of zones is needed for one.
const KYIV: &str = "EET-2EEST,M3.5.0/3,M10.5.0/4";
/// From midnight to the last minute of the day.
const WHOLE_DAY_MS: Millis = 86_340_000;

/// Without a zone, in Kyiv's. None too for what stands for no date: the year one, or nought.
pub fn kyiv(text: &str) -> Option<Millis> {
    millis(civil(text)?, TimeZone::posix(KYIV).ok()?)
}

/// A day without a time means until its end.
pub fn kyiv_by(text: &str) -> Option<Millis> {
    let civil = civil(text)?;
    let at = millis(civil, TimeZone::posix(KYIV).ok()?)?;
    Some(if civil.time() == Time::midnight() { at + WHOLE_DAY_MS } else { at })
}

/// By its own zone; one that has none is taken for UTC's.
pub fn zoned(text: &str) -> Option<Millis> {
    match text.parse::<jiff::Timestamp>() {
        Ok(at) => Some(at.as_millisecond()).filter(|at| *at > 0),
        Err(_) => millis(civil(text)?, TimeZone::UTC),
    }
}

fn millis(civil: DateTime, zone: TimeZone) -> Option<Millis> {
    let at = civil.to_zoned(zone).ok()?.timestamp().as_millisecond();
    (at > 0).then_some(at)
}

fn civil(text: &str) -> Option<DateTime> {
    let (mut day_found, mut time_found) = (None, None);
    for part in text.split([' ', 'T']).filter(|part| !part.is_empty()) {
        if part.contains(':') && time_found.is_none() {
            time_found = Some(time(part)?);
        } else if day_found.is_none() {
            day_found = Some(day(part)?);
        } else {
            return None;
        }
    }
    Some(day_found?.to_datetime(time_found.unwrap_or(Time::midnight())))
}

/// "2026-11-23", "23-11-2026" or "23.11.2026".
fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['-', '.', '/']).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// "13:53:47", with parts of a second or without seconds.
fn time(text: &str) -> Option<Time> {
    let whole = text.split('.').next()?;
    let parts: Vec<&str> = whole.split(':').collect();
    let (hour, minute, second) = match parts.as_slice() {
        [hour, minute] => (hour, minute, "0"),
        [hour, minute, second] => (hour, minute, *second),
        _ => return None,
    };
    Time::new(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?, 0).ok()
}
