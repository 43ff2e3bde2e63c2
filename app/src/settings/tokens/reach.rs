//! Which storefronts a token sees: some, or, for a role that sees them all, every one.

use domain::auth::Role;
use domain::i18n::t;
use domain::ids::StorefrontId;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use crate::boot::use_lang;

/// What is ticked.
#[derive(Clone, Copy)]
pub struct Ticked {
    pub every: RwSignal<bool>,
    pub some: RwSignal<Vec<StorefrontId>>,
}

impl Ticked {
    /// As the store has it: empty for every storefront. None: nothing is ticked.
    pub fn of(&self, role: Role) -> Option<Vec<StorefrontId>> {
        if role.sees_every_storefront() && self.every.get_untracked() {
            return Some(Vec::new());
        }
        Some(self.some.get_untracked()).filter(|some| !some.is_empty())
    }

    fn switch(&self, shop: StorefrontId, on: bool) {
        self.some.update(|some| {
            some.retain(|other| *other != shop);
            if on {
                some.push(shop);
            }
            some.sort();
        });
    }
}

#[component]
pub fn Reach(role: RwSignal<Role>, ticked: Ticked, shops: StoredValue<Vec<Storefront>>) -> impl IntoView {
    let lang = use_lang();
    let Ticked { every, some } = ticked;
    let one = move |shop: Storefront| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    checked=some.with_untracked(|some| some.contains(&shop.id))
                    prop:checked=move || some.with(|some| some.contains(&shop.id))
                    on:change=move |event| ticked.switch(shop.id, event_target_checked(&event))
                />
                <span>{shop.name}</span>
            </label>
        }
    };
    view! {
        <fieldset class="checks" aria-describedby="token-storefronts-hint">
            <legend>{t::team_storefronts(lang)}</legend>
            <Show when=move || role.get().sees_every_storefront()>
                <label class="check">
                    <input
                        type="checkbox"
                        id="token-every"
                        checked=every.get_untracked()
                        prop:checked=move || every.get()
                        on:change=move |event| every.set(event_target_checked(&event))
                    />
                    <span>{t::token_every_storefront(lang)}</span>
                </label>
            </Show>
            <p class="settings-hint" id="token-storefronts-hint">{t::token_storefronts_hint(lang)}</p>
            <Show when=move || !(role.get().sees_every_storefront() && every.get())>
                {shops.get_value().into_iter().map(one).collect_view()}
            </Show>
        </fieldset>
    }
}
