//! Entity tags: what a representation is known by, so that nobody reads twice what they have, or changes what they have
//! not seen.

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use domain::board::Card;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use store::{Seen, seen};

use super::problem::Problem;
use crate::state::AppState;

/// Without its quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag(String);

impl Tag {
    /// Of what has no version of its own: a hash of what is answered.
    pub fn of(value: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self(seen::tag(value)?))
    }

    /// As the store tells it.
    pub fn told(tag: String) -> Self {
        Self(tag)
    }

    /// A deal's version.
    pub fn of_version(version: i64) -> Self {
        Self(version.to_string())
    }

    /// A deal's or an order's version, and what else is answered with it: much of that has none.
    pub fn of_versioned(version: i64, value: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self(format!("{version}-{}", Self::of(value)?.0)))
    }

    pub fn quoted(&self) -> String {
        format!("\"{}\"", self.0)
    }
}

/// Whether a list of tags names this one; a weak tag is as good as a strong one to somebody who only reads.
pub fn names(list: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(list), Ok(tag)) = (list.to_str(), tag.to_str()) else { return false };
    list.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}

/// A single thing with its tag.
pub struct Entity<T> {
    value: T,
    tag: Tag,
    made_at: Option<String>,
}

impl<T: Serialize> Entity<T> {
    pub fn new(value: T) -> Result<Self, Problem> {
        Ok(Self { tag: Tag::of(&value)?, value, made_at: None })
    }

    pub fn tagged(value: T, tag: Tag) -> Self {
        Self { value, tag, made_at: None }
    }

    /// It was made by this request, and is found there from now on.
    pub fn made_at(self, path: String) -> Self {
        Self { made_at: Some(format!("/api/v1{path}")), ..self }
    }
}

impl Entity<Card> {
    pub fn card(card: Card) -> Self {
        Self { tag: Tag::of_version(card.version), value: card, made_at: None }
    }
}

impl<T: Serialize> IntoResponse for Entity<T> {
    fn into_response(self) -> Response {
        let mut response = axum::Json(self.value).into_response();
        if let Ok(tag) = HeaderValue::from_str(&self.tag.quoted()) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        if let Some(place) = self.made_at.and_then(|place| HeaderValue::from_str(&place).ok()) {
            *response.status_mut() = StatusCode::CREATED;
            response.headers_mut().insert(header::LOCATION, place);
        }
        response
    }
}

const NEEDED: &str = "one entity tag, or *, is needed";

/// On which state of a thing a change depends.
pub enum IfMatch {
    /// Not said, or any.
    Any,
    This(String),
    /// A weak tag proves nothing to somebody who writes.
    Never,
}

impl IfMatch {
    /// The version that the tag begins with; one that nothing has where it is no tag of a deal or an order.
    pub fn version(&self) -> Option<i64> {
        match self {
            IfMatch::Any => None,
            IfMatch::This(tag) => Some(tag.split('-').next().and_then(|text| text.parse().ok()).unwrap_or(-1)),
            IfMatch::Never => Some(-1),
        }
    }

    /// Of what has no version.
    pub fn seen(self) -> Seen {
        match self {
            IfMatch::Any => Seen::Any,
            IfMatch::This(tag) => Seen::This(tag),
            IfMatch::Never => Seen::Never,
        }
    }
}

impl FromRequestParts<AppState> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let mut values = parts.headers.get_all(header::IF_MATCH).iter();
        let text = match (values.next(), values.next()) {
            (None, _) => return Ok(IfMatch::Any),
            (Some(value), None) => value.to_str().unwrap_or_default().trim(),
            (Some(_), Some(_)) => return Err(Problem::malformed("If-Match", NEEDED)),
        };
        let tag =
            |text: &str| text.strip_prefix('"')?.strip_suffix('"').filter(|tag| !tag.contains('"')).map(str::to_owned);
        match (text, text.strip_prefix("W/")) {
            // A list of none: nothing is it.
            ("", _) => Ok(IfMatch::Never),
            ("*", _) => Ok(IfMatch::Any),
            (_, Some(weak)) if tag(weak).is_some() => Ok(IfMatch::Never),
            _ => tag(text).map(IfMatch::This).ok_or_else(|| Problem::malformed("If-Match", NEEDED)),
        }
    }
}
