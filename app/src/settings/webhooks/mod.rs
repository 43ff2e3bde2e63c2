//! Webhooks: what other systems are told of, and another one.

mod api;
mod create;
mod deliveries;
mod delivery;
mod edit;
mod fields;
mod one;
mod secret;
mod state;
mod tries;
mod work;

use domain::i18n::t;
use domain::storefronts::Storefront;
use domain::webhooks::Webhook;
use leptos::prelude::*;

use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use create::CreateWebhook;
pub use one::WebhookPage;
use state::StateChip;

#[component]
pub fn WebhooksPage() -> impl IntoView {
    let lang = use_lang();
    let data = Resource::new(|| (), |()| api::webhooks());
    view! {
        <SettingsFrame here=Page::Webhooks>
            <p class="settings-hint">{t::webhooks_hint(lang)}</p>
            <p class="settings-hint">{t::webhooks_past(lang)}</p>
            {load(data, |(hooks, shops)| view! { <Webhooks hooks shops/> }.into_any())}
        </SettingsFrame>
    }
}

#[component]
fn Webhooks(hooks: Vec<Webhook>, shops: Vec<Storefront>) -> impl IntoView {
    let lang = use_lang();
    let list = RwSignal::new(hooks);
    view! {
        <section class="card settings-card">
            <Show
                when=move || list.with(|list| !list.is_empty())
                fallback=move || view! { <p class="empty">{t::webhooks_none(lang)}</p> }
            >
                <ul class="settings-list">
                    <For each=move || list.get() key=|hook| hook.id let(hook)>
                        <Line hook/>
                    </For>
                </ul>
            </Show>
        </section>
        <CreateWebhook list shops=StoredValue::new(shops)/>
    }
}

/// The host leads to the webhook's own page.
#[component]
fn Line(hook: Webhook) -> impl IntoView {
    let lang = use_lang();
    let count = i64::try_from(hook.topics.len()).unwrap_or(i64::MAX);
    let (id, host) = (hook.id, hook.host());
    view! {
        <li class="settings-row webhook">
            <a class="settings-name link" href=format!("/settings/webhooks/{id}") aria-label=t::webhook_open(lang, &host)>
                {host.clone()}
            </a>
            <span class="settings-hint">{t::topics(lang, count)}</span>
            <StateChip webhook=Signal::stored(hook)/>
        </li>
    }
}
