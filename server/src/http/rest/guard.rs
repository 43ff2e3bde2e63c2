//! What stands before every address of the API: who asks and how often, and that every answer says so in one form.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::auth::Who;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use super::caller::{Identified, identify};
use super::problem::{KIND, Problem};
use super::tag;
use crate::figures;
use crate::guard::address;
use crate::guard::quota::Asker;
use crate::guard::whole::ANSWER_TIME_MAX;
use crate::state::AppState;

pub async fn guard(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let who = identify(&state, request.headers()).await;
    let asker = match who.as_ref().map(|ctx| ctx.actor.who) {
        Ok(Who::Token(token)) => Some(Asker::Token(token)),
        Ok(Who::User(_) | Who::Shop(_) | Who::System) | Err(_) => {
            let address = address::client(request.headers(), request.extensions(), state.config.trusted_proxies);
            address.map(|address| Asker::Address(address::neighbourhood(address)))
        }
    };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).filter(|_| reads).cloned();
    let standing = asker.map(|asker| state.rates.scripts.ask(asker));
    let mut response = match standing.filter(|standing| standing.refused) {
        Some(standing) => {
            metrics::counter!(figures::LIMITED, "class" => "quota").increment(1);
            Problem::too_many(standing.reset).into_response()
        }
        None => {
            request.extensions_mut().insert(Identified(who));
            unless_known(in_form(next.run(request).await), known)
        }
    };
    if let Some(standing) = standing {
        standing.tell(response.headers_mut());
    }
    response
}

/// For what is not a file.
pub async fn in_time(request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(ANSWER_TIME_MAX, next.run(request)).await;
    answer.unwrap_or_else(|_| Problem::busy().detail("This took too long; please try again.").into_response())
}

/// A layer's plain refusal becomes a problem.
fn in_form(response: Response) -> Response {
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    let formed = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == KIND);
    if failed && !formed { Problem::of(status).into_response() } else { response }
}

/// 304 for a reader who has it already.
fn unless_known(response: Response, known: Option<HeaderValue>) -> Response {
    let tag = response.headers().get(header::ETAG).filter(|_| response.status() == StatusCode::OK);
    let (Some(tag), Some(known)) = (tag.cloned(), known) else { return response };
    if !tag::names(&known, &tag) {
        return response;
    }
    let mut answer = StatusCode::NOT_MODIFIED.into_response();
    let mut headers = HeaderMap::new();
    headers.insert(header::ETAG, tag);
    *answer.headers_mut() = headers;
    answer
}
