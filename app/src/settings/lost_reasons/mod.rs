//! The reasons for which a deal can be lost.

mod add;
mod reason;

use domain::funnels::LostReason;
use domain::i18n::t;
use leptos::prelude::*;

use super::api;
use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use add::AddReason;
use reason::Reason;

#[component]
pub fn LostReasonsPage() -> impl IntoView {
    let lang = use_lang();
    let reasons = Resource::new(|| (), |()| api::lost_reasons());
    view! {
        <SettingsFrame here=Page::LostReasons>
            <p class="settings-hint">{t::lost_reasons_hint(lang)}</p>
            {load(reasons, |reasons| view! { <Reasons reasons/> }.into_any())}
        </SettingsFrame>
    }
}

#[component]
fn Reasons(reasons: Vec<LostReason>) -> impl IntoView {
    let lang = use_lang();
    let list = RwSignal::new(reasons);
    view! {
        <section class="card settings-card">
            <Show
                when=move || list.with(|list| !list.is_empty())
                fallback=move || view! { <p class="empty">{t::lost_reasons_none(lang)}</p> }
            >
                <ul class="settings-list">
                    <For each=move || list.get() key=|reason| reason.id let(reason)>
                        <Reason first=reason list/>
                    </For>
                </ul>
            </Show>
            <AddReason list/>
        </section>
    }
}
