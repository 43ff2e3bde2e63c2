//! What was sent, the newest first.

use domain::i18n::t;
use domain::ids::{MessageId, WebhookId};
use domain::webhooks::{Delivery, PAGE};
use leptos::prelude::*;

use super::api;
use super::delivery::OneDelivery;
use crate::boot::use_lang;
use crate::kit::Fault;
use crate::settings::outcome::fault_of;

#[component]
pub fn Deliveries(webhook: WebhookId, list: RwSignal<Vec<Delivery>>) -> impl IntoView {
    let lang = use_lang();
    // Where fewer came than are listed at once, there are no more.
    let more = RwSignal::new(list.with_untracked(Vec::len) >= PAGE);
    let fetch = Action::new(move |before: &Option<MessageId>| {
        let before = *before;
        async move {
            let page = api::webhook_deliveries(webhook, before).await?;
            more.set(page.len() >= PAGE);
            match before {
                Some(_) => list.update(|list| list.extend(page)),
                None => list.set(page),
            }
            Ok(())
        }
    });
    let oldest = move || list.with_untracked(|list| list.last().map(|one| one.id));
    view! {
        <section class="card settings-card" aria-labelledby="deliveries">
            <div class="settings-row">
                <h2 id="deliveries" class="settings-name">{t::deliveries(lang)}</h2>
                <button type="button" class="button quiet" disabled=move || fetch.pending().get() on:click=move |_| { fetch.dispatch(None); }>
                    {t::deliveries_renew(lang)}
                </button>
            </div>
            <Show
                when=move || list.with(|list| !list.is_empty())
                fallback=move || view! { <p class="empty">{t::deliveries_none(lang)}</p> }
            >
                <ul class="settings-list">
                    <For each=move || list.get() key=|one| one.id let(one)>
                        <OneDelivery first=one list/>
                    </For>
                </ul>
            </Show>
            <Fault words=fault_of(fetch)/>
            <Show when=move || more.get()>
                <div class="settings-buttons">
                    <button type="button" class="button" disabled=move || fetch.pending().get() on:click=move |_| { fetch.dispatch(oldest()); }>
                        {t::deliveries_more(lang)}
                    </button>
                </div>
            </Show>
        </section>
    }
    .into_any()
}
