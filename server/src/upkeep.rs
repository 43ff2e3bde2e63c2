//! Housekeeping while serving: what nobody can ask for any more goes, now and then.

use std::time::Duration;

use app::ctx::now;
use store::Store;

/// A server that has just been started has better things to do.
const FIRST_AFTER: Duration = Duration::from_secs(60);
const EVERY: Duration = Duration::from_secs(3_600);

/// Runs until the store closes.
pub async fn keep_tidy(store: Store) {
    tokio::time::sleep(FIRST_AFTER).await;
    loop {
        match store.tidy(now()).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "what was out of date was removed"),
            Err(store::Error::Closed) => return,
            Err(error) => tracing::warn!(%error, "what is out of date was not removed"),
        }
        tokio::time::sleep(EVERY).await;
    }
}
