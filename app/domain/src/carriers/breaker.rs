//! A carrier that does not answer is left alone for a while: open, it is not asked; half open, it is tried once; closed,
//! it is asked as usual. One breaker for each account.

use serde::{Deserialize, Serialize};

use super::{CarrierWhy, Pace};
use crate::ids::Millis;

/// Failures in a row, where another try may be answered otherwise.
const FAILURES_MAX: i64 = 3;
/// Keys do not become right by themselves.
const WRONG_KEYS_WAIT: Millis = 3_600_000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breaker {
    /// In a row.
    pub failures: i64,
    /// None: closed.
    pub open_until: Option<Millis>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "breaker", rename_all = "snake_case")]
pub enum BreakerState {
    Closed,
    Open {
        until: Millis,
    },
    /// The next question decides.
    HalfOpen,
}

impl Breaker {
    pub fn state(self, now: Millis) -> BreakerState {
        match self.open_until {
            None => BreakerState::Closed,
            Some(until) if now < until => BreakerState::Open { until },
            Some(_) => BreakerState::HalfOpen,
        }
    }

    /// It failed once more; one answer makes it as good as new. `asked` is how much patience the carrier itself asked for.
    pub fn failed(self, why: CarrierWhy, asked: Option<Millis>, now: Millis, pace: Pace) -> Self {
        let failures = self.failures.saturating_add(1);
        let opens = why.is_certain() || failures >= FAILURES_MAX || self.open_until.is_some();
        if !opens {
            return Self { failures, open_until: None };
        }
        let wait = match why {
            CarrierWhy::WrongKeys => pace.spread(WRONG_KEYS_WAIT),
            CarrierWhy::TooOften => pace.after_failures(failures, asked),
            CarrierWhy::Fails
            | CarrierWhy::TooSlow
            | CarrierWhy::Unreachable
            | CarrierWhy::Unreadable
            | CarrierWhy::Refuses => pace.after_failures((failures - FAILURES_MAX + 1).max(1), asked),
        };
        Self { failures, open_until: Some(now + wait) }
    }
}
