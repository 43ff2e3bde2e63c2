//! Where a carrier's scans take an order. The carrier is not bound by what may follow what; it never takes an order back
//! along its way, but for what may really happen: what was delivered comes back, and what came back is delivered after all.

use super::ScanKind;
use crate::orders::StatusKind;

/// What an order is then; None: the scan takes it nowhere.
pub fn goal(scan: ScanKind) -> Option<StatusKind> {
    match scan {
        ScanKind::Accepted | ScanKind::InTransit => Some(StatusKind::InTransit),
        ScanKind::ReadyForPickup => Some(StatusKind::ReadyForPickup),
        ScanKind::Delivered => Some(StatusKind::Delivered),
        ScanKind::Returning => Some(StatusKind::Returning),
        ScanKind::Returned => Some(StatusKind::Returned),
        ScanKind::Unknown | ScanKind::LabelMade | ScanKind::Exception | ScanKind::NotFound => None,
    }
}

/// Where an order goes by scans that are news, the oldest first; None: it stays. `now` is None where it has no status
/// yet, `has` says whether the storefront has a status of a kind.
pub fn goes(now: Option<StatusKind>, scans: &[ScanKind], has: impl Fn(StatusKind) -> bool) -> Option<StatusKind> {
    let mut at = now;
    for to in scans.iter().filter_map(|scan| goal(*scan)).filter(|to| has(*to)) {
        if follows(at, to) {
            at = Some(to);
        }
    }
    at.filter(|_| at != now)
}

fn follows(now: Option<StatusKind>, to: StatusKind) -> bool {
    let late = |kind| matches!(kind, StatusKind::Delivered | StatusKind::Returning | StatusKind::Returned);
    match now {
        None => true,
        // Whoever called it off knew what they did.
        Some(StatusKind::Cancelled) => false,
        Some(now) if late(now) && late(to) => now != to,
        Some(now) => to.rank() > now.rank(),
    }
}
