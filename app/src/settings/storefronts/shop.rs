//! One storefront.

use domain::backfill::Backfill;
use domain::funnels::Colour;
use domain::i18n::t;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::backfill::BackfillDoor;
use super::doors::{Landing, Shopify};
use super::hook::Hook;
use crate::boot::use_lang;
use crate::kit::{Fault, Toast, new_command, use_toasts};
use crate::settings::api;
use crate::settings::colours::Colours;
use crate::settings::outcome::{fault_of, follow};
use crate::settings::rename::Rename;

#[component]
pub fn Shop(
    first: Storefront,
    list: RwSignal<Vec<Storefront>>,
    public_url: StoredValue<String>,
    fills: RwSignal<Vec<Backfill>>,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (id, currency, colour) = (first.id, first.currency, first.colour);
    let heading = format!("shop-{id}");
    let manages = first.hook_key.is_some();
    let shop = follow(list, first, |one, other| one.id == other.id);
    let name = Signal::derive(move || shop.with(|shop| shop.name.clone()));
    let rename = Action::new(move |name: &String| {
        let name = name.trim().to_owned();
        async move {
            api::rename_storefront(new_command(), id, name.clone()).await?;
            toasts.show(Toast::done(t::storefront_renamed(lang)));
            list.update(|list| list.iter_mut().filter(|one| one.id == id).for_each(|one| one.name.clone_from(&name)));
            Ok(())
        }
    });
    let colour = RwSignal::new(colour);
    let paint = Action::new(move |colour: &Colour| {
        let colour = *colour;
        async move {
            api::colour_storefront(new_command(), id, colour).await?;
            toasts.show(Toast::done(t::saved(lang)));
            Ok(())
        }
    });
    view! {
        <li class="card settings-card" aria-labelledby=heading.clone()>
            <div class="settings-row">
                <h2 id=heading.clone() class="settings-name">{move || name.get()}</h2>
                <span class="chip">{currency.code().to_owned()}</span>
                <Rename
                    id=heading.clone()
                    name
                    label=t::name(lang)
                    button=Signal::derive(move || t::storefront_rename_of(lang, &name.get()))
                    rename
                    hide_name=true
                />
            </div>
            <Colours group=format!("colour-{id}") label=t::storefront_colour(lang) chosen=colour on_choose=move |()| { paint.dispatch(colour.get_untracked()); }/>
            <Fault words=fault_of(paint)/>
            <Hook shop list public_url/>
            <Shopify shop list public_url/>
            <Landing shop public_url/>
            {manages.then(|| view! { <BackfillDoor storefront=id name fills/> })}
        </li>
    }
}
