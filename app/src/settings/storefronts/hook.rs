//! Where the shop's site posts its orders, and the secret it signs them with.

use domain::i18n::t;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{CopyField, Fault, new_command};
use crate::settings::api;
use crate::settings::confirm::Confirm;
use crate::settings::outcome::fault_of;

#[component]
pub fn Hook(shop: Memo<Storefront>, list: RwSignal<Vec<Storefront>>, public_url: StoredValue<String>) -> impl IntoView {
    let lang = use_lang();
    let id = shop.with_untracked(|shop| shop.id);
    let asking = RwSignal::new(false);
    let secret = RwSignal::new(None::<String>);
    let renew = Action::new(move |(): &()| async move {
        let fresh = api::renew_secret(new_command(), id).await?;
        asking.set(false);
        secret.set(Some(fresh));
        list.update(|list| list.iter_mut().filter(|one| one.id == id).for_each(|one| one.has_secret = true));
        Ok(())
    });
    let has_secret = Memo::new(move |_| shop.with(|shop| shop.has_secret));
    let fault = fault_of(renew);
    // The first secret replaces nothing: there is nothing to ask.
    let want = move |_| {
        renew.clear();
        if has_secret.get_untracked() {
            asking.set(true);
        } else {
            renew.dispatch(());
        }
    };
    let address = move |key: &String| public_url.with_value(|url| format!("{url}/hooks/woocommerce/{key}"));
    let key = shop.with_untracked(|shop| shop.hook_key.as_ref().map(address));
    view! {
        {key.map(|address| view! {
            <CopyField id=format!("hook-{id}") label=t::storefront_hook(lang) text=Signal::stored(address)/>
            <p class="settings-hint">{t::storefront_hook_hint(lang)}</p>
        })}
        <p class="settings-hint">
            {move || if has_secret.get() { t::storefront_secret_set(lang) } else { t::storefront_secret_none(lang) }}
        </p>
        <Show when=move || secret.get().is_some()>
            <CopyField
                id=format!("secret-{id}")
                label=t::storefront_secret(lang)
                text=Signal::derive(move || secret.get().unwrap_or_default())
            />
            <p class="settings-hint" role="status">{t::storefront_secret_once(lang)}</p>
        </Show>
        <Fault words=Signal::derive(move || fault.get().filter(|_| !asking.get()))/>
        <div class="settings-buttons">
            <button type="button" class="button" disabled=move || renew.pending().get() on:click=want>
                {move || if renew.pending().get() { t::one_moment(lang) } else { t::storefront_secret_new(lang) }}
            </button>
        </div>
        <Confirm
            open=asking
            title=Signal::derive(move || shop.with(|shop| t::storefront_secret_title(lang, &shop.name)))
            words=t::storefront_secret_ask(lang)
            label=t::storefront_secret_new(lang)
            pending=renew.pending()
            fault
            on_confirm=move |()| { renew.dispatch(()); }
        />
    }
}
