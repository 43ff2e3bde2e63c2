//! The small form that opens on the spot when a status asks for something. Esc closes it and keeps what was typed.

use domain::i18n::t;
use domain::orders::{REASON_CHARS_MAX, Status};
use leptos::prelude::*;

use super::change::Changer;
use super::fields::AskFields;
use super::state::OrderState;
use crate::boot::use_lang;
use crate::kit::Fault;

#[component]
pub fn AskForm(state: OrderState, changer: Changer) -> impl IntoView {
    let asking = Memo::new(move |_| state.asking.get().and_then(|to| state.status(to)));
    view! { {move || asking.get().map(|status| view! { <Open state changer status/> })} }
}

#[component]
fn Open(state: OrderState, changer: Changer, status: Status) -> impl IntoView {
    let lang = use_lang();
    let id = status.id;
    let asked = state.asks(&status);
    let title = t::ask_title(lang, &status.name);
    let label = title.clone();
    // Where the order stands may change while the form is open.
    let beyond = Memo::new(move |_| {
        state.view.track();
        state.is_beyond(id)
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        changer.submit();
    };
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            state.close();
            crate::kit::focus_on(".order-actions button");
        }
    };
    view! {
        <form class="order-ask card" aria-label=label on:submit=submit on:keydown=escape novalidate>
            <h2>{title}</h2>
            <p class="notice" role="alert" hidden=move || state.problem.with(Option::is_none)>{move || state.problem.get()}</p>
            {asked.map(|asked| view! { <AskFields asked typed=state.typed fault=state.fault/> })}
            <Show when=move || beyond.get()>
                <label class="field"><span>{t::ask_override(lang)}</span>
                    <input id="ask-override" type="text" autocomplete="off" maxlength=REASON_CHARS_MAX.to_string()
                        prop:value=move || state.typed.with(|typed| typed.beyond.clone())
                        on:input=move |event| state.typed.update(|typed| typed.beyond = event_target_value(&event))/>
                </label>
            </Show>
            <Fault words=Signal::derive(move || general(state, lang))/>
            <div class="settings-buttons">
                <button type="submit" class="button primary" disabled=move || changer.pending.get()>{t::save(lang)}</button>
                <button type="button" class="button quiet" on:click=move |_| state.close()>{t::cancel(lang)}</button>
            </div>
        </form>
    }
}

/// A fault of no field that is shown.
fn general(state: OrderState, lang: domain::i18n::Lang) -> Option<String> {
    let fault = state.fault.get().filter(|fault| fault.field == domain::orders::DetailField::Asked)?;
    Some(fault.words(lang).to_owned())
}
