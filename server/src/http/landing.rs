//! The door of landing pages: LP-CRM's address, form and answers. What can't be understood is kept, and the page is told
//! that it was taken: its customer has ordered, and must not be asked to do so again.

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use domain::i18n::Lang;
use domain::ids::Millis;
use domain::intake::{Reason, Why};
use domain::money::Currency;
use formats::shops::form::Form;
use formats::shops::lpcrm::{self, Reply};
use formats::shops::{Message, Refusal};
use http::StatusCode;
use store::Store;
use store::deliveries::Came;
use store::intake::Intake;
use store::orders::Arrival;

use super::hooks::{self, Done, Failed};
use crate::state::AppState;

/// What such a form is about, in the record.
const TOPIC: &str = "addNewOrder";

/// POST /api/addNewOrder.html
pub async fn add_new_order(State(state): State<AppState>, request: Request) -> Response {
    let store = &state.server.store;
    let body = match hooks::read(request.into_body()).await {
        Ok(body) => body,
        Err(status) => return refused(status, "the form is too long or too slow"),
    };
    let form = match Form::parse(&body) {
        Ok(form) => form,
        Err(refusal) => return refused(StatusCode::BAD_REQUEST, &reason(refusal).words(Lang::En)),
    };
    let Some(key) = lpcrm::key(&form) else { return refused(StatusCode::UNAUTHORIZED, "key: missing") };
    let door = match store.hook_door(&key).await {
        Ok(Some(door)) => door,
        Ok(None) => return refused(StatusCode::UNAUTHORIZED, "key: this is no storefront's"),
        Err(_) => return refused(StatusCode::SERVICE_UNAVAILABLE, "try again later"),
    };
    let (storefront, now) = (door.storefront, app::ctx::now());
    let called = form.text("order_id").unwrap_or_default();
    let came = Came { storefront, door: lpcrm::DOOR, topic: TOPIC.to_owned(), intake: None };
    let done = match take(store, &came, door.currency, &form, now).await {
        Err(Failed::NotUnderstood(reason)) => {
            hooks::keep(store, now, &came, lpcrm::kept(&form).into_bytes(), reason).await
        }
        done => done,
    };
    match done {
        Ok(Done::Received(received)) => ok(Reply { order_id: called, id: received.order }),
        Ok(Done::Pong | Done::Kept | Done::Ignored) => ok(Reply { order_id: called, id: None }),
        Err(Failed::Store(store::Error::Full)) => {
            refused(StatusCode::INSUFFICIENT_STORAGE, "the server's disk is full")
        }
        Err(Failed::Store(error)) => {
            tracing::error!(%storefront, %error, "a landing page's order was not taken");
            refused(StatusCode::SERVICE_UNAVAILABLE, "try again later")
        }
        Err(Failed::NotUnderstood(_)) => refused(StatusCode::SERVICE_UNAVAILABLE, "try again later"),
    }
}

async fn take(store: &Store, came: &Came, currency: Currency, form: &Form, now: Millis) -> Result<Done, Failed> {
    let order = lpcrm::read(form, currency, now).map_err(not_understood)?;
    hooks::act(store, now, came, (Message::Order(Box::new(order)), Arrival::Sent)).await
}

/// Reads a kept form again, as if it came when it came.
pub(super) async fn again(store: &Store, intake: Intake) -> Result<Done, Failed> {
    let form = Form::parse(&store::intake::as_sent(&intake.body)).map_err(not_understood)?;
    let currency = store.currency_of(intake.storefront).await.map_err(Failed::Store)?;
    let (storefront, id) = (intake.storefront, Some(intake.id));
    let came = Came { storefront, door: lpcrm::DOOR, topic: intake.topic, intake: id };
    take(store, &came, currency, &form, intake.received_at).await
}

fn not_understood(refusal: Refusal) -> Failed {
    Failed::NotUnderstood(reason(refusal))
}

/// Nothing is signed here: no refusal is about a signature.
fn reason(refusal: Refusal) -> Reason {
    match refusal {
        Refusal::NotUnderstood(reason) => reason,
        Refusal::BadSignature => Reason::whole(Why::Unreadable),
    }
}

fn ok(reply: Reply) -> Response {
    Json(lpcrm::reply(Ok(reply))).into_response()
}

fn refused(status: StatusCode, words: &str) -> Response {
    (status, Json(lpcrm::reply(Err(words.to_owned())))).into_response()
}
