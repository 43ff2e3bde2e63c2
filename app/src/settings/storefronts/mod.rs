//! The storefronts: the shops of the business, and the addresses that they send to.

mod api;
mod backfill;
mod create;
mod doors;
mod hook;
mod shop;

use domain::backfill::Backfill;
use domain::i18n::t;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use crate::error::AppError;
use crate::settings::api as settings;
use backfill::keep_looking;
use create::CreateStorefront;
use shop::Shop;

#[component]
pub fn StorefrontsPage() -> impl IntoView {
    let shops = Resource::new(|| (), |()| all());
    view! {
        <SettingsFrame here=Page::Storefronts>
            {load(shops, |(shops, public_url, fills)| view! { <Shops shops public_url fills/> }.into_any())}
        </SettingsFrame>
    }
}

async fn all() -> Result<(Vec<Storefront>, String, Vec<Backfill>), AppError> {
    let (shops, public_url) = settings::storefronts().await?;
    Ok((shops, public_url, api::backfills().await?))
}

#[component]
fn Shops(shops: Vec<Storefront>, public_url: String, fills: Vec<Backfill>) -> impl IntoView {
    let lang = use_lang();
    let list = RwSignal::new(shops);
    let public_url = StoredValue::new(public_url);
    let fills = RwSignal::new(fills);
    keep_looking(fills);
    view! {
        <Show
            when=move || list.with(|list| !list.is_empty())
            fallback=move || view! { <p class="empty">{t::storefronts_none(lang)}</p> }
        >
            <ul class="settings-cards">
                <For each=move || list.get() key=|shop| shop.id let(shop)>
                    <Shop first=shop list public_url fills/>
                </For>
            </ul>
        </Show>
        <CreateStorefront list/>
    }
}
