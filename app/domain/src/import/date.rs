//! Dates as people and programs write them.

use serde::{Deserialize, Serialize};

use super::Why;
use crate::ids::Millis;

const DAY: Millis = 86_400_000;
/// Days from the day that a spreadsheet counts from, 30 December 1899, to 1 January 1970.
const SHEET_EPOCH: i64 = 25_569;
/// Serial numbers of the years from 1954 to 2119: a plain number past them is no date.
const SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=80_000.0;
const YEARS: std::ops::RangeInclusive<i64> = 1970..=2100;

/// In which order a date's numbers stand, where the date itself does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
    YearFirst,
}

impl DateOrder {
    pub const ALL: [DateOrder; 3] = [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst];
}

/// A date on the wall clock, in milliseconds as if the wall stood in Greenwich; or a moment, where the text names its
/// own time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Local(Millis),
    Moment(Millis),
}

/// "2026-11-24", "24.11.2026 10:30", "2026-11-24T10:30:00+02:00", a spreadsheet's serial number.
pub fn parse_date(text: &str, order: Option<DateOrder>) -> Result<When, Why> {
    let text = text.trim();
    if let Some(serial) = serial(text) {
        return Ok(When::Local(serial));
    }
    let mut rest = Reader { text };
    let days = rest.date(order)?;
    let time = rest.time().ok_or(Why::NotADate)?;
    let zone = rest.zone().ok_or(Why::NotADate)?;
    if !rest.text.is_empty() {
        return Err(Why::NotADate);
    }
    let local = days * DAY + time;
    Ok(match zone {
        Some(offset) => When::Moment(local - offset),
        None => When::Local(local),
    })
}

/// As it is read back whatever the order: "2026-11-24 10:30:05", without a time that is midnight.
pub fn write_date(local: Millis) -> String {
    let (year, month, day) = civil(local.div_euclid(DAY));
    let seconds = local.rem_euclid(DAY) / 1_000;
    if seconds == 0 {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// Days and their fraction since 30 December 1899, to the second.
fn serial(text: &str) -> Option<Millis> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    if !plain {
        return None;
    }
    let days: f64 = text.replace(',', ".").parse().ok().filter(|days| SERIALS.contains(days))?;
    Some(((days - SHEET_EPOCH as f64) * 86_400.0).round() as i64 * 1_000)
}

/// Reads from the front of a text.
struct Reader<'t> {
    text: &'t str,
}

impl Reader<'_> {
    fn eat(&mut self, wanted: char) -> bool {
        match self.text.strip_prefix(wanted) {
            Some(rest) => {
                self.text = rest;
                true
            }
            None => false,
        }
    }

    /// A number of at most four digits, and how many they were.
    fn number(&mut self) -> Option<(i64, usize)> {
        let length = self.text.bytes().take(5).take_while(u8::is_ascii_digit).count();
        if !(1..=4).contains(&length) {
            return None;
        }
        let (digits, rest) = self.text.split_at(length);
        self.text = rest;
        Some((digits.parse().ok()?, length))
    }

    fn date(&mut self, order: Option<DateOrder>) -> Result<i64, Why> {
        let (first, first_length) = self.number().ok_or(Why::NotADate)?;
        let mark = ['.', '/', '-'].into_iter().find(|mark| self.eat(*mark)).ok_or(Why::NotADate)?;
        let (second, _) = self.number().ok_or(Why::NotADate)?;
        if !self.eat(mark) {
            return Err(Why::NotADate);
        }
        let (third, third_length) = self.number().ok_or(Why::NotADate)?;
        let short_year_first = order == Some(DateOrder::YearFirst) && first_length == 2 && third_length <= 2;
        let (year, month, day) = if first_length == 4 || short_year_first {
            (first, second, third)
        } else if first_length > 2 || !matches!(third_length, 2 | 4) {
            return Err(Why::NotADate);
        } else {
            let (day, month) = match order {
                Some(DateOrder::DayFirst) => (first, second),
                Some(DateOrder::MonthFirst) => (second, first),
                Some(DateOrder::YearFirst) | None => told_apart(first, second, mark)?,
            };
            (third, month, day)
        };
        let year = if year < 100 { year + 2_000 } else { year };
        days(year, month, day).ok_or(Why::NotADate)
    }

    /// Milliseconds of the day; midnight where there is no time. None: what follows is no time.
    fn time(&mut self) -> Option<Millis> {
        if self.text.is_empty() {
            return Some(0);
        }
        self.eat(',');
        if !self.eat('T') && !self.text.starts_with(char::is_whitespace) {
            return None;
        }
        self.text = self.text.trim_start();
        let (mut hour, _) = self.number()?;
        if !self.eat(':') {
            return None;
        }
        let (minute, _) = self.number()?;
        let second = if self.eat(':') { self.number()?.0 } else { 0 };
        if self.eat('.') {
            // Below a second nothing matters here.
            self.text = self.text.trim_start_matches(|c: char| c.is_ascii_digit());
        }
        self.text = self.text.trim_start();
        let half = self.text.get(..2).map(str::to_ascii_uppercase);
        if let Some(half) = half.filter(|half| half == "AM" || half == "PM") {
            self.text = &self.text[2..];
            hour = match (hour, half.as_str()) {
                (12, "AM") => 0,
                (1..=11, "PM") => hour + 12,
                (1..=12, _) => hour,
                _ => return None,
            };
        }
        let fits = hour < 24 && minute < 60 && second < 60;
        fits.then_some(((hour * 60 + minute) * 60 + second) * 1_000)
    }

    /// The offset of the zone that is named; Some(None) where none is. None: what follows is no zone.
    fn zone(&mut self) -> Option<Option<Millis>> {
        self.text = self.text.trim_start();
        if self.text.is_empty() {
            return Some(None);
        }
        if self.eat('Z') {
            return Some(Some(0));
        }
        for name in ["UTC", "GMT"] {
            if let Some(rest) = self.text.strip_prefix(name) {
                self.text = rest;
                return Some(Some(0));
            }
        }
        let sign = if self.eat('+') {
            1
        } else if self.eat('-') {
            -1
        } else {
            return None;
        };
        let (number, length) = self.number()?;
        let minutes = match length {
            4 => number / 100 * 60 + number % 100,
            2 if self.eat(':') => number * 60 + self.number()?.0,
            2 => number * 60,
            _ => return None,
        };
        (minutes <= 14 * 60).then_some(Some(sign * minutes * 60_000))
    }
}

/// Day and month of a date that begins with either. With dots the day is first everywhere.
fn told_apart(first: i64, second: i64, mark: char) -> Result<(i64, i64), Why> {
    if mark == '.' || first == second || (first > 12 && second <= 12) {
        Ok((first, second))
    } else if second > 12 && first <= 12 {
        Ok((second, first))
    } else if first <= 12 {
        Err(Why::AmbiguousDate)
    } else {
        Err(Why::NotADate)
    }
}

/// Whether this is a day of the calendar as pages send it: `2026-11-24`.
pub fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|digits| digits.parse::<i64>().ok());
    let written = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { *b == b'-' } else { b.is_ascii_digit() });
    match (number(0..4), number(5..7), number(8..10)) {
        (Some(year), Some(month), Some(day)) if written => days(year, month, day).is_some(),
        _ => false,
    }
}

/// Days since 1970-01-01; None where the calendar has no such day. H. Hinnant's `days_from_civil`.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !YEARS.contains(&year) || !(1..=12).contains(&month) || day < 1 || day > month_length(year, month) {
        return None;
    }
    let shifted = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The way back: H. Hinnant's `civil_from_days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}
