//! One storefront.

use domain::i18n::t;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::hook::Hook;
use crate::boot::use_lang;
use crate::kit::{Toast, new_command, use_toasts};
use crate::settings::api;
use crate::settings::outcome::follow;
use crate::settings::rename::Rename;

#[component]
pub fn Shop(first: Storefront, list: RwSignal<Vec<Storefront>>, public_url: StoredValue<String>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (id, currency) = (first.id, first.currency);
    let heading = format!("shop-{id}");
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
            <Hook shop list public_url/>
        </li>
    }
}
