//! Parcels on their way: what a carrier tells of one, where that takes its order, when the carrier is asked again, and
//! when a parcel may be expected.

mod account;
mod breaker;
mod estimate;
mod poll;
mod progress;
mod scan;
mod way;
mod why;

pub use account::{CARRIER_KEY_CHARS_MAX, CarrierAccount, SetCarrierAccount};
pub use breaker::{Breaker, BreakerState};
pub use estimate::{HISTORY_LEAST, HISTORY_MOST, Past, estimate};
pub use poll::{GIVEN_UP_MS, Pace, next_poll};
pub use progress::{CarrierAnswer, KeptScan, Progress, UnknownCode};
pub use scan::{CODE_CHARS_MAX, PLACE_CHARS_MAX, Scan, ScanKind, TEXT_CHARS_MAX, Tracked};
pub use way::{goal, goes};
pub use why::CarrierWhy;

#[cfg(test)]
mod tests;
