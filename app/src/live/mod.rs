//! How a page follows what others do.

pub mod frames;
