//! How often one address may try. Signing in and the like is counted by try; doors that prove who asks are counted by
//! failure, so that a busy shop is never slowed down and a guesser soon is.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::time::{Duration, Instant};

use app::ctx::Limiter;
use axum::extract::{Request, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::address;
use super::class::Class;
use super::quota::{Policy, Quotas, Standing};
use crate::figures;
use crate::state::AppState;

type Key = (&'static str, IpAddr);

/// Tries of a class in a minute, all of them at once if need be.
const PER_MINUTE: [(&str, u32); 8] = [
    ("sign_in", 10),
    ("setup", 10),
    ("link", 20),
    ("password", 10),
    ("track", 600),
    ("track_miss", 30),
    ("screen", 10),
    ("export", 60),
];
/// For a class that nobody named here.
const OTHERS_PER_MINUTE: u32 = 60;
/// Wrong signatures, unknown keys and tokens.
const FAILURES_PER_MINUTE: u32 = 60;
/// Addresses remembered before the idle ones are forgotten.
pub const KEYS_MAX: usize = 50_000;

pub struct Rates {
    trusted_proxies: usize,
    tries: HashMap<&'static str, DefaultKeyedRateLimiter<Key>>,
    others: DefaultKeyedRateLimiter<Key>,
    failures: DefaultKeyedRateLimiter<Key>,
    /// Who failed too often, and until when they are not listened to.
    shut: Mutex<HashMap<Key, Instant>>,
    clock: DefaultClock,
    /// What scripts may ask for.
    pub scripts: Quotas,
}

impl Rates {
    pub fn new(trusted_proxies: usize) -> Self {
        Self {
            trusted_proxies,
            tries: PER_MINUTE.into_iter().map(|(class, tries)| (class, RateLimiter::keyed(quota(tries)))).collect(),
            others: RateLimiter::keyed(quota(OTHERS_PER_MINUTE)),
            failures: RateLimiter::keyed(quota(FAILURES_PER_MINUTE)),
            shut: Mutex::default(),
            clock: DefaultClock::default(),
            scripts: Quotas::new(),
        }
    }

    /// Counts a try; how long to wait where it was one too many.
    pub fn attempt(&self, class: &'static str, address: IpAddr) -> Result<(), Duration> {
        let limiter = self.tries.get(class).unwrap_or(&self.others);
        count(limiter, (class, address), &self.clock)
    }

    /// What server functions ask. The answer's status and Retry-After are set here, since only here the wait is known.
    pub fn limiter(self: &Arc<Self>) -> Limiter {
        let rates = self.clone();
        Arc::new(move |class, parts| {
            let address = address::client(&parts.headers, &parts.extensions, rates.trusted_proxies);
            // Without a peer there is no network: a test, or a page being rendered for nobody.
            let Some(address) = address else { return true };
            let Err(wait) = rates.attempt(class, address::neighbourhood(address)) else { return true };
            metrics::counter!(figures::LIMITED, "class" => class).increment(1);
            if let Some(options) = use_context::<ResponseOptions>() {
                options.set_status(StatusCode::TOO_MANY_REQUESTS);
                options.insert_header(header::RETRY_AFTER, seconds(wait));
            }
            false
        })
    }

    /// Whether this request's address may try once more, and how long it waits where not.
    pub fn try_once(&self, class: &'static str, headers: &HeaderMap, extensions: &Extensions) -> Result<(), Duration> {
        match address::client(headers, extensions, self.trusted_proxies) {
            Some(address) => self.attempt(class, address::neighbourhood(address)),
            None => Ok(()),
        }
    }

    fn shut_for(&self, key: Key) -> Option<Duration> {
        let shut = self.shut.lock().unwrap_or_else(PoisonError::into_inner);
        shut.get(&key)?.checked_duration_since(Instant::now())
    }

    fn failed(&self, key: Key) {
        if let Err(wait) = count(&self.failures, key, &self.clock) {
            let now = Instant::now();
            let mut shut = self.shut.lock().unwrap_or_else(PoisonError::into_inner);
            if shut.len() >= KEYS_MAX {
                shut.retain(|_, until| *until > now);
            }
            if shut.len() < KEYS_MAX {
                shut.insert(key, now + wait.max(Duration::from_secs(10)));
            }
        }
    }
}

/// For hooks and the API.
pub async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let class = Class::of(request.uri().path());
    let rates = &state.rates;
    let address = address::client(request.headers(), request.extensions(), rates.trusted_proxies);
    let Some(address) = address.filter(|_| matches!(class, Class::Hook | Class::Api)) else {
        return next.run(request).await;
    };
    if rates.trusted_proxies == 0 && request.headers().contains_key("x-forwarded-for") {
        static TOLD: Once = Once::new();
        TOLD.call_once(|| {
            tracing::warn!("requests come through a proxy, and TRUSTED_PROXIES is 0: all are counted as one")
        });
    }
    let key = (class.key(), address::neighbourhood(address));
    let response = next.run(request).await;
    let failed = matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
        || (class == Class::Hook && response.status() == StatusCode::NOT_FOUND);
    // Whoever proves who they are is let through, however often a neighbour of theirs has failed.
    match rates.shut_for(key).filter(|_| failed) {
        Some(wait) => {
            metrics::counter!(figures::LIMITED, "class" => class.key()).increment(1);
            too_often(wait)
        }
        None => {
            if failed {
                rates.failed(key);
            }
            response
        }
    }
}

/// As RFC 9457 has it: scripts ask here.
fn too_often(wait: Duration) -> Response {
    let problem = r#"{"type":"about:blank","status":429,"title":"Too many requests; please wait a little."}"#;
    let content = HeaderValue::from_static("application/problem+json");
    let headers = [(header::RETRY_AFTER, seconds(wait)), (header::CONTENT_TYPE, content)];
    let mut response = (StatusCode::TOO_MANY_REQUESTS, headers, problem).into_response();
    let policy = Policy { name: "failures", per_minute: FAILURES_PER_MINUTE };
    Standing { policy, remaining: 0, reset: wait, refused: true }.tell(response.headers_mut());
    response
}

pub fn seconds(wait: Duration) -> HeaderValue {
    HeaderValue::from(wait.as_secs() + 1)
}

pub fn quota(per_minute: u32) -> Quota {
    let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
    Quota::per_minute(per_minute)
}

fn count(limiter: &DefaultKeyedRateLimiter<Key>, key: Key, clock: &DefaultClock) -> Result<(), Duration> {
    if limiter.len() >= KEYS_MAX {
        limiter.retain_recent();
    }
    limiter.check_key(&key).map_err(|refused| refused.wait_time_from(clock.now()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_try_waits_and_the_neighbour_does_not() {
        let rates = Rates::new(0);
        let (one, other) = (IpAddr::from([1, 1, 1, 1]), IpAddr::from([1, 1, 1, 2]));
        assert!((0..10).all(|_| rates.attempt("sign_in", one).is_ok()));
        assert!(rates.attempt("sign_in", one).is_err_and(|wait| wait > Duration::from_secs(1)));
        assert!(rates.attempt("sign_in", other).is_ok() && rates.attempt("link", one).is_ok());
    }

    #[test]
    fn who_fails_too_often_is_shut_out_for_a_while() {
        let rates = Rates::new(0);
        let key = ("hook", IpAddr::from([1, 1, 1, 1]));
        (0..FAILURES_PER_MINUTE).for_each(|_| rates.failed(key));
        assert_eq!(rates.shut_for(key), None);
        rates.failed(key);
        assert!(rates.shut_for(key).is_some());
    }
}
