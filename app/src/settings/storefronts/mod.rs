//! The storefronts: the shops of the business, and the addresses that they send to.

mod create;
mod doors;
mod hook;
mod shop;

use domain::i18n::t;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::api;
use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use create::CreateStorefront;
use shop::Shop;

#[component]
pub fn StorefrontsPage() -> impl IntoView {
    let shops = Resource::new(|| (), |()| api::storefronts());
    view! {
        <SettingsFrame here=Page::Storefronts>
            {load(shops, |(shops, public_url)| view! { <Shops shops public_url/> }.into_any())}
        </SettingsFrame>
    }
}

#[component]
fn Shops(shops: Vec<Storefront>, public_url: String) -> impl IntoView {
    let lang = use_lang();
    let list = RwSignal::new(shops);
    let public_url = StoredValue::new(public_url);
    view! {
        <Show
            when=move || list.with(|list| !list.is_empty())
            fallback=move || view! { <p class="empty">{t::storefronts_none(lang)}</p> }
        >
            <ul class="settings-cards">
                <For each=move || list.get() key=|shop| shop.id let(shop)>
                    <Shop first=shop list public_url/>
                </For>
            </ul>
        </Show>
        <CreateStorefront list/>
    }
}
