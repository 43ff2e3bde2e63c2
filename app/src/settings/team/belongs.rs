//! Which storefronts somebody belongs to.

use domain::auth::Role;
use domain::i18n::t;
use domain::ids::StorefrontId;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use crate::boot::use_lang;

/// Nothing to choose for a role that sees every storefront.
#[component]
pub fn Belongs(
    id: String,
    shops: StoredValue<Vec<Storefront>>,
    role: RwSignal<Role>,
    chosen: RwSignal<Vec<StorefrontId>>,
) -> impl IntoView {
    let lang = use_lang();
    let hint = format!("{id}-hint");
    let switch = move |shop: StorefrontId, on: bool| {
        chosen.update(|chosen| {
            chosen.retain(|other| *other != shop);
            if on {
                chosen.push(shop);
            }
            chosen.sort();
        });
    };
    let boxes = move || {
        let one = move |shop: Storefront| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        checked=chosen.with_untracked(|chosen| chosen.contains(&shop.id))
                        prop:checked=move || chosen.with(|chosen| chosen.contains(&shop.id))
                        on:change=move |event| switch(shop.id, event_target_checked(&event))
                    />
                    <span>{shop.name}</span>
                </label>
            }
        };
        shops.get_value().into_iter().map(one).collect_view()
    };
    view! {
        <Show
            when=move || !role.get().sees_every_storefront()
            fallback=move || view! { <p class="settings-hint">{t::team_storefronts(lang)} ": " {t::team_all_storefronts(lang)}</p> }
        >
            <fieldset class="checks" aria-describedby=hint.clone()>
                <legend>{t::team_storefronts(lang)}</legend>
                <p class="settings-hint" id=hint.clone()>{t::team_storefronts_hint(lang)}</p>
                {boxes()}
            </fieldset>
        </Show>
    }
}
