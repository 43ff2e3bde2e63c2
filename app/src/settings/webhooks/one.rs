//! One webhook: how it is, what it is told, what was sent.

use domain::board::Refusal;
use domain::ids::WebhookId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::{self, WebhookData};
use super::deliveries::Deliveries;
use super::edit::EditWebhook;
use super::work::Work;
use crate::boot::use_lang;
use crate::error::AppError;
use crate::settings::frame::{Page, SettingsFrame};
use crate::settings::outcome::Loading;
use domain::i18n::t;

#[component]
pub fn WebhookPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("webhook")).and_then(|id| id.parse::<WebhookId>().ok()));
    let data = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::one_webhook(id).await,
                None => Err(AppError::Refused(Refusal::NotFound)),
            }
        },
    );
    // The frame is within: its heading is the webhook's host.
    view! {
        <Suspense fallback=|| view! { <SettingsFrame here=Page::Webhooks><Loading/></SettingsFrame> }>
            {move || Suspend::new(async move {
                match data.await {
                    Ok(data) => view! { <OneWebhook data/> }.into_any(),
                    Err(error) => view! {
                        <SettingsFrame here=Page::Webhooks>
                            <p class="fault" role="alert">{error.words(lang)}</p>
                        </SettingsFrame>
                    }
                    .into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn OneWebhook(data: WebhookData) -> impl IntoView {
    let lang = use_lang();
    let WebhookData { webhook, storefronts, deliveries } = data;
    let id = webhook.id;
    let webhook = RwSignal::new(webhook);
    let list = RwSignal::new(deliveries);
    let shops = StoredValue::new(storefronts);
    view! {
        <SettingsFrame here=Page::Webhooks title=Signal::derive(move || webhook.with(|hook| hook.host()))>
            <p><a class="link" href="/settings/webhooks">{t::webhooks_all(lang)}</a></p>
            <Work webhook list/>
            <Deliveries webhook=id list/>
            <EditWebhook webhook shops/>
        </SettingsFrame>
    }
    .into_any()
}
