use super::*;
use crate::board::Limit;
use crate::i18n::Lang;
use crate::ids::*;
use crate::orders::{Carrier, StatusKind};

const HOUR: Millis = 3_600_000;
const DAY: Millis = 24 * HOUR;
const MIDDLE: Pace = Pace { set: None, chance: 500 };

fn all(_: StatusKind) -> bool {
    true
}

#[test]
fn a_scan_takes_an_order_forward_and_never_back() {
    use ScanKind as S;
    use StatusKind as K;
    let cases: [(Option<K>, &[S], Option<K>); 21] = [
        (Some(K::Shipped), &[S::Accepted], Some(K::InTransit)),
        (Some(K::New), &[S::InTransit], Some(K::InTransit)),
        (Some(K::Delayed), &[S::InTransit], Some(K::InTransit)),
        (None, &[S::ReadyForPickup], Some(K::ReadyForPickup)),
        (Some(K::InTransit), &[S::InTransit], None),
        (Some(K::ReadyForPickup), &[S::InTransit], None),
        (Some(K::Delivered), &[S::InTransit], None),
        (Some(K::Returned), &[S::ReadyForPickup], None),
        (Some(K::Packed), &[S::LabelMade], None),
        (Some(K::Packed), &[S::Unknown], None),
        (Some(K::Packed), &[S::Exception], None),
        (Some(K::Packed), &[S::NotFound], None),
        (Some(K::Shipped), &[], None),
        (Some(K::Shipped), &[S::Accepted, S::ReadyForPickup, S::Delivered], Some(K::Delivered)),
        (Some(K::Shipped), &[S::ReadyForPickup, S::InTransit], Some(K::ReadyForPickup)),
        (Some(K::Delivered), &[S::Returned], Some(K::Returned)),
        (Some(K::Returned), &[S::Delivered], Some(K::Delivered)),
        (Some(K::Returning), &[S::Delivered], Some(K::Delivered)),
        (Some(K::Delivered), &[S::Returned, S::Delivered], None),
        (Some(K::Delivered), &[S::Returned, S::Delivered, S::Returning], Some(K::Returning)),
        (Some(K::Cancelled), &[S::Delivered], None),
    ];
    for (now, scans, expected) in cases {
        assert_eq!(goes(now, scans, all), expected, "{now:?} {scans:?}");
    }
}

#[test]
fn a_status_that_the_shop_has_not_is_passed_over() {
    let few = |kind| matches!(kind, StatusKind::InTransit | StatusKind::Delivered);
    let scans = [ScanKind::Accepted, ScanKind::ReadyForPickup];
    assert_eq!(goes(Some(StatusKind::Shipped), &scans, few), Some(StatusKind::InTransit));
    assert_eq!(goes(Some(StatusKind::Shipped), &scans[1..], few), None);
}

#[test]
fn whatever_scans_come_an_order_ends_where_it_may() {
    for now in StatusKind::ALL {
        for first in ScanKind::ALL {
            for second in ScanKind::ALL {
                let went = goes(Some(now), &[first, second], all);
                let late = |kind: StatusKind| kind.rank() >= StatusKind::Delivered.rank();
                if let Some(went) = went {
                    assert!(went.rank() > now.rank() || (late(went) && late(now)), "{now:?} {first:?} {second:?}");
                    assert!(now != StatusKind::Cancelled && went != now);
                }
                // Told twice, it is told once.
                let again = goes(Some(went.unwrap_or(now)), &[second], all);
                assert_eq!(again, None, "{now:?} {first:?} {second:?}");
            }
        }
    }
}

#[test]
fn a_fresh_parcel_is_asked_for_often_and_an_ended_one_never() {
    let wait = |age: Millis| next_poll(0, Some(ScanKind::InTransit), age, MIDDLE).map(|next| next - age);
    let ages = [0, 6 * HOUR - 1, 6 * HOUR, 2 * DAY, 7 * DAY, GIVEN_UP_MS - 1, GIVEN_UP_MS];
    let minutes = ages.map(|age| wait(age).map(|wait| wait / 60_000));
    assert_eq!(minutes, [Some(10), Some(10), Some(30), Some(120), Some(360), Some(360), None]);
    for kind in ScanKind::ALL {
        let again = next_poll(0, Some(kind), HOUR, MIDDLE).is_some();
        assert_eq!(again, !matches!(kind, ScanKind::Delivered | ScanKind::Returned), "{kind:?}");
    }
    assert!(next_poll(0, None, 0, MIDDLE).is_some());
    assert_eq!(next_poll(DAY, None, 0, MIDDLE), Some(600_000), "a clock that went back");
}

#[test]
fn waits_are_spread_and_a_carrier_s_own_wish_counts() {
    let [least, most] = [0, 1_000].map(|chance| Pace { set: None, chance }.spread(1_000));
    assert_eq!((least, most), (800, 1_200));
    for chance in [-5, 0, 333, 1_000, 5_000] {
        assert!((800..=1_200).contains(&Pace { set: None, chance }.spread(1_000)), "{chance}");
    }
    let waits = [1, 2, 3, 30].map(|failures| MIDDLE.after_failures(failures, None));
    assert_eq!(waits, [60_000, 120_000, 240_000, 6 * HOUR]);
    assert_eq!(MIDDLE.after_failures(1, Some(90_000)), 90_000);
    assert_eq!(MIDDLE.after_failures(3, Some(1_000)), 240_000, "it may be asked later than it asked for");
    assert_eq!(MIDDLE.after_failures(1, Some(30 * DAY)), 6 * HOUR, "not for a month");
    assert_eq!(Pace { set: Some(7), chance: 0 }.after_failures(9, None), 7);
}

