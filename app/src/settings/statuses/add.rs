//! Another status, after the others.

use domain::i18n::t;
use domain::orders::{StatusChange, StatusForm};
use leptos::prelude::*;

use super::api;
use super::desk::Desk;
use super::draft::Draft;
use super::fields::StatusFields;
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault, Toast, use_toasts};
use crate::settings::outcome::fault_of;

#[component]
pub fn AddStatus(desk: Desk) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let draft = Draft::new(&desk.statuses.get_untracked(), lang);
    let attempt = Attempt::new();
    let add = Action::new(move |form: &StatusForm| {
        let (command, form, storefront) = (attempt.id(form), form.clone(), desk.storefront);
        async move {
            let name = form.name.trim().to_owned();
            let now = api::change_statuses(command, storefront, StatusChange::Add { storefront, form }).await?;
            attempt.done();
            toasts.show(Toast::done(t::status_added(lang, &name)));
            draft.begin_again(&now.statuses, lang);
            desk.set(now);
            Ok(())
        }
    });
    view! {
        <section class="card settings-card" aria-labelledby="status-new">
            <h2 id="status-new">{t::status_add(lang)}</h2>
            <form on:submit=move |event| { event.prevent_default(); add.dispatch(draft.read()); }>
                <StatusFields id="status-new".to_owned() desk draft own=None/>
                <Fault words=fault_of(add)/>
                <div class="settings-buttons"><Submit label=t::status_add(lang) pending=add.pending()/></div>
            </form>
        </section>
    }
}
