//! Something long to hand over: an address, a secret.

use domain::i18n::t;
use leptos::html;
use leptos::prelude::*;

use super::{Toast, use_toasts};
use crate::boot::use_lang;

/// `id` names the field on its page.
#[component]
pub fn CopyField(
    id: String,
    label: &'static str,
    #[prop(into)] text: Signal<String>,
    /// Where a heading beside it says the same.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let field = NodeRef::<html::Input>::new();
    let copy = move |_| {
        let Some(field) = field.get() else { return };
        field.select();
        let words = if to_clipboard(&text.get_untracked()) { t::copied(lang) } else { t::copy_by_hand(lang) };
        toasts.show(Toast::done(words));
    };
    view! {
        <div class="field copy">
            <label for=id.clone() class:visually-hidden=hide_label>{label}</label>
            <div class="copy-line">
                <input type="text" id=id node_ref=field readonly spellcheck="false" prop:value=move || text.get() value=move || text.get()/>
                <button type="button" class="button" aria-label=t::copy_of(lang, label) on:click=copy>{t::copy(lang)}</button>
            </div>
        </div>
    }
}

/// False: this page has no clipboard, as on plain http; what is selected can be copied by hand.
fn to_clipboard(text: &str) -> bool {
    #[cfg(feature = "hydrate")]
    {
        let navigator = window().navigator();
        let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|found| !found.is_undefined());
        if has {
            let _ = navigator.clipboard().write_text(text);
        }
        has
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = text;
        false
    }
}
