//! What a request asks for, read strictly: a script's misspelt parameter is refused rather than passed over.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::time::Duration;

use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use domain::ids::CommandId;
use http::request::Parts;
use http::{HeaderMap, Uri, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use super::problem::Problem;
use crate::state::AppState;

const BODY_BYTES_MAX: usize = 64 * 1_024;
const BODY_TIMEOUT: Duration = Duration::from_secs(20);

/// The address's query.
pub struct Asked(BTreeMap<String, String>);

impl Asked {
    pub fn read(uri: &Uri, keys: &[&[&str]]) -> Result<Self, Problem> {
        let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(uri) else {
            return Err(Problem::malformed("query", "the query is not form-encoded"));
        };
        let mut found = BTreeMap::new();
        for (key, value) in pairs {
            if !keys.iter().any(|keys| keys.contains(&key.as_str())) {
                return Err(Problem::malformed(&key, "there is no such parameter"));
            }
            if found.insert(key.clone(), value).is_some() {
                return Err(Problem::malformed(&key, "this parameter comes twice"));
            }
        }
        Ok(Self(found))
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub fn parse<T: FromStr>(&self, key: &str) -> Result<Option<T>, Problem> {
        let unreadable = || Problem::malformed(key, "this is not a number");
        self.get(key).map(|text| text.parse().map_err(|_| unreadable())).transpose()
    }

    /// Between 1 and `most`.
    pub fn limit(&self, default: i64, most: i64) -> Result<i64, Problem> {
        let limit = self.parse("limit")?.unwrap_or(default);
        if (1..=most).contains(&limit) {
            Ok(limit)
        } else {
            Err(Problem::malformed("limit", format!("a limit is between 1 and {most}")))
        }
    }
}

/// The one part of a path that names something.
pub struct InPath(Option<String>);

impl InPath {
    /// As it stands there; empty where there is none.
    pub fn text(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    pub fn id<T: FromStr>(&self) -> Result<T, Problem> {
        let id = self.0.as_deref().and_then(|text| text.parse().ok());
        id.ok_or_else(|| Problem::malformed("path", "an id is a number"))
    }
}

/// The two parts of a path that name something within something.
pub struct TwoInPath(Option<(String, String)>);

impl TwoInPath {
    pub fn ids<A: FromStr, B: FromStr>(&self) -> Result<(A, B), Problem> {
        let ids = self.0.as_ref().and_then(|(one, other)| Some((one.parse().ok()?, other.parse().ok()?)));
        ids.ok_or_else(|| Problem::malformed("path", "an id is a number"))
    }
}

impl FromRequestParts<AppState> for TwoInPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let both = Path::<(String, String)>::from_request_parts(parts, state).await;
        Ok(Self(both.ok().map(|Path(both)| both)))
    }
}

/// An address that takes no parameters.
pub struct NoQuery;

impl FromRequestParts<AppState> for NoQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        Asked::read(&parts.uri, &[]).map(|_| Self)
    }
}

/// What makes two sendings of a command one: a UUID, with or without the quotes of a structured header. Without one the
/// command can't be repeated.
pub struct Key(pub CommandId);

impl FromRequestParts<AppState> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let mut values = parts.headers.get_all("idempotency-key").iter();
        let key = match (values.next(), values.next()) {
            (None, _) => Some(CommandId::new_v4()),
            (Some(value), None) => value.to_str().ok().and_then(|text| text.trim().trim_matches('"').parse().ok()),
            (Some(_), Some(_)) => None,
        };
        key.map(Self).ok_or_else(|| Problem::malformed("Idempotency-Key", "this is not a UUID"))
    }
}

impl FromRequestParts<AppState> for InPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let part = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(part.ok().map(|Path(part)| part)))
    }
}

/// A body in JSON, no more and no less than `T`.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::not_json());
        }
        let whole = Limited::new(request.into_body(), BODY_BYTES_MAX).collect();
        let body = match tokio::time::timeout(BODY_TIMEOUT, whole).await {
            Ok(Ok(body)) => body.to_bytes(),
            Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(Problem::too_large()),
            Ok(Err(_)) => return Err(Problem::malformed("body", "the body was cut off")),
            Err(_) => return Err(Problem::too_slow()),
        };
        let read = serde_json::from_slice(&body).or_else(|error| with_whole_numbers(&body).ok_or(error));
        read.map(Self).map_err(|error| Problem::malformed("body", error.to_string()))
    }
}

/// Up to here every whole number has a floating point of its own.
const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;

/// To JSON Schema, and to the languages that write it so, 100.0 is as whole a number as 100.
fn with_whole_numbers<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let mut value = serde_json::from_slice(body).ok()?;
    make_whole(&mut value);
    serde_json::from_value(value).ok()
}

fn make_whole(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Number(number) if number.is_f64() => {
            let whole = number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() <= WHOLE_MAX);
            if let Some(whole) = whole {
                *value = serde_json::Value::from(whole as i64);
            }
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(make_whole),
        serde_json::Value::Object(map) => map.values_mut().for_each(make_whole),
        _ => {}
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    ["application/json", "application/merge-patch+json"].iter().any(|json| kind.eq_ignore_ascii_case(json))
}
