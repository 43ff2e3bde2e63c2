//! Which storefronts' new orders make deals by themselves, and where.

use domain::i18n::t;
use domain::ids::FunnelId;
use domain::orders::DealMaker;
use leptos::prelude::*;

use super::tabs::Tab;
use crate::boot::use_lang;
use crate::kit::{Fault, Toast, new_command, use_toasts};
use crate::settings::outcome::fault_of;
use crate::settings::statuses::api;

#[component]
pub fn Makers(funnel: FunnelId, makers: Vec<DealMaker>) -> impl IntoView {
    let lang = use_lang();
    let none = makers.is_empty();
    view! {
        <section class="card settings-card" aria-labelledby="makers">
            <h2 id="makers">{t::makers_tab(lang)}</h2>
            <p class="settings-hint">{t::makers_hint(lang)}</p>
            {none.then(|| view! { <p class="empty">{t::makers_none(lang)}</p> })}
            <ul class="settings-list">
                {makers.into_iter().map(|maker| view! { <Maker here=funnel maker/> }).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn Maker(here: FunnelId, maker: DealMaker) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let DealMaker { storefront, name, makes_deals, funnel } = maker;
    let on = RwSignal::new(makes_deals);
    let hint = format!("maker-{storefront}-hint");
    let label = t::maker_of(lang, &name);
    let name = StoredValue::new(name);
    let switch = Action::new(move |wanted: &bool| {
        let wanted = *wanted;
        async move {
            match api::set_makes_deals(new_command(), storefront, wanted).await {
                Ok(now) => {
                    on.set(now.makes_deals);
                    let said = if now.makes_deals { t::maker_on_said } else { t::maker_off_said };
                    toasts.show(Toast::done(name.with_value(|name| said(lang, name))));
                    Ok(())
                }
                Err(error) => {
                    on.set(!wanted);
                    Err(error)
                }
            }
        }
    });
    let choose = move |wanted: bool| {
        on.set(wanted);
        switch.dispatch(wanted);
    };
    let elsewhere = funnel.clone().filter(|(id, _)| *id != here).map(|(id, _)| Tab::Deals.address(id));
    let words = move || match &funnel {
        _ if !on.get() => t::maker_off(lang).to_owned(),
        Some((id, other)) if *id != here => t::maker_elsewhere(lang, other),
        Some(_) | None => t::maker_here(lang).to_owned(),
    };
    view! {
        <li>
            <label class="check">
                <input
                    type="checkbox"
                    role="switch"
                    id=format!("maker-{storefront}")
                    aria-describedby=hint.clone()
                    checked=makes_deals
                    prop:checked=move || on.get()
                    disabled=move || switch.pending().get()
                    on:change=move |event| choose(event_target_checked(&event))
                />
                <span>{label}</span>
            </label>
            <p class="settings-hint" id=hint.clone()>{words}</p>
            {elsewhere.map(|address| view! { <a class="link" href=address>{t::makers_other(lang)}</a> })}
            <Fault words=fault_of(switch)/>
        </li>
    }
}
