//! The fields that a status asks for: which parcel, why it waits, who called it off, why it came back. Faults stand
//! beside their fields.

use domain::i18n::t;
use domain::orders::{Asked, CancelledBy, Carrier, Condition, DetailFault, DetailField, REASON_CHARS_MAX};
use leptos::prelude::*;

use super::typed::Typed;
use crate::boot::use_lang;
use crate::kit::Fault;

/// `fault`: what is wrong, and in which field.
#[component]
pub fn AskFields(asked: Asked, typed: RwSignal<Typed>, fault: RwSignal<Option<DetailFault>>) -> impl IntoView {
    match asked {
        Asked::Shipment => view! { <Parcel typed fault/> }.into_any(),
        Asked::Delay => view! {
            <Until typed fault/>
            <Reason asked typed fault/>
        }
        .into_any(),
        Asked::Cancellation => view! {
            <CancelledByWhom typed/>
            <Reason asked typed fault/>
        }
        .into_any(),
        Asked::Return => view! {
            <InWhatCondition typed/>
            <Reason asked typed fault/>
        }
        .into_any(),
    }
}

/// The words beside a field, while they are about it.
fn beside(fault: RwSignal<Option<DetailFault>>, field: DetailField) -> Signal<Option<String>> {
    let lang = use_lang();
    Signal::derive(move || fault.get().filter(|fault| fault.field == field).map(|fault| fault.words(lang).to_owned()))
}

#[component]
fn Parcel(typed: RwSignal<Typed>, fault: RwSignal<Option<DetailFault>>) -> impl IntoView {
    let lang = use_lang();
    let words = beside(fault, DetailField::Number);
    let choose = move |event| {
        if let Some(carrier) = Carrier::parse(&event_target_value(&event)) {
            typed.update(|typed| typed.carrier = carrier);
        }
    };
    let doubt = move || {
        let carrier = typed.with(|typed| typed.looks_wrong().then_some(typed.carrier));
        carrier.map(|carrier| t::ask_number_hint(lang, t::carrier_name(lang, carrier)))
    };
    view! {
        <label class="field"><span>{t::ask_carrier(lang)}</span>
            <select id="ask-carrier" on:change=choose>
                {Carrier::ALL.into_iter().map(|carrier| view! {
                    <option value=carrier.key() selected=move || typed.with(|typed| typed.carrier == carrier)>{t::carrier_name(lang, carrier)}</option>
                }).collect_view()}
            </select>
        </label>
        <label class="field"><span>{t::ask_number(lang)}</span>
            <input id="ask-number" type="text" autocomplete="off" maxlength="60" aria-describedby="ask-number-doubt"
                aria-invalid=move || words.with(Option::is_some).to_string()
                prop:value=move || typed.with(|typed| typed.number.clone())
                on:input=move |event| { fault.set(None); typed.update(|typed| typed.number = event_target_value(&event)) }/>
            <p class="muted" id="ask-number-doubt" role="status">{doubt}</p>
            <Fault words/>
        </label>
    }
}

#[component]
fn Until(typed: RwSignal<Typed>, fault: RwSignal<Option<DetailFault>>) -> impl IntoView {
    let lang = use_lang();
    let words = beside(fault, DetailField::Until);
    view! {
        <label class="field"><span>{t::ask_until(lang)}</span>
            <input id="ask-until" type="date" aria-invalid=move || words.with(Option::is_some).to_string()
                prop:value=move || typed.with(|typed| typed.until.clone())
                on:input=move |event| { fault.set(None); typed.update(|typed| typed.until = event_target_value(&event)) }/>
            <Fault words/>
        </label>
    }
}

#[component]
fn CancelledByWhom(typed: RwSignal<Typed>) -> impl IntoView {
    let lang = use_lang();
    let choose = move |event| {
        if let Some(by) = CancelledBy::parse(&event_target_value(&event)) {
            typed.update(|typed| typed.by = by);
        }
    };
    view! {
        <label class="field"><span>{t::ask_cancelled_by(lang)}</span>
            <select id="ask-by" on:change=choose>
                {CancelledBy::ALL.into_iter().map(|by| view! {
                    <option value=by.key() selected=move || typed.with(|typed| typed.by == by)>{t::cancelled_by_name(lang, by)}</option>
                }).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn InWhatCondition(typed: RwSignal<Typed>) -> impl IntoView {
    let lang = use_lang();
    let choose = move |event| {
        if let Some(condition) = Condition::parse(&event_target_value(&event)) {
            typed.update(|typed| typed.condition = condition);
        }
    };
    view! {
        <label class="field"><span>{t::ask_condition(lang)}</span>
            <select id="ask-condition" on:change=choose>
                {Condition::ALL.into_iter().map(|condition| view! {
                    <option value=condition.key() selected=move || typed.with(|typed| typed.condition == condition)>{t::condition_name(lang, condition)}</option>
                }).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn Reason(asked: Asked, typed: RwSignal<Typed>, fault: RwSignal<Option<DetailFault>>) -> impl IntoView {
    let lang = use_lang();
    let words = beside(fault, DetailField::Reason);
    let label = match asked {
        Asked::Shipment => "",
        Asked::Delay => t::ask_delay_reason(lang),
        Asked::Cancellation => t::ask_cancel_reason(lang),
        Asked::Return => t::ask_return_reason(lang),
    };
    view! {
        <label class="field"><span>{label}</span>
            <input id="ask-reason" type="text" autocomplete="off" maxlength=REASON_CHARS_MAX.to_string()
                aria-invalid=move || words.with(Option::is_some).to_string()
                prop:value=move || typed.with(|typed| typed.reason(asked).to_owned())
                on:input=move |event| { fault.set(None); typed.update(|typed| typed.set_reason(asked, event_target_value(&event))) }/>
            <Fault words/>
        </label>
    }
}
