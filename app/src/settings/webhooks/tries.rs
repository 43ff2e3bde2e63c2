//! A message in full: what was sent, and what was answered each time.

use domain::i18n::t;
use domain::webhooks::{DeliveryDetails, Try};
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Glyph, Icon, time};

#[component]
pub fn Details(details: DeliveryDetails) -> impl IntoView {
    let lang = use_lang();
    let DeliveryDetails { delivery, body, tries } = details;
    let none = tries.is_empty();
    view! {
        <p class="settings-hint">"webhook-id: " <code>{delivery.message}</code></p>
        <h3>{t::delivery_tries(lang)}</h3>
        {none.then(|| view! { <p class="settings-hint">{t::delivery_tries_none(lang)}</p> })}
        <ul class="settings-list">{tries.into_iter().map(|one| view! { <OneTry one/> }).collect_view()}</ul>
        {match body {
            Some(body) => view! { <Text label=t::delivery_body(lang) text=pretty(&body)/> }.into_any(),
            None => view! { <p class="settings-hint">{t::delivery_body_gone(lang)}</p> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn OneTry(one: Try) -> impl IntoView {
    let lang = use_lang();
    let (at, arrived) = (one.at, one.arrived());
    let outcome = match (one.status, one.no_answer) {
        (Some(code), _) => t::delivery_status(lang, code),
        (None, Some(why)) => t::no_answer(lang, why).to_owned(),
        (None, None) => String::new(),
    };
    let answered = one.status.is_some();
    let answer = if one.answer.is_empty() { t::delivery_answer_empty(lang).to_owned() } else { one.answer };
    // The server does not know the reader's time zone: the words come with the WASM.
    let when = RwSignal::new(String::new());
    Effect::new(move || when.set(time::local(at, lang)));
    view! {
        <li class="delivery-try">
            <p>
                <Icon glyph=if arrived { Glyph::Check } else { Glyph::Warning }/>
                <span>{outcome}</span>
                <span class="muted">{move || when.get()}" · "{t::delivery_took(lang, one.duration_ms)}</span>
            </p>
            {answered.then(|| view! { <Text label=t::delivery_answer(lang) text=answer/> })}
            <Text label=t::delivery_headers(lang) text=one.headers/>
        </li>
    }
    .into_any()
}

/// Something long and foreign, as it is.
#[component]
fn Text(label: &'static str, text: String) -> impl IntoView {
    view! {
        <details class="body">
            <summary>{label}</summary>
            // Scrolled by the keyboard too.
            <pre tabindex="0" role="region" aria-label=label>{text}</pre>
        </details>
    }
}

/// JSON in lines; anything else as it is.
fn pretty(body: &str) -> String {
    let json = serde_json::from_str::<serde_json::Value>(body);
    json.and_then(|json| serde_json::to_string_pretty(&json)).unwrap_or_else(|_| body.to_owned())
}
