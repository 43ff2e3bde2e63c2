//! A secret, shown once.

use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::CopyField;

#[component]
pub fn Secret(id: &'static str, secret: RwSignal<Option<String>>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Show when=move || secret.with(Option::is_some)>
            <CopyField
                id=id.to_owned()
                label=t::webhook_secret(lang)
                text=Signal::derive(move || secret.get().unwrap_or_default())
            />
            <p class="settings-hint" role="status">{t::webhook_secret_once(lang)}</p>
        </Show>
    }
}
