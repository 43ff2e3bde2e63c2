//! What is to become of some rows: decided before anything is written, so that a refused row has written nothing.

use std::collections::HashMap;
use std::ops::Range;

use domain::ids::*;
use domain::import::{Context, Entry, Field, Import, Kind, Mapping, Why, Wrong, parse};
use sha2::{Digest as _, Sha256};

use super::known::Codes;
use super::people::{Met, People};
use super::read::Portion;
use crate::customers::{Contacts, UNNAMED, normal_phone};
use crate::tx::hex;

/// A customer, a deal or an order that can be taken as it is.
pub(super) struct Fitting {
    pub entry: Entry,
    pub contacts: Contacts,
    /// What it is known again by; None for customers.
    pub external_id: Option<String>,
    pub number: Option<String>,
}

pub(super) enum Reading {
    Refused(Vec<(usize, Wrong)>),
    Fits(Box<Fitting>),
}

pub(super) enum Fate {
    Refused(Vec<(usize, Wrong)>),
    /// It is here already.
    Left,
    Customer(Met),
    Deal(Box<Fitting>, Met),
}

/// The keys of what a check has met, with the row that brought each: a check writes nothing that could be found again.
pub(super) type Seen = HashMap<String, i64>;

/// Each entry of the portion: valid, or all that is wrong with it.
pub(super) fn read(portion: &Portion, mapping: &Mapping, context: &Context<'_>) -> Vec<Reading> {
    let entries = portion.entries.iter().enumerate();
    entries.map(|(index, range)| read_one(portion, range, mapping, context, portion.torn && index == 0)).collect()
}

fn read_one(portion: &Portion, range: &Range<usize>, mapping: &Mapping, context: &Context<'_>, torn: bool) -> Reading {
    let rows = &portion.rows[range.clone()];
    if torn {
        let field = if mapping.has(Field::OrderNumber) { Field::OrderNumber } else { Field::ExternalId };
        let wrong = Wrong { column: mapping.columns_of(field).next(), field, why: Why::TooManyLines };
        return Reading::Refused((0..rows.len()).map(|row| (row, wrong.clone())).collect());
    }
    let entry = match parse(rows, mapping, context) {
        Ok(entry) => entry,
        Err(wrong) => return Reading::Refused(wrong),
    };
    let phone = match &entry.phone {
        Some((column, text)) => match normal_phone(text, None) {
            Some(phone) => Some(phone),
            None => return Reading::Refused(wrong_phone(rows, mapping, *column)),
        },
        None => None,
    };
    let (external_id, number) = codes(&entry, rows, mapping);
    let name = match (entry.name.as_str(), &number, &phone, &entry.email) {
        ("", Some(number), ..) if mapping.kind == Kind::Orders => format!("{UNNAMED}{number}"),
        ("", _, Some(phone), _) => phone.clone(),
        ("", _, None, Some(email)) => email.clone(),
        (name, ..) => name.to_owned(),
    };
    let contacts = Contacts { name, phone, email: entry.email.clone() };
    Reading::Fits(Box::new(Fitting { entry, contacts, external_id, number }))
}

/// The row that has the phone is wrong, and with it its order.
fn wrong_phone(rows: &[Vec<String>], mapping: &Mapping, column: usize) -> Vec<(usize, Wrong)> {
    let bad = rows.iter().position(|row| mapping.cell(row, Field::Phone).is_some()).unwrap_or(0);
    let number = if mapping.has(Field::OrderNumber) { Field::OrderNumber } else { Field::ExternalId };
    let wrong = |row: usize| {
        if row == bad {
            Wrong { column: Some(column), field: Field::Phone, why: Why::NotAPhone }
        } else {
            Wrong { column: mapping.columns_of(number).next(), field: number, why: Why::OrderRefused }
        }
    };
    (0..rows.len()).map(|row| (row, wrong(row))).collect()
}

/// An order without a code has its number for one. A deal that has neither is known again by what its row says.
fn codes(entry: &Entry, rows: &[Vec<String>], mapping: &Mapping) -> (Option<String>, Option<String>) {
    let (external_id, number) = (entry.external_id.clone(), entry.order_number.clone());
    match mapping.kind {
        Kind::Customers => (None, None),
        Kind::Orders => (external_id.clone().or(number.clone()), number.or(external_id)),
        Kind::Deals if external_id.is_none() && number.is_none() => (Some(digest(rows, mapping)), None),
        Kind::Deals => (external_id, number),
    }
}

fn digest(rows: &[Vec<String>], mapping: &Mapping) -> String {
    let mut hash = Sha256::new();
    for row in rows {
        for field in Field::ALL {
            for text in mapping.columns_of(field).filter_map(|column| row.get(column)) {
                hash.update(field.key().as_bytes());
                hash.update([0]);
                hash.update(text.trim().as_bytes());
                hash.update([0]);
            }
        }
    }
    let digest = hex(&hash.finalize());
    format!("row-{}", &digest[..32])
}

/// `codes` and `people` are what is here of what the entries bring; they follow as the entries are gone through, so that
/// what comes twice in one file is made once. `seen` is a check's memory of the rows before.
pub(super) fn plan(
    import: &Import,
    readings: Vec<(i64, Reading)>,
    codes: &mut Codes,
    people: &mut People,
    mut seen: Option<&mut Seen>,
    now: Millis,
) -> Vec<Fate> {
    let mut before = |key: String, place: i64| match &mut seen {
        Some(seen) => *seen.entry(key).or_insert(place) < place,
        None => false,
    };
    let mut fates = Vec::with_capacity(readings.len());
    for (place, reading) in readings {
        let fitting = match reading {
            Reading::Refused(wrong) => {
                fates.push(Fate::Refused(wrong));
                continue;
            }
            Reading::Fits(fitting) => fitting,
        };
        let contacts = &fitting.contacts;
        if import.kind == Kind::Customers {
            let keys = [("phone", &contacts.phone), ("email", &contacts.email)];
            let mut known = false;
            for (word, value) in keys {
                known |= value.as_ref().is_some_and(|value| before(format!("{word} {value}"), place));
            }
            if contacts.phone.is_none() && contacts.email.is_none() {
                known |= before(format!("name {}", contacts.name), place);
            }
            let met = people.meet_by_name_too(contacts, fitting.entry.created_at.unwrap_or(now));
            fates.push(if known || !met.changed() { Fate::Left } else { Fate::Customer(met) });
            continue;
        }
        let mut known = false;
        if let Some(code) = &fitting.external_id {
            known |= !codes.external.insert(code.clone()) | before(format!("code {code}"), place);
        }
        if let Some(number) = &fitting.number {
            known |= !codes.numbers.insert(number.clone()) | before(format!("number {number}"), place);
        }
        if known {
            fates.push(Fate::Left);
            continue;
        }
        let met = people.meet(contacts, now);
        fates.push(Fate::Deal(fitting, met));
    }
    fates
}
