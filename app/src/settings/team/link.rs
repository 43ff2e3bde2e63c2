//! An invitation's address, shown once, to hand over in person.

use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::CopyField;

#[component]
pub fn InviteLink(id: String, link: RwSignal<Option<String>>) -> impl IntoView {
    let lang = use_lang();
    let text = Signal::derive(move || link.get().unwrap_or_default());
    view! {
        <Show when=move || link.with(Option::is_some)>
            <div class="invite-link" role="status">
                <CopyField id=id.clone() label=t::team_link(lang) text/>
                <p class="settings-hint">{t::team_link_hint(lang)}</p>
            </div>
        </Show>
    }
}
