//! Sends webhooks as Standard Webhooks has it: signed, with a name that stays the same however often it is sent, tried
//! again for a day, and only to where the guard lets it.

mod wire;

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use app::ctx::{CheckUrl, SendNow, Webhooks, now};
use domain::ids::Millis;
use domain::webhooks::{ANSWER_BYTES_MAX, NoAnswer, RETRIES_MS, Try, UrlFault};
use reqwest::Response;
use store::Store;
use store::webhooks::{Outgoing, Retries};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::config::Config;
use crate::guard::outward::{Forbidden, Outward, caused_by};
use wire::Message;

/// Messages that are being sent at once; of one receiver, the store hands out two.
const AT_ONCE_MAX: usize = 8;
/// For retries whose time has come, and what other processes put into the outbox.
const POLL_EVERY: Duration = Duration::from_secs(1);

/// Cheap to clone.
#[derive(Clone)]
pub struct Sender(Arc<Inner>);

struct Inner {
    store: Store,
    outward: Outward,
    delays: Vec<Millis>,
    time_max: Duration,
    /// Made when the first message is sent: reading the system's certificates takes a while.
    client: OnceLock<Option<reqwest::Client>>,
}

impl Sender {
    pub fn new(store: Store, config: &Config) -> Self {
        let delays = match config.webhooks_retry_ms.as_slice() {
            [] => RETRIES_MS.to_vec(),
            set => set.to_vec(),
        };
        Self(Arc::new(Inner {
            store,
            outward: Outward::new(config.webhooks_insecure),
            delays,
            time_max: Duration::from_millis(config.webhooks_wait_ms),
            client: OnceLock::new(),
        }))
    }

    /// For the settings.
    pub fn doors(&self) -> Webhooks {
        let (checks, sends) = (self.clone(), self.clone());
        let check: CheckUrl = Arc::new(move |url: String| {
            let sender = checks.clone();
            Box::pin(async move { sender.0.outward.check(&url).await })
        });
        let send: SendNow = Arc::new(move |outgoing: Outgoing| {
            // A task of its own: whoever asked may go away, and what was sent is kept all the same.
            let sending = tokio::spawn(sends.clone().send(outgoing));
            Box::pin(async move {
                let _ = sending.await;
            })
        });
        Webhooks { check, send }
    }

    /// Tries once, and keeps what came of it.
    pub async fn send(self, outgoing: Outgoing) {
        let one = self.attempt(&outgoing).await;
        tracing::debug!(id = %outgoing.message, status = ?one.status, no_answer = ?one.no_answer, "a webhook was sent");
        let retries = Retries { delays: self.0.delays.clone(), chance: rand::random_range(0..=1_000) };
        if let Err(error) = self.0.store.finish_delivery(outgoing.id, outgoing.lease, one, retries).await {
            tracing::warn!(%error, "what came of a webhook was not kept; it will be sent again");
        }
    }

    async fn attempt(&self, outgoing: &Outgoing) -> Try {
        let (at, begun) = (now(), Instant::now());
        let message = Message::of(outgoing, at);
        let (status, no_answer, answer) = match self.post(outgoing, &message).await {
            Ok((status, answer)) => (Some(i64::from(status)), None, answer),
            Err(why) => (None, Some(why), String::new()),
        };
        let duration_ms = i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
        Try { at, headers: message.told(), status, no_answer, answer, duration_ms }
    }

    async fn post(&self, outgoing: &Outgoing, message: &Message<'_>) -> Result<(u16, String), NoAnswer> {
        // An address in numbers is looked up by nobody, so that it is judged before every sending.
        let url = self.0.outward.parse(&outgoing.url).map_err(|fault| match fault {
            UrlFault::UnknownHost | UrlFault::Malformed | UrlFault::TooLong => NoAnswer::UnknownHost,
            UrlFault::NotHttps | UrlFault::HasPassword | UrlFault::Private => NoAnswer::Forbidden,
        })?;
        let client = self.client().ok_or(NoAnswer::Tls)?;
        let mut request = client.post(url).body(outgoing.body.clone());
        for (name, value) in message.headers() {
            request = request.header(name, value);
        }
        let mut response = request.send().await.map_err(|error| why(&error))?;
        let answer = beginning(&mut response).await;
        Ok((response.status().as_u16(), answer))
    }

    fn client(&self) -> Option<&reqwest::Client> {
        let made = self.0.client.get_or_init(|| match self.0.outward.client(self.0.time_max) {
            Ok(client) => Some(client),
            Err(error) => {
                tracing::error!(%error, "webhooks can't be sent");
                None
            }
        });
        made.as_ref()
    }
}

/// Runs until the store closes.
pub async fn keep_sending(sender: Sender, wake: Arc<Notify>) {
    let store = &sender.0.store;
    if let Err(error) = store.release_leases(now()).await {
        tracing::warn!(%error, "what was being sent when the server stopped waits for its lease to end");
    }
    let mut sending = JoinSet::new();
    loop {
        match store.take_deliveries(now(), AT_ONCE_MAX - sending.len()).await {
            Ok(taken) => {
                for outgoing in taken {
                    sending.spawn(sender.clone().send(outgoing));
                }
            }
            Err(store::Error::Closed) => return,
            Err(error) => tracing::warn!(%error, "the webhooks' outbox could not be read"),
        }
        tokio::select! {
            Some(_) = sending.join_next() => {}
            () = wake.notified() => {}
            () = tokio::time::sleep(POLL_EVERY) => {}
        }
    }
}

/// As much of an answer as is kept. However it goes on, slowly or without an end, the status has said what counts.
async fn beginning(response: &mut Response) -> String {
    let mut bytes = Vec::new();
    while let Ok(Some(piece)) = response.chunk().await {
        let room = ANSWER_BYTES_MAX - bytes.len();
        bytes.extend_from_slice(&piece[..piece.len().min(room)]);
        if bytes.len() == ANSWER_BYTES_MAX {
            break;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Not logged in full: the address in it may be a secret.
fn why(error: &reqwest::Error) -> NoAnswer {
    if caused_by::<Forbidden>(error) {
        NoAnswer::Forbidden
    } else if error.is_timeout() {
        NoAnswer::TooSlow
    } else if error.is_dns() {
        NoAnswer::UnknownHost
    } else if caused_by::<rustls::Error>(error) {
        NoAnswer::Tls
    } else if error.is_connect() {
        NoAnswer::Unreachable
    } else {
        NoAnswer::CutOff
    }
}
