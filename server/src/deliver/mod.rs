//! Outward senders: each takes from an outbox, tries, and says what came of it.

pub mod webhook;

use std::sync::Arc;

use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::carriers::{Settings, runner};
use crate::state::AppState;
use crate::{readers, upkeep};

/// What works beside the doors, for as long as the server runs.
pub struct Workers(Vec<JoinHandle<()>>);

impl Workers {
    pub fn start(state: &AppState) -> Self {
        let wake = Arc::new(Notify::new());
        let reader = tokio::spawn(readers::webhooks::follow(state.store().clone(), Arc::clone(&wake)));
        let sender = tokio::spawn(webhook::keep_sending(state.webhooks.clone(), wake));
        let tidy = tokio::spawn(upkeep::keep_tidy(state.store().clone()));
        let carriers = tokio::spawn(runner::drive(state.store().clone(), Settings::of(&state.config)));
        Self(vec![reader, sender, tidy, carriers])
    }

    /// What is being sent or asked is cut off: a message is still in its outbox and sent again under the same name, a
    /// parcel is asked for again.
    pub fn stop(self) {
        for worker in self.0 {
            worker.abort();
        }
    }
}
