//! What can go wrong in the store. A refusal is for people; the rest is for logs.

use domain::board::{Limit, Refusal};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule said no; nothing changed.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// It is not what the caller saw; nothing changed. With what it is known by now.
    #[error("it has been changed meanwhile")]
    Changed { tag: String },
    /// Whoever asks is not signed in, or no more.
    #[error("nobody is signed in")]
    SignedOut,
    #[error("database: {0}")]
    Database(#[source] Cause),
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row that no version of ours writes.
    #[error("unexpected data: {0}")]
    Corrupt(String),
    /// More work is queued than can be done; try later.
    #[error("the write queue is full")]
    Busy,
    /// The disk is full; reads go on.
    #[error("the disk is full")]
    Full,
    /// The writer is gone: the server is stopping.
    #[error("the store is closing")]
    Closed,
    #[error("input and output: {0}")]
    Io(#[from] std::io::Error),
}

/// What the database's own driver says.
#[derive(Debug, thiserror::Error)]
pub enum Cause {
    #[error(transparent)]
    Sqlx(sqlx::Error),
    #[error(transparent)]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Error::Full,
            Some(rusqlite::ErrorCode::DatabaseBusy) => Error::Busy,
            _ => Error::Database(Cause::Sqlite(error)),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            // SQLite's SQLITE_FULL, PostgreSQL's disk_full.
            sqlx::Error::Database(cause) if matches!(cause.code().as_deref(), Some("13" | "53100")) => Error::Full,
            sqlx::Error::PoolTimedOut => Error::Busy,
            sqlx::Error::PoolClosed => Error::Closed,
            _ => Error::Database(Cause::Sqlx(error)),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::Refused(refusal)
    }
}

impl From<Limit> for Error {
    fn from(limit: Limit) -> Self {
        Error::Refused(Refusal::Limit { limit })
    }
}

impl From<domain::orders::OrderFault> for Error {
    fn from(fault: domain::orders::OrderFault) -> Self {
        Error::Refused(fault.into())
    }
}

impl From<domain::orders::StatusFault> for Error {
    fn from(fault: domain::orders::StatusFault) -> Self {
        Error::Refused(fault.into())
    }
}

impl From<domain::catalog::CatalogFault> for Error {
    fn from(fault: domain::catalog::CatalogFault) -> Self {
        Error::Refused(fault.into())
    }
}

impl From<domain::import::ImportFault> for Error {
    fn from(fault: domain::import::ImportFault) -> Self {
        Error::Refused(Refusal::Import { fault })
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::Corrupt(error.to_string())
    }
}

impl Error {
    /// PostgreSQL: a deadlock or a serialisation failure. The transaction is undone and may be tried again.
    pub(crate) fn is_collision(&self) -> bool {
        let Error::Database(Cause::Sqlx(sqlx::Error::Database(error))) = self else { return false };
        matches!(error.code().as_deref(), Some("40P01" | "40001"))
    }

    /// SQLite: reading or writing the file failed (SQLITE_IOERR in its many forms). Nothing is known of what is on disk.
    pub(crate) fn is_io(&self) -> bool {
        let Error::Database(Cause::Sqlite(error)) = self else { return false };
        error.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure)
    }

    /// The named constraint that was violated. SQLite names columns instead; both are matched by the caller's name,
    /// `table_column_taken` or `table.column`.
    pub fn violates(&self, constraint: &str, columns: &str) -> bool {
        match self {
            Error::Database(Cause::Sqlx(sqlx::Error::Database(error))) => {
                error.is_unique_violation() && error.constraint() == Some(constraint)
            }
            Error::Database(Cause::Sqlite(rusqlite::Error::SqliteFailure(error, Some(words)))) => {
                error.code == rusqlite::ErrorCode::ConstraintViolation && words.contains(columns)
            }
            _ => false,
        }
    }
}
