//! Making, changing and ending webhooks.

use domain::auth::{Actor, Storefronts};
use domain::board::{Limit, Refusal};
use domain::event::{Fact, Scope};
use domain::ids::*;
use domain::webhooks::{
    BOTH_SECRETS_MS, DeliveryState, NewWebhook, Off, Schemes, Topic, Webhook, WebhookChange, checked_url, host_of,
};

use super::{lock, may_all, may_any, reader, rows, visible};
use crate::auth::tokens::{hashed, random_secret};
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

const WEBHOOKS_MAX: usize = 50;
const STOREFRONTS_MAX: usize = 200;

/// What becomes of the secret that a new one replaces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Old {
    /// It signs too for a while.
    Kept,
    /// Nobody was ever told it.
    Forgotten,
}

impl Store {
    /// The secret is answered once and never shown again. A repetition gives the same webhook another secret: the first
    /// one is not kept among the answers, and nobody is told a secret that signs nothing. What has happened before is
    /// not told.
    pub async fn create_webhook(&self, ctx: &Ctx, id: CommandId, new: NewWebhook) -> Result<(Webhook, String)> {
        let new = checked(&ctx.actor, new)?;
        let secret = random_secret();
        let (content, kept, hash) = (new.clone(), secret.clone(), hashed(&secret));
        let (hook, known): (Webhook, String) = self
            .write(ctx, id, &content, move |tx| {
                Box::pin(async move {
                    let hash = hashed(&kept);
                    Ok((create(tx, new, kept).await?, hash))
                })
            })
            .await?;
        if known != hash {
            self.set_webhook_secret(ctx, new_command(), hook.id, (secret.clone(), Old::Forgotten)).await?;
        }
        Ok((hook, secret))
    }

    pub async fn change_webhook(
        &self,
        ctx: &Ctx,
        id: CommandId,
        webhook: WebhookId,
        change: WebhookChange,
    ) -> Result<Webhook> {
        let content = (webhook, change.clone());
        self.write(ctx, id, &content, move |tx| Box::pin(async move { carry_out(tx, webhook, change).await })).await
    }

    /// A new secret, answered once; the old one signs beside it for a day, so that the receiver can change over. A
    /// repetition renews it once more, because an answer that was lost can't be told again.
    pub async fn rotate_webhook_secret(
        &self,
        ctx: &Ctx,
        id: CommandId,
        webhook: WebhookId,
    ) -> Result<(Webhook, String)> {
        let secret = random_secret();
        let known = self.set_webhook_secret(ctx, id, webhook, (secret.clone(), Old::Kept)).await?;
        if known != hashed(&secret) {
            self.set_webhook_secret(ctx, new_command(), webhook, (secret.clone(), Old::Forgotten)).await?;
        }
        Ok((self.webhook(ctx, webhook).await?, secret))
    }

    /// Nothing more is sent, and its secret is gone.
    pub async fn remove_webhook(&self, ctx: &Ctx, id: CommandId, webhook: WebhookId) -> Result<()> {
        self.write(ctx, id, &webhook, move |tx| Box::pin(async move { remove(tx, webhook).await })).await
    }

    /// Answers with the hash of the secret that was set; answers are kept for days, secrets are not.
    async fn set_webhook_secret(
        &self,
        ctx: &Ctx,
        id: CommandId,
        webhook: WebhookId,
        (secret, old): (String, Old),
    ) -> Result<String> {
        self.write(ctx, id, &webhook, move |tx| {
            Box::pin(async move {
                let hook = found(tx, webhook).await?;
                if old == Old::Kept {
                    sql!("UPDATE webhooks SET old_secret = secret, old_secret_until = $2 WHERE id = $1")
                        .bind(webhook)
                        .bind(tx.ctx.now + BOTH_SECRETS_MS)
                        .run(tx.conn)
                        .await?;
                }
                let hash = hashed(&secret);
                sql!("UPDATE webhooks SET secret = $2 WHERE id = $1").bind(webhook).bind(secret).run(tx.conn).await?;
                tx.record(Scope::default(), Fact::WebhookChanged { webhook, host: hook.host() });
                Ok(hash)
            })
        })
        .await
    }
}

/// As it will be kept, where the actor may have it so. Whether its address may be sent to is the sender's to say.
pub(super) fn checked(actor: &Actor, new: NewWebhook) -> Result<NewWebhook> {
    may_any(actor)?;
    let url = checked_url(&new.url, Schemes::HttpToo).map_err(Limit::Url)?;
    let topics: Vec<Topic> = Topic::ALL.into_iter().filter(|topic| new.topics.contains(topic)).collect();
    let storefronts = match new.storefronts {
        Storefronts::All => Storefronts::All,
        Storefronts::Some(mut list) => {
            list.sort();
            list.dedup();
            if list.len() > STOREFRONTS_MAX {
                return Err(Limit::TooMany.into());
            }
            if list.is_empty() {
                return Err(Limit::NothingChosen.into());
            }
            Storefronts::Some(list)
        }
    };
    if topics.is_empty() {
        return Err(Limit::NothingChosen.into());
    }
    if !may_all(actor, &storefronts) {
        return Err(Refusal::NotFound.into());
    }
    Ok(NewWebhook { url, storefronts, topics })
}

