//! Tables that people bring along: read whatever wrote them, put into the store, driven to their end, told about. In
//! reading order:

mod unreadable;

mod decode;
mod delimiter;
mod text;
mod sheet;
pub mod table;

pub mod upload;
pub mod take;
pub mod runner;
pub mod report;

pub use unreadable::Unreadable;

#[cfg(test)]
mod tests;
