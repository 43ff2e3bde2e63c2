//! A command's transaction: who acts, what it writes, what it appends to the log, and how it is answered once only.

use domain::auth::Actor;
use domain::event::{Fact, Scope};
use domain::ids::{CommandId, Millis};
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
    facts: Vec<(Scope, Fact)>,
}

impl Tx<'_> {
    /// Appended to the log at the end of this very transaction.
    pub fn record(&mut self, scope: Scope, fact: Fact) {
        self.facts.push((scope, fact));
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
    body: Option<F>,
    result: Option<Result<T>>,
    reply: Option<oneshot::Sender<Result<T>>>,
}

impl Store {
    /// Runs a command once. `content` is what makes two sendings the same command: the same id with other content, or
    /// from somebody else, is refused.
    pub(crate) async fn write<T, F>(&self, ctx: &Ctx, id: CommandId, content: &impl Serialize, body: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> BoxFuture<'t, Result<T>> + Send + 'static,
    {
        let content = serde_json::to_vec(content)?;
        let identity = Identity { id, actor: ctx.actor.who.to_string(), digest: hex(&Sha256::digest(&content)) };
        let (reply, answer) = oneshot::channel();
        let mut job = CommandJob { ctx: ctx.clone(), identity, body: Some(body), result: None, reply: Some(reply) };
        match self.db() {
            Db::Sqlite { writer, .. } => writer.submit(Box::new(job))?,
            Db::Postgres(pool) => {
                let pool = pool.clone();
                // A task of its own: a caller who goes away does not cut a transaction in the middle.
                tokio::spawn(async move {
                    let commit = on_postgres(&pool, &mut job).await;
                    Box::new(job).answer(commit);
                });
            }
        }
        let result = answer.await.map_err(|_| Error::Closed)?;
        if result.is_ok() {
            self.announce();
        }
        result
    }
}

async fn on_postgres(pool: &sqlx::PgPool, job: &mut impl Job) -> Result<()> {
    let mut conn = Conn::Postgres(pool.acquire().await?);
    conn.execute(sqlx::raw_sql("BEGIN"), sqlx::raw_sql("BEGIN")).await?;
    let end = if job.run(&mut conn).await { "COMMIT" } else { "ROLLBACK" };
    conn.execute(sqlx::raw_sql(end), sqlx::raw_sql(end)).await
}

impl<T, F> Job for CommandJob<T, F>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> BoxFuture<'t, Result<T>> + Send + 'static,
{
    fn run<'c>(&'c mut self, conn: &'c mut Conn) -> BoxFuture<'c, bool> {
        Box::pin(async move {
            let result = match self.body.take() {
                Some(body) => once(conn, &self.ctx, &self.identity, body).await,
                None => Err(Error::Closed),
            };
            let keep = result.is_ok();
            self.result = Some(result);
            keep
        })
    }

    fn answer(self: Box<Self>, commit: Result<()>) {
        let result = match (self.result, commit) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(Error::Closed),
        };
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
    if let Some(row) = sql!("SELECT actor, digest, answer FROM commands WHERE id = $1").bind(&id).optional(conn).await?
    {
        let same = row.get::<String>("actor")? == identity.actor && row.get::<String>("digest")? == identity.digest;
        if !same {
            return Err(domain::board::Refusal::CommandReused.into());
        }
        return Ok(serde_json::from_str(&row.get::<String>("answer")?)?);
    }
    let mut tx = Tx { conn, ctx, facts: Vec::new() };
    let value = body(&mut tx).await?;
    let facts = std::mem::take(&mut tx.facts);
    sql!("INSERT INTO commands (id, actor, digest, answer, at) VALUES ($1, $2, $3, $4, $5)")
        .bind(&id)
        .bind(&identity.actor)
        .bind(&identity.digest)
        .bind(serde_json::to_string(&value)?)
        .bind(ctx.now)
        .run(conn)
        .await?;
    log::append(conn, ctx, identity.id, facts).await?;
    Ok(value)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
