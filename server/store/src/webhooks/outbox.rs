//! The outbox as whoever sends sees it: what is due, on a lease, and what came of it.

use domain::auth::Actor;
use domain::board::Refusal;
use domain::ids::*;
use domain::webhooks::{DeliveryState, FAILING_MS_MAX, NoAnswer, Off, TEST, Try, retry_in};

use super::commands::switch_off;
use super::reader::new_message;
use super::{body, lock, may_any, visible};
use crate::error::Result;
use crate::sql::{Conn, Row, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

/// For one try. A sender that has said nothing until then is taken for dead.
pub const LEASE_MS: Millis = 30_000;
/// Tries of one webhook at once.
const OF_ONE_MAX: i64 = 2;
const GONE: i64 = 410;

/// A message to send, with the secrets that sign it: it goes into no log and no answer.
pub struct Outgoing {
    pub id: MessageId,
    pub message: String,
    pub url: String,
    pub body: String,
    /// The newest first.
    pub secrets: Vec<String>,
    pub lease: Lease,
}

/// Which taking of a message this is: whoever comes late finds that it has another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease(Millis);

/// A message that was just tried.
struct Sent {
    id: MessageId,
    webhook: WebhookId,
    test: bool,
    /// Before this try.
    failures: i64,
}

/// When to try again.
#[derive(Clone, Debug)]
pub struct Retries {
    pub delays: Vec<Millis>,
    /// Anything from 0 to 1,000.
    pub chance: i64,
}

impl Store {
    /// At most so many messages that are due, none that somebody else is sending. Webhooks that have waited longest come
    /// first, so that a slow one does not hold up the others.
    pub async fn take_deliveries(&self, now: Millis, places: usize) -> Result<Vec<Outgoing>> {
        let due = due(&mut self.reader().await?, now).await?;
        if places == 0 || due.iter().all(|(_, busy)| *busy >= OF_ONE_MAX) {
            return Ok(Vec::new());
        }
        let ctx = Ctx { actor: Actor::system(), now };
        let taken =
            self.write(&ctx, new_command(), &now, move |tx| Box::pin(async move { take(tx, places).await })).await?;
        // The secrets are read, not answered by a command: answers are kept.
        self.outgoing(&taken, now).await
    }

    /// A message that says nothing but that it is a test; whoever asks sends it himself. A repetition has nothing to
    /// send: the first one was sent.
    pub async fn begin_webhook_test(
        &self,
        ctx: &Ctx,
        id: CommandId,
        webhook: WebhookId,
    ) -> Result<(MessageId, Option<Outgoing>)> {
        let delivery = self
            .write(ctx, id, &webhook, move |tx| {
                Box::pin(async move {
                    may_any(&tx.ctx.actor)?;
                    lock(tx.conn).await?;
                    visible(tx.conn, &tx.ctx.actor, webhook).await?;
                    put_test(tx, webhook).await
                })
            })
            .await?;
        Ok((delivery, self.outgoing(&[delivery], ctx.now).await?.pop()))
    }

    /// What came of it. A try is always kept; what follows from it is decided by whoever holds the lease.
    pub async fn finish_delivery(&self, id: MessageId, lease: Lease, one: Try, retries: Retries) -> Result<()> {
        let ctx = Ctx { actor: Actor::system(), now: one.at + one.duration_ms };
        self.write(&ctx, new_command(), &id, move |tx| {
            Box::pin(async move {
                lock(tx.conn).await?;
                keep_try(tx.conn, id, &one).await?;
                let row = sql!(
                    "SELECT webhook_id, topic, failures FROM webhook_deliveries WHERE id = $1 AND lease_until = $2"
                )
                .bind(id)
                .bind(lease.0)
                .optional(tx.conn)
                .await?;
                // Somebody else has taken it meanwhile, or it was given up.
                let Some(row) = row else { return Ok(()) };
                let test = row.get::<String>("topic")? == TEST;
                let sent = Sent { id, webhook: row.get("webhook_id")?, test, failures: row.get("failures")? };
                follow_up(tx, &sent, &one, &retries).await
            })
        })
        .await
    }

    /// Where this process is the only one, nobody else can hold a lease when it starts: what a server that was killed had
    /// begun is taken up at once.
    pub async fn release_leases(&self, now: Millis) -> Result<()> {
        if self.is_postgres() {
            return Ok(());
        }
        let ctx = Ctx { actor: Actor::system(), now };
        self.write(&ctx, new_command(), &now, |tx| {
            Box::pin(async move {
                sql!("UPDATE webhook_deliveries SET lease_until = NULL WHERE lease_until IS NOT NULL")
                    .run(tx.conn)
                    .await
                    .map(drop)
            })
        })
        .await
    }

    async fn outgoing(&self, deliveries: &[MessageId], now: Millis) -> Result<Vec<Outgoing>> {
        let mut conn = self.reader().await?;
        let mut found = Vec::new();
        for id in deliveries {
            let row = sql!(
                "SELECT d.id, d.message, d.body, d.lease_until, w.url, w.secret, \
                 CASE WHEN w.old_secret_until > $2 THEN w.old_secret END AS old_secret \
                 FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id \
                 WHERE d.id = $1 AND d.body IS NOT NULL AND d.lease_until IS NOT NULL AND w.removed_at IS NULL"
            )
            .bind(*id)
            .bind(now)
            .optional(&mut conn)
            .await?;
            if let Some(row) = row {
                found.push(outgoing(&row)?);
            }
        }
        Ok(found)
    }
}

/// Webhooks with something to send, and how many of their messages are being sent.
async fn due(conn: &mut Conn, now: Millis) -> Result<Vec<(WebhookId, i64)>> {
    let rows = sql!(
        "SELECT w.id, (SELECT COUNT(*) FROM webhook_deliveries b WHERE b.webhook_id = w.id AND b.lease_until > $1) \
         AS busy FROM webhooks w WHERE w.active = 1 AND w.removed_at IS NULL AND EXISTS (SELECT 1 FROM \
         webhook_deliveries d WHERE d.webhook_id = w.id AND d.next_at <= $1 AND COALESCE(d.lease_until, 0) <= $1) \
         ORDER BY w.served_at, w.id"
    )
    .bind(now)
    .all(conn)
    .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("busy")?))).collect()
}

