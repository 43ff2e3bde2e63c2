//! Rows that are one: an order's lines come as rows of their own, one after the other.

use std::ops::Range;

use super::{Field, Kind, Mapping};

/// The rows of each customer, deal or order, in their order.
pub fn entries(rows: &[Vec<String>], mapping: &Mapping) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let goes_on = found.last().is_some_and(|last| same_entry(&rows[last.start], row, mapping));
        if goes_on && let Some(last) = found.last_mut() {
            last.end = index + 1;
        } else {
            found.push(index..index + 1);
        }
    }
    found
}

/// Whether a row goes on with the order of another: it has its number, or where neither has one, its other code. A
/// further row may leave the code out.
pub fn same_entry(first: &[String], row: &[String], mapping: &Mapping) -> bool {
    if mapping.kind == Kind::Customers {
        return false;
    }
    let both = |field| (cell(mapping, first, field), cell(mapping, row, field));
    let codes = both(Field::ExternalId);
    match both(Field::OrderNumber) {
        (Some(one), Some(other)) => one == other && !matches!(codes, (Some(one), Some(other)) if one != other),
        (None, None) => matches!(codes, (Some(one), Some(other)) if one == other),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn cell<'r>(mapping: &Mapping, row: &'r [String], field: Field) -> Option<&'r str> {
    mapping.cell(row, field).map(|(_, text)| text)
}
