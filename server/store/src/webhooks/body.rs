//! What a receiver reads: the event as scripts read it in the API, and nothing that they do not.

use domain::event::Event;
use domain::ids::*;
use domain::webhooks::{TEST, Topic};
use serde::Serialize;

use crate::error::{Error, Result};

#[derive(Serialize)]
struct Message<'a, D> {
    #[serde(rename = "type")]
    topic: &'a str,
    timestamp: String,
    data: D,
}

#[derive(Serialize)]
struct Happened<'a> {
    #[serde(flatten)]
    event: &'a Event,
    /// What happened later has a greater one: messages may arrive in any order.
    sequence: Seq,
}

#[derive(Serialize)]
struct Test {
    webhook: WebhookId,
}

pub fn of_event(topic: Topic, event: &Event) -> Result<String> {
    let data = Happened { event, sequence: event.seq };
    Ok(serde_json::to_string(&Message { topic: topic.key(), timestamp: rfc3339(event.at)?, data })?)
}

pub fn of_test(webhook: WebhookId, now: Millis) -> Result<String> {
    Ok(serde_json::to_string(&Message { topic: TEST, timestamp: rfc3339(now)?, data: Test { webhook } })?)
}

fn rfc3339(at: Millis) -> Result<String> {
    let time = jiff::Timestamp::from_millisecond(at).map_err(|error| Error::Corrupt(format!("time {at}: {error}")))?;
    Ok(time.to_string())
}
