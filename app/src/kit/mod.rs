//! Pieces that know nothing of deals: dialogs, toasts, avatars, icons, times.

pub mod avatar;
pub mod dialog;
pub mod fault;
pub mod frame;
pub mod icon;
pub mod time;
pub mod toast;

pub use avatar::Avatar;
pub use dialog::Dialog;
pub use fault::Fault;
pub use frame::Frame;
pub use icon::{Glyph, Icon};
pub use toast::{Toast, use_toasts};

/// A fresh command id.
pub fn new_command() -> domain::ids::CommandId {
    uuid::Uuid::new_v4()
}

/// The name of what an event happened on, for handlers on a common ancestor.
#[cfg(feature = "hydrate")]
pub fn closest(target: Option<web_sys::EventTarget>, selector: &str) -> Option<web_sys::Element> {
    use wasm_bindgen::JsCast;
    target?.dyn_into::<web_sys::Element>().ok()?.closest(selector).ok()?
}
