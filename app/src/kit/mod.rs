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

/// Puts the focus on the first match, once it is drawn.
pub fn focus_on(selector: impl Into<String>) {
    let selector = selector.into();
    leptos::prelude::request_animation_frame(move || {
        #[cfg(feature = "hydrate")]
        {
            use wasm_bindgen::JsCast;
            let found = leptos::prelude::document().query_selector(&selector).ok().flatten();
            if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = element.focus();
            }
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = selector;
    });
}

/// The name of what an event happened on, for handlers on a common ancestor.
#[cfg(feature = "hydrate")]
pub fn closest(target: Option<web_sys::EventTarget>, selector: &str) -> Option<web_sys::Element> {
    use wasm_bindgen::JsCast;
    target?.dyn_into::<web_sys::Element>().ok()?.closest(selector).ok()?
}
