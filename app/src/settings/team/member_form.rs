//! What can be changed about one of the team.

use domain::auth::{User, UserChange};
use domain::i18n::t;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::belongs::Belongs;
use super::link::InviteLink;
use super::remove::RemoveMember;
use super::roles::Roles;
use crate::auth::{Submit, leave};
use crate::boot::use_lang;
use crate::kit::{Fault, Toast, new_command, use_toasts};
use crate::settings::api;
use crate::settings::outcome::{fault_of, focus};

#[component]
pub fn MemberForm(
    user: User,
    /// The reader themselves.
    me: bool,
    list: RwSignal<Vec<User>>,
    shops: StoredValue<Vec<Storefront>>,
    on_close: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (id, from) = (user.id, user.role);
    let role = RwSignal::new(from);
    let chosen = RwSignal::new(user.storefronts.clone());
    let before = StoredValue::new(user.storefronts.clone());
    let link = RwSignal::new(None::<String>);
    let save = Action::new(move |changes: &Vec<UserChange>| {
        let changes = changes.clone();
        async move {
            let mut now = None;
            for change in changes {
                now = Some(api::change_user(new_command(), id, change).await?);
            }
            toasts.show(Toast::done(t::saved(lang)));
            on_close.run(());
            match now {
                // What one may oneself is written into the document.
                Some(_) if me => leave("/settings/team"),
                Some(now) => list.set(now),
                None => {}
            }
            Ok(())
        }
    });
    let again = Action::new(move |(): &()| async move {
        link.set(Some(api::invite_again(new_command(), id).await?));
        focus(format!("member-{id}-link"));
        Ok(())
    });
    let submit = move || {
        let mut changes = Vec::new();
        if role.get() != from {
            changes.push(UserChange::Role(role.get()));
        }
        if !role.get().sees_every_storefront() && before.with_value(|before| *before != chosen.get()) {
            changes.push(UserChange::Storefronts(chosen.get()));
        }
        save.dispatch(changes);
    };
    let name = user.name.clone();
    view! {
        <div class="member-form">
            <form on:submit=move |event| { event.prevent_default(); submit(); }>
                <Roles id=format!("member-{id}-role") from=Some(from) role/>
                <Belongs id=format!("member-{id}-storefronts") shops role chosen/>
                <Fault words=fault_of(save)/>
                <div class="settings-buttons">
                    <Submit label=t::save(lang) pending=save.pending()/>
                    <button type="button" class="button quiet" on:click=move |_| on_close.run(())>{t::cancel(lang)}</button>
                </div>
            </form>
            <p class="settings-hint">{t::team_link_new_hint(lang)}</p>
            <InviteLink id=format!("member-{id}-link") link/>
            <Fault words=fault_of(again)/>
            <div class="settings-buttons">
                <button
                    type="button"
                    class="button"
                    aria-label=t::team_link_new_of(lang, &name)
                    disabled=move || again.pending().get()
                    on:click=move |_| { again.dispatch(()); }
                >
                    {move || if again.pending().get() { t::one_moment(lang) } else { t::team_link_new(lang) }}
                </button>
                {(!me).then(|| view! { <RemoveMember user list/> })}
            </div>
        </div>
    }
}
