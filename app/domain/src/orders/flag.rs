//! What is wrong with an order: one word, the gravest first.

use serde::{Deserialize, Serialize};

use super::StatusKind;
use crate::ids::Millis;

/// Ten years.
pub const HOURS_MAX: i64 = 87_600;
const HOUR_MS: i64 = 3_600_000;

/// In the order in which they are asked; the first that holds is the order's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    Returned,
    /// The carrier tells of trouble.
    Exception,
    /// Placed long ago and not shipped.
    Unfulfilled,
    /// Shipped without a number.
    NoTracking,
    /// In the same status for too long.
    Stuck,
    /// Shipped long ago and not delivered.
    NotDelivered,
}

impl Flag {
    pub const ALL: [Flag; 6] =
        [Flag::Returned, Flag::Exception, Flag::Unfulfilled, Flag::NoTracking, Flag::Stuck, Flag::NotDelivered];

    pub fn key(self) -> &'static str {
        match self {
            Flag::Returned => "returned",
            Flag::Exception => "exception",
            Flag::Unfulfilled => "unfulfilled",
            Flag::NoTracking => "no_tracking",
            Flag::Stuck => "stuck",
            Flag::NotDelivered => "not_delivered",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.key() == key)
    }
}

/// What a flag is decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagFacts {
    pub kind: StatusKind,
    /// In this status.
    pub since: Millis,
    pub placed_at: Millis,
    /// None: it has not left.
    pub shipped_at: Option<Millis>,
    pub has_tracking: bool,
    pub carrier_exception: bool,
}

/// After how many hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    pub unfulfilled_hours: i64,
    pub no_tracking_hours: i64,
    pub stuck_hours: i64,
    pub not_delivered_hours: i64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { unfulfilled_hours: 48, no_tracking_hours: 12, stuck_hours: 72, not_delivered_hours: 168 }
    }
}

impl Thresholds {
    pub fn are_possible(&self) -> bool {
        [self.unfulfilled_hours, self.no_tracking_hours, self.stuck_hours, self.not_delivered_hours]
            .iter()
            .all(|hours| (1..=HOURS_MAX).contains(hours))
    }
}

pub fn flag(facts: &FlagFacts, thresholds: &Thresholds, now: Millis) -> Option<Flag> {
    let past = |since: Millis, hours: i64| now.saturating_sub(since) > hours.saturating_mul(HOUR_MS);
    let FlagFacts { kind, since, placed_at, shipped_at, has_tracking, carrier_exception } = *facts;
    if matches!(kind, StatusKind::Returning | StatusKind::Returned) {
        return Some(Flag::Returned);
    }
    if kind.ends() {
        return None;
    }
    let left = kind.has_left();
    let shipped_at = shipped_at.unwrap_or(since);
    [
        (Flag::Exception, carrier_exception),
        (Flag::Unfulfilled, !left && past(placed_at, thresholds.unfulfilled_hours)),
        (Flag::NoTracking, left && !has_tracking && past(shipped_at, thresholds.no_tracking_hours)),
        (Flag::Stuck, past(since, thresholds.stuck_hours)),
        (Flag::NotDelivered, left && past(shipped_at, thresholds.not_delivered_hours)),
    ]
    .into_iter()
    .find_map(|(flag, holds)| holds.then_some(flag))
}
