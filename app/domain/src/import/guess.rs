//! What the columns of a file probably mean: by their headings, and where these say nothing, by the look of the values.

use super::headings::{self, FIRST_NAME, LAST_NAME, MIDDLE_NAME};
use super::{DateOrder, Decimal, Field, Kind, Mapping, Why, date, number};
use crate::customers::normal_email;

/// Of a column's values that are not empty, so many of a hundred must look right.
const LOOKS_PERCENT: usize = 80;

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Guess {
    pub mapping: Mapping,
    /// Some amounts can be read in two ways, and the others do not decide which.
    pub ask_decimal: bool,
    /// Some dates can be read in two ways, and the others do not decide which.
    pub ask_dates: bool,
}

pub fn guess(kind: Kind, headings: &[String], sample: &[Vec<String>]) -> Guess {
    let headings: Vec<String> = headings.iter().map(|heading| headings::normal(heading)).collect();
    let preset = headings::preset(&headings);
    let mut mapping = Mapping { kind, preset, columns: vec![None; headings.len()], decimal: None, dates: None };
    by_heading(&mut mapping, &headings);
    by_look(&mut mapping, sample);
    let (decimal, ask_decimal) = decimal(&mapping, sample);
    let (dates, ask_dates) = dates(&mapping, sample);
    Guess { mapping: Mapping { decimal, dates, ..mapping }, ask_decimal, ask_dates }
}

fn by_heading(mapping: &mut Mapping, headings: &[String]) {
    let kind = mapping.kind;
    let own = |heading: &String| headings::own_meaning(mapping.preset, kind != Kind::Customers, heading);
    let told: Vec<Option<Option<Field>>> = headings.iter().map(own).collect();
    for (column, field) in told.iter().enumerate() {
        if let Some(Some(field)) = field
            && field.belongs_to(kind)
            && !mapping.has(*field)
        {
            mapping.columns[column] = Some(*field);
        }
    }
    let free = |mapping: &Mapping, column: usize| mapping.columns[column].is_none() && told[column].is_none();
    for field in Field::of(kind).filter(|field| *field != Field::Name) {
        if mapping.has(field) {
            continue;
        }
        if let Some(column) = best(headings, headings::names(field), |column| free(mapping, column)) {
            mapping.columns[column] = Some(field);
        }
    }
    name(mapping, headings, free);
}

/// A whole name, or where there is a column of last names, its parts.
fn name(mapping: &mut Mapping, headings: &[String], free: impl Fn(&Mapping, usize) -> bool) {
    if mapping.has(Field::Name) {
        return;
    }
    let find = |names: &str| best(headings, names, |column| free(mapping, column));
    let columns = match (find(LAST_NAME), find(FIRST_NAME)) {
        (Some(last), Some(first)) => [Some(first), find(MIDDLE_NAME), Some(last)],
        (last, first) => [find(headings::names(Field::Name)).or(first).or(last), None, None],
    };
    for column in columns.into_iter().flatten() {
        mapping.columns[column] = Some(Field::Name);
    }
}

/// The column whose heading stands first among the names.
fn best(headings: &[String], names: &str, free: impl Fn(usize) -> bool) -> Option<usize> {
    names.split('|').find_map(|name| {
        headings
            .iter()
            .enumerate()
            .find(|(column, heading)| heading.as_str() == name && free(*column))
            .map(|(column, _)| column)
    })
}

/// Whether a value looks like one of a field.
type Look = fn(&str) -> bool;

/// Only for what the file would be useless without, or what nothing else looks like.
fn by_look(mapping: &mut Mapping, sample: &[Vec<String>]) {
    let looks: [(Field, Look); 3] = [
        (Field::Email, |text| normal_email(text).is_some()),
        (Field::Phone, looks_like_phone),
        (Field::CreatedAt, |text| text.parse::<f64>().is_err() && could_be_date(text)),
    ];
    for (field, looks) in looks {
        if mapping.has(field) {
            continue;
        }
        let free = |column: &usize| mapping.columns[*column].is_none();
        let found = (0..mapping.columns.len()).filter(free).find(|column| most(sample, *column, looks));
        if let Some(column) = found {
            mapping.columns[column] = Some(field);
        }
    }
}

fn most(sample: &[Vec<String>], column: usize, looks: Look) -> bool {
    let values: Vec<&str> = cells(sample, column).collect();
    let right = values.iter().filter(|value| looks(value)).count();
    right > 0 && right * 100 >= values.len() * LOOKS_PERCENT
}

fn cells(sample: &[Vec<String>], column: usize) -> impl Iterator<Item = &str> {
    sample.iter().filter_map(move |row| row.get(column)).map(|text| text.trim()).filter(|text| !text.is_empty())
}

fn looks_like_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let begins = ["+", "0", "380", "(0", "8", "7", "48"].iter().any(|start| text.starts_with(start));
    let signs = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '-' | '(' | ')'));
    (10..=15).contains(&digits) && begins && signs
}

fn could_be_date(text: &str) -> bool {
    matches!(date::parse_date(text, None), Ok(_) | Err(Why::AmbiguousDate))
}

/// The mark that some amount cannot do without, and whether somebody must be asked.
fn decimal(mapping: &Mapping, sample: &[Vec<String>]) -> (Option<Decimal>, bool) {
    let fields = [Field::Sum, Field::Price, Field::ShippingTotal, Field::DiscountTotal];
    let (mut ambiguous, mut dot, mut comma) = (false, false, false);
    let columns = fields.into_iter().flat_map(|field| mapping.columns_of(field).collect::<Vec<_>>());
    for text in columns.flat_map(|column| cells(sample, column).collect::<Vec<_>>()) {
        ambiguous |= number::is_ambiguous(text);
        match number::mark_of_fraction(text) {
            Some(Decimal::Dot) => dot = true,
            Some(Decimal::Comma) => comma = true,
            None => {}
        }
    }
    match (dot, comma) {
        (true, false) => (Some(Decimal::Dot), false),
        (false, true) => (Some(Decimal::Comma), false),
        (true, true) | (false, false) => (None, ambiguous),
    }
}

/// The order that some date cannot do without, and whether somebody must be asked.
fn dates(mapping: &Mapping, sample: &[Vec<String>]) -> (Option<DateOrder>, bool) {
    let (mut ambiguous, mut day, mut month) = (false, false, false);
    for text in mapping.columns_of(Field::CreatedAt).flat_map(|column| cells(sample, column)) {
        let read = |order| date::parse_date(text, Some(order));
        ambiguous |= date::parse_date(text, None) == Err(Why::AmbiguousDate);
        let (as_day, as_month) = (read(DateOrder::DayFirst), read(DateOrder::MonthFirst));
        day |= as_day.is_ok() && as_month.is_err();
        month |= as_month.is_ok() && as_day.is_err();
    }
    match (day, month) {
        (true, false) => (Some(DateOrder::DayFirst), false),
        (false, true) => (Some(DateOrder::MonthFirst), false),
        (true, true) | (false, false) => (None, ambiguous),
    }
}
