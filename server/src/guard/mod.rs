//! What stands before every door: who asks, from where, how often, and what a browser may do with the answer.
//! In reading order:

pub mod address;
pub mod class;
pub mod csrf;
pub mod headers;
pub mod outward;
pub mod places;
pub mod public;
pub mod quota;
pub mod rate;
pub mod seats;
pub mod session;
pub mod setup;
pub mod whole;

mod record;

pub use record::record;
