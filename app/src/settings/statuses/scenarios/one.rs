//! One scenario: its path in one line, changed in its place, removed.

use domain::i18n::t;
use domain::orders::{Scenario, ScenarioChange, ScenarioForm};
use leptos::prelude::*;

use super::fields::{Draft, ScenarioFields};
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Fault, Glyph, Icon, Toast, use_toasts};
use crate::settings::confirm::Confirm;
use crate::settings::outcome::{fault_of, focus, follow};
use crate::settings::statuses::desk::Desk;

#[component]
pub fn ScenarioItem(desk: Desk, first: Scenario) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = first.id;
    let scenario = follow(desk.scenarios, first, |one, other| one.id == other.id);
    let name = Signal::derive(move || scenario.with(|scenario| scenario.name.clone()));
    let editing = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let remove = Action::new(move |name: &String| {
        let name = name.clone();
        async move {
            desk.change_scenarios(ScenarioChange::Remove { scenario: id }).await?;
            toasts.show(Toast::done(t::scenario_removed(lang, &name)));
            Ok(())
        }
    });
    let edit = move |_| {
        editing.update(|open| *open = !*open);
        focus(format!("scenario-{id}-name"));
    };
    let close = move |()| {
        editing.set(false);
        focus(format!("scenario-{id}-edit"));
    };
    view! {
        <li class="scenario">
            <div class="settings-row">
                <About desk scenario/>
                <button
                    id=format!("scenario-{id}-edit")
                    type="button"
                    class="button quiet"
                    aria-label=move || t::scenario_edit_of(lang, &name.get())
                    aria-expanded=move || editing.get().to_string()
                    on:click=edit
                >
                    {t::stage_edit(lang)}
                </button>
                <button
                    type="button"
                    class="icon-button"
                    title=t::remove(lang)
                    aria-label=move || t::scenario_remove_of(lang, &name.get())
                    on:click=move |_| { remove.clear(); asking.set(true); }
                >
                    <Icon glyph=Glyph::Trash/>
                </button>
            </div>
            <Show when=move || editing.get()>
                <EditScenario desk scenario=scenario.get_untracked() on_close=close/>
            </Show>
            <Confirm
                open=asking
                title=Signal::derive(move || t::scenario_remove_title(lang, &name.get()))
                words=t::scenario_remove_ask(lang)
                label=t::remove(lang)
                pending=remove.pending()
                fault=fault_of(remove)
                on_confirm=move |()| { remove.dispatch(name.get_untracked()); }
            />
        </li>
    }
}

#[component]
fn About(desk: Desk, scenario: Memo<Scenario>) -> impl IntoView {
    let lang = use_lang();
    let payment = move || match scenario.with(|scenario| scenario.payment) {
        Some(kind) => t::payment_kind_name(lang, kind),
        None => t::scenario_by_hand(lang),
    };
    let path = move || {
        let steps = scenario.with(|scenario| scenario.steps.clone());
        steps.into_iter().map(|step| desk.name_of(step)).collect::<Vec<_>>().join(" → ")
    };
    view! {
        <div class="scenario-what">
            <span class="settings-name">{move || scenario.with(|scenario| scenario.name.clone())}</span>
            <span class="chip">{payment}</span>
            <p class="settings-hint">{path}</p>
        </div>
    }
}

#[component]
fn EditScenario(desk: Desk, scenario: Scenario, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = scenario.id;
    let draft = Draft::of(&scenario);
    let save = Action::new(move |form: &ScenarioForm| {
        let change = ScenarioChange::Edit { scenario: id, form: form.clone() };
        async move {
            desk.change_scenarios(change).await?;
            toasts.show(Toast::done(t::saved(lang)));
            on_close.run(());
            Ok(())
        }
    });
    view! {
        <form
            class="stage-form"
            on:submit=move |event| { event.prevent_default(); save.dispatch(draft.read()); }
            on:keydown=move |event| { if event.key() == "Escape" { on_close.run(()) } }
        >
            <ScenarioFields id=format!("scenario-{id}") desk draft/>
            <Fault words=fault_of(save)/>
            <div class="settings-buttons">
                <Submit label=t::save(lang) pending=save.pending()/>
                <button type="button" class="button quiet" on:click=move |_| on_close.run(())>{t::cancel(lang)}</button>
            </div>
        </form>
    }
}
