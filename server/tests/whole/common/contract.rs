//! Every answer that a test gets from the API is held against the API's own description.

use http::HeaderMap;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::Value;
use server::http::rest::openapi::{resolved, whole};

use super::schema::faults;

/// As whoever holds the token.
pub async fn ask(request: RequestBuilder, token: &str) -> Response {
    told(request.bearer_auth(token)).await
}

/// As the request stands.
pub async fn told(request: RequestBuilder) -> Response {
    let (client, request) = request.build_split();
    let request = request.expect("a request");
    let (method, path) = (request.method().as_str().to_lowercase(), request.url().path().to_owned());
    let answer = client.execute(request).await.expect("an answer");
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = answer.bytes().await.expect("a body");
    let place = format!("{method} {path}: {status} {}", String::from_utf8_lossy(&body));
    if let Some(below) = path.strip_prefix("/api/v1/") {
        for name in ["ratelimit", "ratelimit-policy"] {
            assert!(headers.contains_key(name), "no {name}: {place}");
        }
        conforms(operation(&method, &format!("/{below}")), (status, &headers, &body), &place);
    }
    let mut whole = http::Response::builder().status(status).body(body).expect("a response");
    *whole.headers_mut() = headers;
    Response::from(whole)
}

/// What is said of a method at an address; None where nothing is there.
fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let paths = whole()["paths"].as_object().expect("paths");
    let exact = paths.get_key_value(path);
    let fits = |template: &str| {
        let (one, other): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
        one.len() == other.len() && one.iter().zip(&other).all(|(one, other)| one == other || one.starts_with('{'))
    };
    let (_, found) = exact.or_else(|| paths.iter().find(|(template, _)| fits(template)))?;
    found.get(method)
}

fn conforms(operation: Option<&'static Value>, (status, headers, body): (StatusCode, &HeaderMap, &[u8]), place: &str) {
    let nothing = matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    assert!(!nothing || body.is_empty(), "words where none belong: {place}");
    let answer = match operation {
        Some(operation) => {
            let answers = &operation["responses"];
            let named = answers.get(status.as_str());
            assert!(named.is_some() || !status.is_success(), "this success is not described: {place}");
            resolved(named.unwrap_or(&answers["default"]))
        }
        // Nothing is there: told as everything else is.
        None => &whole()["components"]["responses"]["Other"],
    };
    for name in answer["headers"].as_object().into_iter().flatten().map(|(name, _)| name) {
        assert!(headers.contains_key(name.to_lowercase()), "no {name}: {place}");
    }
    if nothing {
        return;
    }
    let kind = headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default();
    let content = answer["content"].get(kind).unwrap_or_else(|| panic!("{kind} is not described: {place}"));
    if kind.ends_with("json") {
        let value: Value = serde_json::from_slice(body).unwrap_or_else(|error| panic!("{error}: {place}"));
        assert_eq!(faults(&content["schema"], &value), Vec::<String>::new(), "{place}");
    }
}
