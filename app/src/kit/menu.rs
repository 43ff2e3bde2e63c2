//! The keyboard's way through a menu that opened.

use leptos::prelude::*;

/// Arrows go round the menu, Esc closes it.
pub fn menu_key(event: &leptos::ev::KeyboardEvent, open: RwSignal<bool>) {
    match event.key().as_str() {
        "Escape" | "Tab" => open.set(false),
        #[cfg(feature = "hydrate")]
        key @ ("ArrowDown" | "ArrowUp") => {
            use wasm_bindgen::JsCast;
            let Some(item) = document().active_element() else { return };
            let next = if key == "ArrowDown" { item.next_element_sibling() } else { item.previous_element_sibling() };
            if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = next.focus();
            }
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Into the menu when it opens, back to its button when it closes and what was chosen took the focus nowhere else; `place` selects what holds both.
pub fn menu_focus(place: &str, open: RwSignal<bool>) {
    let (first, button) = (format!("{place} [role=menuitem]"), format!("{place} > button"));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        match (before, now) {
            (_, true) => super::focus_on(first.clone()),
            (Some(true), false) => super::focus_back(button.clone()),
            (None | Some(false), false) => {}
        }
        now
    });
}
