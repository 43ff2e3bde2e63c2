//! Inviting somebody.

use domain::auth::{Invite, Role, User};
use domain::i18n::t;
use domain::ids::StorefrontId;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::belongs::Belongs;
use super::link::InviteLink;
use super::roles::Roles;
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault};
use crate::settings::api;
use crate::settings::outcome::{fault_of, focus};

#[component]
pub fn InviteForm(list: RwSignal<Vec<User>>, shops: StoredValue<Vec<Storefront>>) -> impl IntoView {
    let lang = use_lang();
    let (name, email) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let role = RwSignal::new(Role::Manager);
    let chosen =
        RwSignal::new(shops.with_value(|shops| shops.iter().map(|shop| shop.id).collect::<Vec<StorefrontId>>()));
    let link = RwSignal::new(None::<String>);
    let attempt = Attempt::new();
    let invite = Action::new(move |invite: &Invite| {
        let invite = invite.clone();
        async move {
            let (user, address) = api::invite_user(attempt.id(&invite), invite).await?;
            attempt.done();
            link.set(Some(address));
            name.set(String::new());
            email.set(String::new());
            focus("invite-link".to_owned());
            list.update(|list| list.push(user));
            Ok(())
        }
    });
    let submit = move || {
        link.set(None);
        let every = role.get().sees_every_storefront();
        let storefronts = if every { Vec::new() } else { chosen.get() };
        invite.dispatch(Invite { name: name.get(), email: email.get(), role: role.get(), storefronts });
    };
    view! {
        <section class="card settings-card" aria-labelledby="invite">
            <h2 id="invite">{t::team_invite_title(lang)}</h2>
            <InviteLink id="invite-link".to_owned() link/>
            <form on:submit=move |event| { event.prevent_default(); submit(); }>
                <div class="field">
                    <label for="invite-name">{t::person_name(lang)}</label>
                    <input type="text" id="invite-name" required maxlength="80" autocomplete="off" bind:value=name/>
                </div>
                <div class="field">
                    <label for="invite-email">{t::email(lang)}</label>
                    <input id="invite-email" type="email" required maxlength="200" autocomplete="off" inputmode="email" bind:value=email/>
                </div>
                <Roles id="invite-role".to_owned() from=None role/>
                <Belongs id="invite-storefronts".to_owned() shops role chosen/>
                <Fault words=fault_of(invite)/>
                <div class="settings-buttons"><Submit label=t::team_invite(lang) pending=invite.pending()/></div>
            </form>
        </section>
    }
}
