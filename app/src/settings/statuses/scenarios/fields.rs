//! The fields of a scenario: its name, the way of payment that takes it, its steps in order.

use domain::i18n::t;
use domain::ids::StatusId;
use domain::orders::{PaymentKind, STATUS_NAME_CHARS_MAX, STEPS_MAX, Scenario, ScenarioForm};
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Glyph, Icon};
use crate::settings::outcome::focus;
use crate::settings::statuses::desk::Desk;

/// A scenario as it is being put together.
#[derive(Clone, Copy)]
pub struct Draft {
    pub name: RwSignal<String>,
    pub payment: RwSignal<Option<PaymentKind>>,
    pub steps: RwSignal<Vec<StatusId>>,
}

impl Draft {
    pub fn new() -> Self {
        Self { name: RwSignal::new(String::new()), payment: RwSignal::new(None), steps: RwSignal::new(Vec::new()) }
    }

    pub fn of(scenario: &Scenario) -> Self {
        Self {
            name: RwSignal::new(scenario.name.clone()),
            payment: RwSignal::new(scenario.payment),
            steps: RwSignal::new(scenario.steps.clone()),
        }
    }

    pub fn read(self) -> ScenarioForm {
        ScenarioForm {
            name: self.name.get_untracked(),
            payment: self.payment.get_untracked(),
            steps: self.steps.get_untracked(),
        }
    }
}

#[component]
pub fn ScenarioFields(id: String, desk: Desk, draft: Draft) -> impl IntoView {
    let lang = use_lang();
    let (name, payment) = (format!("{id}-name"), format!("{id}-payment"));
    view! {
        <div class="settings-pair">
            <div class="field">
                <label for=name.clone()>{t::scenario_name(lang)}</label>
                <input type="text" id=name.clone() required maxlength=STATUS_NAME_CHARS_MAX.to_string() autocomplete="off" bind:value=draft.name/>
            </div>
            <div class="field">
                <label for=payment.clone()>{t::scenario_payment(lang)}</label>
                <select id=payment.clone() on:change=move |event| draft.payment.set(PaymentKind::parse(&event_target_value(&event)))>
                    {PaymentKind::ALL.map(|kind| view! {
                        <option value=kind.key() selected=move || draft.payment.get() == Some(kind)>{t::payment_kind_name(lang, kind)}</option>
                    })}
                    <option value="" selected=move || draft.payment.get().is_none()>{t::scenario_by_hand(lang)}</option>
                </select>
            </div>
        </div>
        <Steps id desk steps=draft.steps/>
    }
    .into_any()
}

#[component]
fn Steps(id: String, desk: Desk, steps: RwSignal<Vec<StatusId>>) -> impl IntoView {
    let lang = use_lang();
    let picked = RwSignal::new(String::new());
    let field = StoredValue::new(format!("{id}-step"));
    // A status that has been retired since is no step.
    let shown = move || {
        let named = steps.get().into_iter().map(|step| (step, desk.name_of(step)));
        named.filter(|(_, name)| !name.is_empty()).collect::<Vec<_>>()
    };
    let rest = move || {
        let statuses = desk.statuses.get().into_iter().map(|status| (status.id, status.name));
        steps.with(|steps| statuses.filter(|(id, _)| !steps.contains(id)).collect::<Vec<_>>())
    };
    let full = move || steps.with(|steps| steps.len() >= STEPS_MAX);
    let add = move |_| {
        if let Ok(step) = picked.get_untracked().parse::<StatusId>() {
            picked.set(String::new());
            steps.update(|steps| steps.push(step));
            focus(field.get_value());
        }
    };
    view! {
        <fieldset class="scenario-steps">
            <legend>{t::scenario_steps(lang)}</legend>
            <Show
                when=move || steps.with(|steps| !steps.is_empty())
                fallback=move || view! { <p class="settings-hint">{t::scenario_steps_none(lang)}</p> }
            >
                <ol class="settings-list">
                    <For each=shown key=Clone::clone let((step, name))>
                        <Step id=format!("{}-{step}", field.get_value()) steps step name/>
                    </For>
                </ol>
            </Show>
            <div class="settings-line" hidden=full>
                <div class="field">
                    <label for=field.get_value()>{t::scenario_step_add(lang)}</label>
                    <select id=field.get_value() prop:value=move || picked.get() on:change=move |event| picked.set(event_target_value(&event))>
                        <option value="">{t::scenario_step_choose(lang)}</option>
                        <For each=rest key=Clone::clone let((id, name))>
                            <option value=id.to_string()>{name}</option>
                        </For>
                    </select>
                </div>
                <button type="button" class="button" disabled=move || picked.with(String::is_empty) on:click=add>{t::add(lang)}</button>
            </div>
        </fieldset>
    }
}

#[component]
fn Step(id: String, steps: RwSignal<Vec<StatusId>>, step: StatusId, name: String) -> impl IntoView {
    let lang = use_lang();
    let (up, down) = (format!("{id}-up"), format!("{id}-down"));
    let ids = StoredValue::new((up.clone(), down.clone()));
    let place = Memo::new(move |_| steps.with(|steps| steps.iter().position(|one| *one == step)).unwrap_or_default());
    let last = Memo::new(move |_| place.get() + 1 >= steps.with(Vec::len));
    let shift = move |by: isize| {
        let (from, count) = (place.get_untracked(), steps.with_untracked(Vec::len));
        if let Some(to) = from.checked_add_signed(by).filter(|to| *to < count) {
            steps.update(|steps| steps.swap(from, to));
            // To a button that can still be pressed.
            let goes_down = to == 0 || (by > 0 && to + 1 < count);
            focus(ids.with_value(|(up, down)| if goes_down { down.clone() } else { up.clone() }));
        }
    };
    view! {
        <li class="settings-row">
            <span class="settings-name">{name.clone()}</span>
            <button
                id=up
                type="button"
                class="icon-button"
                aria-label=t::scenario_step_up(lang, &name)
                disabled=move || place.get() == 0
                on:click=move |_| shift(-1)
            >
                <Icon glyph=Glyph::Up/>
            </button>
            <button
                id=down
                type="button"
                class="icon-button"
                aria-label=t::scenario_step_down(lang, &name)
                disabled=move || last.get()
                on:click=move |_| shift(1)
            >
                <Icon glyph=Glyph::Down/>
            </button>
            <button
                type="button"
                class="icon-button"
                aria-label=t::scenario_step_remove(lang, &name)
                on:click=move |_| steps.update(|steps| steps.retain(|one| *one != step))
            >
                <Icon glyph=Glyph::Cross/>
            </button>
        </li>
    }
}
