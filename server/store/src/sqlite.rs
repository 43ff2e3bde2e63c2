//! SQLite as the store uses it: statements run where the caller is. The writer's thread and a snapshot's thread are
//! made for waiting; a single read is taken to one that is.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Statement};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Result};
use crate::sql::Value;

const STATEMENTS_KEPT: usize = 300;
const BUSY_TIME_MAX: Duration = Duration::from_secs(10);
/// For one of the readers to become free.
const WAIT_MAX: Duration = Duration::from_secs(30);

type Shared = Arc<Mutex<Connection>>;

/// A connection to the database's file.
pub struct SqliteConn {
    conn: Shared,
    /// Whether this very thread may wait for the disk.
    pub(crate) here: bool,
    /// Where it goes when it is not needed any more; the writer's own goes nowhere.
    home: Option<Home>,
}

struct Home {
    idle: Arc<Mutex<Vec<Shared>>>,
    _place: OwnedSemaphorePermit,
}

impl SqliteConn {
    pub(crate) fn writer(file: &Path) -> Result<Self> {
        let conn = open(file)?;
        conn.execute_batch("PRAGMA synchronous = FULL")?;
        Ok(Self { conn: Arc::new(Mutex::new(conn)), here: true, home: None })
    }

    /// How many rows it touched.
    pub(crate) async fn run(&self, text: &str, values: &[Value]) -> Result<u64> {
        self.on(text, values, |conn, text, values| {
            let mut statement = conn.prepare_cached(text)?;
            bind(&mut statement, values)?;
            let mut rows = statement.raw_query();
            while rows.next()?.is_some() {}
            Ok(conn.changes())
        })
        .await
    }

    pub(crate) async fn all(&self, text: &str, values: &[Value]) -> Result<Vec<SqliteRow>> {
        self.on(text, values, |conn, text, values| {
            let mut statement = conn.prepare_cached(text)?;
            bind(&mut statement, values)?;
            let names = Arc::new(Names::of(&statement));
            let mut found = Vec::new();
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next()? {
                let cells = (0..names.names.len()).map(|at| cell(row.get_ref(at)?)).collect::<Result<_>>()?;
                found.push(SqliteRow { names: names.clone(), cells });
            }
            Ok(found)
        })
        .await
    }

    async fn on<T: Send + 'static>(
        &self,
        text: &str,
        values: &[Value],
        work: fn(&Connection, &str, &[Value]) -> Result<T>,
    ) -> Result<T> {
        if self.here {
            return work(&held(&self.conn), text, values);
        }
        let (conn, text, values) = (self.conn.clone(), text.to_owned(), values.to_vec());
        let task = tokio::task::spawn_blocking(move || work(&held(&conn), &text, &values));
        task.await.map_err(|_| Error::Closed)?
    }
}

impl Drop for SqliteConn {
    fn drop(&mut self) {
        let Some(home) = &self.home else { return };
        // One whose transaction could not be ended would show its next reader the past. One that is still at work, because
        // whoever asked has gone, reads a single thing and is in none.
        let in_transaction = match self.conn.try_lock() {
            Ok(conn) => !conn.is_autocommit(),
            Err(TryLockError::Poisoned(conn)) => !conn.into_inner().is_autocommit(),
            Err(TryLockError::WouldBlock) => false,
        };
        if !in_transaction {
            held(&home.idle).push(self.conn.clone());
        }
    }
}

/// A panic elsewhere does not spoil what is behind the lock: a transaction is undone before its connection goes home.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Connections that only read, as many as are needed at once and at most so many.
pub struct Readers {
    file: PathBuf,
    idle: Arc<Mutex<Vec<Shared>>>,
    places: Arc<Semaphore>,
    most: u32,
}

