//! What nobody can ask for any more is removed, a little at a time, so that other writers hardly wait.

use domain::auth::Actor;
use domain::ids::Millis;

use crate::auth::IDLE_MS_MAX;
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, import};

/// A command's answer is kept for as long as somebody may repeat it.
pub const ANSWERS_KEPT_MS: i64 = 7 * 86_400_000;
/// Rows of one kind removed by one command.
const BATCH: i64 = 1_000;

impl Store {
    /// Removes old answers, sessions, links and the cells of old imports; says how many rows went.
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
         THEN 1 ELSE 0 END AS BIGINT) AS n"
    )
    .bind(now - ANSWERS_KEPT_MS)
    .bind(now)
    .bind(now - IDLE_MS_MAX)
    .one(conn)
    .await?;
    Ok(row.get("n")? || import::untidy(conn, now).await?)
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
    let imported = import::tidy(conn, now).await?;
    Ok(commands + sessions + links + imported)
}
