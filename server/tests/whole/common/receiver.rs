//! Somebody whom webhooks are sent to: remembers what came, and answers as a test says.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::StreamExt;
use futures::stream;
use hmac::{Hmac, KeyInit, Mac};
use http::{StatusCode, header};
use serde_json::Value;
use sha2::Sha256;
use tokio::net::TcpListener;

const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Clone)]
pub struct Receiver {
    pub url: String,
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    heard: Mutex<Vec<Heard>>,
    answers: Mutex<VecDeque<Answer>>,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Heard {
    pub headers: HeaderMap,
    pub body: String,
}

#[derive(Clone, Debug)]
pub enum Answer {
    Status(u16),
    Text(String),
    Redirect(String),
    /// A body without an end, as fast as it goes.
    Endless,
    /// A status and a letter, and then nothing more.
    Stuck,
    /// Not even a status.
    Never,
}

impl Receiver {
    pub async fn start() -> Self {
        let inner = Arc::new(Inner::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hook/s3cret-path", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(hear).with_state(inner.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, inner }
    }

    /// What comes next is answered so; after the last of these, all is well.
    pub fn answer(&self, answers: impl IntoIterator<Item = Answer>) {
        self.inner.answers.lock().expect("nobody panicked").extend(answers);
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.inner.heard.lock().expect("nobody panicked").clone()
    }

    /// Waits until so many requests have come.
    pub async fn hears(&self, count: usize) -> Vec<Heard> {
        until(&format!("{count} messages"), async || Some(self.heard()).filter(|heard| heard.len() >= count)).await
    }
}

async fn hear(State(inner): State<Arc<Inner>>, headers: HeaderMap, body: String) -> Response {
    inner.heard.lock().expect("nobody panicked").push(Heard { headers, body });
    let answer = inner.answers.lock().expect("nobody panicked").pop_front();
    match answer.unwrap_or(Answer::Status(200)) {
        Answer::Status(status) => StatusCode::from_u16(status).expect("a status").into_response(),
        Answer::Text(text) => text.into_response(),
        Answer::Redirect(to) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response(),
        Answer::Endless => {
            let piece = Bytes::from(vec![b'x'; 1_000]);
            Body::from_stream(stream::repeat(piece).map(Ok::<_, Infallible>)).into_response()
        }
        Answer::Stuck => {
            let letter = stream::once(async { Ok::<_, Infallible>(Bytes::from_static(b"x")) });
            Body::from_stream(letter.chain(stream::pending())).into_response()
        }
        Answer::Never => pending().await,
    }
}

impl Heard {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().expect("ASCII")).unwrap_or_default()
    }

    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// As a receiver verifies it, by the letter of Standard Webhooks and by none of the product's code.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.trim_start_matches("whsec_")).expect("base64");
        let signed = format!("{}.{}.{}", self.id(), self.header("webhook-timestamp"), self.body);
        self.header("webhook-signature").split(' ').any(|one| {
            let Some(signature) = one.strip_prefix("v1,") else { return false };
            let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("any key will do");
            mac.update(signed.as_bytes());
            mac.verify_slice(&STANDARD.decode(signature).expect("base64")).is_ok()
        })
    }
}

/// Looks again and again until there is something to see.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
