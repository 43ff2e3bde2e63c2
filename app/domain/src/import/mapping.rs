//! What each column of a file means, and how its numbers and dates are written.

use serde::{Deserialize, Serialize};

use super::{COLUMNS_MAX, DateOrder, Decimal, Field, Kind, Preset};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    pub kind: Kind,
    /// Whose export it is: some systems have words of their own.
    pub preset: Preset,
    /// A field for each column; None: the column is left out.
    pub columns: Vec<Option<Field>>,
    /// None: each number tells by itself, and one that could be read in two ways is refused.
    #[serde(default)]
    pub decimal: Option<Decimal>,
    /// None: each date tells by itself, and one that could be read in two ways is refused.
    #[serde(default)]
    pub dates: Option<DateOrder>,
}

/// Why a mapping cannot be worked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MappingFault {
    /// None of these has a column, and one is needed.
    Missing(Vec<Field>),
    /// More than one column has it.
    Twice(Field),
    /// It means nothing in a file of this kind.
    Stranger(Field),
    /// It has another number of columns than the file.
    Width,
}

impl Mapping {
    /// Every fault at once; nothing in a mapping that works for a file of so many columns.
    pub fn faults(&self, width: usize) -> Vec<MappingFault> {
        let mut faults = Vec::new();
        if self.columns.len() != width || width > COLUMNS_MAX {
            faults.push(MappingFault::Width);
        }
        for wanted in self.kind.required() {
            if !wanted.iter().any(|field| self.has(*field)) {
                faults.push(MappingFault::Missing(wanted.to_vec()));
            }
        }
        for field in Field::ALL {
            let count = self.columns_of(field).count();
            if count > 1 && !field.repeats() {
                faults.push(MappingFault::Twice(field));
            }
            if count > 0 && !field.belongs_to(self.kind) {
                faults.push(MappingFault::Stranger(field));
            }
        }
        faults
    }

    pub fn has(&self, field: Field) -> bool {
        self.columns_of(field).next().is_some()
    }

    /// The columns that mean a field, from left to right.
    pub fn columns_of(&self, field: Field) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, of)| **of == Some(field)).map(|(column, _)| column)
    }

    /// What the row has in the first column of a field that is not empty there.
    pub fn cell<'r>(&self, row: &'r [String], field: Field) -> Option<(usize, &'r str)> {
        self.columns_of(field).find_map(|column| {
            let text = row.get(column)?.trim();
            (!text.is_empty()).then_some((column, text))
        })
    }
}

impl MappingFault {
    pub fn key(&self) -> &'static str {
        match self {
            MappingFault::Missing(_) => "missing",
            MappingFault::Twice(_) => "twice",
            MappingFault::Stranger(_) => "stranger",
            MappingFault::Width => "width",
        }
    }
}
