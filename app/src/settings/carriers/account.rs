//! One carrier of a storefront: how it goes, other keys, its end.

use domain::carriers::CarrierAccount;
use domain::i18n::t;
use domain::orders::Carrier;
use leptos::prelude::*;

use super::fields::{Draft, KeyFields};
use super::state::{HealthChip, HealthWords};
use super::{api, put};
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault, Toast, new_command, use_toasts};
use crate::settings::confirm::Confirm;
use crate::settings::outcome::{fault_of, focus, follow};

#[component]
pub fn Account(first: CarrierAccount, shop: StoredValue<String>, list: RwSignal<Vec<CarrierAccount>>) -> impl IntoView {
    let lang = use_lang();
    let (storefront, carrier) = (first.storefront, first.carrier);
    let name = t::carrier_name(lang, carrier);
    let account = follow(list, first, |one, other| (one.storefront, one.carrier) == (other.storefront, other.carrier));
    let ends = move || account.with(|one| (!one.hint.is_empty()).then(|| t::carrier_key_ends(lang, &one.hint)));
    let replacing = RwSignal::new(false);
    let button = format!("carrier-replace-{storefront}-{}", carrier.key());
    let back = button.clone();
    let close = Callback::new(move |()| {
        replacing.set(false);
        focus(back.clone());
    });
    view! {
        <li class="carrier-account">
            <div class="settings-row">
                <h3 class="settings-name">{name}</h3>
                <span class="settings-hint">{ends}</span>
                <HealthChip account/>
            </div>
            <HealthWords account/>
            <div class="settings-buttons">
                <button
                    type="button"
                    class="button"
                    id=button.clone()
                    aria-label=t::carrier_replace_of(lang, name, &shop.get_value())
                    aria-expanded=move || replacing.get().to_string()
                    on:click=move |_| replacing.update(|on| *on = !*on)
                >
                    {t::carrier_replace(lang)}
                </button>
                <Disconnect account shop list/>
            </div>
            <Show when=move || replacing.get()>
                <Replace account carrier list close/>
            </Show>
        </li>
    }
    .into_any()
}

#[component]
fn Replace(
    account: Memo<CarrierAccount>,
    carrier: Carrier,
    list: RwSignal<Vec<CarrierAccount>>,
    close: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let storefront = account.with_untracked(|one| one.storefront);
    let draft = Draft::default();
    let attempt = Attempt::new();
    let replace = Action::new(move |(): &()| {
        let set = draft.keys(storefront, carrier);
        async move {
            let made = api::set_carrier(attempt.id(&set), set).await?;
            attempt.done();
            toasts.show(Toast::done(t::carrier_replaced(lang, t::carrier_name(lang, carrier))));
            put(list, made);
            close.run(());
            Ok(())
        }
    });
    view! {
        <form on:submit=move |event| { event.prevent_default(); replace.dispatch(()); }>
            <KeyFields id=format!("{storefront}-{}", carrier.key()) carrier=Signal::stored(Some(carrier)) draft/>
            <Fault words=fault_of(replace)/>
            <div class="settings-buttons">
                <Submit label=t::save(lang) pending=replace.pending()/>
                <button type="button" class="button quiet" on:click=move |_| close.run(())>{t::cancel(lang)}</button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Disconnect(
    account: Memo<CarrierAccount>,
    shop: StoredValue<String>,
    list: RwSignal<Vec<CarrierAccount>>,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (storefront, carrier) = account.with_untracked(|one| (one.storefront, one.carrier));
    let name = t::carrier_name(lang, carrier);
    let asking = RwSignal::new(false);
    let remove = Action::new(move |(): &()| async move {
        api::remove_carrier(new_command(), storefront, carrier).await?;
        asking.set(false);
        toasts.show(Toast::done(t::carrier_removed(lang, name)));
        list.update(|list| list.retain(|one| (one.storefront, one.carrier) != (storefront, carrier)));
        focus(format!("carriers-{storefront}"));
        Ok(())
    });
    view! {
        <button
            type="button"
            class="button danger"
            aria-label=t::carrier_remove_of(lang, name, &shop.get_value())
            on:click=move |_| { remove.clear(); asking.set(true); }
        >
            {t::carrier_remove(lang)}
        </button>
        <Confirm
            open=asking
            title=t::carrier_remove_title(lang, name, &shop.get_value())
            words=t::carrier_remove_ask(lang)
            label=t::carrier_remove(lang)
            pending=remove.pending()
            fault=fault_of(remove)
            on_confirm=move |()| { remove.dispatch(()); }
        />
    }
    .into_any()
}
