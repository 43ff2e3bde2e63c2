//! Fields as shops write them, as ours. Liberal in what they take; what they can't take, they name by its path.

use domain::deals::{NAME_CHARS_MAX, QUANTITY_MAX};
use domain::ids::Millis;
use domain::intake::{Got, Why};
use domain::money::{Currency, MINOR_MAX, parse_minor};
use domain::orders::Line;
use serde::de::DeserializeOwned;

use super::Refusal;
use super::loose::{List, Object, Scalar, one_line};

/// A line of goods, whichever shop wrote it.
pub struct Goods {
    pub name: String,
    pub sku: String,
    pub quantity: Quantity,
    /// For one.
    pub price: Option<i64>,
    /// For all of it; asked where there is no price, or no whole number of them.
    pub total: Option<i64>,
}

pub enum Quantity {
    Whole(i64),
    Part(f64),
}

/// A body that is one JSON object.
pub fn whole<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let sent: Object<T> = serde_json::from_slice(body).map_err(|error| Refusal::at("body", not_json(&error)))?;
    match sent {
        Object::Present(whole) => Ok(whole),
        Object::Absent => Err(Refusal::at("body", Why::NotAnObject { got: Got::Nothing })),
        Object::Wrong(value) => Err(Refusal::at("body", Why::NotAnObject { got: value.got() })),
    }
}

pub fn not_json(error: &serde_json::Error) -> Why {
    Why::NotJson { line: error.line(), column: error.column() }
}

/// The objects of a list, each with its path.
pub fn objects<'a, T, const MAX: usize>(path: &str, sent: &'a List<T, MAX>) -> Result<Vec<(String, &'a T)>, Refusal> {
    if let List::Wrong(value) = sent {
        return Err(Refusal::at(path, Why::NotAList { got: value.got() }));
    }
    let mut objects = Vec::new();
    for (index, item) in sent.items().iter().enumerate() {
        let path = format!("{path}[{index}]");
        match item {
            Object::Present(item) => objects.push((path, item)),
            Object::Absent => {}
            Object::Wrong(value) => return Err(Refusal::at(path, Why::NotAnObject { got: value.got() })),
        }
    }
    Ok(objects)
}

/// Guessing a currency would be guessing the amount.
pub fn currency(sent: &Scalar) -> Result<Currency, Refusal> {
    let code = sent.text().unwrap_or_default().to_ascii_uppercase();
    Currency::parse(&code).ok_or_else(|| Refusal::at("currency", Why::NotACurrency { got: sent.got() }))
}

/// "2026-11-23T12:00:00+02:00". Without a zone it is taken for UTC.
pub fn time(sent: &Scalar) -> Option<Millis> {
    let text = sent.text()?;
    let zoned = text.parse::<jiff::Timestamp>().ok();
    let civil = || text.parse::<jiff::civil::DateTime>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok();
    let millis = zoned.or_else(|| civil().map(|time| time.timestamp()))?.as_millisecond();
    // PHP's "no date" is the year nought.
    (millis > 0).then_some(millis)
}

/// None where it is missing or blank.
pub fn total(path: &str, sent: &Scalar, currency: Currency) -> Result<Option<i64>, Refusal> {
    match money(path, sent, currency)? {
        Some(minor) if minor < 0 => Err(Refusal::at(path, Why::BelowZero { got: sent.got() })),
        minor => Ok(minor),
    }
}

pub fn money(path: &str, sent: &Scalar, currency: Currency) -> Result<Option<i64>, Refusal> {
    let wrong = || Refusal::at(path, Why::NotMoney { currency, got: sent.got() });
    match sent.text() {
        Some(text) => parse_minor(text, currency).map(Some).ok_or_else(wrong),
        None if sent.is_odd() => Err(wrong()),
        None => Ok(None),
    }
}

/// The first that says something, in one line.
pub fn first_text(candidates: &[&Scalar]) -> String {
    let mut lines =
        candidates.iter().filter_map(|candidate| candidate.text()).map(|text| one_line(text, NAME_CHARS_MAX));
    lines.find(|line| !line.is_empty()).unwrap_or_default()
}

pub fn person(first_name: &Scalar, last_name: &Scalar) -> String {
    let words: Vec<&str> = [first_name, last_name].into_iter().filter_map(Scalar::text).collect();
    one_line(&words.join(" "), NAME_CHARS_MAX)
}

/// One where it is missing.
pub fn quantity(path: &str, sent: &Scalar) -> Result<Quantity, Refusal> {
    let wrong = || Refusal::at(path, Why::NotANumber { max: QUANTITY_MAX, got: sent.got() });
    let Some(text) = sent.text() else {
        return if sent.is_odd() { Err(wrong()) } else { Ok(Quantity::Whole(1)) };
    };
    let number: f64 = text.parse().map_err(|_| wrong())?;
    if !(0.0..=QUANTITY_MAX as f64).contains(&number) {
        return Err(wrong());
    }
    Ok(if number.fract() == 0.0 { Quantity::Whole(number as i64) } else { Quantity::Part(number) })
}

/// None for what is no goods owed: nothing of something, or a discount that somebody wrote as a line below zero.
pub fn line(path: &str, goods: Goods) -> Result<Option<Line>, Refusal> {
    let Goods { mut name, sku, quantity, price, total } = goods;
    let (quantity, price) = match quantity {
        Quantity::Whole(0) => return Ok(None),
        Quantity::Whole(count) => (count, price.or_else(|| Some(divide(total?, count))).unwrap_or(0)),
        // Half a kilogram is one line of goods at the price of the half, and says so in its name.
        Quantity::Part(part) => {
            let whole_line = total.or_else(|| Some((price? as f64 * part).round() as i64));
            let suffix = format!(" × {}", (part * 1_000.0).round() / 1_000.0);
            name = one_line(&name, NAME_CHARS_MAX.saturating_sub(suffix.chars().count())) + &suffix;
            (1, whole_line.unwrap_or(0))
        }
    };
    if price < 0 {
        return Ok(None);
    }
    let line = Line { name, sku, quantity, price };
    match line.total() {
        Some(total) if total <= MINOR_MAX => Ok(Some(line)),
        _ => Err(Refusal::at(path, Why::LineTooDear)),
    }
}

/// To the nearest minor unit, half away from zero.
fn divide(total: i64, count: i64) -> i64 {
    let (quotient, rest) = (total / count, total % count);
    if rest.abs() * 2 >= count { quotient + total.signum() } else { quotient }
}
