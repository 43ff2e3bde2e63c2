//! Follows the log for webhooks: after every commit, or by and by, what somebody wants to hear is put into the outbox.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use app::ctx::now;
use domain::ids::Seq;
use store::Store;
use tokio::sync::Notify;

/// The net under lost hints.
const POLL_EVERY: Duration = Duration::from_secs(1);
/// Between two readings: what is committed meanwhile is read together.
const BREATH: Duration = Duration::from_millis(50);
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Runs until the store closes. `wake` is told when there is something to send.
pub async fn follow(store: Store, wake: Arc<Notify>) {
    let mut seen = Seq(0);
    loop {
        let mut committed = pin!(store.committed());
        // Polled once before the log is read: a commit between the reading and the waiting is not slept over.
        let already = futures::poll!(committed.as_mut()).is_ready();
        match read_on(&store, &mut seen, &wake).await {
            Ok(()) => {}
            Err(store::Error::Closed) => return,
            Err(error) => {
                tracing::warn!(%error, "the log could not be read for webhooks");
                tokio::time::sleep(RETRY_AFTER).await;
                continue;
            }
        }
        if !already {
            let _ = tokio::time::timeout(POLL_EVERY, committed).await;
        }
        tokio::time::sleep(BREATH).await;
    }
}

async fn read_on(store: &Store, seen: &mut Seq, wake: &Notify) -> store::Result<()> {
    loop {
        let filled = store.fill_outbox(*seen, now()).await?;
        *seen = filled.seq;
        if filled.messages > 0 {
            wake.notify_one();
        }
        if !filled.more {
            return Ok(());
        }
    }
}
