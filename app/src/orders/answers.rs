//! What a carrier answered of a parcel, as it came: for whoever has to find out what went wrong. Read once it is opened.

use domain::carriers::CarrierAnswer;
use domain::i18n::t;
use domain::ids::ShipmentId;
use leptos::prelude::*;

use super::api;
use super::when::When;
use crate::boot::use_lang;
use crate::kit::time;

#[component]
pub fn Answers(shipment: ShipmentId) -> impl IntoView {
    let lang = use_lang();
    let fetch = Action::new(move |(): &()| api::carrier_answers(shipment));
    let body = move || match fetch.value().get() {
        Some(Ok(answers)) if answers.is_empty() => {
            view! { <p class="muted">{t::parcel_answers_none(lang)}</p> }.into_any()
        }
        Some(Ok(answers)) => answers.into_iter().map(|answer| view! { <Answer answer/> }).collect_view().into_any(),
        Some(Err(error)) => view! { <p class="fault" role="alert">{error.words(lang)}</p> }.into_any(),
        None => view! { <p class="muted" role="status">{t::loading(lang)}</p> }.into_any(),
    };
    view! {
        <details class="body" on:toggle=move |_| { fetch.dispatch(()); }>
            <summary>{t::parcel_answers(lang)}</summary>
            {body}
        </details>
    }
    .into_any()
}

#[component]
fn Answer(answer: CarrierAnswer) -> impl IntoView {
    let lang = use_lang();
    let CarrierAnswer { at, body } = answer;
    // Drawn in the browser alone, after it was asked for: the zone is known.
    let label = t::parcel_answer(lang, &time::local(at, lang));
    view! {
        <p class="muted"><When at/></p>
        // Scrolled by the keyboard too.
        <pre tabindex="0" role="region" aria-label=label>{body}</pre>
    }
}
