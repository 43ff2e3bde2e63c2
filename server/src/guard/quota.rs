//! How much scripts may ask for in a minute: by their token, or by their address where they show none. Told in every answer
//! as the IETF's draft on RateLimit header fields has it.

use std::net::IpAddr;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use domain::ids::TokenId;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::{DefaultKeyedRateLimiter, RateLimiter};

use super::rate::{KEYS_MAX, quota};

const BY_TOKEN: Policy = Policy { name: "token", per_minute: 6_000 };
const BY_ADDRESS: Policy = Policy { name: "address", per_minute: 300 };

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    pub name: &'static str,
    pub per_minute: u32,
}

/// Whose requests are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asker {
    Token(TokenId),
    Address(IpAddr),
}

type Limiter = DefaultKeyedRateLimiter<Asker, StateInformationMiddleware>;

pub struct Quotas {
    tokens: Limiter,
    addresses: Limiter,
    clock: DefaultClock,
}

/// How an asker stands after this request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub policy: Policy,
    pub remaining: u32,
    /// Until everything may be asked for again; where the request was one too many, until one may.
    pub reset: Duration,
    pub refused: bool,
}

impl Quotas {
    pub fn new() -> Self {
        Self { tokens: limiter(BY_TOKEN), addresses: limiter(BY_ADDRESS), clock: DefaultClock::default() }
    }

    /// Counts a request.
    pub fn ask(&self, asker: Asker) -> Standing {
        let (policy, limiter) = match asker {
            Asker::Token(_) => (BY_TOKEN, &self.tokens),
            Asker::Address(_) => (BY_ADDRESS, &self.addresses),
        };
        if limiter.len() >= KEYS_MAX {
            limiter.retain_recent();
        }
        match limiter.check_key(&asker) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let used = policy.per_minute.saturating_sub(remaining);
                let reset = Duration::from_secs(60) * used / policy.per_minute;
                Standing { policy, remaining, reset, refused: false }
            }
            Err(refused) => {
                let reset = refused.wait_time_from(self.clock.now());
                Standing { policy, remaining: 0, reset, refused: true }
            }
        }
    }
}

fn limiter(policy: Policy) -> Limiter {
    RateLimiter::keyed(quota(policy.per_minute)).with_middleware::<StateInformationMiddleware>()
}

impl Default for Quotas {
    fn default() -> Self {
        Self::new()
    }
}

impl Standing {
    pub fn tell(&self, headers: &mut HeaderMap) {
        let Policy { name, per_minute } = self.policy;
        let reset = self.reset.as_secs() + u64::from(self.reset.subsec_nanos() > 0);
        let words = [
            ("ratelimit-policy", format!("\"{name}\";q={per_minute};w=60")),
            ("ratelimit", format!("\"{name}\";r={};t={reset}", self.remaining)),
        ];
        for (name, value) in words {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told_and_one_too_many_waits() {
        let quotas = Quotas::new();
        let (one, other) = (Asker::Address([1, 1, 1, 1].into()), Asker::Address([1, 1, 1, 2].into()));
        let first = quotas.ask(one);
        assert_eq!((first.remaining, first.refused), (BY_ADDRESS.per_minute - 1, false));
        let last = (0..BY_ADDRESS.per_minute * 2).map(|_| quotas.ask(one)).find(|standing| standing.refused);
        let last = last.expect("it ends");
        assert!(last.remaining == 0 && last.reset > Duration::ZERO);
        assert!(!quotas.ask(other).refused && !quotas.ask(Asker::Token(TokenId(1))).refused);
        let mut headers = HeaderMap::new();
        Standing { policy: BY_ADDRESS, remaining: 7, reset: Duration::from_millis(1_200), refused: false }
            .tell(&mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"address\";q=300;w=60");
        assert_eq!(headers["ratelimit"], "\"address\";r=7;t=2");
    }
}