impl Readers {
    pub(crate) fn new(file: &Path, most: u32) -> Self {
        let most = most.max(1);
        Self { file: file.to_owned(), idle: Arc::default(), places: Arc::new(Semaphore::new(most as usize)), most }
    }

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    pub(crate) async fn acquire(&self) -> Result<SqliteConn> {
        let place = tokio::time::timeout(WAIT_MAX, self.places.clone().acquire_owned()).await;
        let place = place.map_err(|_| Error::Busy)?.map_err(|_| Error::Closed)?;
        let idle = held(&self.idle).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => {
                let file = self.file.clone();
                let opened = tokio::task::spawn_blocking(move || reader(&file));
                Arc::new(Mutex::new(opened.await.map_err(|_| Error::Closed)??))
            }
        };
        let home = Home { idle: self.idle.clone(), _place: place };
        Ok(SqliteConn { conn, here: false, home: Some(home) })
    }

    /// Whoever reads ends first.
    pub(crate) async fn close(&self) {
        let all = self.places.acquire_many(self.most).await;
        self.places.close();
        held(&self.idle).clear();
        drop(all);
    }
}

fn reader(file: &Path) -> Result<Connection> {
    let conn = open(file)?;
    conn.execute_batch("PRAGMA query_only = ON")?;
    Ok(conn)
}

fn open(file: &Path) -> Result<Connection> {
    let conn = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(BUSY_TIME_MAX)?;
    conn.execute_batch("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY")?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(conn)
}

/// `$7` is the seventh value, wherever it stands: SQLite numbers parameters in the order in which it meets them.
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<()> {
    for at in 1..=statement.parameter_count() {
        let number = statement.parameter_name(at).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        let value = number.and_then(|number| values.get(number.checked_sub(1)?));
        match value {
            Some(Value::Integer(value)) => statement.raw_bind_parameter(at, value)?,
            Some(Value::Text(value)) => statement.raw_bind_parameter(at, value.as_deref())?,
            None => return Err(Error::Corrupt(format!("parameter {at} of a statement has no value"))),
        }
    }
    Ok(())
}

fn cell(value: ValueRef<'_>) -> Result<Value> {
    match value {
        ValueRef::Null => Ok(Value::Integer(None)),
        ValueRef::Integer(value) => Ok(Value::Integer(Some(value))),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Value::Text(Some(text.to_owned()))),
            Err(_) => Err(Error::Corrupt("a text is no UTF-8".into())),
        },
        ValueRef::Real(_) | ValueRef::Blob(_) => Err(Error::Corrupt("neither a number nor a text".into())),
    }
}

struct Names {
    names: Vec<String>,
    /// Where the last one was found: columns are mostly read in their order.
    next: AtomicUsize,
}

impl Names {
    fn of(statement: &Statement<'_>) -> Self {
        Self { names: statement.column_names().into_iter().map(str::to_owned).collect(), next: AtomicUsize::new(0) }
    }

    fn find(&self, name: &str) -> Option<usize> {
        let from = self.next.load(Ordering::Relaxed).min(self.names.len());
        let at = (from..self.names.len()).chain(0..from).find(|at| self.names[*at] == name)?;
        self.next.store(at + 1, Ordering::Relaxed);
        Some(at)
    }
}

pub struct SqliteRow {
    names: Arc<Names>,
    cells: Vec<Value>,
}

impl SqliteRow {
    pub(crate) fn integer(&self, name: &str) -> Result<Option<i64>> {
        match self.cell(name)? {
            Value::Integer(value) => Ok(*value),
            Value::Text(_) => Err(Error::Corrupt(format!("{name} is no number"))),
        }
    }

    pub(crate) fn text(&self, name: &str) -> Result<Option<String>> {
        match self.cell(name)? {
            Value::Text(value) => Ok(value.clone()),
            Value::Integer(None) => Ok(None),
            Value::Integer(Some(_)) => Err(Error::Corrupt(format!("{name} is no text"))),
        }
    }

    fn cell(&self, name: &str) -> Result<&Value> {
        let at = self.names.find(name).ok_or_else(|| Error::Corrupt(format!("there is no column {name}")))?;
        self.cells.get(at).ok_or_else(|| Error::Corrupt(format!("there is no column {name}")))
    }
}
