//! Removing somebody from the team.

use domain::auth::{User, UserChange};
use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Toast, new_command, use_toasts};
use crate::settings::api;
use crate::settings::confirm::Confirm;
use crate::settings::outcome::fault_of;

#[component]
pub fn RemoveMember(user: User, list: RwSignal<Vec<User>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = user.id;
    let name = StoredValue::new(user.name);
    let asking = RwSignal::new(false);
    let remove = Action::new(move |(): &()| async move {
        let now = api::change_user(new_command(), id, UserChange::Remove).await?;
        asking.set(false);
        toasts.show(Toast::done(name.with_value(|name| t::team_removed(lang, name))));
        list.set(now);
        Ok(())
    });
    view! {
        <button type="button" class="button danger" on:click=move |_| { remove.clear(); asking.set(true); }>{t::team_remove(lang)}</button>
        <Confirm
            open=asking
            title=name.with_value(|name| t::team_remove_title(lang, name))
            words=name.with_value(|name| t::team_remove_ask(lang, name))
            label=t::team_remove(lang)
            pending=remove.pending()
            fault=fault_of(remove)
            on_confirm=move |()| { remove.dispatch(()); }
        />
    }
}
