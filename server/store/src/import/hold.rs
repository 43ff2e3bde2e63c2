//! SQLite: of the processes that have a file open, one at a time drives its imports, for another's rows would come between
//! what it has read and what it writes. The operating system keeps the hold and takes it from a process that is no more,
//! so that the next one goes on at once. PostgreSQL's processes are on many machines, and hold a lease instead.

use std::fs::{File, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;

use crate::db::Db;
use crate::error::Result;

/// Beside the database.
const ENDING: &str = "-imports";

/// Ends with its process, when it is dropped, or before.
pub(super) struct Hold(Option<File>);

impl Hold {
    /// None: somebody else has it.
    pub(super) fn take(db: &Db) -> Result<Option<Self>> {
        let Db::Sqlite { read, .. } = db else { return Ok(Some(Self(None))) };
        let mut path = read.file().as_os_str().to_owned();
        path.push(ENDING);
        let file = File::options().write(true).create(true).truncate(false).mode(0o600).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(Some(file)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    pub(super) fn let_go(&self) {
        let Some(file) = &self.0 else { return };
        if let Err(error) = file.unlock() {
            tracing::warn!(%error, "imports of this database are held until the process ends");
        }
    }
}
