//! A file on its way to be imported: what its columns seem to mean, beside a few of their values, for somebody to
//! confirm or to correct.

use serde::{Deserialize, Serialize};

use super::{Import, Mapping, guess};

/// Of a column: enough to see what is in it.
const VALUES_MAX: usize = 3;
const VALUE_CHARS_MAX: usize = 80;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub import: Import,
    /// For each column its first values that are not blank.
    pub values: Vec<Vec<String>>,
    /// As it was chosen last, or else guessed.
    pub mapping: Mapping,
    /// The choice was made for an earlier file with these headings.
    pub remembered: bool,
    /// Nothing in the file says which sign stands before a fraction.
    pub ask_decimal: bool,
    /// Nothing in the file says where in a date its day stands.
    pub ask_dates: bool,
}

impl Draft {
    /// `rows` are the file's first; `remembered` is how such a file was imported last.
    pub fn new(import: Import, rows: &[Vec<String>], remembered: Option<Mapping>) -> Self {
        let guessed = guess(import.kind, &import.headings, rows);
        let is_remembered = import.mapping.is_none() && remembered.is_some();
        let mapping = import.mapping.clone().or(remembered).unwrap_or(guessed.mapping);
        let values = (0..import.headings.len()).map(|column| values(rows, column)).collect();
        Self {
            import,
            values,
            mapping,
            remembered: is_remembered,
            ask_decimal: guessed.ask_decimal,
            ask_dates: guessed.ask_dates,
        }
    }
}

fn values(rows: &[Vec<String>], column: usize) -> Vec<String> {
    let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    cells.take(VALUES_MAX).map(|cell| cell.chars().take(VALUE_CHARS_MAX).collect()).collect()
}
