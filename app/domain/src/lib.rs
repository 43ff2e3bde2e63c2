//! The rules of the shop floor, pure: no I/O, no clock, no randomness. The browser predicts with the very functions
//! the server decides with. In reading order:

pub mod ids;
pub mod money;
pub mod i18n;
pub mod auth;
pub mod customers;
pub mod orders;
pub mod carriers;
pub mod catalog;
pub mod deals;
pub mod storefronts;
pub mod intake;
pub mod backfill;
pub mod funnels;
pub mod tracking;
pub mod export;
pub mod event;
pub mod board;
pub mod screens;
pub mod import;
pub mod webhooks;
