//! Carriers: which of them are asked for parcels of each storefront, how that goes, and what they said that nobody knows.

mod account;
mod api;
mod codes;
mod fields;
mod shop;
mod state;

use std::time::Duration;

use domain::carriers::CarrierAccount;
use domain::i18n::t;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use api::CarriersData;
use codes::Codes;
use shop::ShopCarriers;

/// How often it is looked how it goes: whoever has just entered a key waits for a word.
const LOOK_SECONDS: u64 = 10;

#[component]
pub fn CarriersPage() -> impl IntoView {
    let lang = use_lang();
    let data = Resource::new(|| (), |()| api::carriers());
    view! {
        <SettingsFrame here=Page::Carriers>
            <p class="settings-hint">{t::carriers_hint(lang)}</p>
            {load(data, |data| view! { <Carriers data/> }.into_any())}
        </SettingsFrame>
    }
}

#[component]
fn Carriers(data: CarriersData) -> impl IntoView {
    let lang = use_lang();
    let CarriersData { accounts, storefronts, codes } = data;
    let list = RwSignal::new(accounts);
    keep_looking(list);
    // A key to its door is shown to those who manage a storefront.
    let shops: Vec<_> = storefronts.into_iter().filter(|shop| shop.hook_key.is_some()).collect();
    let none = shops.is_empty();
    view! {
        {none.then(|| view! { <p class="empty">{t::carriers_no_shops(lang)}</p> })}
        <ul class="settings-cards">
            {shops.into_iter().map(|shop| view! { <ShopCarriers id=shop.id name=shop.name list/> }).collect_view()}
        </ul>
        <Codes codes/>
    }
    .into_any()
}

/// Puts an account as the server told of it in the place of what was known.
fn put(list: RwSignal<Vec<CarrierAccount>>, told: CarrierAccount) {
    list.try_update(|list| {
        list.retain(|one| (one.storefront, one.carrier) != (told.storefront, told.carrier));
        list.push(told);
    });
}

/// In the browser alone: the server draws the page once.
fn keep_looking(list: RwSignal<Vec<CarrierAccount>>) {
    let look = move || {
        if list.try_with_untracked(Vec::is_empty).unwrap_or(true) {
            return;
        }
        spawn_local(async move {
            let before = list.try_get_untracked();
            let Ok(fresh) = api::carrier_accounts().await else { return };
            // What a button did meanwhile is newer than this answer.
            if list.try_get_untracked() == before {
                list.try_set(fresh);
            }
        });
    };
    Effect::new(move || {
        let timer = set_interval_with_handle(look, Duration::from_secs(LOOK_SECONDS));
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear()
            }
        });
    });
}
