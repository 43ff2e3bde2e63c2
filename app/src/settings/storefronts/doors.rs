//! The other doors of a storefront: Shopify's hooks, and the form of landing pages.

use domain::i18n::t;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{CopyField, Fault, Toast, new_command, use_toasts};
use crate::settings::api;
use crate::settings::outcome::fault_of;

#[component]
pub fn Shopify(
    shop: Memo<Storefront>,
    list: RwSignal<Vec<Storefront>>,
    public_url: StoredValue<String>,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = shop.with_untracked(|shop| shop.id);
    let typed = RwSignal::new(String::new());
    let save = Action::new(move |secret: &String| {
        let secret = secret.trim().to_owned();
        async move {
            api::set_shopify_secret(new_command(), id, secret.clone()).await?;
            toasts.show(Toast::done(t::saved(lang)));
            typed.set(String::new());
            let has = !secret.is_empty();
            list.update(|list| list.iter_mut().filter(|one| one.id == id).for_each(|one| one.has_shopify_secret = has));
            Ok(())
        }
    });
    let address = move |key: &String| public_url.with_value(|url| format!("{url}/hooks/shopify/{key}"));
    let has = move || shop.with(|shop| shop.has_shopify_secret);
    let field = format!("shopify-secret-{id}");
    shop.with_untracked(|shop| shop.hook_key.as_ref().map(address)).map(|address| view! {
        <details class="door">
            <summary>"Shopify"<span class="muted">{move || if has() { t::door_open(lang) } else { t::door_shut(lang) }}</span></summary>
            <CopyField id=format!("shopify-{id}") label=t::shopify_hook(lang) text=Signal::stored(address)/>
            <p class="settings-hint">{t::shopify_hint(lang)}</p>
            <form class="settings-line" on:submit=move |event| { event.prevent_default(); save.dispatch(typed.get()); }>
                <div class="field">
                    <label for=field.clone()>{t::shopify_secret(lang)}</label>
                    <input type="password" id=field.clone() maxlength="200" autocomplete="off" bind:value=typed/>
                    <Fault words=fault_of(save)/>
                </div>
                <Submit label=t::save(lang) pending=save.pending()/>
            </form>
            <p class="settings-hint">{move || if has() { t::shopify_secret_set(lang) } else { t::storefront_secret_none(lang) }}</p>
        </details>
    })
}

#[component]
pub fn Landing(shop: Memo<Storefront>, public_url: StoredValue<String>) -> impl IntoView {
    let lang = use_lang();
    let id = shop.with_untracked(|shop| shop.id);
    let address = public_url.with_value(|url| format!("{url}/api/addNewOrder.html"));
    shop.with_untracked(|shop| shop.hook_key.clone()).map(|key| {
        view! {
            <details class="door">
                <summary>{t::landing_pages(lang)}<span class="muted">{t::door_open(lang)}</span></summary>
                <CopyField id=format!("landing-{id}") label=t::landing_address(lang) text=Signal::stored(address)/>
                <CopyField id=format!("landing-key-{id}") label=t::landing_key(lang) text=Signal::stored(key)/>
                <p class="settings-hint">{t::landing_hint(lang)}</p>
            </details>
        }
    })
}
