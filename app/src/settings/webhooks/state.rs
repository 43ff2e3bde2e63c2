//! How a webhook is, in a word.

use domain::i18n::t;
use domain::webhooks::Webhook;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Glyph, Icon};

#[component]
pub fn StateChip(#[prop(into)] webhook: Signal<Webhook>) -> impl IntoView {
    let lang = use_lang();
    let works = move || webhook.with(|hook| hook.active && hook.failing_since.is_none());
    let words = move || {
        webhook.with(|hook| match (hook.active, hook.failing_since) {
            (false, _) => t::webhook_paused(lang),
            (true, Some(_)) => t::webhook_failing(lang),
            (true, None) => t::webhook_on(lang),
        })
    };
    view! {
        <span class="chip webhook-state" class:works=works>
            {move || view! { <Icon glyph=if works() { Glyph::Check } else { Glyph::Warning }/> }}
            {words}
        </span>
    }
}
