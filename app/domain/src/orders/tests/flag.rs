use crate::orders::{Flag, FlagFacts, StatusKind, Thresholds, flag};

const HOUR: i64 = 3_600_000;
const NOW: i64 = 1_000 * HOUR;

/// An order of this kind, well in time.
fn facts(kind: StatusKind) -> FlagFacts {
    let shipped_at = kind.has_left().then_some(NOW - HOUR);
    FlagFacts {
        kind,
        since: NOW - HOUR,
        placed_at: NOW - HOUR,
        shipped_at,
        has_tracking: true,
        carrier_exception: false,
    }
}

fn told(facts: FlagFacts) -> Option<Flag> {
    flag(&facts, &Thresholds::default(), NOW)
}

#[test]
fn an_order_in_time_has_no_flag() {
    for kind in StatusKind::ALL {
        let returned = matches!(kind, StatusKind::Returning | StatusKind::Returned);
        assert_eq!(told(facts(kind)), returned.then_some(Flag::Returned), "{kind:?}");
    }
}

#[test]
fn the_gravest_comes_first() {
    // Everything is wrong with it, then one thing after another is put right.
    let long_ago = NOW - 500 * HOUR;
    let worst = FlagFacts {
        kind: StatusKind::InTransit,
        since: long_ago,
        placed_at: long_ago,
        shipped_at: Some(long_ago),
        has_tracking: false,
        carrier_exception: true,
    };
    assert_eq!(told(FlagFacts { kind: StatusKind::Returning, ..worst }), Some(Flag::Returned));
    assert_eq!(told(worst), Some(Flag::Exception));
    let worst = FlagFacts { carrier_exception: false, ..worst };
    assert_eq!(told(FlagFacts { kind: StatusKind::Packed, shipped_at: None, ..worst }), Some(Flag::Unfulfilled));
    assert_eq!(told(worst), Some(Flag::NoTracking));
    let worst = FlagFacts { has_tracking: true, ..worst };
    assert_eq!(told(worst), Some(Flag::Stuck));
    let worst = FlagFacts { since: NOW - HOUR, ..worst };
    assert_eq!(told(worst), Some(Flag::NotDelivered));
    assert_eq!(told(FlagFacts { shipped_at: Some(NOW - HOUR), ..worst }), None);
}

#[test]
fn what_has_ended_is_late_no_more() {
    let old =
        FlagFacts { since: 0, placed_at: 0, shipped_at: Some(0), has_tracking: false, ..facts(StatusKind::Delivered) };
    assert_eq!(told(old), None);
    assert_eq!(told(FlagFacts { kind: StatusKind::Cancelled, carrier_exception: true, ..old }), None);
}

#[test]
fn a_limit_is_met_only_when_it_has_passed() {
    let limits = Thresholds { unfulfilled_hours: 10, no_tracking_hours: 2, stuck_hours: 20, not_delivered_hours: 30 };
    let new = |hours: i64| FlagFacts { placed_at: NOW - hours * HOUR, ..facts(StatusKind::New) };
    assert_eq!(flag(&new(10), &limits, NOW), None);
    assert_eq!(flag(&FlagFacts { placed_at: NOW - 10 * HOUR - 1, ..new(0) }, &limits, NOW), Some(Flag::Unfulfilled));
    let sent = |hours: i64| FlagFacts {
        shipped_at: Some(NOW - hours * HOUR),
        has_tracking: false,
        ..facts(StatusKind::Shipped)
    };
    assert_eq!(flag(&sent(2), &limits, NOW), None);
    assert_eq!(flag(&sent(3), &limits, NOW), Some(Flag::NoTracking));
}

#[test]
fn hours_are_within_ten_years() {
    assert!(Thresholds::default().are_possible());
    for hours in [0, -1, crate::orders::HOURS_MAX + 1, i64::MAX] {
        assert!(!Thresholds { stuck_hours: hours, ..Thresholds::default() }.are_possible(), "{hours}");
    }
}

#[test]
fn keys_read_back() {
    for flag in Flag::ALL {
        assert_eq!(Flag::parse(flag.key()), Some(flag));
    }
    assert_eq!(Flag::parse("late"), None);
}
