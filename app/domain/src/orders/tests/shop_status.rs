use super::statuses;
use crate::orders::{ShopStatus, StatusKind, StatusSet, follows, meaning, named};

#[test]
fn a_shop_s_word_takes_no_order_back() {
    for now in StatusKind::ALL {
        for word in ShopStatus::ALL {
            for to in meaning(word).iter().copied().filter(|to| follows(now, *to)) {
                let ends = to.ends();
                assert!(ends || to.rank() > now.rank(), "{word:?} took {now:?} back to {to:?}");
                let ended = matches!(now, StatusKind::Cancelled | StatusKind::Returned);
                assert!(!ended, "{word:?} took {now:?} out of its end");
            }
        }
    }
}

#[test]
fn what_counts_as_news() {
    use StatusKind::*;
    for (now, to, news) in [
        (New, Processing, true),
        (AwaitingPayment, Processing, true),
        (Delayed, Processing, false),
        (Picking, Processing, false),
        (Shipped, Processing, false),
        (Shipped, Delivered, true),
        (Delivered, Cancelled, false),
        (Delivered, Returned, true),
        (Cancelled, Delivered, false),
        (Returned, Delivered, false),
        (Returning, Returned, true),
        (Returning, Delivered, false),
        (Packed, Cancelled, true),
    ] {
        assert_eq!(follows(now, to), news, "{now:?} → {to:?}");
    }
}

#[test]
fn a_word_names_the_first_status_of_its_kind() {
    let statuses = statuses(StatusSet::Eight);
    let name = |word| named(word, &statuses).map(|status| status.name.as_str());
    assert_eq!(name(ShopStatus::Processing), Some("В обробці"));
    assert_eq!(name(ShopStatus::AwaitingPayment), Some("Отримано"), "the next best");
    assert_eq!(name(ShopStatus::Unknown), None);
    assert_eq!(named(ShopStatus::Completed, &[]), None);
}
