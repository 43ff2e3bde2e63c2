//! A foreign page must not act in the name of who is signed in: unsafe requests are answered only when the browser says
//! they come from this very site. Doors that trust no cookie need no such proof.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::class::Class;
use crate::state::AppState;

pub async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let unsafe_method = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let guarded = unsafe_method && Class::of(request.uri().path()).trusts_cookies();
    if guarded && !is_own(request.headers(), &state.server.public_url) {
        return (StatusCode::FORBIDDEN, "This request does not come from this site.\n").into_response();
    }
    next.run(request).await
}

/// Every browser of today says where a request comes from, by Sec-Fetch-Site where the address is trustworthy, else by
/// Origin. What says neither is no browser, and carries nobody's cookie against their will.
fn is_own(headers: &HeaderMap, public_url: &str) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    if let Some(origin) = headers.get(header::ORIGIN) {
        return origin.to_str().is_ok_and(|origin| is_ours(origin, headers, public_url));
    }
    // The one shape in which a form could post JSON across sites.
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    !kind.trim_start().to_ascii_lowercase().starts_with("text/plain")
}

/// Whether a page of another site sent the browser here. For reading that is more than looking: it leaves a line in the
/// log and takes the server's time.
pub fn is_sent_by_another_site(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| !matches!(site.as_bytes(), b"same-origin" | b"none"))
}

fn is_ours(origin: &str, headers: &HeaderMap, public_url: &str) -> bool {
    if origin.eq_ignore_ascii_case(public_url) {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    matches!((authority, host), (Some(authority), Some(host)) if authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().expect("a header"));
        }
        is_own(&headers, "https://crm.example")
    }

    #[test]
    fn foreign_pages_are_refused_and_our_own_are_not() {
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(!own(&[("sec-fetch-site", "same-site")]));
        assert!(!own(&[("sec-fetch-site", "cross-site"), ("origin", "https://crm.example")]));
        assert!(own(&[("origin", "https://crm.example"), ("host", "10.0.0.1")]));
        assert!(own(&[("origin", "http://192.168.0.2:3000"), ("host", "192.168.0.2:3000")]));
        assert!(!own(&[("origin", "https://crm.example.evil.org"), ("host", "crm.example")]));
        assert!(!own(&[("origin", "null"), ("host", "crm.example")]));
        assert!(own(&[("content-type", "application/json")]));
        assert!(!own(&[("content-type", "text/plain;charset=UTF-8")]));
    }
}
