//! What nobody can ask for any more is removed, a little at a time, so that other writers hardly wait.

use domain::auth::Actor;
use domain::ids::Millis;
use domain::intake::BODY_DAYS;

use crate::auth::IDLE_MS_MAX;
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, import, shipments};

/// A command's answer is kept for as long as somebody may repeat it.
pub const ANSWERS_KEPT_MS: i64 = 7 * 86_400_000;
/// What was not understood keeps its body for as long as somebody may need it: it is a customer's letter.
pub const BODIES_KEPT_MS: i64 = BODY_DAYS * 86_400_000;
/// The record of what came in has nothing of the customer in it.
pub const RECORD_KEPT_MS: i64 = 180 * 86_400_000;
/// A message that was delivered or given up keeps its content for so long.
pub const MESSAGES_KEPT_MS: i64 = 30 * 86_400_000;
/// And its line in the list.
pub const DELIVERIES_KEPT_MS: i64 = 90 * 86_400_000;
/// Rows of one kind removed by one command.
const BATCH: i64 = 1_000;

impl Store {
    /// Removes old answers, sessions, links, bodies, records, messages, carriers' answers and the cells of old imports; says
    /// how many rows it touched.
    pub async fn tidy(&self, now: Millis) -> Result<u64> {
        let ctx = Ctx { actor: Actor::system(), now };
        let mut removed = 0;
        while waiting(&mut self.reader().await?, now).await? {
            let batch = self
                .write(&ctx, new_command(), &now, move |tx| Box::pin(async move { remove(tx.conn, now).await }))
                .await?;
            if batch == 0 {
                break;
            }
            removed += batch;
        }
        Ok(removed)
    }
}

/// Looked for among the readers first: a tidy database costs no write.
async fn waiting(conn: &mut Conn, now: Millis) -> Result<bool> {
    let row = sql!(
        "SELECT CAST(CASE WHEN EXISTS (SELECT 1 FROM commands WHERE at < $1) OR EXISTS (SELECT 1 FROM sessions WHERE \
         expires_at < $2 OR seen_at < $3) OR EXISTS (SELECT 1 FROM links WHERE expires_at < $2 OR used_at IS NOT NULL) \
         OR EXISTS (SELECT 1 FROM intake WHERE emptied_at IS NULL AND received_at < $4) \
         OR EXISTS (SELECT 1 FROM (SELECT received_at FROM deliveries ORDER BY id LIMIT 1) AS oldest \
         WHERE received_at < $5) OR EXISTS (SELECT 1 FROM forged WHERE last_at < $5) \
         OR EXISTS (SELECT 1 FROM webhook_deliveries WHERE ended_at < $6 AND body IS NOT NULL) \
         OR EXISTS (SELECT 1 FROM webhook_deliveries WHERE ended_at < $7) THEN 1 ELSE 0 END AS BIGINT) AS n"
    )
    .bind(now - ANSWERS_KEPT_MS)
    .bind(now)
    .bind(now - IDLE_MS_MAX)
    .bind(now - BODIES_KEPT_MS)
    .bind(now - RECORD_KEPT_MS)
    .bind(now - MESSAGES_KEPT_MS)
    .bind(now - DELIVERIES_KEPT_MS)
    .one(conn)
    .await?;
    Ok(row.get("n")? || import::untidy(conn, now).await? || shipments::old(conn, now - BODIES_KEPT_MS).await?)
}

async fn remove(conn: &mut Conn, now: Millis) -> Result<u64> {
    let commands =
        sql!("DELETE FROM commands WHERE id IN (SELECT id FROM commands WHERE at < $1 ORDER BY at LIMIT $2)")
            .bind(now - ANSWERS_KEPT_MS)
            .bind(BATCH)
            .run(conn)
            .await?;
    let sessions = sql!(
        "DELETE FROM sessions WHERE token_hash IN \
         (SELECT token_hash FROM sessions WHERE expires_at < $1 OR seen_at < $2 LIMIT $3)"
    )
    .bind(now)
    .bind(now - IDLE_MS_MAX)
    .bind(BATCH)
    .run(conn)
    .await?;
    let links = sql!(
        "DELETE FROM links WHERE token_hash IN \
         (SELECT token_hash FROM links WHERE expires_at < $1 OR used_at IS NOT NULL LIMIT $2)"
    )
    .bind(now)
    .bind(BATCH)
    .run(conn)
    .await?;
    let kept = empty_bodies(conn, now).await? + forget_record(conn, now).await? + import::tidy(conn, now).await?;
    let answers = shipments::forget(conn, now - BODIES_KEPT_MS, BATCH).await?;
    let kept = kept + messages(conn, now).await? + answers;
    Ok(commands + sessions + links + kept)
}

/// The row and its reason stay.
async fn empty_bodies(conn: &mut Conn, now: Millis) -> Result<u64> {
    sql!(
        "UPDATE intake SET body = '', emptied_at = $1 WHERE id IN \
         (SELECT id FROM intake WHERE emptied_at IS NULL AND received_at < $2 ORDER BY received_at LIMIT $3)"
    )
    .bind(now)
    .bind(now - BODIES_KEPT_MS)
    .bind(BATCH)
    .run(conn)
    .await
}

/// Its oldest lines come first: none is looked for among the young.
async fn forget_record(conn: &mut Conn, now: Millis) -> Result<u64> {
    let deliveries = sql!(
        "DELETE FROM deliveries WHERE id IN (SELECT id FROM \
         (SELECT id, received_at FROM deliveries ORDER BY id LIMIT $2) AS oldest WHERE received_at < $1)"
    )
    .bind(now - RECORD_KEPT_MS)
    .bind(BATCH)
    .run(conn)
    .await?;
    let forged = sql!("DELETE FROM forged WHERE last_at < $1").bind(now - RECORD_KEPT_MS).run(conn).await?;
    Ok(deliveries + forged)
}

/// Messages of webhooks lose their content first; then their tries and they themselves go.
async fn messages(conn: &mut Conn, now: Millis) -> Result<u64> {
    let forgotten = sql!(
        "UPDATE webhook_deliveries SET body = NULL WHERE id IN \
         (SELECT id FROM webhook_deliveries WHERE ended_at < $1 AND body IS NOT NULL LIMIT $2)"
    )
    .bind(now - MESSAGES_KEPT_MS)
    .bind(BATCH)
    .run(conn)
    .await?;
    sql!(
        "DELETE FROM webhook_attempts WHERE delivery_id IN \
         (SELECT id FROM webhook_deliveries WHERE ended_at < $1 ORDER BY id LIMIT $2)"
    )
    .bind(now - DELIVERIES_KEPT_MS)
    .bind(BATCH)
    .run(conn)
    .await?;
    let removed = sql!(
        "DELETE FROM webhook_deliveries WHERE id IN \
         (SELECT id FROM webhook_deliveries WHERE ended_at < $1 ORDER BY id LIMIT $2)"
    )
    .bind(now - DELIVERIES_KEPT_MS)
    .bind(BATCH)
    .run(conn)
    .await?;
    Ok(forgotten + removed)
}
