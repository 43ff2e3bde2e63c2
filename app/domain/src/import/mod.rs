//! Customers, deals and orders out of a file: what its columns mean, how its cells are read, what became of each row.
//! Pure: the shop's time zone, its stages and its people arrive as a [`Context`].

mod date;
pub mod draft;
mod entry;
mod fault;
mod field;
mod goods;
mod group;
mod guess;
mod headings;
mod mapping;
mod number;
mod parse;
mod preset;
mod row;
mod state;
mod status;
mod words;
mod wrong;

use serde::{Deserialize, Serialize};

pub use date::{DateOrder, When, is_day, parse_date, write_date};
pub use draft::Draft;
pub use entry::Entry;
pub use fault::ImportFault;
pub use field::Field;
pub use goods::write_goods;
pub use group::{entries, same_entry};
pub use guess::{Guess, guess};
pub use headings::normal as normal_heading;
pub use mapping::{Mapping, MappingFault};
pub use number::{Decimal, parse_amount, parse_answer, parse_quantity};
pub use parse::{Colleague, Context, parse};
pub use preset::Preset;
pub use state::{Counts, Failure, Import, ImportState, NewImport, Outcome, Purpose, RefusedRow, StartImport};
pub use wrong::{Why, Wrong};

/// Rows of one file.
pub const ROWS_MAX: usize = 200_000;
pub const COLUMNS_MAX: usize = 100;
pub const CELL_CHARS_MAX: usize = 10_000;
/// Rows that the store takes in one call.
pub const CHUNK_ROWS_MAX: usize = 1_000;
pub const FILE_NAME_CHARS_MAX: usize = 200;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Customers,
    Deals,
    Orders,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Customers, Kind::Deals, Kind::Orders];

    pub fn key(self) -> &'static str {
        match self {
            Kind::Customers => "customers",
            Kind::Deals => "deals",
            Kind::Orders => "orders",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Of each of these, one at least must have a column.
    pub fn required(self) -> &'static [&'static [Field]] {
        match self {
            Kind::Customers | Kind::Deals => &[&[Field::Name, Field::Phone, Field::Email]],
            Kind::Orders => &[&[Field::OrderNumber, Field::ExternalId], &[Field::Sum, Field::Price]],
        }
    }

    /// Whether its rows make deals, which stand on a funnel.
    pub fn needs_funnel(self) -> bool {
        self != Kind::Customers
    }
}

#[cfg(test)]
mod tests;
