//! What the server answers, read and checked.

use std::time::Duration;

use app::ctx::cookie_name;
use reqwest::{Response, StatusCode};
use serde_json::Value;

/// The token of the session that an answer begins.
pub fn session_begun(answer: &Response) -> Option<String> {
    let cookie = answer.headers().get("set-cookie")?.to_str().expect("ASCII");
    let (name, value) = cookie.split(';').next()?.split_once('=')?;
    (name == cookie_name(false)).then(|| value.to_owned())
}

/// Reads a stream of news until some words have come.
pub async fn hear(answer: &mut Response, words: &str) -> String {
    let mut heard = String::new();
    let until = tokio::time::timeout(Duration::from_secs(8), async {
        while let Ok(Some(piece)) = answer.chunk().await {
            heard.push_str(&String::from_utf8_lossy(&piece));
            if heard.contains(words) {
                return;
            }
        }
    });
    until.await.unwrap_or_else(|_| panic!("{words:?} was not heard"));
    assert!(heard.contains(words), "the stream ended: {heard}");
    heard
}

/// The answer's body, when its status is as expected.
pub async fn json(response: Response, status: StatusCode) -> Value {
    let (got, url) = (response.status(), response.url().to_string());
    let text = response.text().await.expect("a body");
    assert_eq!(got, status, "{url}: {text}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{url}: {error}: {text}"))
}

/// The same, where it must be a problem of RFC 9457.
pub async fn problem(response: Response, status: StatusCode) -> Value {
    let kind = response.headers().get("content-type").map(|value| value.to_str().expect("ASCII").to_owned());
    let body = json(response, status).await;
    assert_eq!(kind.as_deref(), Some("application/problem+json"), "{body}");
    assert_eq!(body["status"], status.as_u16(), "{body}");
    assert!(body["type"].is_string() && body["title"].is_string(), "{body}");
    body
}
