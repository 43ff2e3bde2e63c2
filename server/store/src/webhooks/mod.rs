//! Webhooks: who is told of what, what waits to be told, and how it went. A reader of the log fills the outbox
//! ([`reader`]); whoever sends takes from it on a lease and says what came of it ([`outbox`]).

mod body;
mod commands;
mod deliveries;
mod outbox;
mod reader;
mod rows;

use domain::auth::{Action, Actor, On, Storefronts, may};
use domain::board::Refusal;
use domain::ids::*;
pub use domain::webhooks::{
    Delivery, DeliveryDetails, DeliveryState, NewWebhook, NoAnswer, Off, Topic, Try, Webhook, WebhookChange,
};

pub use outbox::{LEASE_MS, Lease, Outgoing, Retries};
pub use reader::Filled;

use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Store};

/// PostgreSQL: whatever touches webhooks and their outbox does so one after another. That a change of who hears what,
/// and the reading of the log for them, have an order is worth more than their speed.
const LOCK: i64 = 0x7765_6268;

impl Store {
    /// Those that the actor may manage.
    pub async fn webhooks(&self, ctx: &Ctx) -> Result<Vec<Webhook>> {
        may_any(&ctx.actor)?;
        let all = rows::all(&mut self.reader().await?).await?;
        Ok(all.into_iter().filter(|hook| may_all(&ctx.actor, &hook.storefronts)).collect())
    }

    pub async fn webhook(&self, ctx: &Ctx, webhook: WebhookId) -> Result<Webhook> {
        may_any(&ctx.actor)?;
        visible(&mut self.reader().await?, &ctx.actor, webhook).await
    }

    /// Whether a webhook may be made, or become, as it says: asked before its address is looked up.
    pub fn may_have_webhook(&self, ctx: &Ctx, new: &NewWebhook) -> Result<()> {
        commands::checked(&ctx.actor, new.clone()).map(drop)
    }
}

async fn lock(conn: &mut Conn) -> Result<()> {
    if let Conn::Postgres(_) = conn {
        sql!(sqlite: "SELECT $1", postgres: "SELECT CAST(pg_advisory_xact_lock($1) AS TEXT) AS held")
            .bind(LOCK)
            .all(conn)
            .await?;
    }
    Ok(())
}

/// The webhook, for whoever may manage it; to others it is not there.
async fn visible(conn: &mut Conn, actor: &Actor, webhook: WebhookId) -> Result<Webhook> {
    let found = rows::one(conn, webhook).await?.filter(|hook| may_all(actor, &hook.storefronts));
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// Asked first, so that nobody else learns what there is.
fn may_any(actor: &Actor) -> Result<()> {
    if may_some(actor) { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

fn may_some(actor: &Actor) -> bool {
    match &actor.storefronts {
        Storefronts::All => may(actor, Action::ManageWebhooks, On::Business),
        Storefronts::Some(list) => list.iter().any(|shop| may(actor, Action::ManageWebhooks, On::Storefront(*shop))),
    }
}

/// What tells of every storefront is for those who belong to all of them.
fn may_all(actor: &Actor, storefronts: &Storefronts) -> bool {
    match storefronts {
        Storefronts::All => may(actor, Action::ManageWebhooks, On::Business),
        Storefronts::Some(list) => list.iter().all(|shop| may(actor, Action::ManageWebhooks, On::Storefront(*shop))),
    }
}
