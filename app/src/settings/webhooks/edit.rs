//! What a webhook is told of and where to, changed.

use domain::i18n::t;
use domain::storefronts::Storefront;
use domain::webhooks::{NewWebhook, Webhook, WebhookChange};
use leptos::prelude::*;

use super::api;
use super::fields::{Draft, Fields};
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Fault, Toast, new_command, use_toasts};
use crate::settings::outcome::fault_of;

#[component]
pub fn EditWebhook(webhook: RwSignal<Webhook>, shops: StoredValue<Vec<Storefront>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = webhook.with_untracked(|hook| hook.id);
    let draft = webhook.with_untracked(|hook| {
        let (url, storefronts, topics) = (hook.url.clone(), hook.storefronts.clone(), hook.topics.clone());
        Draft::of(NewWebhook { url, storefronts, topics })
    });
    let save = Action::new(move |new: &NewWebhook| {
        let change = WebhookChange::Edit(new.clone());
        async move {
            webhook.set(api::change_webhook(new_command(), id, change).await?);
            toasts.show(Toast::done(t::saved(lang)));
            Ok(())
        }
    });
    view! {
        <section class="card settings-card" aria-labelledby="webhook-changes">
            <h2 id="webhook-changes">{t::webhook_changes(lang)}</h2>
            <form on:submit=move |event| { event.prevent_default(); save.dispatch(draft.new_webhook()); }>
                <Fields id="webhook" draft shops/>
                <Fault words=fault_of(save)/>
                <div class="settings-buttons"><Submit label=t::save(lang) pending=save.pending()/></div>
            </form>
        </section>
    }
}
