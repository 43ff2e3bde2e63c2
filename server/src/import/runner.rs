//! Drives imports on: one after another, batch by batch, until nothing is left to be done. Whatever the process was
//! doing when it ended goes on here at its next start, from the last batch that was committed.

use std::sync::Arc;
use std::time::Duration;

use app::ctx::now;
use domain::ids::CommandId;
use store::Store;
use store::import::Run;
use tokio::sync::{Notify, watch};
use tokio::time::sleep;

/// Without being woken, for what another node left behind.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// While the store has more to do than it can.
const BUSY: Duration = Duration::from_millis(100);

/// Until the process is asked to stop. `wake` is told of every start.
pub async fn drive(store: Store, wake: Arc<Notify>, mut stopped: watch::Receiver<bool>) {
    let driver = CommandId::new_v4().to_string();
    while !*stopped.borrow() {
        match store.claim_import(&driver, now()).await {
            Ok(Some(run)) => {
                carry_on(&store, run, &stopped).await;
                continue;
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "the imports could not be looked at"),
        }
        tokio::select! {
            () = wake.notified() => {}
            () = sleep(LOOK_EVERY) => {}
            // The sender is gone when the server is.
            changed = stopped.changed() => if changed.is_err() { return },
        }
    }
}

async fn carry_on(store: &Store, mut run: Run, stopped: &watch::Receiver<bool>) {
    let id = run.import.id;
    if run.resumed {
        let done = run.import.counts.done;
        tracing::warn!(import = %id, done, "an import was broken off and goes on from here");
    }
    loop {
        if *stopped.borrow() {
            if let Err(error) = store.release_import(&run, now()).await {
                tracing::warn!(import = %id, %error, "an import could not be left to others");
            }
            return;
        }
        match store.run_batch(&mut run, now()).await {
            Ok(import) if import.state.is_going() => {}
            Ok(import) => {
                let counts = import.counts;
                tracing::info!(import = %id, state = import.state.key(), made = counts.made, refused = counts.refused, "an import has ended");
                return;
            }
            Err(store::Error::Busy) => sleep(BUSY).await,
            Err(store::Error::Closed) => return,
            Err(error) => {
                tracing::error!(import = %id, %error, "an import broke");
                if let Err(error) = store.fail_import(&run, now()).await {
                    tracing::error!(import = %id, %error, "an import that broke could not be ended");
                    sleep(LOOK_EVERY).await;
                }
                return;
            }
        }
    }
}