#[test]
fn a_breaker_opens_and_closes() {
    let closed = Breaker::default();
    assert_eq!(closed.state(0), BreakerState::Closed);
    let once = closed.failed(CarrierWhy::Fails, None, 0, MIDDLE);
    let twice = once.failed(CarrierWhy::TooSlow, None, 0, MIDDLE);
    assert_eq!((once.state(0), twice.state(0)), (BreakerState::Closed, BreakerState::Closed));
    let open = twice.failed(CarrierWhy::Unreachable, None, 0, MIDDLE);
    assert_eq!(open.state(0), BreakerState::Open { until: 60_000 });
    assert_eq!(open.state(59_999), BreakerState::Open { until: 60_000 });
    assert_eq!(open.state(60_000), BreakerState::HalfOpen);
    let longer = open.failed(CarrierWhy::Fails, None, 60_000, MIDDLE);
    assert_eq!(longer.state(60_000), BreakerState::Open { until: 180_000 }, "the trial failed");
    let keys = closed.failed(CarrierWhy::WrongKeys, None, 0, MIDDLE);
    assert_eq!(keys.state(0), BreakerState::Open { until: HOUR });
    let often = closed.failed(CarrierWhy::TooOften, Some(5 * 60_000), 0, MIDDLE);
    assert_eq!(often.state(0), BreakerState::Open { until: 300_000 });
    let mut never = closed;
    for _ in 0..1_000 {
        never = never.failed(CarrierWhy::Fails, None, 0, MIDDLE);
    }
    assert!(matches!(never.state(0), BreakerState::Open { until } if until <= 6 * HOUR));
}

#[test]
fn an_estimate_is_the_carrier_s_or_the_median_of_the_shop_s_own() {
    let days = |days: &[Millis]| days.iter().map(|day| day * DAY).collect::<Vec<_>>();
    let past = Past { to_town: days(&[1, 1, 2, 9, 9]), anywhere: days(&[3, 3, 3, 4, 4, 4]) };
    assert_eq!(estimate(Some(7 * DAY), 0, &past, DAY), Some(7 * DAY));
    assert_eq!(estimate(None, 0, &past, DAY), Some(2 * DAY));
    let few = Past { to_town: days(&[1, 1, 1, 1]), ..past.clone() };
    assert_eq!(estimate(None, DAY, &few, DAY), Some(DAY + 3 * DAY + DAY / 2), "four tell nothing");
    assert_eq!(estimate(None, 0, &Past::default(), 0), None);
    let four = Past { anywhere: days(&[1, 1, 1, 1]), to_town: Vec::new() };
    assert_eq!(estimate(None, 0, &four, 0), None);
    assert_eq!(estimate(None, 0, &past, 2 * DAY), None, "it is past");
    assert_eq!(estimate(Some(DAY), 0, &past, DAY), None, "the carrier's promise is past: no other takes its place");
    let odd = Past { anywhere: days(&[-1, 0, 2, 2, 2, 2]), to_town: Vec::new() };
    assert_eq!(estimate(None, 0, &odd, 0), None, "a parcel that came before it left tells nothing");
}

#[test]
fn keys_are_what_a_header_takes() {
    let set = |carrier, key: &str, secret: &str| {
        let (key, secret) = (key.to_owned(), secret.to_owned());
        SetCarrierAccount { storefront: StorefrontId(1), carrier, key, secret }
    };
    let nova = set(Carrier::NovaPoshta, " abc ", "left over").checked().expect("it is");
    assert_eq!((nova.key.as_str(), nova.secret.as_str()), ("abc", ""));
    let fedex = set(Carrier::FedEx, "l7", "s3cret\n").checked().expect("they are");
    assert_eq!(fedex.secret, "s3cret");
    assert_eq!(set(Carrier::FedEx, "l7", "").checked(), Err(Limit::CarrierKeys));
    assert_eq!(set(Carrier::Other, "k", "").checked(), Err(Limit::CarrierUnknown));
    let long = "k".repeat(CARRIER_KEY_CHARS_MAX + 1);
    for key in ["", "a b", "ключ", "a\r\nX: 1", long.as_str()] {
        assert_eq!(set(Carrier::Dhl, key, "").checked(), Err(Limit::CarrierKeys), "{key:?}");
    }
    let shown = format!("{:?}", set(Carrier::FedEx, "l7xx", "s3cret"));
    assert!(!shown.contains("l7xx") && !shown.contains("s3cret"), "a log shows no keys: {shown}");
}

#[test]
fn every_key_is_read_back_and_said_in_every_language() {
    for kind in ScanKind::ALL {
        assert_eq!(ScanKind::parse(kind.key()), Some(kind));
        assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.key());
        assert!(Lang::ALL.into_iter().all(|lang| !kind.words(lang).is_empty()));
    }
    for why in CarrierWhy::ALL {
        assert_eq!(CarrierWhy::parse(why.key()), Some(why));
        assert_eq!(serde_json::to_value(why).expect("JSON"), why.key());
        let words: std::collections::HashSet<_> = Lang::ALL.into_iter().map(|lang| why.words(lang)).collect();
        assert_eq!(words.len(), Lang::ALL.len(), "{why:?}");
    }
}
