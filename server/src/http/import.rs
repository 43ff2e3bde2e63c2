//! Files of imports: the one that is brought along, and the rows of it that were refused.

mod bring;
mod report;

use app::ctx::{now, status_of};
use app::error::AppError;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{Router, get, post};
use domain::i18n::{Lang, t};
use domain::ids::{CommandId, FunnelId, ImportId, StorefrontId};
use domain::import::Kind;
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use store::Ctx;
use store::auth::Session;

pub use bring::{Brought, NotBrought, bring};
pub use report::hand_out;

use super::export::asked_lang;
use crate::guard::places::Full;
use crate::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new().route("/upload", post(take_in)).route("/{import}/report.csv", get(refused_rows))
}

#[derive(Deserialize)]
struct Asked {
    storefront: StorefrontId,
    kind: Kind,
    funnel: Option<FunnelId>,
    /// The file's.
    name: Option<String>,
}

/// The body is the file.
async fn take_in(
    State(state): State<AppState>,
    asked: Result<Query<Asked>, QueryRejection>,
    request: Request,
) -> Response {
    let lang = language(&request);
    let Some(ctx) = asker(&request) else { return refused(&AppError::SignedOut, lang) };
    let Ok(Query(asked)) = asked else { return said(StatusCode::BAD_REQUEST, t::import_door_unclear(lang)) };
    let Asked { storefront, kind, funnel, name } = asked;
    let brought = Brought { storefront, kind, funnel, name };
    match bring(&state, ctx, CommandId::new_v4(), (brought, request.into_body())).await {
        Ok(draft) => Json(draft).into_response(),
        Err(NotBrought::TooMany(Full::Yours)) => said(StatusCode::TOO_MANY_REQUESTS, t::import_two_coming(lang)),
        Err(NotBrought::TooMany(Full::All)) => refused(&AppError::Busy, lang),
        Err(NotBrought::TooLong) => said(StatusCode::PAYLOAD_TOO_LARGE, t::import_file_too_large(lang)),
        Err(NotBrought::BrokenOff) => said(StatusCode::BAD_REQUEST, t::import_file_broken_off(lang)),
        Err(NotBrought::Io(error)) => {
            tracing::error!(%error, "a file could not be taken in");
            said(StatusCode::INTERNAL_SERVER_ERROR, t::import_file_broken_off(lang))
        }
        Err(NotBrought::Unreadable(unreadable)) => said(StatusCode::UNPROCESSABLE_ENTITY, &unreadable.words(lang)),
        Err(NotBrought::Store(error)) => refused(&AppError::from(error), lang),
    }
}

async fn refused_rows(State(state): State<AppState>, Path(import): Path<String>, request: Request) -> Response {
    let lang = language(&request);
    let Some(ctx) = asker(&request) else { return refused(&AppError::SignedOut, lang) };
    let Ok(import) = import.parse::<ImportId>() else { return StatusCode::NOT_FOUND.into_response() };
    match hand_out(state.store(), ctx, import, lang).await {
        Ok(Some(file)) => file,
        Ok(None) => said(StatusCode::GONE, t::import_emptied(lang)),
        Err(error) => refused(&AppError::from(error), lang),
    }
}

fn asker(request: &Request) -> Option<Ctx> {
    let session = request.extensions().get::<Session>()?;
    Some(Ctx { actor: session.actor.clone(), now: now() })
}

/// As they chose it; as their browser asks for it where they did not.
fn language(request: &Request) -> Lang {
    let chosen = request.extensions().get::<Session>().and_then(|session| session.preferences.lang.as_deref());
    chosen.and_then(Lang::parse).unwrap_or_else(|| asked_lang(request.headers()))
}

fn refused(error: &AppError, lang: Lang) -> Response {
    said(status_of(error), &error.words(lang))
}

fn said(status: StatusCode, words: &str) -> Response {
    (status, Json(json!({ "error": words }))).into_response()
}
