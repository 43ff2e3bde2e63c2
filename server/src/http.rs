//! Doors that are not pages.

pub mod health;
pub mod hooks;
pub mod landing;
pub mod rest;
pub mod track;
