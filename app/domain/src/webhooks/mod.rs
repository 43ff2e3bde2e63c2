//! Webhooks: what happens here is told to other systems, signed, again and again until they have taken it.

mod retry;
mod topic;
mod url;

use serde::{Deserialize, Serialize};

pub use retry::{FAILING_MS_MAX, RETRIES_MS, retry_in};
pub use topic::Topic;
pub use url::{Schemes, URL_CHARS_MAX, UrlFault, checked_url, host_of};

use crate::auth::{Actor, Role, Storefronts, Who};
use crate::event::{Event, audience};
use crate::ids::*;

/// How long the old secret signs beside the new one.
pub const BOTH_SECRETS_MS: Millis = 24 * 3_600_000;
/// Messages of one webhook that may wait. A receiver that is so far behind is told no more.
pub const WAITING_MAX: i64 = 10_000;
/// Of an answer, so many bytes are read and kept.
pub const ANSWER_BYTES_MAX: usize = 2_048;
/// Messages of a webhook that are listed at once.
pub const PAGE: usize = 30;
/// The topic of a test, which no event has.
pub const TEST: &str = "webhook.test";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    pub id: WebhookId,
    pub url: String,
    pub storefronts: Storefronts,
    pub topics: Vec<Topic>,
    pub active: bool,
    pub created_at: Millis,
    /// Why it was switched off, where nobody paused it.
    pub off: Option<Off>,
    /// Since when nothing of it has arrived.
    pub failing_since: Option<Millis>,
    /// Until when the secret before this one signs too.
    pub old_secret_until: Option<Millis>,
}

impl Webhook {
    pub fn host(&self) -> String {
        host_of(&self.url)
    }
}

/// What a receiver asked to hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub webhook: WebhookId,
    pub storefronts: Storefronts,
    pub topics: Vec<Topic>,
}

impl Subscription {
    /// The event's topic, where it is to be told: never more than a manager of these storefronts sees of the log.
    pub fn wants(&self, event: &Event) -> Option<Topic> {
        let topic = Topic::of(&event.fact).filter(|topic| self.topics.contains(topic))?;
        let reader = Actor { who: Who::System, role: Role::Manager, storefronts: self.storefronts.clone() };
        audience(event).includes(&reader).then_some(topic)
    }
}

/// Why the server itself switched a webhook off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    /// The receiver said that it is gone for good.
    Gone,
    /// Nothing has arrived for days.
    Failing,
    /// More waits for it than may wait.
    Overflowing,
}

impl Off {
    pub const ALL: [Off; 3] = [Off::Gone, Off::Failing, Off::Overflowing];

    pub fn key(self) -> &'static str {
        match self {
            Off::Gone => "gone",
            Off::Failing => "failing",
            Off::Overflowing => "overflowing",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|off| off.key() == key)
    }
}

/// Also what an edit puts in the place of what was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewWebhook {
    pub url: String,
    pub storefronts: Storefronts,
    pub topics: Vec<Topic>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookChange {
    Edit(NewWebhook),
    /// What happens meanwhile is not told later.
    Pause,
    Resume,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    Waiting,
    Delivered,
    /// It will be tried again.
    Failed,
    GivenUp,
}

impl DeliveryState {
    pub const ALL: [DeliveryState; 4] =
        [DeliveryState::Waiting, DeliveryState::Delivered, DeliveryState::Failed, DeliveryState::GivenUp];

    pub fn key(self) -> &'static str {
        match self {
            DeliveryState::Waiting => "waiting",
            DeliveryState::Delivered => "delivered",
            DeliveryState::Failed => "failed",
            DeliveryState::GivenUp => "given_up",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoAnswer {
    /// The address is none that may be sent to; nothing was.
    Forbidden,
    UnknownHost,
    Unreachable,
    /// Its certificate, mostly.
    Tls,
    TooSlow,
    CutOff,
}

impl NoAnswer {
    pub const ALL: [NoAnswer; 6] = [
        NoAnswer::Forbidden,
        NoAnswer::UnknownHost,
        NoAnswer::Unreachable,
        NoAnswer::Tls,
        NoAnswer::TooSlow,
        NoAnswer::CutOff,
    ];

    pub fn key(self) -> &'static str {
        match self {
            NoAnswer::Forbidden => "forbidden",
            NoAnswer::UnknownHost => "unknown_host",
            NoAnswer::Unreachable => "unreachable",
            NoAnswer::Tls => "tls",
            NoAnswer::TooSlow => "too_slow",
            NoAnswer::CutOff => "cut_off",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.key() == key)
    }
}

/// A message to one receiver, and how it is getting on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub id: MessageId,
    /// What the receiver knows it by, however often it is sent.
    pub message: String,
    pub topic: String,
    /// None: a test.
    pub seq: Option<Seq>,
    pub state: DeliveryState,
    pub created_at: Millis,
    pub next_at: Option<Millis>,
    /// What came of the last try.
    pub status: Option<i64>,
    pub no_answer: Option<NoAnswer>,
}

/// One try to deliver it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    pub at: Millis,
    /// A line each, without the signature.
    pub headers: String,
    pub status: Option<i64>,
    pub no_answer: Option<NoAnswer>,
    /// What the receiver said, as far as it is kept.
    pub answer: String,
    pub duration_ms: i64,
}

impl Try {
    pub fn arrived(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryDetails {
    pub delivery: Delivery,
    /// None: it was delivered so long ago that it is forgotten.
    pub body: Option<String>,
    /// The newest first.
    pub tries: Vec<Try>,
}

#[cfg(test)]
mod tests;
