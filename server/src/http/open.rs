//! What the pages that need no sign-in have in common: customers' orders and screens.

use std::time::Duration;

use axum::response::{Html, IntoResponse, Response};
use domain::ids::Millis;
use http::{HeaderName, HeaderValue, StatusCode, header};
use jiff::Zoned;
use jiff::tz::TimeZone;

use crate::guard::rate;
use crate::state::AppState;

/// What such a page is drawn with.
pub struct Paper {
    pub build: std::sync::Arc<str>,
    pub nonce: String,
    zone: TimeZone,
}

impl Paper {
    pub fn new(state: &AppState) -> Self {
        Self {
            build: state.server.build.clone(),
            nonce: uuid::Uuid::new_v4().simple().to_string(),
            zone: TimeZone::get(&state.config.time_zone).unwrap_or(TimeZone::UTC),
        }
    }

    /// In the shop's time zone; None outside the calendar.
    pub fn at(&self, at: Millis) -> Option<Zoned> {
        Some(jiff::Timestamp::from_millisecond(at).ok()?.to_zoned(self.zone.clone()))
    }

    /// With the policy that only its own files and its one style run on it.
    pub fn answer(&self, status: StatusCode, html: String) -> Response {
        let nonce = &self.nonce;
        let policy = format!(
            "default-src 'none'; style-src 'self' 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; \
             img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        let mut response = (status, Html(html)).into_response();
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        private(&mut response);
        response
    }
}

/// The address or the cookie is the key: kept nowhere, found by nobody, told to no other site.
pub fn private(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
}

pub fn too_often(wait: Duration) -> Response {
    let mut response = (StatusCode::TOO_MANY_REQUESTS, "Too often; please wait a little.\n").into_response();
    response.headers_mut().insert(header::RETRY_AFTER, rate::seconds(wait));
    response
}
