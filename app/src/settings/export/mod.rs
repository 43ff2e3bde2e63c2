//! Taking lists out as files. Plain forms: they need no WASM, and a refusal is a page with its words.

mod list;

use domain::export::List;
use domain::funnels::Funnel;
use domain::i18n::t;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::api;
use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use list::ExportList;

#[component]
pub fn ExportPage() -> impl IntoView {
    let lang = use_lang();
    let data = Resource::new(|| (), |()| api::funnels());
    view! {
        <SettingsFrame here=Page::Export>
            <p class="settings-hint">{t::export_hint(lang)}</p>
            {load(data, |(funnels, shops)| view! { <Lists funnels shops/> }.into_any())}
        </SettingsFrame>
    }
}

#[component]
fn Lists(funnels: Vec<Funnel>, shops: Vec<Storefront>) -> impl IntoView {
    let (funnels, shops) = (StoredValue::new(funnels), StoredValue::new(shops));
    List::ALL.map(|list| view! { <ExportList list funnels shops/> })
}
