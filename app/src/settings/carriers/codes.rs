//! Codes that carriers sent and nobody knows.

use domain::carriers::UnknownCode;
use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::time;

#[component]
pub fn Codes(codes: Vec<UnknownCode>) -> impl IntoView {
    let lang = use_lang();
    let body = if codes.is_empty() {
        view! { <p class="empty">{t::codes_none(lang)}</p> }.into_any()
    } else {
        view! {
            <p class="settings-hint">{t::codes_hint(lang)}</p>
            <ul class="settings-list">
                {codes.into_iter().map(|code| view! { <Line code/> }).collect_view()}
            </ul>
        }
        .into_any()
    };
    view! {
        <section class="card settings-card" aria-labelledby="codes">
            <h2 id="codes">{t::codes(lang)}</h2>
            {body}
        </section>
    }
    .into_any()
}

#[component]
fn Line(code: UnknownCode) -> impl IntoView {
    let lang = use_lang();
    let UnknownCode { carrier, code, text, last_at, count, .. } = code;
    let times = t::code_times(lang, count);
    // The server does not know the reader's time zone: the words come with the WASM.
    let last = RwSignal::new(times.clone());
    Effect::new(move || last.set(t::code_last(lang, &times, &time::local(last_at, lang))));
    view! {
        <li class="settings-row unknown-code">
            <p class="settings-name">{t::carrier_name(lang, carrier)}" "<code>{code}</code></p>
            {(!text.is_empty()).then(|| view! { <p class="settings-hint">{text}</p> })}
            <p class="settings-hint">{move || last.get()}</p>
        </li>
    }
}
