//! Files of imports: the one that is brought along, and the rows of it that were refused.

use std::io;

use app::ctx::{now, status_of};
use app::error::AppError;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{Router, get, post};
use domain::auth::{Action, On, may};
use domain::board::Refusal;
use domain::i18n::{Lang, t};
use domain::ids::{FunnelId, ImportId, StorefrontId};
use domain::import::{FILE_NAME_CHARS_MAX, Import, Kind, NewImport};
use http::{HeaderValue, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::json;
use store::auth::Session;
use store::{Ctx, Store};
use tokio::sync::Semaphore;

use super::export::asked_lang;
use super::open::private;
use crate::import::report;
use crate::import::take::{NotTaken, take};
use crate::import::upload::{self, Broken};
use crate::state::AppState;

/// Files that are taken in at once.
const UPLOADS_MAX: usize = 4;
static UPLOADS: Semaphore = Semaphore::const_new(UPLOADS_MAX);
/// Refused rows that are read at once.
const ROWS_AT_ONCE: i64 = 1_000;

pub fn routes() -> Router<AppState> {
    Router::new().route("/upload", post(take_in)).route("/{import}/report.csv", get(hand_out))
}

#[derive(Deserialize)]
struct Asked {
    storefront: StorefrontId,
    kind: Kind,
    funnel: Option<FunnelId>,
    /// The file's.
    name: Option<String>,
}

/// The body is the file. Answers with what its columns seem to mean.
async fn take_in(
    State(state): State<AppState>,
    asked: Result<Query<Asked>, QueryRejection>,
    request: Request,
) -> Response {
    let lang = language(&request);
    let Some(ctx) = asker(&request) else { return refused(&AppError::SignedOut, lang) };
    let Ok(Query(asked)) = asked else { return said(StatusCode::BAD_REQUEST, t::import_door_unclear(lang)) };
    // The store asks again; this only spares the way to whoever may not.
    if !may(&ctx.actor, Action::Import, On::Storefront(asked.storefront)) {
        return refused(&AppError::Refused(Refusal::NotAllowed), lang);
    }
    let Ok(place) = UPLOADS.try_acquire() else { return refused(&AppError::Busy, lang) };
    // To its end, whoever listens: half a file in the store would help nobody.
    let task = tokio::spawn(async move {
        let answer = receive(state, ctx, asked, request.into_body(), lang).await;
        drop(place);
        answer
    });
    task.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

async fn receive(state: AppState, ctx: Ctx, asked: Asked, body: Body, lang: Lang) -> Response {
    let file = match upload::receive(body, &state.config.data_dir).await {
        Ok(file) => file,
        Err(Broken::TooLong) => return said(StatusCode::PAYLOAD_TOO_LARGE, t::import_file_too_large(lang)),
        Err(Broken::Incomplete) => return said(StatusCode::BAD_REQUEST, t::import_file_broken_off(lang)),
        Err(Broken::Io(error)) if error.kind() == io::ErrorKind::StorageFull => return refused(&AppError::Full, lang),
        Err(Broken::Io(error)) => {
            tracing::error!(%error, "a file could not be taken in");
            return said(StatusCode::INTERNAL_SERVER_ERROR, t::import_file_broken_off(lang));
        }
    };
    let Asked { storefront, kind, funnel, name } = asked;
    let named = name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| kind.key().to_owned());
    let file_name = named.chars().take(FILE_NAME_CHARS_MAX).collect();
    let new = NewImport { kind, storefront, funnel, file_name, headings: Vec::new() };
    match take(state.store(), &ctx, file.path(), new).await {
        Ok(draft) => Json(draft).into_response(),
        Err(NotTaken::Unreadable(unreadable)) => said(StatusCode::UNPROCESSABLE_ENTITY, &unreadable.words(lang)),
        Err(NotTaken::Store(error)) => refused(&AppError::from(error), lang),
    }
}

/// The refused rows, to mend and to send again.
async fn hand_out(State(state): State<AppState>, Path(import): Path<String>, request: Request) -> Response {
    let lang = language(&request);
    let Some(ctx) = asker(&request) else { return refused(&AppError::SignedOut, lang) };
    let Ok(import) = import.parse::<ImportId>() else { return StatusCode::NOT_FOUND.into_response() };
    let import = match state.store().import(&ctx, import).await {
        Ok(import) => import,
        Err(error) => return refused(&AppError::from(error), lang),
    };
    if import.emptied {
        return said(StatusCode::GONE, t::import_emptied(lang));
    }
    let name = file_name(&import);
    let head = report::head(&import.headings, lang);
    let rows = Rows { store: state.store().clone(), ctx, import, after: 0, lang };
    let rows = futures::stream::unfold(rows, Rows::next);
    let body = futures::StreamExt::chain(futures::stream::iter([Ok(Bytes::from(head))]), rows);
    let mut response = Body::from_stream(body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    private(&mut response);
    response
}

/// As a header: plain for old programs, and in full for all others.
fn file_name(import: &Import) -> String {
    let stem = import.file_name.rsplit_once('.').map_or(import.file_name.as_str(), |(stem, _)| stem);
    let full = format!("{stem}.refused.csv");
    let id = import.id;
    format!(
        "attachment; filename=\"refused-{id}.csv\"; filename*=UTF-8''{}",
        utf8_percent_encode(&full, NON_ALPHANUMERIC)
    )
}

/// What is left of a report to be handed out.
struct Rows {
    store: Store,
    ctx: Ctx,
    import: Import,
    after: i64,
    lang: Lang,
}

impl Rows {
    /// A piece of the file; a failure breaks it off, so that nobody takes half of it for the whole.
    async fn next(mut self) -> Option<(io::Result<Bytes>, Self)> {
        match self.store.refused_rows(&self.ctx, self.import.id, self.after, ROWS_AT_ONCE).await {
            Ok(rows) => {
                self.after = rows.last()?.row;
                let lines: Vec<Vec<u8>> =
                    rows.iter().map(|row| report::row(row, &self.import.headings, self.lang)).collect();
                Some((Ok(lines.concat().into()), self))
            }
            Err(error) => {
                tracing::error!(%error, "a report of refused rows was broken off");
                Some((Err(io::Error::other(error)), self))
            }
        }
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
