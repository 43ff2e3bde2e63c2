//! Amounts in minor units (kopiykas, cents) with their currency; arithmetic is checked, never rounded silently.

use serde::{Deserialize, Serialize};

use crate::i18n::Lang;

/// An ISO 4217 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    pub const UAH: Currency = Currency(*b"UAH");
    /// None (ISO 4217): amounts that are written in minor units already.
    pub const NONE: Currency = Currency(*b"XXX");

    /// Three Latin capitals; anything else is none.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("UAH")
    }

    /// Digits after the decimal point (ISO 4217's exponent).
    pub fn exponent(&self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"VND" | b"CLP" | b"ISK" | b"PYG" | b"UGX" | b"XAF" | b"XOF" | b"XXX" => 0,
            b"KWD" | b"BHD" | b"JOD" | b"OMR" | b"TND" | b"IQD" | b"LYD" => 3,
            _ => 2,
        }
    }

    fn sign(&self) -> &str {
        match &self.0 {
            b"UAH" => "₴",
            b"USD" => "$",
            b"EUR" => "€",
            b"GBP" => "£",
            b"PLN" => "zł",
            _ => self.code(),
        }
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| serde::de::Error::custom(format!("{code:?} is not an ISO 4217 code")))
    }
}

/// The largest amount a door accepts, in minor units; sums of ten million of them still fit.
pub const MINOR_MAX: i64 = 100_000_000_000;

/// Reads "1 234,50" or "1234.5" as minor units. Digits past the exponent are rounded half away from zero.
/// None: not a number, or beyond ±[`MINOR_MAX`].
pub fn parse_minor(text: &str, currency: Currency) -> Option<i64> {
    let text: String = text.trim().chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').collect();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() || whole.len() > 12 {
        return None;
    }
    if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let exponent = currency.exponent() as usize;
    let mut minor: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    for place in 0..exponent {
        let digit = fraction.as_bytes().get(place).map_or(0, |b| i64::from(b - b'0'));
        minor = minor.checked_mul(10)?.checked_add(digit)?;
    }
    if fraction.as_bytes().get(exponent).is_some_and(|b| *b >= b'5') {
        minor = minor.checked_add(1)?;
    }
    (minor <= MINOR_MAX).then_some(if negative { -minor } else { minor })
}

/// "1 234,50 ₴" in Ukrainian and Russian, "₴1,234.50" in English; whole amounts lose their ".00".
pub fn format(minor: i64, currency: Currency, lang: Lang) -> String {
    let text = plain(minor, currency, lang);
    match lang {
        Lang::En => match text.strip_prefix('−') {
            Some(rest) => format!("−{}{rest}", currency.sign()),
            None => format!("{}{text}", currency.sign()),
        },
        Lang::Uk | Lang::Ru => format!("{text}\u{a0}{}", currency.sign()),
    }
}

/// The amount without its currency, in the language's form.
fn plain(minor: i64, currency: Currency, lang: Lang) -> String {
    let scale = 10u64.pow(currency.exponent());
    let magnitude = minor.unsigned_abs();
    let whole = group(magnitude / scale, lang);
    let fraction = magnitude % scale;
    let sign = if minor < 0 { "−" } else { "" };
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let point = if lang == Lang::En { '.' } else { ',' };
    format!("{sign}{whole}{point}{fraction:0width$}", width = currency.exponent() as usize)
}

/// What a form's field shows and takes back: "1234.50".
pub fn editable(minor: i64, currency: Currency, lang: Lang) -> String {
    let scale = 10u64.pow(currency.exponent());
    let (whole, fraction) = (minor.unsigned_abs() / scale, minor.unsigned_abs() % scale);
    let sign = if minor < 0 { "-" } else { "" };
    if fraction == 0 {
        format!("{sign}{whole}")
    } else {
        let mark = if lang == Lang::En { '.' } else { ',' };
        format!("{sign}{whole}{mark}{fraction:0width$}", width = currency.exponent() as usize)
    }
}

/// Thousands apart: no-break spaces in Ukrainian and Russian, commas in English.
pub fn group(number: u64, lang: Lang) -> String {
    let digits = number.to_string();
    let separator = if lang == Lang::En { ',' } else { '\u{a0}' };
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_every_usual_writing() {
        let cases = [
            ("1234.50", Some(123_450)),
            ("1 234,5", Some(123_450)),
            ("0.005", Some(1)),
            (".5", Some(50)),
            ("-12", Some(-1200)),
            ("", None),
            ("12.3.4", None),
            ("1e5", None),
            ("99999999999999", None),
        ];
        for (text, minor) in cases {
            assert_eq!(parse_minor(text, Currency::UAH), minor, "{text:?}");
        }
        assert_eq!(parse_minor("1200", Currency::parse("JPY").expect("a code")), Some(1200));
    }

    #[test]
    fn amounts_are_shown_in_the_language_s_form() {
        assert_eq!(format(123_450, Currency::UAH, Lang::Uk), "1\u{a0}234,50\u{a0}₴");
        assert_eq!(format(-123_400, Currency::UAH, Lang::En), "−₴1,234");
        assert_eq!(editable(123_405, Currency::UAH, Lang::En), "1234.05");
        assert_eq!(editable(123_405, Currency::UAH, Lang::Uk), "1234,05");
    }

    #[test]
    fn what_is_shown_for_editing_reads_back() {
        for minor in [0, 1, 99, 100, -250, 123_456_789] {
            assert_eq!(parse_minor(&editable(minor, Currency::UAH, Lang::Ru), Currency::UAH), Some(minor));
        }
    }
}
