//! Webhooks as they are read.

use std::collections::HashMap;

use domain::auth::Storefronts;
use domain::ids::*;
use domain::webhooks::{Off, Subscription, Topic, Webhook};

use crate::error::Result;
use crate::sql::{Conn, Row, sql};

pub async fn all(conn: &mut Conn) -> Result<Vec<Webhook>> {
    let rows = sql!(
        "SELECT id, url, topics, active, off_reason, failing_since, old_secret_until, created_at FROM webhooks \
         WHERE removed_at IS NULL ORDER BY id"
    )
    .all(conn)
    .await?;
    let mut shops = storefronts(conn).await?;
    rows.iter().map(|row| webhook(row, &mut shops)).collect()
}

pub async fn one(conn: &mut Conn, id: WebhookId) -> Result<Option<Webhook>> {
    Ok(all(conn).await?.into_iter().find(|hook| hook.id == id))
}

/// Mostly there is none: then nothing more is asked.
pub async fn any_at_work(conn: &mut Conn) -> Result<bool> {
    let row = sql!("SELECT id FROM webhooks WHERE active = 1 AND removed_at IS NULL LIMIT 1").optional(conn).await?;
    Ok(row.is_some())
}

/// Of those that are at work.
pub async fn subscriptions(conn: &mut Conn) -> Result<Vec<Subscription>> {
    let active = all(conn).await?.into_iter().filter(|hook| hook.active);
    Ok(active
        .map(|hook| Subscription { webhook: hook.id, storefronts: hook.storefronts, topics: hook.topics })
        .collect())
}

async fn storefronts(conn: &mut Conn) -> Result<HashMap<WebhookId, Vec<StorefrontId>>> {
    let mut found: HashMap<WebhookId, Vec<StorefrontId>> = HashMap::new();
    let rows = sql!(
        "SELECT s.webhook_id, s.storefront_id FROM webhook_storefronts s JOIN webhooks w ON w.id = s.webhook_id \
         WHERE w.removed_at IS NULL ORDER BY s.webhook_id, s.storefront_id"
    );
    for row in &rows.all(conn).await? {
        found.entry(row.get("webhook_id")?).or_default().push(row.get("storefront_id")?);
    }
    Ok(found)
}

fn webhook(row: &Row, shops: &mut HashMap<WebhookId, Vec<StorefrontId>>) -> Result<Webhook> {
    let id: WebhookId = row.get("id")?;
    let topics: String = row.get("topics")?;
    Ok(Webhook {
        id,
        url: row.get("url")?,
        storefronts: shops.remove(&id).map_or(Storefronts::All, Storefronts::Some),
        topics: topics.split(' ').filter_map(Topic::parse).collect(),
        active: row.get("active")?,
        created_at: row.get("created_at")?,
        off: row.get::<Option<String>>("off_reason")?.as_deref().and_then(Off::parse),
        failing_since: row.get("failing_since")?,
        old_secret_until: row.get("old_secret_until")?,
    })
}
