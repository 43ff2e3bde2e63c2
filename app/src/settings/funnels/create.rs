//! A new funnel: from a preset or empty, of one storefront or of all.

use domain::auth::Storefronts;
use domain::funnels::NewFunnel;
use domain::funnels::presets::Preset;
use domain::i18n::t;
use domain::ids::StorefrontId;
use domain::storefronts::Storefront;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::preview::Preview;
use crate::auth::Submit;
use crate::boot::{use_boot, use_lang};
use crate::kit::{Attempt, Fault, Toast, use_toasts};
use crate::settings::api;
use crate::settings::outcome::fault_of;

#[component]
pub fn CreateFunnel(storefronts: Vec<Storefront>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let preset = RwSignal::new(Some(Preset::Orders));
    let name = RwSignal::new(Preset::Orders.name(lang).to_owned());
    let storefront = RwSignal::new(storefronts.first().map(|shop| shop.id));
    // A name that nobody typed follows the preset.
    let typed = RwSignal::new(false);
    let attempt = Attempt::new();
    let create = Action::new(move |new: &NewFunnel| {
        let (new, navigate) = (new.clone(), navigate.clone());
        async move {
            let funnel = api::create_funnel(attempt.id(&new), new).await?;
            attempt.done();
            toasts.show(Toast::done(t::funnel_created(lang)));
            navigate(&format!("/settings/funnels/{}", funnel.id), Default::default());
            Ok(())
        }
    });
    let choose = move |key: String| {
        let chosen = Preset::parse(&key);
        preset.set(chosen);
        if !typed.get_untracked() {
            name.set(chosen.map(|preset| preset.name(lang).to_owned()).unwrap_or_default());
        }
    };
    let submit = move || {
        let new = NewFunnel { name: name.get(), storefront: storefront.get(), preset: preset.get(), lang };
        create.dispatch(new);
    };
    view! {
        <section class="card settings-card" aria-labelledby="funnel-new">
            <h2 id="funnel-new">{t::funnel_new(lang)}</h2>
            <form on:submit=move |event| { event.prevent_default(); submit(); }>
                <div class="field">
                    <label for="funnel-preset">{t::funnel_preset(lang)}</label>
                    <select id="funnel-preset" on:change=move |event| choose(event_target_value(&event))>
                        {Preset::ALL.map(|one| view! {
                            <option value=one.key() selected=one == Preset::Orders>{one.name(lang)}</option>
                        })}
                        <option value="">{t::funnel_empty(lang)}</option>
                    </select>
                </div>
                <Preview preset/>
                <div class="field">
                    <label for="funnel-name">{t::funnel_name(lang)}</label>
                    <input
                        type="text"
                        id="funnel-name"
                        required
                        maxlength="80"
                        autocomplete="off"
                        value=name.get_untracked()
                        prop:value=move || name.get()
                        on:input=move |event| { typed.set(true); name.set(event_target_value(&event)); }
                    />
                </div>
                <StorefrontChoice storefronts chosen=storefront/>
                <Fault words=fault_of(create)/>
                <div class="settings-buttons"><Submit label=t::funnel_create(lang) pending=create.pending()/></div>
            </form>
        </section>
    }
}

/// "Every storefront" is for those who belong to every one.
#[component]
fn StorefrontChoice(storefronts: Vec<Storefront>, chosen: RwSignal<Option<StorefrontId>>) -> impl IntoView {
    let lang = use_lang();
    let everywhere = use_boot().me.is_some_and(|me| me.storefronts == Storefronts::All);
    view! {
        <div class="field">
            <label for="funnel-storefront">{t::storefront(lang)}</label>
            <select id="funnel-storefront" on:change=move |event| chosen.set(event_target_value(&event).parse().ok())>
                {storefronts.into_iter().map(|shop| view! { <option value=shop.id.to_string()>{shop.name}</option> }).collect_view()}
                {everywhere.then(|| view! { <option value="">{t::funnel_shared(lang)}</option> })}
            </select>
        </div>
    }
}
