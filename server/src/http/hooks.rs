//! Foreign shops at the door. A genuine delivery is answered with success once it is kept, understood or not: a shop
//! that is refused a few times in a row stops sending for good. Only what may be repaired by sending it again later
//! is answered with a failure.

use std::sync::Arc;
use std::time::Duration;

use app::ctx::Replay;
use app::error::AppError;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{Router, post};
use domain::i18n::Lang;
use domain::ids::Millis;
use domain::intake::{Reason, Why};
use formats::shops::{self, Delivery, Message};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::json;
use store::Store;
use store::deliveries::{Came, Said};
use store::intake::{Intake, Kept};
use store::orders::{Arrival, Received};

use super::landing;
use crate::state::AppState;

const BODY_BYTES_MAX: usize = 2 * 1_024 * 1_024;
/// A body that trickles in.
const BODY_TIMEOUT: Duration = Duration::from_secs(20);

pub fn routes() -> Router<AppState> {
    Router::new().route("/{shop}/{key}", post(shop))
}

/// What came of a delivery.
pub(super) enum Done {
    Pong,
    Received(Received),
    Kept,
    Ignored,
}

/// Why nothing came of it.
pub(super) enum Failed {
    /// What it says can't be, today: kept for the shop's administrator.
    NotUnderstood(Reason),
    /// Our own trouble.
    Store(store::Error),
}

async fn shop(State(state): State<AppState>, Path((shop, key)): Path<(String, String)>, request: Request) -> Response {
    let Some(shop) = shops::by_name(&shop) else { return answer(StatusCode::NOT_FOUND, "no such shop") };
    let (parts, body) = request.into_parts();
    // The guard in front counts these refusals and shuts a guesser out; a genuine shop's rush is not slowed down.
    let store = &state.server.store;
    let door = match store.hook_door(&key).await {
        Ok(Some(door)) => door,
        Ok(None) => return answer(StatusCode::NOT_FOUND, "no such hook"),
        Err(error) => return failed(error),
    };
    let body = match read(body).await {
        Ok(body) => body,
        Err(status) => return answer(status, "the body is too long or too slow"),
    };
    let now = app::ctx::now();
    let delivery = Delivery { headers: &parts.headers, body: &body, secret: door.secret(shop.kind()), now };
    let topic = shop.labels(&parts.headers).topic.unwrap_or_default();
    let came = Came { storefront: door.storefront, door: shop.name(), topic, intake: None };
    let done = match shop.receive(&delivery) {
        Ok(message) => act(store, now, &came, (message, Arrival::Sent)).await,
        Err(shops::Refusal::BadSignature) => {
            forged(store, now, &came).await;
            return answer(StatusCode::UNAUTHORIZED, "the signature does not match the secret");
        }
        Err(shops::Refusal::NotUnderstood(reason)) => Err(Failed::NotUnderstood(reason)),
    };
    let done = match done {
        Err(Failed::NotUnderstood(reason)) => keep(store, now, &came, body.to_vec(), reason).await,
        done => done,
    };
    let Came { storefront, topic, .. } = came;
    match done {
        Ok(done) => {
            tracing::info!(%storefront, topic, outcome = done.status(), "a shop's delivery");
            done.into_response()
        }
        Err(Failed::Store(error)) => failed(error),
        Err(Failed::NotUnderstood(_)) => answer(StatusCode::INTERNAL_SERVER_ERROR, "the delivery was not kept"),
    }
}

/// A shop whose secret was mistyped is told apart from one that never sent anything.
async fn forged(store: &Store, now: Millis, came: &Came) {
    if let Err(error) = store.count_forged(now, came.storefront, came.door).await {
        tracing::warn!(%error, "a wrong signature was not counted");
    }
}

/// `arrival`: of an order that says nothing else by itself.
pub(super) async fn act(
    store: &Store,
    now: Millis,
    came: &Came,
    (message, arrival): (Message, Arrival),
) -> Result<Done, Failed> {
    let said = match message {
        Message::Ping => return Ok(Done::Pong),
        Message::Ignored { .. } => Said::Nothing,
        Message::Order(order) => Said::Order(order, arrival),
        Message::Restored { order: Some(order), .. } => Said::Order(order, Arrival::Restored),
        Message::Restored { external_id: order, order: None } => {
            return Err(Failed::NotUnderstood(Reason::whole(Why::NotSentAlong { order })));
        }
        Message::Deleted { external_id } => Said::Deleted { external_id },
    };
    let ignored = matches!(said, Said::Nothing);
    match store.take_delivery(now, came.clone(), said).await {
        Ok(_) if ignored => Ok(Done::Ignored),
        Ok(received) => Ok(Done::Received(received)),
        // A rule of ours said no to what the shop says: sending it again changes nothing.
        Err(store::Error::Refused(refusal)) => Err(Failed::NotUnderstood(Reason::whole(Why::from(&refusal)))),
        Err(error) => Err(Failed::Store(error)),
    }
}

