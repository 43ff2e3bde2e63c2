//! What each column of a file means: guessed, shown with what is in it, corrected; then checked or imported.

use domain::i18n::{Lang, t};
use domain::import::{DateOrder, Decimal, Draft, Field, Import, Mapping, Preset, Purpose, StartImport};
use leptos::prelude::*;

use super::api::{self, ImportData};
use super::column::Column;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault};
use crate::settings::outcome::{Loading, fault_of};

#[component]
pub fn MappingForm(one: RwSignal<ImportData>, #[prop(into)] changed: Callback<Import>) -> impl IntoView {
    let emptied = one.with_untracked(|one| one.import.emptied);
    match one.with_untracked(|one| one.draft.clone()) {
        Some(draft) => view! { <Columns draft changed/> }.into_any(),
        None if emptied => view! { <p class="empty">{t::import_emptied(use_lang())}</p> }.into_any(),
        None => view! { <Loading/> }.into_any(),
    }
}

#[component]
fn Columns(draft: Draft, changed: Callback<Import>) -> impl IntoView {
    let lang = use_lang();
    let Draft { import, values, mapping, remembered, ask_decimal, ask_dates } = draft;
    let (id, kind, width, total) = (import.id, import.kind, import.headings.len(), import.counts.total);
    let preset = mapping.preset;
    let fields = RwSignal::new(mapping.columns);
    let (decimal, dates) = (RwSignal::new(mapping.decimal), RwSignal::new(mapping.dates));
    let chosen = Signal::derive(move || Mapping {
        kind,
        preset,
        columns: fields.get(),
        decimal: decimal.get(),
        dates: dates.get(),
    });
    let faults = Memo::new(move |_| chosen.with(|mapping| words(mapping, width, lang)));
    let attempt = Attempt::new();
    let start = Action::new(move |purpose: &Purpose| {
        let start = StartImport { import: id, mapping: chosen.get_untracked(), purpose: *purpose };
        async move {
            let started = api::run_import(attempt.id(&start), start).await?;
            attempt.done();
            changed.run(started);
            Ok(())
        }
    });
    let shut = move || start.pending().get() || faults.with(|faults| !faults.is_empty());
    let columns = import.headings.into_iter().zip(values).enumerate();
    view! {
        <section class="card settings-card" aria-labelledby="import-columns">
            <h2 id="import-columns">{t::import_columns(lang)}</h2>
            <Origin preset remembered/>
            <ul class="settings-list">
                {columns.map(|(at, (heading, values))| view! { <Column at heading values kind fields/> }).collect_view()}
            </ul>
            <div class="settings-pair">
                <DecimalChoice chosen=decimal asked=ask_decimal/>
                <DatesChoice chosen=dates asked=ask_dates/>
            </div>
            <div role="status">
                <ul class="fault import-faults">
                    {move || faults.get().into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}
                </ul>
            </div>
            <Fault words=fault_of(start)/>
            <div class="settings-buttons">
                <button type="button" class="button primary" disabled=shut on:click=move |_| { start.dispatch(Purpose::Import); }>
                    {move || if start.pending().get() { t::one_moment(lang).to_owned() } else { t::import_start(lang, total) }}
                </button>
                <button type="button" class="button" disabled=shut on:click=move |_| { start.dispatch(Purpose::Check); }>
                    {t::import_check(lang)}
                </button>
            </div>
        </section>
    }
}

fn words(mapping: &Mapping, width: usize, lang: Lang) -> Vec<String> {
    mapping.faults(width).iter().map(|fault| fault.words(lang)).collect()
}

/// Where the choice comes from.
#[component]
fn Origin(preset: Preset, remembered: bool) -> impl IntoView {
    let lang = use_lang();
    let how = if remembered { t::import_remembered(lang) } else { t::import_columns_hint(lang) };
    let words = match preset.name() {
        Some(system) => format!("{} {how}", t::import_preset(lang, system)),
        None => how.to_owned(),
    };
    view! { <p class="settings-hint">{words}</p> }
}

#[component]
fn DecimalChoice(chosen: RwSignal<Option<Decimal>>, asked: bool) -> impl IntoView {
    let lang = use_lang();
    let name = move |one: Decimal| match one {
        Decimal::Dot => t::import_decimal_dot(lang),
        Decimal::Comma => t::import_decimal_comma(lang),
    };
    let choose = move |event| chosen.set(nth(&Decimal::ALL, &event_target_value(&event)));
    let is = move |one: Option<Decimal>| chosen.get_untracked() == one;
    view! {
        <div class="field">
            <label for="import-decimal">{t::import_decimal(lang)}</label>
            <select id="import-decimal" aria-describedby=asked.then_some("import-decimal-ask") on:change=choose>
                <option value="" selected=is(None)>{t::import_automatic(lang)}</option>
                {(0..).zip(Decimal::ALL).map(|(at, one)| option(at, name(one), is(Some(one)))).collect_view()}
            </select>
            {asked.then(|| view! { <p class="settings-hint" id="import-decimal-ask">{t::import_ask(lang)}</p> })}
        </div>
    }
}

#[component]
fn DatesChoice(chosen: RwSignal<Option<DateOrder>>, asked: bool) -> impl IntoView {
    let lang = use_lang();
    let name = move |one: DateOrder| match one {
        DateOrder::DayFirst => t::import_dates_day(lang),
        DateOrder::MonthFirst => t::import_dates_month(lang),
        DateOrder::YearFirst => t::import_dates_year(lang),
    };
    let choose = move |event| chosen.set(nth(&DateOrder::ALL, &event_target_value(&event)));
    let is = move |one: Option<DateOrder>| chosen.get_untracked() == one;
    view! {
        <div class="field">
            <label for="import-dates">{t::import_dates(lang)}</label>
            <select id="import-dates" aria-describedby=asked.then_some("import-dates-ask") on:change=choose>
                <option value="" selected=is(None)>{t::import_automatic(lang)}</option>
                {(0..).zip(DateOrder::ALL).map(|(at, one)| option(at, name(one), is(Some(one)))).collect_view()}
            </select>
            {asked.then(|| view! { <p class="settings-hint" id="import-dates-ask">{t::import_ask(lang)}</p> })}
        </div>
    }
}

fn option(at: usize, name: &'static str, selected: bool) -> impl IntoView {
    view! { <option value=at.to_string() selected=selected>{name}</option> }
}

fn nth<T: Copy>(all: &[T], place: &str) -> Option<T> {
    all.get(place.parse::<usize>().ok()?).copied()
}

/// Whether a field that needs a column of its own has got two.
pub fn is_twice(fields: &[Option<Field>], at: usize) -> bool {
    let Some(Some(field)) = fields.get(at) else { return false };
    !field.repeats() && fields.iter().filter(|other| **other == Some(*field)).count() > 1
}
