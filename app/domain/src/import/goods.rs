//! Several goods in one cell, as our own lists have them: "Cup × 2; Kettle × 1".

use super::row::one_line;
use crate::deals::{LINES_MAX, NAME_CHARS_MAX, QUANTITY_MAX};
use crate::orders::Line;

const BETWEEN: &str = "; ";
const TIMES: &str = " × ";

/// As such a list has it.
pub fn write_goods<'g>(goods: impl IntoIterator<Item = (&'g str, i64)>) -> String {
    let lines = goods.into_iter().map(|(name, quantity)| format!("{name}{TIMES}{quantity}"));
    lines.collect::<Vec<_>>().join(BETWEEN)
}

/// None: the cell is the name of one thing. What each costs is not in it.
pub(super) fn read_goods(text: &str) -> Option<Vec<Line>> {
    let mut lines = Vec::new();
    // A name may have the sign between two goods in it: it ends where its quantity stands.
    let mut name = String::new();
    for part in text.split(BETWEEN) {
        match counted(part) {
            Some((rest, quantity)) => {
                name.push_str(rest);
                let name = one_line(&std::mem::take(&mut name));
                let fits = (1..=NAME_CHARS_MAX).contains(&name.chars().count()) && lines.len() < LINES_MAX;
                lines.push(fits.then(|| Line { name, sku: String::new(), quantity, price: 0 })?);
            }
            None => {
                name.push_str(part);
                name.push_str(BETWEEN);
            }
        }
    }
    (name.is_empty() && !lines.is_empty()).then_some(lines)
}

fn counted(part: &str) -> Option<(&str, i64)> {
    let (name, quantity) = part.rsplit_once(TIMES)?;
    let quantity = quantity.parse::<i64>().ok().filter(|quantity| (1..=QUANTITY_MAX).contains(quantity))?;
    Some((name, quantity))
}
