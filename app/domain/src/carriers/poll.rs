//! When a carrier is asked for a parcel again: often while it is fresh, seldom when it is old, never once it has ended.

use super::ScanKind;
use crate::ids::Millis;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;
/// A parcel that has not ended by then is asked for no more.
pub const GIVEN_UP_MS: Millis = 45 * DAY;
/// What is asked for together is not asked for together again: each wait is up to so much shorter or longer.
const SPREAD_PERCENT: Millis = 20;
const FIRST_WAIT: Millis = MINUTE;
const WAIT_MAX: Millis = 6 * HOUR;
/// A carrier that asks for more patience than this is asked earlier, and says so again.
const ASKED_MAX: Millis = 6 * HOUR;
/// Up to these ages.
const FRESH: Millis = 6 * HOUR;
const YOUNG: Millis = 2 * DAY;
const GROWN: Millis = 7 * DAY;

/// How long to wait: by the rules, or as a test sets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// For tests: every wait is so long.
    pub set: Option<Millis>,
    /// Anything from 0 to 1,000.
    pub chance: i64,
}

impl Pace {
    pub fn spread(self, wait: Millis) -> Millis {
        if let Some(set) = self.set {
            return set;
        }
        let spread = wait * SPREAD_PERCENT / 100;
        wait - spread + 2 * spread * self.chance.clamp(0, 1_000) / 1_000
    }

    /// After so many failures in a row. `asked` is what the carrier itself asked for, and the least.
    pub fn after_failures(self, failures: i64, asked: Option<Millis>) -> Millis {
        let doublings = u32::try_from((failures - 1).clamp(0, 20)).unwrap_or(20);
        let own = self.spread((FIRST_WAIT << doublings).min(WAIT_MAX));
        own.max(asked.unwrap_or(0).min(ASKED_MAX))
    }
}

/// None: never again.
pub fn next_poll(made_at: Millis, kind: Option<ScanKind>, now: Millis, pace: Pace) -> Option<Millis> {
    let age = now.saturating_sub(made_at);
    if kind.is_some_and(ScanKind::ends) || age >= GIVEN_UP_MS {
        return None;
    }
    let wait = match age {
        ..FRESH => 10 * MINUTE,
        FRESH..YOUNG => 30 * MINUTE,
        YOUNG..GROWN => 2 * HOUR,
        GROWN.. => 6 * HOUR,
    };
    Some(now + pace.spread(wait))
}
