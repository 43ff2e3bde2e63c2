//! Follows the log and puts into the outbox what somebody wants to hear. Cursor and messages are written in one
//! transaction, so that each event becomes each receiver's message once, whatever dies in between. What imports and the
//! bringing in of a shop's orders leave in the log is no news, and nobody is told.

use std::collections::BTreeSet;

use domain::auth::Actor;
use domain::event::Event;
use domain::ids::*;
use domain::webhooks::{DeliveryState, Off, Subscription, Topic, WAITING_MAX};

use super::commands::switch_off;
use super::{body, lock, rows};
use crate::auth::tokens::random_code;
use crate::error::{Error, Result};
use crate::log::{self, BATCH_MAX, Batch};
use crate::sql::{Conn, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

const READER: &str = "webhooks";
/// What nobody wants to hear moves the cursor in memory alone, until it is so far ahead.
const AHEAD_MAX: i64 = 5_000;
/// More than what may be passed in memory.
const BATCHES_AT_ONCE: i64 = AHEAD_MAX / BATCH_MAX + 2;
/// Batches that a change of webhooks reads before it gives up.
const BATCHES_MAX: usize = 200;
const MESSAGE_ALPHABET: &[u8] = b"abcdefghijkmnopqrstuvwxyz23456789";
const MESSAGE_CHARS: usize = 26;

/// How far the log was read, and whether there is more already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filled {
    pub seq: Seq,
    pub more: bool,
    /// Messages that were put into the outbox.
    pub messages: usize,
}

impl Store {
    /// Reads one batch of the log. `seen` is what the last call answered: a hint that spares the database the writing of
    /// a cursor that passes nothing of interest.
    pub async fn fill_outbox(&self, seen: Seq, now: Millis) -> Result<Filled> {
        if !rows::any_at_work(&mut self.reader().await?).await? {
            return Ok(Filled { seq: seen, more: false, messages: 0 });
        }
        // Who wants to hear and what there is to be heard, as of one moment.
        let (wish, last, stored, more) = self
            .snapshot(move |conn| {
                Box::pin(async move {
                    let hooks = rows::subscriptions(conn).await?;
                    let stored = cursor(conn).await?.unwrap_or(Seq(0));
                    if hooks.is_empty() {
                        return Ok((false, None, stored, false));
                    }
                    let Batch { last, more, news } = log::news_after(conn, seen.max(stored)).await?;
                    let wish = news.iter().any(|event| !wanted(&hooks, event).is_empty());
                    Ok((wish, last, stored, more))
                })
            })
            .await?;
        let Some(last) = last else { return Ok(Filled { seq: seen.max(stored), more: false, messages: 0 }) };
        if !wish && last.0 - stored.0 < AHEAD_MAX {
            return Ok(Filled { seq: last, more, messages: 0 });
        }
        let ctx = Ctx { actor: Actor::system(), now };
        let (seq, more, messages) = self
            .write(&ctx, new_command(), &last, |tx| {
                Box::pin(async move {
                    lock(tx.conn).await?;
                    let mut filled = step(tx).await?;
                    let mut messages = filled.messages;
                    // What was passed in memory alone is passed here as well.
                    for _ in 1..BATCHES_AT_ONCE {
                        if !filled.more {
                            break;
                        }
                        filled = step(tx).await?;
                        messages += filled.messages;
                    }
                    Ok((filled.seq, filled.more, messages))
                })
            })
            .await?;
        Ok(Filled { seq, more, messages })
    }
}

/// Before it changes who wants to hear what: all that has happened so far is told as was wished so far. The lock is held.
pub(super) async fn catch_up(tx: &mut Tx<'_>) -> Result<()> {
    for _ in 0..BATCHES_MAX {
        if !step(tx).await?.more {
            return Ok(());
        }
    }
    Err(Error::Busy)
}

async fn step(tx: &mut Tx<'_>) -> Result<Filled> {
    let hooks = rows::subscriptions(tx.conn).await?;
    if hooks.is_empty() {
        let seq = log::last(tx.conn).await?;
        keep_cursor(tx.conn, seq).await?;
        return Ok(Filled { seq, more: false, messages: 0 });
    }
    let from = cursor(tx.conn).await?.unwrap_or(Seq(0));
    let Batch { last, more, news } = log::news_after(tx.conn, from).await?;
    let Some(last) = last else { return Ok(Filled { seq: from, more: false, messages: 0 }) };
    let (mut messages, mut told) = (0, BTreeSet::new());
    for event in &news {
        for (webhook, topic) in wanted(&hooks, event) {
            put(tx, webhook, topic, event).await?;
            messages += 1;
            told.insert(webhook);
        }
    }
    for webhook in told {
        if waiting(tx.conn, webhook).await? > WAITING_MAX {
            switch_off(tx, webhook, Off::Overflowing).await?;
        }
    }
    keep_cursor(tx.conn, last).await?;
    Ok(Filled { seq: last, more, messages })
}

async fn waiting(conn: &mut Conn, webhook: WebhookId) -> Result<i64> {
    sql!("SELECT COUNT(*) AS n FROM webhook_deliveries WHERE webhook_id = $1 AND next_at IS NOT NULL")
        .bind(webhook)
        .one(conn)
        .await?
        .get("n")
}

fn wanted(hooks: &[Subscription], event: &Event) -> Vec<(WebhookId, Topic)> {
    hooks.iter().filter_map(|hook| Some((hook.webhook, hook.wants(event)?))).collect()
}

async fn put(tx: &mut Tx<'_>, webhook: WebhookId, topic: Topic, event: &Event) -> Result<()> {
    sql!(
        "INSERT INTO webhook_deliveries (webhook_id, message, seq, topic, body, state, next_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (webhook_id, seq) DO NOTHING"
    )
    .bind(webhook)
    .bind(new_message())
    .bind(event.seq)
    .bind(topic.key())
    .bind(body::of_event(topic, event)?)
    .bind(DeliveryState::Waiting)
    .bind(tx.ctx.now)
    .run(tx.conn)
    .await
    .map(drop)
}

/// Random, so that a database that was restored never gives a new message an old one's name.
pub(super) fn new_message() -> String {
    format!("msg_{}", random_code(MESSAGE_ALPHABET, MESSAGE_CHARS))
}

async fn cursor(conn: &mut Conn) -> Result<Option<Seq>> {
    let row = sql!("SELECT seq FROM cursors WHERE reader = $1").bind(READER).optional(conn).await?;
    row.map(|row| row.get("seq")).transpose()
}

async fn keep_cursor(conn: &mut Conn, seq: Seq) -> Result<()> {
    sql!("INSERT INTO cursors (reader, seq) VALUES ($1, $2) ON CONFLICT (reader) DO UPDATE SET seq = excluded.seq")
        .bind(READER)
        .bind(seq)
        .run(conn)
        .await
        .map(drop)
}
