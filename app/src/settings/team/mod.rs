//! The team: who is in it, what they may, which storefronts they see.

mod belongs;
mod invite;
mod link;
mod member;
mod member_form;
mod remove;
mod roles;

use domain::auth::User;
use domain::i18n::t;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::api;
use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use invite::InviteForm;
use member::Member;

#[component]
pub fn TeamPage() -> impl IntoView {
    let team = Resource::new(|| (), |()| api::team());
    view! {
        <SettingsFrame here=Page::Team>
            {load(team, |(users, shops)| view! { <Team users shops/> }.into_any())}
        </SettingsFrame>
    }
}

#[component]
fn Team(users: Vec<User>, shops: Vec<Storefront>) -> impl IntoView {
    let lang = use_lang();
    let list = RwSignal::new(users);
    let shops = StoredValue::new(shops);
    view! {
        <section class="card settings-card" aria-labelledby="people">
            <h2 id="people">{t::team_people(lang)}</h2>
            <Show
                when=move || list.with(|list| !list.is_empty())
                fallback=move || view! { <p class="empty">{t::team_none(lang)}</p> }
            >
                <ul class="settings-list">
                    <For each=move || list.get() key=|user| user.id let(user)>
                        <Member first=user list shops/>
                    </For>
                </ul>
            </Show>
        </section>
        <InviteForm list shops/>
    }
}
