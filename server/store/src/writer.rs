//! SQLite's writer: one thread owns the write connection and commits in groups. Each queued command runs in a savepoint
//! of its own; one COMMIT, with its fsync, serves the group, and every caller is answered only after it. A group never
//! waits for a timer: it takes what is queued.

use futures::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};

use crate::error::{Error, Result};
use crate::sql::Conn;
use crate::sqlite::SqliteConn;
use crate::tx::run_guarded;

/// Commands that may wait; beyond it a door answers "busy" at once.
pub(crate) const QUEUE_MAX: usize = 4_096;
/// Commands that share one commit.
const GROUP_MAX: usize = 256;

/// One command: runs in its savepoint and keeps its result until the commit is known.
pub(crate) trait Job: Send {
    /// Whether its savepoint is to be kept.
    fn run<'c>(&'c mut self, conn: &'c mut Conn) -> BoxFuture<'c, bool>;
    /// Whether another transaction got in the way, so that it may be run again. SQLite's one writer meets none.
    fn collided(&self) -> bool {
        false
    }
    /// Called once after the group's commit, or its failure.
    fn answer(self: Box<Self>, commit: Result<(), Error>);
}

pub struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
    closed: tokio::sync::Mutex<Option<oneshot::Receiver<()>>>,
    stop: tokio::sync::Mutex<Option<oneshot::Sender<()>>>,
}

impl Writer {
    pub(crate) fn start(conn: SqliteConn) -> Result<Self> {
        let (queue, jobs) = mpsc::channel(QUEUE_MAX);
        let (stop, stopping) = oneshot::channel();
        let (done, closed) = oneshot::channel();
        // Statements run on this very thread: a command of ten of them hands over to nobody in between.
        let runtime = tokio::runtime::Handle::current();
        std::thread::Builder::new().name("writer".into()).spawn(move || {
            runtime.block_on(serve(Conn::Sqlite(conn), jobs, stopping));
            let _ = done.send(());
        })?;
        Ok(Self { queue, closed: Some(closed).into(), stop: Some(stop).into() })
    }

    pub(crate) fn is_open(&self) -> bool {
        !self.queue.is_closed()
    }

    pub(crate) fn submit(&self, job: Box<dyn Job>) -> Result<()> {
        self.queue.try_send(job).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => Error::Busy,
            mpsc::error::TrySendError::Closed(_) => Error::Closed,
        })
    }

    /// Lets the queue run dry, then ends.
    pub(crate) async fn close(&self) {
        if let Some(stop) = self.stop.lock().await.take() {
            let _ = stop.send(());
        }
        if let Some(closed) = self.closed.lock().await.take() {
            let _ = closed.await;
        }
    }
}

async fn serve(mut conn: Conn, mut jobs: mpsc::Receiver<Box<dyn Job>>, mut stopping: oneshot::Receiver<()>) {
    let mut stopped = false;
    loop {
        let first = tokio::select! {
            biased;
            job = jobs.recv() => job,
            // Asked once: it has nothing more to say, and asking again would panic.
            _ = &mut stopping, if !stopped => {
                stopped = true;
                jobs.close();
                jobs.recv().await
            }
        };
        let Some(first) = first else { break };
        if group(&mut conn, first, &mut jobs).await == Disk::Failed {
            // What a failed fsync left behind cannot be known, and asking again may lie: nothing more is written.
            tracing::error!("the disk failed: the store takes no more commands until the server is restarted");
            break;
        }
    }
}

#[derive(PartialEq, Eq)]
enum Disk {
    Works,
    Failed,
}

async fn group(conn: &mut Conn, first: Box<dyn Job>, jobs: &mut mpsc::Receiver<Box<dyn Job>>) -> Disk {
    let mut done = Vec::new();
    let end = run_all(conn, first, jobs, &mut done).await;
    if let Err(error) = &end {
        tracing::error!(%error, commands = done.len(), "a group of commands was not committed");
        let _ = control(conn, "ROLLBACK").await;
    }
    for job in done {
        job.answer(match &end {
            Ok(()) => Ok(()),
            Err(Error::Full) => Err(Error::Full),
            Err(Error::Busy) => Err(Error::Busy),
            Err(_) => Err(Error::Closed),
        });
    }
    if end.as_ref().is_err_and(Error::is_io) { Disk::Failed } else { Disk::Works }
}

/// Runs what is queued and commits. A savepoint that can't be undone or kept (a full disk undoes the whole
/// transaction by itself) ends the group: nobody in it is told that it was done.
async fn run_all(
    conn: &mut Conn,
    first: Box<dyn Job>,
    jobs: &mut mpsc::Receiver<Box<dyn Job>>,
    done: &mut Vec<Box<dyn Job>>,
) -> Result<()> {
    if let Err(error) = control(conn, "BEGIN IMMEDIATE").await {
        done.push(first);
        return Err(error);
    }
    let mut next = Some(first);
    while let Some(mut job) = next.take() {
        let ended = in_savepoint(conn, job.as_mut()).await;
        done.push(job);
        ended?;
        if done.len() < GROUP_MAX {
            next = jobs.try_recv().ok();
        }
    }
    control(conn, "COMMIT").await
}

async fn in_savepoint(conn: &mut Conn, job: &mut dyn Job) -> Result<()> {
    control(conn, "SAVEPOINT command").await?;
    if !run_guarded(job, conn).await {
        control(conn, "ROLLBACK TO command").await?;
    }
    control(conn, "RELEASE command").await
}

async fn control(conn: &mut Conn, statement: &'static str) -> Result<()> {
    conn.execute(statement, statement).await
}
