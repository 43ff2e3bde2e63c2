//! What is written down of a request: its class, the pattern of its route, status and time. Never the address itself
//! with its query: keys, tokens and names of customers stand there.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

use super::class::Class;
use crate::figures;

pub async fn record(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let class = Class::of(request.uri().path());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let status = response.status();
    let took = begun.elapsed();
    let label = status.as_u16().to_string();
    metrics::counter!(figures::REQUESTS, "class" => class.key(), "status" => label).increment(1);
    metrics::histogram!(figures::REQUEST_SECONDS, "class" => class.key()).record(took.as_secs_f64());
    if method == Method::POST && matches!(class, Class::Action | Class::Api | Class::Hook) {
        let outcome = if status.is_success() || status.is_redirection() { "done" } else { "refused" };
        metrics::counter!(figures::COMMANDS, "class" => class.key(), "outcome" => outcome).increment(1);
    }
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let (status, ms) = (status.as_u16(), took.as_millis() as u64);
    if status >= 500 {
        tracing::warn!(%method, class = class.key(), route, status, ms, "a request failed");
    } else {
        tracing::debug!(%method, class = class.key(), route, status, ms, "request");
    }
    response
}
