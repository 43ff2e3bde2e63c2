//! When a parcel may be expected: the carrier says so, or the shop's own past parcels do, or nobody knows.

use crate::ids::Millis;

/// Fewer parcels than this tell nothing.
pub const HISTORY_LEAST: usize = 5;
/// The newest ones that are asked.
pub const HISTORY_MOST: i64 = 200;

/// How long parcels of this carrier took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// To the same town.
    pub to_town: Vec<Millis>,
    pub anywhere: Vec<Millis>,
}

/// None: nobody knows, or it should have been here by now: what is past is no promise.
pub fn estimate(carrier: Option<Millis>, sent_at: Millis, past: &Past, now: Millis) -> Option<Millis> {
    let own = || median(&past.to_town).or_else(|| median(&past.anywhere)).map(|took| sent_at + took);
    carrier.or_else(own).filter(|at| *at > now)
}

/// None of too few.
fn median(took: &[Millis]) -> Option<Millis> {
    let mut took: Vec<Millis> = took.iter().copied().filter(|took| *took > 0).collect();
    if took.len() < HISTORY_LEAST {
        return None;
    }
    took.sort_unstable();
    let (below, above) = (took[(took.len() - 1) / 2], took[took.len() / 2]);
    Some(below + (above - below) / 2)
}
