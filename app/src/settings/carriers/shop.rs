//! A storefront's carriers, and the form that connects another one.

use domain::carriers::CarrierAccount;
use domain::i18n::t;
use domain::ids::StorefrontId;
use domain::orders::Carrier;
use leptos::prelude::*;

use super::account::Account;
use super::fields::{Draft, KeyFields};
use super::{api, put};
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault, Toast, use_toasts};
use crate::settings::outcome::{fault_of, focus};

#[component]
pub fn ShopCarriers(id: StorefrontId, name: String, list: RwSignal<Vec<CarrierAccount>>) -> impl IntoView {
    let lang = use_lang();
    let heading = format!("carriers-{id}");
    let shop = StoredValue::new(name.clone());
    // In the order of the menu, whatever comes and goes.
    let own = Memo::new(move |_| {
        let of = |carrier: Carrier| {
            let same = |one: &&CarrierAccount| one.storefront == id && one.carrier == carrier;
            list.with(|list| list.iter().find(same).cloned())
        };
        Carrier::ALL.into_iter().filter_map(of).collect::<Vec<_>>()
    });
    view! {
        <li class="card settings-card" aria-labelledby=heading.clone()>
            <h2 id=heading.clone() tabindex="-1">{name}</h2>
            <Show
                when=move || own.with(|own| !own.is_empty())
                fallback=move || view! { <p class="settings-hint">{t::carriers_none(lang)}</p> }
            >
                <ul class="settings-list">
                    <For each=move || own.get() key=|one| one.carrier let(one)>
                        <Account first=one shop list/>
                    </For>
                </ul>
            </Show>
            <Connect id own list/>
        </li>
    }
    .into_any()
}

#[component]
fn Connect(id: StorefrontId, own: Memo<Vec<CarrierAccount>>, list: RwSignal<Vec<CarrierAccount>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let free = Memo::new(move |_| {
        let is_free = |carrier: &Carrier| {
            t::carrier_key_where(lang, *carrier).is_some()
                && own.with(|own| own.iter().all(|one| one.carrier != *carrier))
        };
        Carrier::ALL.into_iter().filter(is_free).collect::<Vec<_>>()
    });
    // The one that was chosen, while it may be.
    let chosen = RwSignal::new(None::<Carrier>);
    let carrier = Memo::new(move |_| {
        let wish = chosen.get();
        free.with(|free| wish.filter(|wish| free.contains(wish)).or(free.first().copied()))
    });
    let draft = Draft::default();
    let attempt = Attempt::new();
    let connect = Action::new(move |carrier: &Carrier| {
        let set = draft.keys(id, *carrier);
        async move {
            let made = api::set_carrier(attempt.id(&set), set).await?;
            attempt.done();
            draft.clear();
            toasts.show(Toast::done(t::carrier_connected(lang, t::carrier_name(lang, made.carrier))));
            put(list, made);
            // The form is another one now, or gone.
            focus(format!("carriers-{id}"));
            Ok(())
        }
    });
    let select = format!("carrier-{id}");
    view! {
        <details class="door">
            <summary>{t::carrier_add(lang)}</summary>
            <Show
                when=move || carrier.get().is_some()
                fallback=move || view! { <p class="settings-hint">{t::carriers_all(lang)}</p> }
            >
                <form on:submit=move |event| {
                    event.prevent_default();
                    if let Some(carrier) = carrier.get_untracked() {
                        connect.dispatch(carrier);
                    }
                }>
                    <div class="field">
                        <label for=select.clone()>{t::ask_carrier(lang)}</label>
                        <select
                            id=select.clone()
                            on:change=move |event| chosen.set(Carrier::parse(&event_target_value(&event)))
                        >
                            {move || free.get().into_iter().map(|one| view! {
                                <option value=one.key() selected=move || carrier.get() == Some(one)>{t::carrier_name(lang, one)}</option>
                            }).collect_view()}
                        </select>
                    </div>
                    <KeyFields id=format!("new-{id}") carrier draft/>
                    <Fault words=fault_of(connect)/>
                    <div class="settings-buttons"><Submit label=t::carrier_connect(lang) pending=connect.pending()/></div>
                </form>
            </Show>
        </details>
    }
    .into_any()
}
