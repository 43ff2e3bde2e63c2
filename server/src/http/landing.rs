//! The door of landing pages: LP-CRM's address, form and answers. What can't be understood is kept, and the page is told
//! that it was taken: its customer has ordered, and must not be asked to do so again.

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use domain::ids::{Millis, StorefrontId};
use domain::money::Currency;
use http::StatusCode;
use store::Store;
use store::intake::{Intake, Kept};

use super::hooks::{self, Done, Failed};
use crate::shops::Message;
use crate::shops::form::Form;
use crate::shops::lpcrm::{self, Reply};
use crate::state::AppState;

/// POST /api/addNewOrder.html
pub async fn add_new_order(State(state): State<AppState>, request: Request) -> Response {
    let store = &state.server.store;
    let body = match hooks::read(request.into_body()).await {
        Ok(body) => body,
        Err(status) => return refused(status, "the form is too long or too slow"),
    };
    let form = match Form::parse(&body) {
        Ok(form) => form,
        Err(refusal) => return refused(StatusCode::BAD_REQUEST, &refusal.to_string()),
    };
    let Some(key) = lpcrm::key(&form) else { return refused(StatusCode::UNAUTHORIZED, "key: missing") };
    let door = match store.hook_door(&key).await {
        Ok(Some(door)) => door,
        Ok(None) => return refused(StatusCode::UNAUTHORIZED, "key: this is no storefront's"),
        Err(_) => return refused(StatusCode::SERVICE_UNAVAILABLE, "try again later"),
    };
    let (storefront, now) = (door.storefront, app::ctx::now());
    let called = form.text("order_id").unwrap_or_default();
    let done = match take(store, (storefront, door.currency), &form, now).await {
        Err(Failed::NotUnderstood(reason)) => {
            let body = lpcrm::kept(&form).into_bytes();
            let topic = "addNewOrder".to_owned();
            hooks::keep(store, now, Kept { storefront, door: lpcrm::DOOR, topic, body, reason }).await
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

async fn take(
    store: &Store,
    (storefront, currency): (StorefrontId, Currency),
    form: &Form,
    now: Millis,
) -> Result<Done, Failed> {
    let order = lpcrm::read(form, currency, now).map_err(|refusal| Failed::NotUnderstood(refusal.to_string()))?;
    hooks::act(store, storefront, now, Message::Order(Box::new(order))).await
}

/// Reads a kept form again, as if it came when it came.
pub async fn again(store: &Store, intake: Intake) -> Result<(), String> {
    let form = Form::parse(&store::intake::as_sent(&intake.body)).map_err(|refusal| refusal.to_string())?;
    let currency = store.currency_of(intake.storefront).await.map_err(|error| error.to_string())?;
    match take(store, (intake.storefront, currency), &form, intake.received_at).await {
        Ok(_) => Ok(()),
        Err(Failed::NotUnderstood(reason)) => Err(reason),
        Err(Failed::Store(error)) => Err(error.to_string()),
    }
}

fn ok(reply: Reply) -> Response {
    Json(lpcrm::reply(Ok(reply))).into_response()
}

fn refused(status: StatusCode, words: &str) -> Response {
    (status, Json(lpcrm::reply(Err(words.to_owned())))).into_response()
}
