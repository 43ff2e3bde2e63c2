//! Which shop it is, and the keys to read it with. Nothing of the keys is remembered here.

use domain::backfill::{ADDRESS_CHARS_MAX, Backfill, BackfillState, KEY_CHARS_MAX, ShopKind, StartBackfill};
use domain::i18n::t;
use domain::ids::StorefrontId;
use leptos::prelude::*;

use super::put;
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault};
use crate::settings::outcome::{fault_of, focus};
use crate::settings::storefronts::api;

#[component]
pub fn Start(storefront: StorefrontId, fill: Memo<Option<Backfill>>, fills: RwSignal<Vec<Backfill>>) -> impl IntoView {
    let lang = use_lang();
    // One that did not end well is offered again with all but its keys.
    let last = fill.get_untracked();
    let shop = RwSignal::new(last.as_ref().map_or(ShopKind::WooCommerce, |last| last.shop));
    let address = RwSignal::new(last.map(|last| last.address).unwrap_or_default());
    let (key, secret) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let again = move || {
        fill.with(|fill| {
            fill.as_ref().is_some_and(|fill| matches!(fill.state, BackfillState::Failed | BackfillState::Stopped))
        })
    };
    let attempt = Attempt::new();
    let start = Action::new(move |start: &StartBackfill| {
        let start = start.clone();
        async move {
            let begun = api::run_backfill(attempt.id(&start), start).await?;
            attempt.done();
            key.set(String::new());
            secret.set(String::new());
            put(fills, begun);
            // The form goes away, and the focus with it.
            focus(format!("backfill-{storefront}"));
            Ok(())
        }
    });
    let submit = move || {
        let (shop, address) = (shop.get_untracked(), address.get_untracked());
        let (key, secret) = (key.get_untracked(), secret.get_untracked());
        start.dispatch(StartBackfill { storefront, shop, address, key, secret, lang });
    };
    let woo = move || shop.get() == ShopKind::WooCommerce;
    let id = move |field: &str| format!("backfill-{field}-{storefront}");
    let label = move || if again() { t::backfill_again(lang) } else { t::backfill_start(lang) };
    let label = Signal::derive(move || label().to_owned());
    view! {
        <form on:submit=move |event| { event.prevent_default(); submit(); }>
            <p class="settings-hint">{move || if again() { t::backfill_goes_on(lang) } else { t::backfill_hint(lang) }}</p>
            <div class="field">
                <label for=id("shop")>{t::backfill_shop(lang)}</label>
                <select
                    id=id("shop")
                    on:change=move |event| shop.set(ShopKind::parse(&event_target_value(&event)).unwrap_or(ShopKind::WooCommerce))
                >
                    {ShopKind::ALL.into_iter().map(|kind| view! {
                        <option value=kind.key() selected=move || shop.get() == kind>{kind.name()}</option>
                    }).collect_view()}
                </select>
            </div>
            <div class="field">
                <label for=id("address")>{t::backfill_address(lang)}</label>
                <input
                    type="text"
                    id=id("address")
                    inputmode="url"
                    required
                    maxlength=ADDRESS_CHARS_MAX.to_string()
                    autocomplete="off"
                    placeholder=move || { if woo() { "https://shop.ua" } else { "shop.myshopify.com" } }
                    bind:value=address
                />
            </div>
            <div class="field">
                <label for=id("key")>{move || if woo() { t::backfill_key(lang) } else { t::backfill_token(lang) }}</label>
                <input type="password" id=id("key") required maxlength=KEY_CHARS_MAX.to_string() autocomplete="off" bind:value=key/>
            </div>
            <Show when=woo>
                <div class="field">
                    <label for=id("secret")>{t::backfill_secret(lang)}</label>
                    <input type="password" id=id("secret") required maxlength=KEY_CHARS_MAX.to_string() autocomplete="off" bind:value=secret/>
                </div>
            </Show>
            <p class="settings-hint">
                {move || if woo() { t::backfill_woo_hint(lang) } else { t::backfill_shopify_hint(lang) }} " " {t::backfill_forgets(lang)}
            </p>
            <Fault words=fault_of(start)/>
            <div class="settings-buttons">
                <Submit label pending=start.pending()/>
            </div>
        </form>
    }
    .into_any()
}
