//! The board: columns of cards, live, moved by mouse, finger and keyboard.

mod announce;
mod api;
mod bulk;
mod card;
mod column;
mod drag;
mod export;
mod filters;
mod glide;
mod head;
mod kept;
mod keys;
mod live;
mod page;
mod queue;
mod reason;
mod state;
mod sync;
mod tools;
mod wanting;

pub use page::{BoardPage, Home};
pub use state::{BoardState, Drawer};
