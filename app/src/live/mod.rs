//! Staying live: a socket that resumes where it left off.

pub mod client;
pub mod frames;

pub use client::{Connection, follow};
