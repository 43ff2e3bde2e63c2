//! Why a file is not taken in, or an import not started, stopped or undone.

use serde::{Deserialize, Serialize};

use super::MappingFault;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportFault {
    Mapping(Vec<MappingFault>),
    /// Another one is going in the same storefront.
    AnotherIsGoing,
    /// It is further than that already, or not so far yet.
    NotNow,
    /// Its rows' cells are no longer kept.
    Emptied,
    /// There is no row under the headings.
    NoRows,
    TooManyRows,
    TooManyColumns,
    /// A row has more cells than the headings.
    RowTooWide {
        row: i64,
    },
    CellTooLong {
        row: i64,
        column: usize,
    },
    /// The rows did not come in their order.
    OutOfOrder,
}

impl ImportFault {
    pub fn key(&self) -> &'static str {
        match self {
            ImportFault::Mapping(_) => "mapping",
            ImportFault::AnotherIsGoing => "another_is_going",
            ImportFault::NotNow => "not_now",
            ImportFault::Emptied => "emptied",
            ImportFault::NoRows => "no_rows",
            ImportFault::TooManyRows => "too_many_rows",
            ImportFault::TooManyColumns => "too_many_columns",
            ImportFault::RowTooWide { .. } => "row_too_wide",
            ImportFault::CellTooLong { .. } => "cell_too_long",
            ImportFault::OutOfOrder => "out_of_order",
        }
    }
}
