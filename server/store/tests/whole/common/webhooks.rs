//! What the tests of webhooks do again and again.

use domain::auth::Storefronts;
use domain::ids::*;
use domain::webhooks::RETRIES_MS;
use store::webhooks::{NewWebhook, NoAnswer, Outgoing, Retries, Topic, Try, Webhook};
use store::{Ctx, Store};

use super::shop::{NOW, id};

pub fn new(topics: &[Topic]) -> NewWebhook {
    NewWebhook { url: "https://hooks.example/s3cret".into(), storefronts: Storefronts::All, topics: topics.to_vec() }
}

pub async fn hook(store: &Store, ctx: &Ctx, new: NewWebhook) -> Webhook {
    store.create_webhook(ctx, id(), new).await.expect("a webhook").0
}

/// Reads the log to its end; how many messages that gave.
pub async fn fill(store: &Store) -> usize {
    let (mut seen, mut messages) = (Seq(0), 0);
    loop {
        let filled = store.fill_outbox(seen, NOW).await.expect("filled");
        seen = filled.seq;
        messages += filled.messages;
        if !filled.more {
            return messages;
        }
    }
}

pub async fn take(store: &Store, now: Millis) -> Vec<Outgoing> {
    store.take_deliveries(now, 8).await.expect("taken")
}

pub fn tried(now: Millis, status: Option<i64>) -> Try {
    let no_answer = if status.is_none() { Some(NoAnswer::TooSlow) } else { None };
    Try { at: now, headers: "webhook-id: x".into(), status, no_answer, answer: "так".into(), duration_ms: 0 }
}

/// The waits are in the middle of their spread.
pub async fn finish(store: &Store, sent: &Outgoing, now: Millis, status: Option<i64>) {
    let retries = Retries { delays: RETRIES_MS.to_vec(), chance: 500 };
    store.finish_delivery(sent.id, sent.lease, tried(now, status), retries).await.expect("finished");
}
