//! What the store's tests share: each test gets a database of its own, of either kind, and a small shop in it.

pub mod catalog;
pub mod files;
pub mod orders;
pub mod parcels;
pub mod postgres;
pub mod shop;
pub mod statuses;
pub mod watcher;
pub mod webhooks;

use std::path::PathBuf;

use domain::board::Refusal;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use store::{Options, Store};
use tempfile::TempDir;

/// Makes `sqlite::name` and `postgres::name` of each `async fn name(db: TestDb)`.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::common::TestDb::sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::common::TestDb::postgres().await).await;
            })*
        }
    };
}
pub(crate) use on_both;

/// A database of its own, migrated and empty.
pub struct TestDb {
    pub store: Store,
    pub options: Options,
    /// For files beside it; removed with it.
    pub folder: TempDir,
}

impl TestDb {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("voronka.db").display());
        Self::open(url, folder).await
    }

    pub async fn postgres() -> Self {
        Self::open(postgres::database().await, tempfile::tempdir().expect("a folder")).await
    }

    async fn open(url: String, folder: TempDir) -> Self {
        let options = Options { readers_max: 4, ..Options::new(url) };
        let store = Store::open(&options).await.expect("the store opens");
        Self { store, options, folder }
    }

    /// Another empty one of the same kind.
    pub async fn another(&self) -> Self {
        if self.store.is_postgres() { Self::postgres().await } else { Self::sqlite().await }
    }

    pub async fn reopen(&mut self) {
        self.store.close().await;
        self.store = Store::open(&self.options).await.expect("the store opens again");
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Every row of every table, as text in an order of its own.
    pub async fn everything(&self) -> String {
        let file = self.file(&format!("{}.jsonl", uuid::Uuid::new_v4()));
        self.store.backup(&file).await.expect("a dump");
        let text = std::fs::read_to_string(&file).expect("the dump is text");
        let _ = std::fs::remove_file(&file);
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        lines.join("\n")
    }

    /// Every row but those of the log, of answers to commands, and of imports themselves.
    pub async fn without_imports(&self) -> String {
        const LEFT_OUT: [&str; 5] = ["events", "commands", "imports", "import_rows", "import_mappings"];
        let text = self.everything().await;
        let left_out = |line: &&str| {
            LEFT_OUT.iter().any(|table| line.contains(&format!(r#""table":"{table}""#)))
                || line.contains(r#""line":"end""#)
        };
        text.lines().filter(|line| !left_out(line)).collect::<Vec<_>>().join("\n")
    }

    /// Runs something that must change nothing: neither rows nor the log.
    pub async fn untouched<T>(&self, work: impl Future<Output = T>) -> T {
        let before = self.everything().await;
        let result = work.await;
        let after = self.everything().await;
        assert!(before == after, "something changed:\n{}", first_difference(&before, &after));
        result
    }

    /// Behind the store's back.
    pub async fn tamper(&self, statement: &str) {
        let mut conn = self.elsewhere().await;
        conn.run(statement).await;
        conn.close().await;
    }

    /// Somebody else's connection to the database.
    pub async fn elsewhere(&self) -> Elsewhere {
        let url = &self.options.url;
        if self.store.is_postgres() {
            Elsewhere::Postgres(PgConnection::connect(url).await.expect("connects"))
        } else {
            Elsewhere::Sqlite(SqliteConnection::connect(url).await.expect("connects"))
        }
    }

    /// Every test ends here: whatever it did, log and rows agree, and nobody waited for each other in a circle.
    pub async fn sound(self) {
        let problems = self.store.check().await.expect("the check runs");
        assert_eq!(problems, Vec::<String>::new());
        self.store.close().await;
        if self.store.is_postgres() {
            const DEADLOCKS: &str = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
            let mut conn = PgConnection::connect(&self.options.url).await.expect("connects");
            // Tried again, a deadlock is no failure; but it takes a second, and locks in one order make none.
            let deadlocks: i64 = sqlx::query_scalar(DEADLOCKS).fetch_one(&mut conn).await.expect("a number");
            assert_eq!(deadlocks, 0, "deadlocks");
        }
    }
}

/// What the store knows nothing of.
pub enum Elsewhere {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Elsewhere {
    /// A transaction that writes: until it ends, SQLite's writer waits, and on PostgreSQL whoever wants the same rows.
    pub async fn begin(&mut self) {
        let words = if matches!(self, Elsewhere::Sqlite(_)) { "BEGIN IMMEDIATE" } else { "BEGIN" };
        self.run(words).await;
    }

    pub async fn run(&mut self, statement: &str) {
        let statement = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()));
        match self {
            Elsewhere::Sqlite(conn) => statement.execute(conn).await.map(drop),
            Elsewhere::Postgres(conn) => statement.execute(conn).await.map(drop),
        }
        .expect("the statement works");
    }

    pub async fn close(self) {
        match self {
            Elsewhere::Sqlite(conn) => conn.close().await,
            Elsewhere::Postgres(conn) => conn.close().await,
        }
        .expect("closes");
    }
}

fn first_difference(before: &str, after: &str) -> String {
    let pairs = before.lines().zip(after.lines());
    let differ = pairs.into_iter().find(|(one, other)| one != other);
    differ.map_or_else(|| "one is longer".to_owned(), |(one, other)| format!("{one}\n{other}"))
}

/// Why it was refused; fails where it was not.
pub fn refusal<T>(result: store::Result<T>) -> Refusal {
    match result {
        Err(store::Error::Refused(refusal)) => refusal,
        Err(error) => panic!("it failed instead of being refused: {error}"),
        Ok(_) => panic!("it was done instead of being refused"),
    }
}
