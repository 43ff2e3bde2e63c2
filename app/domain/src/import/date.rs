//! Dates as people and programs write them.

use serde::{Deserialize, Serialize};

use super::Why;
use crate::ids::Millis;

/// In which order a date's numbers stand, where the date itself does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
    YearFirst,
}

impl DateOrder {
    pub const ALL: [DateOrder; 3] = [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst];
}

/// A date on the wall clock, in milliseconds as if the wall stood in Greenwich; or a moment, where the text names its
/// own time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Local(Millis),
    Moment(Millis),
}
