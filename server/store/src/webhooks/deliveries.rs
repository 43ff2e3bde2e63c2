//! How the messages of a webhook are getting on, for people.

use domain::board::{Limit, Refusal};
use domain::ids::*;
use domain::webhooks::{Delivery, DeliveryDetails, DeliveryState, NoAnswer, PAGE, TEST, Try};

use super::{lock, may_any, visible};
use crate::error::{Error, Result};
use crate::sql::{Conn, Row, sql};
use crate::{Ctx, Store, Tx};

const TRIES_MAX: i64 = 50;

impl Store {
    /// The newest first; those before `before`, where it is said.
    pub async fn webhook_deliveries(
        &self,
        ctx: &Ctx,
        webhook: WebhookId,
        before: Option<MessageId>,
    ) -> Result<Vec<Delivery>> {
        may_any(&ctx.actor)?;
        let mut conn = self.reader().await?;
        visible(&mut conn, &ctx.actor, webhook).await?;
        let rows = sql!(
            "SELECT d.id, d.webhook_id, d.message, d.topic, d.seq, d.state, d.created_at, d.next_at, a.status, \
             a.no_answer FROM webhook_deliveries d LEFT JOIN webhook_attempts a ON a.id = (SELECT MAX(m.id) FROM \
             webhook_attempts m WHERE m.delivery_id = d.id) WHERE d.webhook_id = $1 AND d.id < $2 ORDER BY d.id DESC \
             LIMIT $3"
        )
        .bind(webhook)
        .bind(before.unwrap_or(MessageId(i64::MAX)))
        .bind(PAGE as i64)
        .all(&mut conn)
        .await?;
        rows.iter().map(delivery).collect()
    }

    pub async fn webhook_delivery(&self, ctx: &Ctx, id: MessageId) -> Result<DeliveryDetails> {
        may_any(&ctx.actor)?;
        let mut conn = self.reader().await?;
        let row = one(&mut conn, id).await?;
        visible(&mut conn, &ctx.actor, row.get("webhook_id")?).await?;
        let rows = sql!(
            "SELECT at, headers, status, no_answer, answer, duration_ms FROM webhook_attempts WHERE delivery_id = $1 \
             ORDER BY id DESC LIMIT $2"
        )
        .bind(id)
        .bind(TRIES_MAX)
        .all(&mut conn)
        .await?;
        let tries = rows.iter().map(try_of).collect::<Result<_>>()?;
        Ok(DeliveryDetails { delivery: delivery(&row)?, body: row.get("body")?, tries })
    }

    /// Once more from the beginning, under the same name: a receiver that has it already knows it.
    pub async fn resend_delivery(&self, ctx: &Ctx, id: CommandId, delivery: MessageId) -> Result<Delivery> {
        self.write(ctx, id, &delivery, move |tx| Box::pin(async move { resend(tx, delivery).await })).await
    }
}

async fn resend(tx: &mut Tx<'_>, id: MessageId) -> Result<Delivery> {
    may_any(&tx.ctx.actor)?;
    lock(tx.conn).await?;
    let row = one(tx.conn, id).await?;
    let hook = visible(tx.conn, &tx.ctx.actor, row.get("webhook_id")?).await?;
    if row.get::<String>("topic")? == TEST {
        return Err(Refusal::NotFound.into());
    }
    if !hook.active {
        return Err(Limit::WebhookPaused.into());
    }
    if row.get::<Option<String>>("body")?.is_none() {
        return Err(Limit::Forgotten.into());
    }
    // What is being sent just now keeps its lease: that sending decides what becomes of it.
    sql!(
        "UPDATE webhook_deliveries SET state = $2, failures = 0, next_at = $3, ended_at = NULL WHERE id = $1 AND \
         COALESCE(lease_until, 0) <= $3"
    )
    .bind(id)
    .bind(DeliveryState::Waiting)
    .bind(tx.ctx.now)
    .run(tx.conn)
    .await?;
    delivery(&one(tx.conn, id).await?)
}

async fn one(conn: &mut Conn, id: MessageId) -> Result<Row> {
    let row = sql!(
        "SELECT d.id, d.webhook_id, d.message, d.topic, d.seq, d.state, d.created_at, d.next_at, d.body, a.status, \
         a.no_answer FROM webhook_deliveries d LEFT JOIN webhook_attempts a ON a.id = (SELECT MAX(m.id) FROM \
         webhook_attempts m WHERE m.delivery_id = d.id) WHERE d.id = $1"
    )
    .bind(id)
    .optional(conn)
    .await?;
    row.ok_or_else(|| Error::from(Refusal::NotFound))
}

fn delivery(row: &Row) -> Result<Delivery> {
    Ok(Delivery {
        id: row.get("id")?,
        message: row.get("message")?,
        topic: row.get("topic")?,
        seq: row.get("seq")?,
        state: row.get("state")?,
        created_at: row.get("created_at")?,
        next_at: row.get("next_at")?,
        status: row.get("status")?,
        no_answer: no_answer(row)?,
    })
}

fn try_of(row: &Row) -> Result<Try> {
    Ok(Try {
        at: row.get("at")?,
        headers: row.get("headers")?,
        status: row.get("status")?,
        no_answer: no_answer(row)?,
        answer: row.get("answer")?,
        duration_ms: row.get("duration_ms")?,
    })
}

fn no_answer(row: &Row) -> Result<Option<NoAnswer>> {
    Ok(row.get::<Option<String>>("no_answer")?.as_deref().and_then(NoAnswer::parse))
}