async fn take(tx: &mut Tx<'_>, places: usize) -> Result<Vec<MessageId>> {
    lock(tx.conn).await?;
    let now = tx.ctx.now;
    let mut taken: Vec<MessageId> = Vec::new();
    for (webhook, busy) in due(tx.conn, now).await? {
        let free = i64::try_from(places - taken.len()).unwrap_or(0).min(OF_ONE_MAX - busy);
        if free <= 0 {
            continue;
        }
        let rows = sql!(
            "UPDATE webhook_deliveries SET lease_until = $3 WHERE id IN (SELECT id FROM webhook_deliveries \
             WHERE webhook_id = $1 AND next_at <= $2 AND COALESCE(lease_until, 0) <= $2 ORDER BY next_at, id LIMIT $4) \
             RETURNING id"
        )
        .bind(webhook)
        .bind(now)
        .bind(now + LEASE_MS)
        .bind(free)
        .all(tx.conn)
        .await?;
        for row in &rows {
            taken.push(row.get("id")?);
        }
        sql!("UPDATE webhooks SET served_at = $2 WHERE id = $1").bind(webhook).bind(now).run(tx.conn).await?;
    }
    // A statement that updates answers in any order.
    taken.sort();
    Ok(taken)
}

/// It is nobody else's to send: nothing of it is due.
async fn put_test(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<MessageId> {
    let now = tx.ctx.now;
    sql!(
        "INSERT INTO webhook_deliveries (webhook_id, message, topic, body, state, lease_until, created_at, ended_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7) RETURNING id"
    )
    .bind(webhook)
    .bind(new_message())
    .bind(TEST)
    .bind(body::of_test(webhook, now)?)
    .bind(DeliveryState::Waiting)
    .bind(now + LEASE_MS)
    .bind(now)
    .one(tx.conn)
    .await?
    .get("id")
}

async fn keep_try(conn: &mut Conn, id: MessageId, one: &Try) -> Result<()> {
    let known = sql!("SELECT id FROM webhook_deliveries WHERE id = $1").bind(id).optional(conn).await?;
    known.ok_or(Refusal::NotFound)?;
    sql!(
        "INSERT INTO webhook_attempts (delivery_id, at, headers, status, no_answer, answer, duration_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    )
    .bind(id)
    .bind(one.at)
    .bind(&one.headers)
    .bind(one.status)
    .bind(one.no_answer.map(|why: NoAnswer| why.key().to_owned()))
    .bind(&one.answer)
    .bind(one.duration_ms)
    .run(conn)
    .await
    .map(drop)
}

async fn follow_up(tx: &mut Tx<'_>, sent: &Sent, one: &Try, retries: &Retries) -> Result<()> {
    let Sent { id, webhook, test, .. } = *sent;
    let failures = sent.failures + 1;
    if one.arrived() {
        end(tx, id, DeliveryState::Delivered).await?;
        if !test {
            sql!("UPDATE webhooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL")
                .bind(webhook)
                .run(tx.conn)
                .await?;
        }
        return Ok(());
    }
    // A test is tried once, and says nothing of the others.
    match retry_in(failures, &retries.delays, retries.chance).filter(|_| !test) {
        Some(wait) => {
            sql!(
                "UPDATE webhook_deliveries SET state = $2, failures = $3, next_at = $4, lease_until = NULL WHERE id = $1"
            )
            .bind(id)
            .bind(DeliveryState::Failed)
            .bind(failures)
            .bind(tx.ctx.now + wait)
            .run(tx.conn)
            .await?;
        }
        None => end(tx, id, DeliveryState::GivenUp).await?,
    }
    if test { Ok(()) } else { failing(tx, webhook, one).await }
}

async fn end(tx: &mut Tx<'_>, id: MessageId, state: DeliveryState) -> Result<()> {
    sql!("UPDATE webhook_deliveries SET state = $2, next_at = NULL, lease_until = NULL, ended_at = $3 WHERE id = $1")
        .bind(id)
        .bind(state)
        .bind(tx.ctx.now)
        .run(tx.conn)
        .await
        .map(drop)
}

async fn failing(tx: &mut Tx<'_>, webhook: WebhookId, one: &Try) -> Result<()> {
    let row = sql!(
        "UPDATE webhooks SET failing_since = COALESCE(failing_since, $2) WHERE id = $1 RETURNING failing_since, active"
    )
    .bind(webhook)
    .bind(one.at)
    .one(tx.conn)
    .await?;
    let since: Millis = row.get("failing_since")?;
    if !row.get::<bool>("active")? {
        return Ok(());
    }
    if one.status == Some(GONE) {
        return switch_off(tx, webhook, Off::Gone).await;
    }
    if tx.ctx.now - since >= FAILING_MS_MAX { switch_off(tx, webhook, Off::Failing).await } else { Ok(()) }
}

fn outgoing(row: &Row) -> Result<Outgoing> {
    let secrets = [Some(row.get::<String>("secret")?), row.get::<Option<String>>("old_secret")?];
    Ok(Outgoing {
        id: row.get("id")?,
        message: row.get("message")?,
        url: row.get("url")?,
        body: row.get("body")?,
        secrets: secrets.into_iter().flatten().collect(),
        lease: Lease(row.get("lease_until")?),
    })
}
