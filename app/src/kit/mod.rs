//! Pieces that know nothing of deals: dialogs, toasts, avatars, icons, times.

pub mod avatar;
pub mod copy;
pub mod dialog;
pub mod fault;
pub mod frame;
pub mod icon;
pub mod menu;
pub mod time;
pub mod toast;

pub use avatar::Avatar;
pub use copy::CopyField;
pub use dialog::Dialog;
pub use fault::Fault;
pub use frame::Frame;
pub use icon::{Glyph, Icon};
pub use menu::{menu_focus, menu_key};
pub use toast::{Toast, use_toasts};

/// A fresh command id.
pub fn new_command() -> domain::ids::CommandId {
    uuid::Uuid::new_v4()
}

/// What a form asks for, under one command id until it is known to be done: a second try after a lost answer is the same
/// command and happens once. Other content is another command.
pub struct Attempt<T: Send + Sync + 'static>(leptos::prelude::StoredValue<Option<(T, domain::ids::CommandId)>>);

impl<T: Send + Sync> Clone for Attempt<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Attempt<T> {}

impl<T: Clone + PartialEq + Send + Sync> Attempt<T> {
    pub fn new() -> Self {
        Self(leptos::prelude::StoredValue::new(None))
    }

    pub fn id(&self, content: &T) -> domain::ids::CommandId {
        use leptos::prelude::*;
        let known = self.0.with_value(|last| last.as_ref().filter(|(same, _)| same == content).map(|(_, id)| *id));
        known.unwrap_or_else(|| {
            let id = new_command();
            self.0.set_value(Some((content.clone(), id)));
            id
        })
    }

    /// The same again would be meant as another one.
    pub fn done(&self) {
        leptos::prelude::SetValue::try_set_value(&self.0, None);
    }
}

/// Puts the focus on the first match, once it is drawn.
pub fn focus_on(selector: impl Into<String>) {
    focus_when(selector.into(), |_| true);
}

/// The same unless the focus has gone somewhere else meanwhile.
pub fn focus_back(selector: impl Into<String>) {
    focus_when(selector.into(), |nowhere| nowhere);
}

/// `wanted` is asked whether the focus is nowhere.
fn focus_when(selector: String, wanted: fn(bool) -> bool) {
    leptos::prelude::request_animation_frame(move || {
        #[cfg(feature = "hydrate")]
        {
            use wasm_bindgen::JsCast;
            let nowhere = leptos::prelude::document().active_element().is_none_or(|active| active.tag_name() == "BODY");
            let found = leptos::prelude::document().query_selector(&selector).ok().flatten();
            let found =
                found.filter(|_| wanted(nowhere)).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
            if let Some(element) = found {
                let _ = element.focus();
            }
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&selector, wanted);
    });
}

/// The name of what an event happened on, for handlers on a common ancestor.
#[cfg(feature = "hydrate")]
pub fn closest(target: Option<web_sys::EventTarget>, selector: &str) -> Option<web_sys::Element> {
    use wasm_bindgen::JsCast;
    target?.dyn_into::<web_sys::Element>().ok()?.closest(selector).ok()?
}
