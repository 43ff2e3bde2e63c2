//! Amounts, counts and answers as people and programs write them.

use serde::{Deserialize, Serialize};

use super::{Why, date};
use crate::deals::QUANTITY_MAX;
use crate::money::{Currency, parse_minor};

/// What stands before a number's fraction, where the number itself does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    Dot,
    Comma,
}

impl Decimal {
    pub const ALL: [Decimal; 2] = [Decimal::Dot, Decimal::Comma];

    fn mark(self) -> char {
        match self {
            Decimal::Dot => '.',
            Decimal::Comma => ',',
        }
    }
}

/// What is written beside an amount, and the currencies that it can mean.
const SIGNS: [(&str, &[&str]); 19] = [
    ("грн.", &["UAH"]),
    ("грн", &["UAH"]),
    ("₴", &["UAH"]),
    ("uah", &["UAH"]),
    ("usd", &["USD"]),
    ("us$", &["USD"]),
    ("$", &["USD", "CAD", "AUD", "NZD", "MXN"]),
    ("eur", &["EUR"]),
    ("€", &["EUR"]),
    ("gbp", &["GBP"]),
    ("£", &["GBP"]),
    ("pln", &["PLN"]),
    ("zł", &["PLN"]),
    ("czk", &["CZK"]),
    ("kč", &["CZK"]),
    ("₸", &["KZT"]),
    ("kzt", &["KZT"]),
    ("mdl", &["MDL"]),
    ("gel", &["GEL"]),
];

/// Minor units of the shop's currency, which may be below zero.
pub fn parse_amount(text: &str, decimal: Option<Decimal>, currency: Currency) -> Result<i64, Why> {
    let text = unsigned(text, Some(currency))?;
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let (whole, fraction) = split(digits, decimal)?;
    if whole.len() > 12 {
        return Err(Why::TooBig);
    }
    let minor = parse_minor(&format!("{whole}.{fraction}"), currency).ok_or(Why::TooBig)?;
    Ok(if negative { -minor } else { minor })
}

/// Without spaces and without the currency beside it, which must be the shop's own where that is given.
fn unsigned(text: &str, currency: Option<Currency>) -> Result<String, Why> {
    let apart = |c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '\u{feff}');
    let mut text: String = text.chars().filter(|c| !apart(*c)).flat_map(char::to_lowercase).collect();
    for (sign, codes) in SIGNS {
        let bare = text.strip_suffix(sign).or_else(|| text.strip_prefix(sign));
        if let Some(bare) = bare {
            if currency.is_some_and(|currency| !codes.contains(&currency.code())) {
                return Err(Why::OtherCurrency);
            }
            text = bare.to_owned();
            break;
        }
    }
    Ok(text)
}

/// The digits before and after the decimal mark.
fn split(digits: &str, decimal: Option<Decimal>) -> Result<(String, &str), Why> {
    let fits = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    if !fits || !digits.bytes().any(|b| b.is_ascii_digit()) {
        return Err(Why::NotANumber);
    }
    let Some(last) = digits.rfind(['.', ',']) else { return Ok((digits.to_owned(), "")) };
    let (before, after) = (&digits[..last], &digits[last + 1..]);
    let mark = if digits[last..].starts_with('.') { '.' } else { ',' };
    let other = if mark == '.' { ',' } else { '.' };
    if before.contains(other) {
        // "1.234,50": the last mark is the fraction's, and what comes before is in thousands.
        return Ok((thousands(before, other)?, after));
    }
    if before.contains(mark) {
        return Ok((thousands(digits, mark)?, ""));
    }
    let could_be_thousands = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    match decimal.map(Decimal::mark) {
        Some(chosen) if chosen == mark => Ok((before.to_owned(), after)),
        Some(_) if could_be_thousands => Ok((format!("{before}{after}"), "")),
        None if could_be_thousands => Err(Why::AmbiguousNumber),
        Some(_) | None => Ok((before.to_owned(), after)),
    }
}

/// "1.234.567" as digits alone.
fn thousands(text: &str, mark: char) -> Result<String, Why> {
    let mut groups = text.split(mark);
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    let digits = text.chars().all(|c| c.is_ascii_digit() || c == mark);
    if first && digits && groups.all(|group| group.len() == 3) {
        Ok(text.replace(mark, ""))
    } else {
        Err(Why::NotANumber)
    }
}

/// "2", "2,00", "2 шт."
pub fn parse_quantity(text: &str) -> Result<i64, Why> {
    let text = text.to_lowercase();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = ["шт.", "шт", "pcs.", "pcs"].into_iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text);
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let whole_number = fraction.bytes().all(|b| b == b'0');
    let count: i64 = whole.parse().map_err(|_| Why::NotAQuantity)?;
    if whole_number && (1..=QUANTITY_MAX).contains(&count) { Ok(count) } else { Err(Why::NotAQuantity) }
}

const YES: [&str; 18] = [
    "так",
    "yes",
    "y",
    "true",
    "1",
    "да",
    "+",
    "✓",
    "✔",
    "paid",
    "partially refunded",
    "оплачено",
    "сплачено",
    "оплачений",
    "оплачен",
    "оплачена",
    "повна оплата",
    "полная оплата",
];
const NO: [&str; 23] = [
    "ні",
    "no",
    "n",
    "false",
    "0",
    "нет",
    "-",
    "–",
    "—",
    "unpaid",
    "not paid",
    "pending",
    "authorized",
    "voided",
    "expired",
    "refunded",
    "partially paid",
    "не оплачено",
    "неоплачено",
    "не сплачено",
    "не оплачен",
    "частково оплачено",
    "частично оплачено",
];

/// Yes or no, the words of shops for paid and unpaid, or the day on which it was paid.
pub fn parse_answer(text: &str) -> Result<bool, Why> {
    let word = super::normal_heading(text);
    if YES.contains(&word.as_str()) || YES.contains(&text.trim()) {
        Ok(true)
    } else if NO.contains(&word.as_str()) || NO.contains(&text.trim()) {
        Ok(false)
    } else if is_day(text) {
        Ok(true)
    } else {
        Err(Why::NotYesOrNo)
    }
}

/// A number alone is none: it may be an amount.
fn is_day(text: &str) -> bool {
    let number = text.trim().replace(',', ".").parse::<f64>().is_ok();
    !number && matches!(date::parse_date(text, None), Ok(_) | Err(Why::AmbiguousDate))
}

/// Whether an amount can be read in two ways.
pub(super) fn is_ambiguous(text: &str) -> bool {
    unsigned(text, None).is_ok_and(|text| split(text.trim_start_matches(['-', '−']), None) == Err(Why::AmbiguousNumber))
}

/// The mark of a fraction that can be nothing else: "1 234,50" tells how the whole column is written.
pub(super) fn mark_of_fraction(text: &str) -> Option<Decimal> {
    let text = unsigned(text, None).ok()?;
    let text = text.trim_start_matches(['-', '−']);
    let (_, fraction) = split(text, None).ok()?;
    let last = text.rfind(['.', ','])?;
    let mark = if text[last..].starts_with('.') { Decimal::Dot } else { Decimal::Comma };
    (!fraction.is_empty()).then_some(mark)
}
