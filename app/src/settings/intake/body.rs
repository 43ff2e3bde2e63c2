//! A delivery's body, fetched when somebody wants to read it.

use domain::i18n::t;
use domain::ids::IntakeId;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::Fault;
use crate::settings::api;
use crate::settings::outcome::fault_of;

#[component]
pub fn Body(intake: IntakeId) -> impl IntoView {
    let lang = use_lang();
    let fetch = Action::new(move |(): &()| async move { api::intake_body(intake).await.map(|body| pretty(&body)) });
    let text = move || match fetch.value().get() {
        Some(Ok(text)) => text,
        Some(Err(_)) => String::new(),
        None => t::loading(lang).to_owned(),
    };
    view! {
        <details
            class="body"
            on:toggle=move |_| {
                if !matches!(fetch.value().get_untracked(), Some(Ok(_))) {
                    fetch.dispatch(());
                }
            }
        >
            <summary>{t::intake_body(lang)}</summary>
            <Fault words=fault_of(fetch)/>
            // Scrolled by the keyboard too.
            <pre tabindex="0" role="region" aria-label=t::intake_body(lang)>{text}</pre>
        </details>
    }
}

/// JSON in lines; anything else as it came.
fn pretty(body: &str) -> String {
    let json = serde_json::from_str::<serde_json::Value>(body);
    json.and_then(|json| serde_json::to_string_pretty(&json)).unwrap_or_else(|_| body.to_owned())
}
