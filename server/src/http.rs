//! Doors that are not pages.

pub mod export;
pub mod health;
pub mod hooks;
pub mod import;
pub mod kept;
pub mod landing;
pub mod open;
pub mod rest;
pub mod screen;
pub mod track;
