//! What a live board needs besides the log: a hint that another process has written, what other processes tell that is
//! in no log, and whether a funnel may be watched.

use std::time::Duration;

use domain::auth::Actor;
use domain::board::Refusal;
use domain::ids::FunnelId;
use sqlx::PgPool;
use sqlx::postgres::PgListener;

use crate::board::queries::visible_funnel;
use crate::db::{Db, Store};
use crate::error::{Error, Result};
use crate::sql::sql;

/// Where a commit says so.
const COMMITS: &str = "voronka";
/// Where processes tell each other who is on which board.
const PRESENCE: &str = "voronka_presence";
const RECONNECT_AFTER: Duration = Duration::from_secs(1);

/// What comes over from other processes besides their commits.
pub enum Heard<'a> {
    /// The ear is open from here on; what was said before is lost.
    Begun,
    /// What a process told, this one among them.
    Told(&'a str),
}

impl Store {
    /// Runs for as long as the store is open. On PostgreSQL it lets [`Store::committed`] resolve for the commits of
    /// other processes too, and hands on what they tell; SQLite has no other processes. A hint may be lost: whoever
    /// waits looks again by himself.
    pub async fn listen(&self, mut heard: impl FnMut(Heard<'_>) + Send) {
        let Db::Postgres(pool) = self.db() else { return std::future::pending().await };
        while !pool.is_closed() {
            if let Err(error) = follow(self, pool, &mut heard).await {
                tracing::warn!(%error, "notifications of other processes are cut off; the log is polled meanwhile");
            }
            self.announce();
            tokio::time::sleep(RECONNECT_AFTER).await;
        }
    }

    /// Tells every process on the database something that is in no log, in less than 8,000 bytes. It may be lost.
    /// SQLite has nobody to tell.
    pub async fn tell(&self, words: &str) -> Result<()> {
        if !self.is_postgres() {
            return Ok(());
        }
        let mut conn = self.reader().await?;
        sql!(sqlite: "SELECT $1", postgres: "SELECT CAST(pg_notify('voronka_presence', $1) AS TEXT) AS told")
            .bind(words)
            .all(&mut conn)
            .await
            .map(drop)
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

async fn follow(store: &Store, pool: &PgPool, heard: &mut (impl FnMut(Heard<'_>) + Send)) -> Result<()> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen_all([COMMITS, PRESENCE]).await?;
    heard(Heard::Begun);
    // What was committed before the ear was open was told to nobody.
    store.announce();
    loop {
        match listener.try_recv().await? {
            Some(told) if told.channel() == PRESENCE => heard(Heard::Told(told.payload())),
            Some(_) => store.announce(),
            // The connection was lost and made anew. What was committed meanwhile is in the log, so it is a hint as well.
            None => {
                heard(Heard::Begun);
                store.announce();
            }
        }
    }
}
