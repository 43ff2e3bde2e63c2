//! A scenario of the team's own.

use domain::i18n::t;
use domain::orders::{ScenarioChange, ScenarioForm};
use leptos::prelude::*;

use super::fields::{Draft, ScenarioFields};
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault, Toast, use_toasts};
use crate::settings::outcome::fault_of;
use crate::settings::statuses::api;
use crate::settings::statuses::desk::Desk;

#[component]
pub fn CreateScenario(desk: Desk) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let draft = Draft::new();
    let attempt = Attempt::new();
    let create = Action::new(move |form: &ScenarioForm| {
        let (command, form, storefront) = (attempt.id(form), form.clone(), desk.storefront);
        async move {
            let name = form.name.trim().to_owned();
            let now = api::change_scenarios(command, storefront, ScenarioChange::Add { storefront, form }).await?;
            attempt.done();
            toasts.show(Toast::done(t::scenario_added(lang, &name)));
            draft.name.set(String::new());
            draft.steps.set(Vec::new());
            desk.set(now);
            Ok(())
        }
    });
    view! {
        <details class="door">
            <summary>{t::scenario_add(lang)}</summary>
            <form on:submit=move |event| { event.prevent_default(); create.dispatch(draft.read()); }>
                <ScenarioFields id="scenario-new".to_owned() desk draft/>
                <Fault words=fault_of(create)/>
                <div class="settings-buttons"><Submit label=t::scenario_add(lang) pending=create.pending()/></div>
            </form>
        </details>
    }
}
