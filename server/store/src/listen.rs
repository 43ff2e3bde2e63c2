//! What a live board needs besides the log: a hint that another process has written, and whether a funnel may be
//! watched.

use std::time::Duration;

use domain::auth::Actor;
use domain::board::Refusal;
use domain::ids::FunnelId;
use sqlx::PgPool;
use sqlx::postgres::PgListener;

use crate::board::queries::visible_funnel;
use crate::db::{Db, Store};
use crate::error::{Error, Result};

const CHANNEL: &str = "voronka";
const RECONNECT_AFTER: Duration = Duration::from_secs(1);

impl Store {
    /// Runs for as long as the store is open. On PostgreSQL it lets [`Store::committed`] resolve for the commits of
    /// other processes too; SQLite has no other processes. A hint may be lost: whoever waits looks again by himself.
    pub async fn listen(&self) {
        let Db::Postgres(pool) = self.db() else { return std::future::pending().await };
        while !pool.is_closed() {
            if let Err(error) = follow(self, pool).await {
                tracing::warn!(%error, "notifications of other processes are cut off; the log is polled meanwhile");
            }
            self.announce();
            tokio::time::sleep(RECONNECT_AFTER).await;
        }
    }

    /// Whether the funnel is there and the actor may see it.
    pub async fn may_watch(&self, actor: &Actor, funnel: FunnelId) -> Result<bool> {
        match visible_funnel(&mut self.reader().await?, actor, funnel).await {
            Ok(_) => Ok(true),
            Err(Error::Refused(Refusal::NotFound)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

async fn follow(store: &Store, pool: &PgPool) -> Result<()> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    // What was committed before the ear was open was told to nobody.
    store.announce();
    loop {
        // None: the connection was lost and made anew. What was said meanwhile is in the log, so it is a hint as well.
        listener.try_recv().await?;
        store.announce();
    }
}
