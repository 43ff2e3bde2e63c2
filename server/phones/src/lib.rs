//! Telephone numbers as people type them, to E.164: one customer is found again however the number was written.

use phonenumber::country::Id;
use phonenumber::metadata::DATABASE;

const TEXT_CHARS_MAX: usize = 64;
/// E.164's fifteen, an international "00", and a digit or two to be wrong with.
const DIGITS_MAX: usize = 18;
/// Fifteen digits and the plus.
const E164_BYTES_MAX: usize = 16;
/// From here on a slash or letters begin something else: an extension, a second number.
const DIGITS_WHOLE: usize = 7;

/// E.164, or None where it can't be a number that somebody could call.
///
/// `country_hint` is the ISO code of the country that the customer gave ("PL"); Ukraine is assumed where a number
/// without a country code means nothing in that country, or no country was given.
pub fn normal_phone(text: &str, country_hint: Option<&str>) -> Option<String> {
    if text.chars().nth(TEXT_CHARS_MAX).is_some() {
        return None;
    }
    let (international, digits) = dialled(text)?;
    if international {
        if let Some(phone) = valid(None, &format!("+{digits}")) {
            return Some(phone);
        }
    } else if let Some(rest) = digits.strip_prefix("00")
        && let Some(phone) = valid(None, &format!("+{rest}"))
    {
        return Some(phone);
    }
    // Twelve digits from 380 on are Ukrainian wherever the parcel goes; German numbering, for one, would take them too.
    if digits.starts_with("380")
        && let Some(phone) = ukrainian(&digits)
    {
        return Some(phone);
    }
    country_hint
        .and_then(country)
        .and_then(|country| valid(Some(country), &digits))
        .or_else(|| ukrainian(&digits))
        // Somebody left the plus out: "48501234567".
        .or_else(|| (digits.len() > 10).then(|| valid(None, &format!("+{digits}"))).flatten())
}

/// The first number in the text: whether it began with a plus, and its digits.
/// Only these reach the library, so nothing that a customer typed can surprise its grammar.
fn dialled(text: &str) -> Option<(bool, String)> {
    let mut international = false;
    let mut digits = String::new();
    for c in text.chars() {
        if let Some(digit) = decimal(c) {
            digits.push(digit);
        } else if matches!(c, '+' | '\u{ff0b}') {
            if !digits.is_empty() {
                break;
            }
            international = true;
        } else if !digits.is_empty() && !is_separator(c, digits.len()) {
            // "0501234567 дод. 12" has said its number; "кв. 5 тел. 050…" has not, and guessing would call a stranger.
            break;
        }
    }
    let fits = (DIGITS_WHOLE..=DIGITS_MAX).contains(&digits.len());
    fits.then_some((international, digits))
}

/// ASCII, full-width, Arabic-Indic and Persian digits.
fn decimal(c: char) -> Option<char> {
    let offset = match c {
        '0'..='9' => return Some(c),
        '\u{ff10}'..='\u{ff19}' => u32::from(c) - 0xff10,
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6f0}'..='\u{6f9}' => u32::from(c) - 0x6f0,
        _ => return None,
    };
    char::from_digit(offset, 10)
}

/// What stands between the digits of one number: spaces of every width, dashes of every alphabet, brackets, dots,
/// and the invisible marks that come along when a number is pasted from a messenger.
fn is_separator(c: char, digits_before: usize) -> bool {
    match c {
        '/' | '|' | '\\' => digits_before < DIGITS_WHOLE,
        '-' | '_' | '.' | '(' | ')' | '[' | ']' | '~' | '*' | '\'' | '·' | '•' => true,
        '\u{ad}' | '\u{58a}' | '\u{5be}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2053}' => true,
        '\u{2212}' | '\u{223c}' | '\u{2e3a}' | '\u{2e3b}' | '\u{30fc}' | '\u{fe58}' | '\u{fe63}' => true,
        '\u{ff08}' | '\u{ff09}' | '\u{ff0d}' | '\u{ff0e}' | '\u{ff5e}' => true,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => true,
        _ => c.is_whitespace(),
    }
}

/// The usual Ukrainian writings, from a bare subscriber number up to the full one. "8 050…" has the trunk prefix of
/// before 2009.
fn ukrainian(digits: &str) -> Option<String> {
    let subscriber = match digits.len() {
        9 => digits,
        10 => digits.strip_prefix('0')?,
        11 => digits.strip_prefix("80")?,
        12 => digits.strip_prefix("380")?,
        13 => digits.strip_prefix("3800")?,
        _ => return None,
    };
    valid(None, &format!("+380{subscriber}"))
}

/// A country that the library has a numbering plan for; it panics on the others (Antarctica is one).
fn country(code: &str) -> Option<Id> {
    let id: Id = code.trim().to_ascii_uppercase().parse().ok()?;
    (id != Id::UA && DATABASE.by_id(id.as_ref()).is_some()).then_some(id)
}

/// A number that reads back as itself: one that the library would strip another digit from, or that is too long for
/// E.164 (its plans have some), would be a second customer the next time it comes.
fn valid(country: Option<Id>, number: &str) -> Option<String> {
    let phone = e164(country, number)?;
    ((DIGITS_WHOLE + 1..=E164_BYTES_MAX).contains(&phone.len()) && e164(None, &phone).as_ref() == Some(&phone))
        .then_some(phone)
}

/// No country goes with a plus: the library would strip that country's trunk prefix from a foreign number.
fn e164(country: Option<Id>, number: &str) -> Option<String> {
    let number = phonenumber::parse(country, number).ok()?;
    phonenumber::is_valid(&number).then(|| number.format().mode(phonenumber::Mode::E164).to_string())
}

#[cfg(test)]
mod tests;
