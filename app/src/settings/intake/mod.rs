//! What came in by a door, rightly signed, and could not be understood.

mod body;
mod delivery;

use domain::i18n::t;
use domain::intake::Intake;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::api;
use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use delivery::Delivery;

#[component]
pub fn IntakePage() -> impl IntoView {
    let lang = use_lang();
    let kept = Resource::new(|| (), |()| api::kept_intake());
    view! {
        <SettingsFrame here=Page::Intake>
            <p class="settings-hint">{t::intake_hint(lang)}</p>
            {load(kept, |(kept, storefronts)| view! { <Deliveries kept storefronts/> }.into_any())}
        </SettingsFrame>
    }
}

#[component]
fn Deliveries(kept: Vec<Intake>, storefronts: Vec<Storefront>) -> impl IntoView {
    let lang = use_lang();
    let list = RwSignal::new(kept);
    let storefronts = StoredValue::new(storefronts);
    let shop = move |one: &Intake| {
        let id = one.storefront;
        storefronts
            .with_value(|all| all.iter().find(|shop| shop.id == id).map_or_else(String::new, |shop| shop.name.clone()))
    };
    view! {
        <Show
            when=move || list.with(|list| !list.is_empty())
            fallback=move || view! { <p class="empty">{t::intake_empty(lang)}</p> }
        >
            <ul class="settings-cards">
                <For each=move || list.get() key=|one| one.id let(one)>
                    <Delivery shop=shop(&one) first=one list/>
                </For>
            </ul>
        </Show>
    }
}