pub(super) async fn keep(
    store: &Store,
    now: Millis,
    came: &Came,
    body: Vec<u8>,
    reason: Reason,
) -> Result<Done, Failed> {
    let Came { storefront, door, topic, .. } = came.clone();
    let kept = Kept { storefront, door, topic, body, reason };
    store.keep_intake(now, kept).await.map(|_| Done::Kept).map_err(Failed::Store)
}

/// Reads a kept delivery again, as if it came now. Its signature was verified before it was kept.
pub fn replay(store: Store) -> Replay {
    Arc::new(move |intake: Intake| {
        let store = store.clone();
        Box::pin(async move {
            match again(&store, intake).await {
                Ok(_) => Ok(None),
                Err(Failed::NotUnderstood(reason)) => Ok(Some(reason)),
                Err(Failed::Store(error)) => Err(error),
            }
        })
    })
}

async fn again(store: &Store, intake: Intake) -> Result<Done, Failed> {
    if intake.door == shops::lpcrm::DOOR {
        return landing::again(store, intake).await;
    }
    let gone = |door: String| Failed::NotUnderstood(Reason::whole(Why::DoorGone { door }));
    let shop = shops::by_name(&intake.door).ok_or_else(|| gone(intake.door.clone()))?;
    let no_topic = |_| Failed::NotUnderstood(Reason::whole(Why::NoTopic));
    let topic = HeaderValue::from_str(&intake.topic).map_err(no_topic)?;
    let headers = HeaderMap::from_iter([(http::HeaderName::from_static(shop.topic_header()), topic)]);
    let body = store::intake::as_sent(&intake.body);
    // Dates that the shop left out are those of the arrival.
    let delivery = Delivery { headers: &headers, body: &body, secret: "", now: intake.received_at };
    let message = match shop.read(&delivery) {
        Ok(message) => message,
        Err(shops::Refusal::NotUnderstood(reason)) => return Err(Failed::NotUnderstood(reason)),
        Err(shops::Refusal::BadSignature) => return Err(Failed::NotUnderstood(Reason::whole(Why::Unreadable))),
    };
    let came = Came { storefront: intake.storefront, door: shop.name(), topic: intake.topic, intake: Some(intake.id) };
    let arrival = intake.history.map_or(Arrival::Sent, |lang| Arrival::History { lang });
    act(store, app::ctx::now(), &came, (message, arrival)).await
}

pub(super) async fn read(body: axum::body::Body) -> Result<Bytes, StatusCode> {
    let whole = Limited::new(body, BODY_BYTES_MAX).collect();
    match tokio::time::timeout(BODY_TIMEOUT, whole).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

impl Done {
    fn status(&self) -> &'static str {
        match self {
            Done::Pong => "pong",
            Done::Received(Received { unchanged: true, .. }) => "unchanged",
            Done::Received(Received { unchanged: false, .. }) => "received",
            Done::Kept => "kept",
            Done::Ignored => "ignored",
        }
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        let status = self.status();
        match self {
            Done::Received(Received { order, deal, .. }) => {
                Json(json!({ "status": status, "order": order, "deal": deal })).into_response()
            }
            Done::Pong | Done::Kept | Done::Ignored => Json(json!({ "status": status })).into_response(),
        }
    }
}

/// The shop sends it again.
fn failed(error: store::Error) -> Response {
    match error {
        store::Error::Busy | store::Error::Closed => later(StatusCode::SERVICE_UNAVAILABLE, 5),
        store::Error::Full => {
            tracing::error!("a shop's delivery was refused: the disk is full");
            later(StatusCode::INSUFFICIENT_STORAGE, 60)
        }
        error @ (store::Error::Refused(_)
        | store::Error::Changed { .. }
        | store::Error::SignedOut
        | store::Error::Database(_)
        | store::Error::Migration(_)
        | store::Error::Corrupt(_)
        | store::Error::Io(_)) => {
            // Written to the log with a trace by the conversion.
            let words = AppError::from(error).words(Lang::En);
            (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({ "status": "failed", "reason": words }))).into_response()
        }
    }
}

fn answer(status: StatusCode, reason: &'static str) -> Response {
    (status, Json(json!({ "status": "refused", "reason": reason }))).into_response()
}

fn later(status: StatusCode, seconds: u16) -> Response {
    let again = [(header::RETRY_AFTER, HeaderValue::from(seconds))];
    (status, again, Json(json!({ "status": "refused", "reason": "try again later" }))).into_response()
}
