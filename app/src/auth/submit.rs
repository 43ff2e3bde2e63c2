//! The button that sends a form, and says that it is being sent.

use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;

#[component]
pub fn Submit(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] pending: Signal<bool>,
    #[prop(default = "button primary")] class: &'static str,
) -> impl IntoView {
    let lang = use_lang();
    view! {
        <button type="submit" class=class disabled=move || pending.get() aria-busy=move || pending.get().to_string()>
            {move || if pending.get() { t::one_moment(lang).to_owned() } else { label.get() }}
        </button>
    }
}
