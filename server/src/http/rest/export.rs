//! Lists as files, for scripts: what `/export` gives a browser, by the token's rights and in the language that it asks for.

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::{Method, header};

use super::asked::InPath;
use super::caller::Caller;
use super::problem::Problem;
use crate::http::export::{Asked, Refused, answer, asked_lang};
use crate::state::AppState;

pub async fn file(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    file: InPath,
    request: Request,
) -> Result<Response, Problem> {
    // A list's head alone would be a list that was made for nothing.
    if *request.method() == Method::HEAD {
        return Ok(([(header::ALLOW, "GET")], Problem::wrong_method()).into_response());
    }
    let lang = asked_lang(request.headers());
    let asked = Asked::of(&request, file.text(), lang);
    answer(&state, &ctx, asked).await.map_err(Problem::from)
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        let wait = refused.wait();
        match refused {
            Refused::SignedOut => Problem::unauthorised(),
            Refused::SentByAnotherSite | Refused::NoSuchFile => Problem::not_found(),
            Refused::Unreadable(key) => {
                Problem::malformed(&key, "this parameter is unknown, or its value can't be read")
            }
            Refused::TooOften(_) | Refused::TooMany => Problem::too_many(wait.unwrap_or_default()),
            Refused::Store(error) => error.into(),
        }
    }
}
