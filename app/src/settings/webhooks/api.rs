//! What the pages of webhooks ask of the server.

use domain::ids::*;
use domain::storefronts::Storefront;
use domain::webhooks::{Delivery, DeliveryDetails, NewWebhook, Webhook, WebhookChange};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::ctx::{Server, ctx, limited, server};
use crate::error::AppError;
#[cfg(feature = "ssr")]
use domain::board::Limit;

/// One webhook with what its page shows.
#[derive(Clone, Serialize, Deserialize)]
pub struct WebhookData {
    pub webhook: Webhook,
    pub storefronts: Vec<Storefront>,
    /// The newest ones.
    pub deliveries: Vec<Delivery>,
}

/// With the storefronts that another one may be of.
#[server]
pub async fn webhooks() -> Result<(Vec<Webhook>, Vec<Storefront>), AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    Ok((store.webhooks(&ctx).await?, store.storefronts(&ctx).await?))
}

#[server]
pub async fn one_webhook(webhook: WebhookId) -> Result<WebhookData, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    let deliveries = store.webhook_deliveries(&ctx, webhook, None).await?;
    let storefronts = store.storefronts(&ctx).await?;
    Ok(WebhookData { webhook: store.webhook(&ctx, webhook).await?, storefronts, deliveries })
}

/// Answers with the secret, once.
#[server(input = Json)]
pub async fn create_webhook(command: CommandId, new: NewWebhook) -> Result<(Webhook, String), AppError> {
    let (server, ctx) = (server()?, ctx()?);
    may_lead_there(&server, &ctx, &new).await?;
    Ok(server.store.create_webhook(&ctx, command, new).await?)
}

#[server(input = Json)]
pub async fn change_webhook(
    command: CommandId,
    webhook: WebhookId,
    change: WebhookChange,
) -> Result<Webhook, AppError> {
    let (server, ctx) = (server()?, ctx()?);
    if let WebhookChange::Edit(new) = &change {
        may_lead_there(&server, &ctx, new).await?;
    }
    Ok(server.store.change_webhook(&ctx, command, webhook, change).await?)
}

/// Answers with the new secret, once.
#[server]
pub async fn rotate_webhook_secret(command: CommandId, webhook: WebhookId) -> Result<(Webhook, String), AppError> {
    Ok(server()?.store.rotate_webhook_secret(&ctx()?, command, webhook).await?)
}

/// Sends it now; answers with what came of it.
#[server]
pub async fn test_webhook(command: CommandId, webhook: WebhookId) -> Result<DeliveryDetails, AppError> {
    let (server, ctx) = (server()?, ctx()?);
    limited("webhook_test")?;
    let (delivery, outgoing) = server.store.begin_webhook_test(&ctx, command, webhook).await?;
    if let Some(outgoing) = outgoing {
        (server.webhooks.send)(outgoing).await;
    }
    Ok(server.store.webhook_delivery(&ctx, delivery).await?)
}

#[server]
pub async fn remove_webhook(command: CommandId, webhook: WebhookId) -> Result<(), AppError> {
    Ok(server()?.store.remove_webhook(&ctx()?, command, webhook).await?)
}

/// Those before `before`; else the newest ones.
#[server(input = Json)]
pub async fn webhook_deliveries(webhook: WebhookId, before: Option<MessageId>) -> Result<Vec<Delivery>, AppError> {
    Ok(server()?.store.webhook_deliveries(&ctx()?, webhook, before).await?)
}

#[server]
pub async fn webhook_delivery(delivery: MessageId) -> Result<DeliveryDetails, AppError> {
    Ok(server()?.store.webhook_delivery(&ctx()?, delivery).await?)
}

#[server]
pub async fn resend_delivery(command: CommandId, delivery: MessageId) -> Result<Delivery, AppError> {
    Ok(server()?.store.resend_delivery(&ctx()?, command, delivery).await?)
}

/// Whoever may not have it learns nothing of where its address leads.
#[cfg(feature = "ssr")]
async fn may_lead_there(server: &Server, ctx: &store::Ctx, new: &NewWebhook) -> Result<(), AppError> {
    server.store.may_have_webhook(ctx, new)?;
    let checked = (server.webhooks.check)(new.url.clone()).await;
    Ok(checked.map_err(|fault| store::Error::from(Limit::Url(fault)))?)
}
