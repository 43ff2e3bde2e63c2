//! For whoever watches over the server: does it live, can it work, how is it doing.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use subtle::ConstantTimeEq;

use crate::figures;
use crate::state::AppState;

/// The process lives.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The store answers and takes commands: requests may be sent here.
pub async fn readyz(State(state): State<AppState>) -> Response {
    match state.store().log_end().await {
        Ok(_) if !state.store().takes_commands() => {
            (StatusCode::SERVICE_UNAVAILABLE, "the store takes no commands\n").into_response()
        }
        Ok(_) => "ready\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "the store does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n").into_response()
        }
    }
}

/// Prometheus' text. Business figures stand in it, so it is for this machine alone, or for who has the token.
pub async fn metrics(State(state): State<AppState>, request: Request) -> Response {
    let extensions = request.extensions();
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| *address);
    let allowed = match state.config.metrics_token.as_deref().filter(|token| !token.is_empty()) {
        Some(token) => bears(request.headers(), token),
        None => peer.is_none_or(|peer| peer.ip().is_loopback()) && !is_forwarded(request.headers()),
    };
    if !allowed {
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Ok(seq) = state.store().log_end().await {
        ::metrics::gauge!(figures::LOG_SEQ).set(seq.0 as f64);
    }
    state.metrics.run_upkeep();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], state.metrics.render()).into_response()
}

/// A proxy on this machine speaks for others.
fn is_forwarded(headers: &HeaderMap) -> bool {
    ["x-forwarded-for", "forwarded", "x-real-ip"].iter().any(|name| headers.contains_key(*name))
}

fn bears(headers: &HeaderMap, token: &str) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    given.as_bytes().ct_eq(token.as_bytes()).into()
}
