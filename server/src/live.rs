//! The websocket door: who may come in. What a socket then says is in [`socket`].

mod socket;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts, Query, Request, State};
use axum::response::{IntoResponse, Response};
use domain::ids::{FunnelId, Seq};
use http::request::Parts;
use http::{StatusCode, header};
use serde::Deserialize;
use store::auth::Session;

use crate::state::AppState;

/// The library's default of 128 KiB would be most of a socket's memory.
const READ_BUFFER_BYTES: usize = 4 * 1_024;
/// Clients send next to nothing.
const MESSAGE_BYTES_MAX: usize = 4 * 1_024;
/// What is gathered before it is written; a client that does not read holds no more than the bound below.
const WRITE_BUFFER_BYTES: usize = 16 * 1_024;
const WRITE_BUFFER_BYTES_MAX: usize = 1_024 * 1_024;

#[derive(Deserialize)]
struct Watch {
    funnel: i64,
    /// The last event that the page's snapshot holds.
    since: Option<i64>,
}

/// GET /live?funnel=ID&since=SEQ
pub async fn door(State(state): State<AppState>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let Some(session) = parts.extensions.get::<Session>().cloned() else {
        return refused(StatusCode::UNAUTHORIZED, "sign in first");
    };
    if !from_our_pages(&parts, &state.server.public_url) {
        return refused(StatusCode::FORBIDDEN, "this page is not one of ours");
    }
    let Ok(Query(watch)) = Query::<Watch>::try_from_uri(&parts.uri) else {
        return refused(StatusCode::BAD_REQUEST, "funnel and since are numbers");
    };
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &state).await {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    if state.hub.is_closing() {
        return refused(StatusCode::SERVICE_UNAVAILABLE, "the server is stopping");
    }
    let Some(seat) = state.hub.seat(session.user) else {
        return refused(StatusCode::TOO_MANY_REQUESTS, "too many open boards");
    };
    let watching = socket::Watching {
        hub: state.hub,
        store: state.server.store,
        build: state.server.build,
        session,
        funnel: FunnelId(watch.funnel),
        since: watch.since.map(Seq),
        seat,
    };
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .max_message_size(MESSAGE_BYTES_MAX)
        .max_frame_size(MESSAGE_BYTES_MAX)
        .on_upgrade(move |socket| socket::serve(socket, watching))
}

/// A browser opens sockets across origins and sends the cookie along; only the Origin header tells whose page asks.
/// Every browser sends it, so a request without one is refused as well.
fn from_our_pages(parts: &Parts, public_url: &str) -> bool {
    let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return false };
    let Some(asking) = authority(origin) else { return false };
    let public = authority(public_url).is_some_and(|host| {
        host.eq_ignore_ascii_case(asking) && scheme(public_url).eq_ignore_ascii_case(scheme(origin))
    });
    let same_host = text(header::HOST).is_some_and(|host| host.eq_ignore_ascii_case(asking));
    public || same_host
}

fn scheme(url: &str) -> &str {
    url.split_once("://").map_or("", |(scheme, _)| scheme)
}

/// "host:port" of a web address.
fn authority(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

fn refused(status: StatusCode, words: &'static str) -> Response {
    (status, words).into_response()
}
