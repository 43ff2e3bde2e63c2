//! A deal's drawer: what it is, its order, its history; and the form that makes or edits one.

mod api;
mod drawer;
mod form;
mod history;
mod link;
mod order;
mod removal;

pub use drawer::DealDrawer;
