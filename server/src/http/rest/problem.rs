//! What went wrong, as RFC 9457 says it: `type` for programs, `title` and `detail` for people, and what helps to go on.

use std::time::Duration;

use app::error::{AppError, refusal_words};
use axum::response::{IntoResponse, Response};
use domain::board::Refusal;
use domain::i18n::Lang;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::guard::rate;

#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    /// The last part of its type.
    name: &'static str,
    title: &'static str,
    detail: Option<String>,
    more: Map<String, Value>,
    /// Before it makes sense to ask again.
    wait: Option<Duration>,
}

impl Problem {
    fn new(status: StatusCode, name: &'static str, title: &'static str) -> Self {
        Self { status, name, title, detail: None, more: Map::new(), wait: None }
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is no such thing, or it is not yours to see")
    }

    pub fn wrong_method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "wrong-method", "This address does not take this method")
    }

    pub fn unauthorised() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorised", "A valid bearer token is needed")
    }

    /// Something in the address or the headers is not what it should be.
    pub fn malformed(what: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", "The request can't be read").with("in", what).detail(detail)
    }

    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The body is too long")
    }

    pub fn too_slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "too-slow", "The body did not arrive in time")
    }

    pub fn too_often(wait: Duration) -> Self {
        let told = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-often", "Too much at once; please wait a little");
        Self { wait: Some(wait), ..told }
    }

    pub fn not_json() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", "The body must be application/json")
    }

    fn invalid(field: &str, fault: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "A value can't be taken")
            .with("field", field)
            .with("fault", fault)
    }

    pub fn detail(mut self, words: impl Into<String>) -> Self {
        self.detail = Some(words.into());
        self
    }

    fn with(mut self, key: &str, value: impl Serialize) -> Self {
        self.more.insert(key.to_owned(), json!(value));
        self
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let words = refusal_words(&refusal, Lang::En);
        let problem = match refusal {
            Refusal::NotFound => Self::not_found(),
            Refusal::NotAllowed => Self::new(StatusCode::FORBIDDEN, "not-allowed", "Your role may not do this"),
            Refusal::Stale { now } => {
                Self::new(StatusCode::CONFLICT, "stale", "It has been moved meanwhile").with("now", now)
            }
            Refusal::Edited { version } => {
                Self::new(StatusCode::CONFLICT, "edited", "It has been edited meanwhile").with("version", version)
            }
            Refusal::StageGone => Self::invalid("stage", "unknown"),
            Refusal::ReasonNeeded => Self::invalid("reason", "missing"),
            Refusal::ReasonUnknown => Self::invalid("reason", "unknown"),
            Refusal::Faults { faults } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Some values can't be taken")
                    .with("faults", faults)
            }
            Refusal::Limit { limit } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "limit", "A limit was met").with("limit", limit)
            }
            Refusal::Import { fault } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "import", "The file can't be taken in so")
                    .with("fault", fault)
            }
            Refusal::CommandReused => Self::invalid("Idempotency-Key", "reused"),
        };
        problem.detail(words)
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        let busy = || Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Too much to do just now; try again");
        match error {
            store::Error::Refused(refusal) => refusal.into(),
            store::Error::SignedOut => Self::unauthorised(),
            store::Error::Busy | store::Error::Closed => busy(),
            store::Error::Full => {
                Self::new(StatusCode::INSUFFICIENT_STORAGE, "full", "The server's disk is full; reading still works")
            }
            error @ (store::Error::Database(_)
            | store::Error::Migration(_)
            | store::Error::Corrupt(_)
            | store::Error::Io(_)) => {
                let failed =
                    Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side");
                match AppError::from(error) {
                    AppError::Internal { trace } => failed.with("trace", trace),
                    AppError::Refused(_)
                    | AppError::SignedOut
                    | AppError::Busy
                    | AppError::Full
                    | AppError::Network => failed,
                }
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = self.more;
        body.insert("type".into(), json!(format!("urn:voronka:problem:{}", self.name)));
        body.insert("title".into(), json!(self.title));
        body.insert("status".into(), json!(self.status.as_u16()));
        if let Some(detail) = self.detail {
            body.insert("detail".into(), json!(detail));
        }
        let mut response = (self.status, Value::Object(body).to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"voronka\""));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if let Some(wait) = self.wait {
            headers.insert(header::RETRY_AFTER, rate::seconds(wait));
        }
        response
    }
}
