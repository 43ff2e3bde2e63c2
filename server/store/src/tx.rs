//! A command's transaction: who acts, what it writes, what it appends to the log, and how it is answered once only.

use std::panic::AssertUnwindSafe;

use domain::auth::Actor;
use domain::event::{Fact, Scope};
use domain::ids::{CommandId, Millis};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

use crate::db::{Db, Store};
use crate::error::{Error, Result};
use crate::log;
use crate::sql::{Conn, sql};
use crate::writer::Job;

/// PostgreSQL: how often a transaction that another one got in the way of is tried.
const ATTEMPTS_MAX: u32 = 5;

/// Who asks, and when. Made at a door; the store trusts nothing else about the caller.
#[derive(Clone, Debug)]
pub struct Ctx {
    pub actor: Actor,
    pub now: Millis,
}

/// What a command works with.
pub struct Tx<'c> {
    pub conn: &'c mut Conn,
    pub ctx: &'c Ctx,
    recorded: Recorded,
}

/// What a command appends to the log.
#[derive(Default)]
pub(crate) struct Recorded {
    pub facts: Vec<(Scope, Fact)>,
    /// None of it is news.
    pub past: bool,
}

impl Tx<'_> {
    /// Appended to the log at the end of this very transaction.
    pub fn record(&mut self, scope: Scope, fact: Fact) {
        self.recorded.facts.push((scope, fact));
    }

    /// What this command records comes out of a file or a shop's history: boards show it, and no other system is told of
    /// it as if it had happened just now.
    pub fn out_of_the_past(&mut self) {
        self.recorded.past = true;
    }
}

/// A command as it will be compared with a repetition of itself.
struct Identity {
    id: CommandId,
    actor: String,
    digest: String,
}

struct CommandJob<T, F> {
    ctx: Ctx,
    identity: Identity,
    body: F,
    result: Option<Result<T>>,
    reply: Option<oneshot::Sender<Result<T>>>,
}

impl Store {
    /// Runs a command once. `content` is what makes two sendings the same command: the same id with other content, or
    /// from somebody else, is refused.
    pub(crate) async fn write<T, F>(&self, ctx: &Ctx, id: CommandId, content: &impl Serialize, body: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> BoxFuture<'t, Result<T>> + Clone + Send + 'static,
    {
        let content = serde_json::to_vec(content)?;
        let identity = Identity { id, actor: ctx.actor.who.to_string(), digest: hex(&Sha256::digest(&content)) };
        let (reply, answer) = oneshot::channel();
        self.submit(CommandJob { ctx: ctx.clone(), identity, body, result: None, reply: Some(reply) })?;
        let result = answer.await.map_err(|_| Error::Closed)?;
        if result.is_ok() {
            self.announce();
        }
        result
    }

    /// Hands a job to SQLite's writer, or to a transaction of its own on PostgreSQL.
    pub(crate) fn submit(&self, mut job: impl Job + 'static) -> Result<()> {
        match self.db() {
            Db::Sqlite { writer, .. } => writer.submit(Box::new(job)),
            Db::Postgres(pool) => {
                let (pool, place) = (pool.clone(), self.place()?);
                // A task of its own: a caller who goes away does not cut a transaction in the middle.
                tokio::spawn(async move {
                    let commit = on_postgres(&pool, &mut job).await;
                    Box::new(job).answer(commit);
                    drop(place);
                });
                Ok(())
            }
        }
    }
}

async fn on_postgres(pool: &sqlx::PgPool, job: &mut impl Job) -> Result<()> {
    let mut conn = Conn::Postgres(pool.acquire().await?);
    for attempt in 1.. {
        conn.execute("BEGIN", "BEGIN").await?;
        let end = if run_guarded(job, &mut conn).await { "COMMIT" } else { "ROLLBACK" };
        let ended = conn.execute(end, end).await;
        let again = job.collided() || ended.as_ref().is_err_and(Error::is_collision);
        if !again || attempt == ATTEMPTS_MAX {
            return ended;
        }
    }
    Ok(())
}

/// A command that panics is one that failed: its transaction is undone, and the connection serves the next.
pub(crate) async fn run_guarded(job: &mut (impl Job + ?Sized), conn: &mut Conn) -> bool {
    AssertUnwindSafe(job.run(conn)).catch_unwind().await.unwrap_or(false)
}

impl<T, F> Job for CommandJob<T, F>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> BoxFuture<'t, Result<T>> + Clone + Send + 'static,
{
    fn run<'c>(&'c mut self, conn: &'c mut Conn) -> BoxFuture<'c, bool> {
        Box::pin(async move {
            self.result = None;
            let result = once(conn, &self.ctx, &self.identity, self.body.clone()).await;
            let keep = result.is_ok();
            self.result = Some(result);
            keep
        })
    }

    fn collided(&self) -> bool {
        matches!(&self.result, Some(Err(error)) if error.is_collision())
    }

    fn answer(self: Box<Self>, commit: Result<()>) {
        let result = match (self.result, commit) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(Error::Closed),
        };
        // Others were in the way each time: there is too much to do just now.
        let result = result.map_err(|error| if error.is_collision() { Error::Busy } else { error });
        if let Some(reply) = self.reply {
            let _ = reply.send(result);
        }
    }
}

async fn once<T, F>(conn: &mut Conn, ctx: &Ctx, identity: &Identity, body: F) -> Result<T>
where
    T: Serialize + DeserializeOwned,
    F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> BoxFuture<'t, Result<T>>,
{
    let id = identity.id.to_string();
    // The id is taken first: on PostgreSQL its second sending waits here until the first has ended, and then reads the
    // answer instead of deciding anew.
    let taken =
        sql!("INSERT INTO commands (id, actor, digest, answer, at) VALUES ($1, $2, $3, '', $4) ON CONFLICT DO NOTHING")
            .bind(&id)
            .bind(&identity.actor)
            .bind(&identity.digest)
            .bind(ctx.now)
            .run(conn)
            .await?;
    if taken == 0 {
        let row = sql!("SELECT actor, digest, answer FROM commands WHERE id = $1").bind(&id).one(conn).await?;
        let same = row.get::<String>("actor")? == identity.actor && row.get::<String>("digest")? == identity.digest;
        if !same {
            return Err(domain::board::Refusal::CommandReused.into());
        }
        return Ok(serde_json::from_str(&row.get::<String>("answer")?)?);
    }
    let mut tx = Tx { conn, ctx, recorded: Recorded::default() };
    let value = body(&mut tx).await?;
    let recorded = std::mem::take(&mut tx.recorded);
    let answer = serde_json::to_string(&value)?;
    sql!("UPDATE commands SET answer = $2 WHERE id = $1").bind(&id).bind(answer).run(conn).await?;
    log::append(conn, ctx, identity.id, recorded).await?;
    Ok(value)
}

/// An id for a command that its sender can't repeat, because it brought none.
pub(crate) fn new_command() -> CommandId {
    CommandId::new_v4()
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
