//! Restoring a backup into a database in which nothing has happened yet. Either form goes into either database.

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use domain::board::Limit;
use futures::future::BoxFuture;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::oneshot;

use super::backup::{Draft, integrity};
use super::dump;
use crate::db::{Options, Store};
use crate::error::{Error, Result};
use crate::sql::{Conn, sql};
use crate::writer::Job;

/// Fills the database of `options` from a backup. One that has users or a log is refused: nothing is overwritten.
pub async fn restore(options: &Options, from: &Path) -> Result<()> {
    let plain = is_sqlite(from)?;
    match options.sqlite_file() {
        Some(target) if plain => put_file(options, &target, from).await,
        Some(_) | None if plain => {
            // Into PostgreSQL by way of a logical dump: the file is copied first, because opening it migrates it.
            let copy = Draft::beside(from);
            copy_checked(from, &copy.path).await?;
            let dump = Draft::beside(from);
            let source = Store::open(&Options::new(format!("sqlite:{}", copy.path.display()))).await?;
            let dumped = source.dump(dump.path.clone()).await;
            source.close().await;
            dumped?;
            load(options, &dump.path).await
        }
        Some(_) | None => load(options, from).await,
    }
}

fn is_sqlite(file: &Path) -> Result<bool> {
    let mut head = Vec::new();
    File::open(file)?.take(16).read_to_end(&mut head)?;
    Ok(head == b"SQLite format 3\0")
}

async fn put_file(options: &Options, target: &Path, from: &Path) -> Result<()> {
    if fs::exists(target)? {
        make_way(options, target).await?;
    } else if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let draft = Draft::beside(target);
    copy_checked(from, &draft.path).await?;
    draft.replace(target)?;
    // An older backup is brought up to date at once, so that a restore that ended well serves well.
    let store = Store::open(options).await?;
    store.close().await;
    Ok(())
}

async fn copy_checked(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)?;
    let problems = integrity(to).await?;
    if problems.is_empty() { Ok(()) } else { Err(Error::Corrupt(format!("the backup: {}", problems.join("; ")))) }
}

/// The database that is there must be empty and nobody's: leaving the WAL mode succeeds only for the last connection,
/// and takes away the files that would spoil what is put in its place.
async fn make_way(options: &Options, target: &Path) -> Result<()> {
    let store = Store::open(options).await?;
    let empty = store.is_unused().await;
    store.close().await;
    if !empty? {
        return Err(Limit::AlreadySetUp.into());
    }
    let conn = SqliteConnectOptions::new().filename(target).journal_mode(SqliteJournalMode::Delete).connect().await?;
    Ok(conn.close().await?)
}

async fn load(options: &Options, from: &Path) -> Result<()> {
    let store = Store::open(options).await?;
    let (reply, answer) = oneshot::channel();
    let job = Load { from: from.to_owned(), result: None, reply: Some(reply) };
    let submitted = store.submit(job);
    let result = match submitted {
        Ok(()) => answer.await.map_err(|_| Error::Closed)?,
        Err(error) => Err(error),
    };
    store.close().await;
    result
}

/// The load is one transaction: it is there whole, or not at all.
struct Load {
    from: PathBuf,
    result: Option<Result<()>>,
    reply: Option<oneshot::Sender<Result<()>>>,
}

impl Job for Load {
    fn run<'c>(&'c mut self, conn: &'c mut Conn) -> BoxFuture<'c, bool> {
        Box::pin(async move {
            let result = fill(conn, &self.from).await;
            let keep = result.is_ok();
            self.result = Some(result);
            keep
        })
    }

    fn answer(self: Box<Self>, commit: Result<()>) {
        if let Some(reply) = self.reply {
            let _ = reply.send(self.result.unwrap_or(Err(Error::Closed)).and(commit));
        }
    }
}

async fn fill(conn: &mut Conn, from: &Path) -> Result<()> {
    if !unused(conn).await? {
        return Err(Limit::AlreadySetUp.into());
    }
    dump::read(conn, BufReader::new(File::open(from)?)).await
}

async fn unused(conn: &mut Conn) -> Result<bool> {
    let row = sql!("SELECT (SELECT COUNT(*) FROM users) + (SELECT COUNT(*) FROM events) AS n").one(conn).await?;
    Ok(row.get::<i64>("n")? == 0)
}

impl Store {
    /// Neither users nor a log.
    async fn is_unused(&self) -> Result<bool> {
        unused(&mut self.reader().await?).await
    }
}
