//! Lists as files: what a row says, how CSV and XLSX are written, how many are made at once. In reading order:

mod cell;
mod places;
mod table;
mod rows;
mod csv;
mod xlsx;
mod pour;

pub use cell::Cell;
pub use places::{Place, Places};
pub use pour::{pour_csv, pour_xlsx};
pub use table::Table;

#[cfg(test)]
mod tests;
