//! Tables that people bring along, read whatever wrote them, and those of their rows that were refused, to be mended. In
//! reading order:

mod unreadable;

mod decode;
mod delimiter;
mod text;
mod strings;
mod sheet;
mod table;

pub mod report;

pub use table::{Each, Row, Survey, read, read_from, survey};
pub use unreadable::Unreadable;

#[cfg(test)]
mod tests;
