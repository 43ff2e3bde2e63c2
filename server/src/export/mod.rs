//! Lists as files: what a row says, how CSV and XLSX are written. In reading order:

mod cell;
mod table;
mod rows;
mod csv;
mod xlsx;
mod pour;

pub use cell::Cell;
pub use pour::{pour_csv, pour_xlsx};
pub use table::Table;

#[cfg(test)]
mod tests;
