//! Whether anybody has been created yet. Once somebody has, it stays so, and nobody asks the database again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use store::{Result, Store};

#[derive(Clone)]
pub struct SetUp {
    store: Store,
    done: Arc<AtomicBool>,
}

impl SetUp {
    pub fn new(store: Store) -> Self {
        Self { store, done: Arc::default() }
    }

    pub async fn is_done(&self) -> Result<bool> {
        if !self.done.load(Ordering::Relaxed) && !self.store.is_empty().await? {
            self.done.store(true, Ordering::Relaxed);
        }
        Ok(self.done.load(Ordering::Relaxed))
    }
}