async fn create(tx: &mut Tx<'_>, new: NewWebhook, secret: String) -> Result<Webhook> {
    lock(tx.conn).await?;
    if rows::all(tx.conn).await?.len() >= WEBHOOKS_MAX {
        return Err(Limit::TooMany.into());
    }
    reader::catch_up(tx).await?;
    let id: WebhookId =
        sql!("INSERT INTO webhooks (url, topics, secret, created_at) VALUES ($1, $2, $3, $4) RETURNING id")
            .bind(&new.url)
            .bind(words(&new.topics))
            .bind(secret)
            .bind(tx.ctx.now)
            .one(tx.conn)
            .await?
            .get("id")?;
    put_storefronts(tx.conn, id, &new.storefronts).await?;
    tx.record(Scope::default(), Fact::WebhookCreated { webhook: id, host: host_of(&new.url) });
    read(tx.conn, id).await
}

async fn carry_out(tx: &mut Tx<'_>, webhook: WebhookId, change: WebhookChange) -> Result<Webhook> {
    found(tx, webhook).await?;
    match change {
        WebhookChange::Edit(new) => {
            let new = checked(&tx.ctx.actor, new)?;
            reader::catch_up(tx).await?;
            sql!("UPDATE webhooks SET url = $2, topics = $3, failing_since = NULL WHERE id = $1")
                .bind(webhook)
                .bind(&new.url)
                .bind(words(&new.topics))
                .run(tx.conn)
                .await?;
            put_storefronts(tx.conn, webhook, &new.storefronts).await?;
        }
        WebhookChange::Pause => {
            reader::catch_up(tx).await?;
            sql!("UPDATE webhooks SET active = 0 WHERE id = $1").bind(webhook).run(tx.conn).await?;
        }
        WebhookChange::Resume => {
            reader::catch_up(tx).await?;
            sql!("UPDATE webhooks SET active = 1, off_reason = NULL, failing_since = NULL WHERE id = $1")
                .bind(webhook)
                .run(tx.conn)
                .await?;
        }
    }
    let hook = read(tx.conn, webhook).await?;
    tx.record(Scope::default(), Fact::WebhookChanged { webhook, host: hook.host() });
    Ok(hook)
}

async fn remove(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<()> {
    let hook = found(tx, webhook).await?;
    give_up_all(tx, webhook).await?;
    sql!("UPDATE webhooks SET removed_at = $2, active = 0, secret = '', old_secret = NULL WHERE id = $1")
        .bind(webhook)
        .bind(tx.ctx.now)
        .run(tx.conn)
        .await?;
    tx.record(Scope::default(), Fact::WebhookRemoved { webhook, host: hook.host() });
    Ok(())
}

/// Nothing arrives there any more: it is switched off, and admins see why.
pub(super) async fn switch_off(tx: &mut Tx<'_>, webhook: WebhookId, why: Off) -> Result<()> {
    give_up_all(tx, webhook).await?;
    sql!("UPDATE webhooks SET active = 0, off_reason = $2 WHERE id = $1")
        .bind(webhook)
        .bind(why.key())
        .run(tx.conn)
        .await?;
    let hook = read(tx.conn, webhook).await?;
    tx.record(Scope::default(), Fact::WebhookDisabled { webhook, host: hook.host() });
    Ok(())
}

async fn give_up_all(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<()> {
    sql!(
        "UPDATE webhook_deliveries SET state = $2, next_at = NULL, lease_until = NULL, ended_at = $3 \
         WHERE webhook_id = $1 AND next_at IS NOT NULL"
    )
    .bind(webhook)
    .bind(DeliveryState::GivenUp)
    .bind(tx.ctx.now)
    .run(tx.conn)
    .await
    .map(drop)
}

/// Takes the lock, and asks whether it is the actor's to change.
async fn found(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<Webhook> {
    may_any(&tx.ctx.actor)?;
    lock(tx.conn).await?;
    visible(tx.conn, &tx.ctx.actor, webhook).await
}

async fn read(conn: &mut Conn, webhook: WebhookId) -> Result<Webhook> {
    Ok(rows::one(conn, webhook).await?.ok_or(Refusal::NotFound)?)
}

async fn put_storefronts(conn: &mut Conn, webhook: WebhookId, storefronts: &Storefronts) -> Result<()> {
    sql!("DELETE FROM webhook_storefronts WHERE webhook_id = $1").bind(webhook).run(conn).await?;
    let Storefronts::Some(list) = storefronts else { return Ok(()) };
    for shop in list {
        let known = sql!("SELECT id FROM storefronts WHERE id = $1").bind(*shop).optional(conn).await?;
        known.ok_or(Refusal::NotFound)?;
        sql!("INSERT INTO webhook_storefronts (webhook_id, storefront_id) VALUES ($1, $2)")
            .bind(webhook)
            .bind(*shop)
            .run(conn)
            .await?;
    }
    Ok(())
}

fn words(topics: &[Topic]) -> String {
    topics.iter().map(|topic| topic.key()).collect::<Vec<_>>().join(" ")
}
