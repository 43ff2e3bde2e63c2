//! Who asks: the cookie's session goes among the request's extensions, where handlers find it. A page that needs
//! somebody signed in sends everybody else to where they sign in.

use app::ctx::{cookie_token, now};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use store::auth::Session;

use super::class::Class;
use crate::state::AppState;

/// A token of ours has 43 characters; nothing much longer is worth a look into the database.
const TOKEN_CHARS_MAX: usize = 100;
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.');

/// Finds the session out.
pub async fn find(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let class = Class::of(request.uri().path());
    if !matches!(class, Class::Action | Class::Page | Class::Socket | Class::Export) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let token =
        cookie_token(&parts, state.server.secure()).filter(|token| (1..=TOKEN_CHARS_MAX).contains(&token.len()));
    if let Some(token) = token {
        match state.store().session(&token, now()).await {
            Ok(Some(session)) => drop(parts.extensions.insert(session)),
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%error, "a session could not be read");
                return (StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment.\n").into_response();
            }
        }
    }
    next.run(Request::from_parts(parts, body)).await
}

/// Lets a page through, or says where to go first. Only for routes that exist: the others are not found.
pub async fn page(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_page =
        matches!(*request.method(), Method::GET | Method::HEAD) && Class::of(request.uri().path()) == Class::Page;
    if is_page {
        let signed_in = request.extensions().get::<Session>().is_some();
        if let Some(elsewhere) = elsewhere(&state, request.uri().clone(), signed_in).await {
            return elsewhere;
        }
    }
    next.run(request).await
}

async fn elsewhere(state: &AppState, uri: Uri, signed_in: bool) -> Option<Response> {
    let path = uri.path();
    match state.set_up.is_done().await {
        Ok(true) if path == "/setup" => return Some(Redirect::to("/").into_response()),
        Ok(true) => {}
        Ok(false) if path == "/setup" => return None,
        Ok(false) => return Some(Redirect::to("/setup").into_response()),
        Err(error) => {
            tracing::error!(%error, "it could not be found out whether anybody is there");
            return Some((StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment.\n").into_response());
        }
    }
    let public = path == "/sign-in" || ["/invite/", "/enter/"].iter().any(|prefix| path.starts_with(prefix));
    if public || signed_in {
        return None;
    }
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let to = match target {
        "/" => "/sign-in".to_owned(),
        target => format!("/sign-in?next={}", utf8_percent_encode(target, IN_QUERY)),
    };
    Some(Redirect::to(&to).into_response())
}
