//! Parcels and their carriers: a storefront's access to a carrier, whose turn it is to be asked for, what its scans do to
//! the order, and what is known of a parcel.

mod accounts;
mod answers;
mod claim;
mod expected;
mod queries;
mod scans;

pub use claim::{Claimed, Failed, LEASE_MS, Parcel};
pub use scans::Taken;

pub(crate) use answers::{ANSWERS_KEPT_MAX, forget, old};
pub(crate) use expected::estimate_of;
pub(crate) use queries::in_trouble;
