//! Tables that people bring along: taken in, put into the store, driven to their end. Crate `formats` reads them. In
//! reading order:

pub mod upload;
pub mod take;
pub mod runner;
