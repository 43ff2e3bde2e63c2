//! One line of either map: where it leads, and what to know of that.

use domain::i18n::t;
use domain::ids::{StageId, StatusId};
use domain::orders::BondFault;
use leptos::prelude::*;

use super::draft::Draft;
use crate::boot::use_lang;

#[component]
pub fn ToStage(draft: Draft) -> impl IntoView {
    let lang = use_lang();
    let statuses = draft.statuses.get_value();
    let goals: Vec<(String, String)> = draft
        .funnel
        .with_value(|funnel| funnel.stages.iter().map(|stage| (stage.id.to_string(), stage.name.clone())).collect());
    let row = move |(id, name, colour): (StatusId, String, &'static str)| {
        let chosen = Signal::derive(move || draft.bond.with(|bond| bond.stage_of(id)).map(|stage| stage.to_string()));
        let about = move |fault: &BondFault| matches!(fault, BondFault::Gap { status } if *status == id);
        let notes = Signal::derive(move || notes(draft, about));
        let choose = move |goal: String| draft.lead_to_stage(id, goal.parse().ok());
        let label = t::bond_stage_for(lang, &name);
        view! { <Row draft id=format!("bond-status-{id}") name colour label goals=goals.clone() chosen notes on_choose=choose/> }
    };
    view! {
        <div class="bond-way" role="group" aria-labelledby="bond-to-stage">
            <h3 id="bond-to-stage">{t::bond_to_stage(lang)}</h3>
            <p class="settings-hint">{t::bond_to_stage_hint(lang)}</p>
            {statuses.into_iter().map(|status| row((status.id, status.name, status.colour.key()))).collect_view()}
        </div>
    }
    .into_any()
}

#[component]
pub fn ToStatus(draft: Draft) -> impl IntoView {
    let lang = use_lang();
    let stages = draft.funnel.with_value(|funnel| funnel.stages.clone());
    let goals: Vec<(String, String)> = draft
        .statuses
        .with_value(|statuses| statuses.iter().map(|status| (status.id.to_string(), status.name.clone())).collect());
    let row = move |(id, name, colour): (StageId, String, &'static str)| {
        let chosen =
            Signal::derive(move || draft.bond.with(|bond| bond.status_of(id)).map(|status| status.to_string()));
        let about = move |fault: &BondFault| match fault {
            BondFault::Loop { stage, .. } | BondFault::Unknown { stage, .. } | BondFault::Asks { stage, .. } => {
                *stage == id
            }
            BondFault::GapStage { stage } => *stage == id,
            BondFault::Gap { .. } => false,
        };
        let notes = Signal::derive(move || notes(draft, about));
        let choose = move |goal: String| draft.lead_to_status(id, goal.parse().ok());
        let label = t::bond_status_for(lang, &name);
        view! { <Row draft id=format!("bond-stage-{id}") name colour label goals=goals.clone() chosen notes on_choose=choose/> }
    };
    view! {
        <div class="bond-way" role="group" aria-labelledby="bond-to-status">
            <h3 id="bond-to-status">{t::bond_to_status(lang)}</h3>
            <p class="settings-hint">{t::bond_to_status_hint(lang)}</p>
            {stages.into_iter().map(|stage| row((stage.id, stage.name, stage.colour.key()))).collect_view()}
        </div>
    }
    .into_any()
}

/// What is wrong, else what is good to know.
#[derive(Clone, Default, PartialEq)]
struct Notes {
    faults: Vec<BondFault>,
    hints: Vec<BondFault>,
}

fn notes(draft: Draft, about: impl Fn(&BondFault) -> bool) -> Notes {
    let found = draft.faults.with(|faults| faults.iter().copied().filter(about).collect::<Vec<_>>());
    let (faults, hints) = found.into_iter().partition(BondFault::is_error);
    Notes { faults, hints }
}

#[component]
fn Row(
    draft: Draft,
    id: String,
    name: String,
    colour: &'static str,
    label: String,
    goals: Vec<(String, String)>,
    chosen: Signal<Option<String>>,
    notes: Signal<Notes>,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let lang = use_lang();
    let hint = format!("{id}-hint");
    let words =
        move |faults: Vec<BondFault>| faults.iter().map(|fault| draft.words(fault, lang)).collect::<Vec<_>>().join(" ");
    let wrong = Memo::new(move |_| words(notes.get().faults));
    let known = Memo::new(move |_| words(notes.get().hints));
    let options = goals.into_iter().map(|(goal, goal_name)| {
        let (value, first) = (goal.clone(), chosen.get_untracked().as_ref() == Some(&goal));
        let is_chosen = move || chosen.with(|chosen| chosen.as_ref() == Some(&goal));
        view! { <option value=value selected=first prop:selected=is_chosen>{goal_name}</option> }
    });
    view! {
        <div class="bond-row">
            <label for=id.clone()>
                <span class=format!("swatch c-{colour}") aria-hidden="true"></span>
                <span>{name}</span>
            </label>
            <select
                id=id.clone()
                aria-label=label
                aria-describedby=hint.clone()
                aria-invalid=move || (!wrong.with(String::is_empty)).then_some("true")
                on:change=move |event| on_choose.run(event_target_value(&event))
            >
                <option value="" prop:selected=move || chosen.with(Option::is_none)>{t::bond_stays(lang)}</option>
                {options.collect_view()}
            </select>
            <div class="bond-notes" id=hint.clone()>
                <p class="fault" hidden=move || wrong.with(String::is_empty)>{move || wrong.get()}</p>
                <p class="settings-hint" hidden=move || known.with(String::is_empty)>{move || known.get()}</p>
            </div>
        </div>
    }
    .into_any()
}
