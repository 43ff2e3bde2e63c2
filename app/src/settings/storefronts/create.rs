//! Another storefront.

use domain::i18n::t;
use domain::storefronts::{NewStorefront, Storefront};
use leptos::prelude::*;

use crate::auth::{CurrencyField, Submit};
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault, Toast, use_toasts};
use crate::settings::api;
use crate::settings::outcome::{fault_of, focus};

#[component]
pub fn CreateStorefront(list: RwSignal<Vec<Storefront>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let name = RwSignal::new(String::new());
    let currency = RwSignal::new("UAH".to_owned());
    let attempt = Attempt::new();
    let create = Action::new(move |new: &NewStorefront| {
        let new = new.clone();
        async move {
            let made = api::create_storefront(attempt.id(&new), new).await?;
            attempt.done();
            toasts.show(Toast::done(t::storefront_created(lang, &made.name)));
            name.set(String::new());
            focus(format!("hook-{}", made.id));
            list.update(|list| list.push(made));
            Ok(())
        }
    });
    let submit = move || {
        let new = NewStorefront { name: name.get(), currency: currency.get(), woocommerce_secret: None };
        create.dispatch(new);
    };
    view! {
        <section class="card settings-card" aria-labelledby="storefront-new">
            <h2 id="storefront-new">{t::storefront_new(lang)}</h2>
            <form on:submit=move |event| { event.prevent_default(); submit(); }>
                <div class="field">
                    <label for="storefront-name">{t::name(lang)}</label>
                    <input type="text" id="storefront-name" required maxlength="80" autocomplete="off" bind:value=name/>
                </div>
                <CurrencyField code=currency/>
                <Fault words=fault_of(create)/>
                <div class="settings-buttons"><Submit label=t::storefront_create(lang) pending=create.pending()/></div>
            </form>
        </section>
    }
}
