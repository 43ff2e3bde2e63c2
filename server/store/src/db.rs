//! Opening a database, reading from it, and handing commands to the writer.

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::sync::Notify;

use crate::error::{Error, Result};
use crate::sql::Conn;
use crate::sqlite::{Readers, SqliteConn};
use crate::writer::Writer;

/// How to open the store.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite:path/to/file` or `postgres://…`.
    pub url: String,
    /// The shop's time zone, by its IANA name: it says when a day begins.
    pub time_zone: String,
    pub readers_max: u32,
}

impl Options {
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), time_zone: "Europe/Kyiv".into(), readers_max: 8 }
    }

    /// Where the database file is; None for PostgreSQL.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let file = self.url.strip_prefix("sqlite:").unwrap_or(&self.url);
        (!self.url.starts_with("postgres")).then(|| PathBuf::from(file))
    }
}

pub enum Db {
    /// One connection writes, through the writer; a pool of read-only ones reads.
    Sqlite {
        writer: Writer,
        read: Readers,
    },
    Postgres(PgPool),
}

/// The store: cheap to clone, shared by every door.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    zone: jiff::tz::TimeZone,
    committed: Notify,
    passwords: tokio::sync::Semaphore,
    /// PostgreSQL: commands that may wait for a connection, as SQLite's queue has places.
    places: Arc<tokio::sync::Semaphore>,
}

impl Store {
    /// Opens and migrates.
    pub async fn open(options: &Options) -> Result<Self> {
        let db = match options.sqlite_file() {
            Some(file) => open_sqlite(options, &file).await?,
            None => {
                let connect = PgConnectOptions::from_str(&options.url)?;
                let pool =
                    PgPoolOptions::new().max_connections(options.readers_max.max(4) * 2).connect_with(connect).await?;
                crate::migrations::postgres().run(&pool).await?;
                Db::Postgres(pool)
            }
        };
        let zone = jiff::tz::TimeZone::get(&options.time_zone)
            .map_err(|error| Error::Corrupt(format!("time zone {:?}: {error}", options.time_zone)))?;
        let passwords = tokio::sync::Semaphore::new(2);
        let places = Arc::new(tokio::sync::Semaphore::new(crate::writer::QUEUE_MAX));
        Ok(Self { inner: Arc::new(Inner { db, zone, committed: Notify::new(), passwords, places }) })
    }

    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    pub(crate) fn place(&self) -> Result<tokio::sync::OwnedSemaphorePermit> {
        self.inner.places.clone().try_acquire_owned().map_err(|_| Error::Busy)
    }

    /// Whether commands are still taken: after a failed fsync none is, until the server is started again.
    pub fn takes_commands(&self) -> bool {
        match &self.inner.db {
            Db::Sqlite { writer, .. } => writer.is_open(),
            Db::Postgres(pool) => !pool.is_closed(),
        }
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.inner.db, Db::Postgres(_))
    }

    pub(crate) fn zone(&self) -> &jiff::tz::TimeZone {
        &self.inner.zone
    }

    /// Password hashing takes memory and a core: two at a time.
    pub(crate) fn passwords(&self) -> &tokio::sync::Semaphore {
        &self.inner.passwords
    }

    /// Resolves after the next commit of this process: a hint to look at the log.
    pub async fn committed(&self) {
        self.inner.committed.notified().await;
    }

    pub(crate) fn announce(&self) {
        self.inner.committed.notify_waiters();
    }

    pub(crate) async fn reader(&self) -> Result<Conn> {
        Ok(match &self.inner.db {
            Db::Sqlite { read, .. } => Conn::Sqlite(read.acquire().await?),
            Db::Postgres(pool) => Conn::Postgres(pool.acquire().await?),
        })
    }

    /// Reads several things as they were at one moment. Runs in a task of its own, so that a caller who goes away
    /// leaves no open transaction behind.
    pub(crate) async fn snapshot<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>> + Send + 'static,
    {
        let mut conn = self.reader().await?;
        let task = if let Conn::Sqlite(file) = &mut conn {
            // The whole transaction on one thread, which may wait for the disk.
            file.here = true;
            tokio::task::spawn_blocking(move || futures::executor::block_on(at_one_moment(conn, read)))
        } else {
            tokio::spawn(at_one_moment(conn, read))
        };
        task.await.map_err(|_| Error::Closed)?
    }

    /// Commits what is queued and closes. Commands that come later are refused.
    pub async fn close(&self) {
        match &self.inner.db {
            Db::Sqlite { writer, read } => {
                writer.close().await;
                read.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }
}

async fn at_one_moment<T, F>(mut conn: Conn, read: F) -> Result<T>
where
    F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>>,
{
    conn.execute("BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    // A panic, too, must not leave the transaction open in a connection that somebody else gets next.
    let result = AssertUnwindSafe(async { read(&mut conn).await }).catch_unwind().await;
    conn.execute("ROLLBACK", "ROLLBACK").await?;
    result.unwrap_or(Err(Error::Closed))
}

impl Conn {
    /// Transaction control and the like: no arguments, nothing returned.
    pub(crate) async fn execute(&mut self, sqlite: &'static str, postgres: &'static str) -> Result<()> {
        match self {
            Conn::Sqlite(conn) => conn.run(sqlite, &[]).await.map(drop),
            Conn::Postgres(conn) => Ok(sqlx::raw_sql(postgres).execute(&mut **conn).await.map(drop)?),
        }
    }
}

/// Made for its owner alone: customers and secrets are in it. What SQLite puts beside it takes after it.
pub(crate) fn own(file: &Path) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    if !file.exists() {
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    }
    Ok(())
}

async fn open_sqlite(options: &Options, file: &Path) -> Result<Db> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    own(file)?;
    migrate(file).await?;
    let writer = Writer::start(SqliteConn::writer(file)?)?;
    Ok(Db::Sqlite { writer, read: Readers::new(file, options.readers_max) })
}

async fn migrate(file: &Path) -> Result<()> {
    let connect = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
        .foreign_keys(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(connect).await?;
    crate::migrations::sqlite().run(&pool).await?;
    pool.close().await;
    Ok(())
}
