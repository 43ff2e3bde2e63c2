use std::collections::HashSet;

use crate::i18n::Lang;
use crate::orders::{
    PUBLIC_TEXT_CHARS_MAX, STATUS_NAME_CHARS_MAX, SetStatus, StatusFault, StatusForm, StatusKind, StatusSet, usual_next,
};

/// Every place that can be come to from this one.
fn reached(kinds: &[StatusKind], from: usize) -> HashSet<usize> {
    let (mut seen, mut rest) = (HashSet::from([from]), vec![from]);
    while let Some(place) = rest.pop() {
        rest.extend(usual_next(kinds, place).into_iter().filter(|next| seen.insert(*next)));
    }
    seen
}

#[test]
fn the_sets_are_the_guides_own() {
    let names = |set: StatusSet| set.statuses(Lang::Uk).iter().map(|status| status.name).collect::<Vec<_>>();
    let eight =
        ["Отримано", "В обробці", "Підтверджено", "Відправлено", "В дорозі", "Доставлено", "Скасовано", "Повернуто"];
    assert_eq!(names(StatusSet::Eight), eight);
    let eleven = [
        "Очікує на обробку",
        "В обробці",
        "Комплектується",
        "Упаковано",
        "Відправлено",
        "В дорозі",
        "Доставлено",
        "Скасовано",
        "Повернуто",
        "Оплачено",
        "Очікує на оплату",
    ];
    assert_eq!(names(StatusSet::Eleven), eleven);
}

#[test]
fn every_order_of_a_set_can_be_delivered_and_called_off_until_then() {
    for set in StatusSet::ALL {
        let statuses = set.statuses(Lang::Uk);
        let kinds: Vec<StatusKind> = statuses.iter().map(|status| status.kind).collect();
        for (place, status) in statuses.iter().enumerate() {
            assert!(status.next.iter().all(|next| *next < statuses.len() && *next != place), "{set:?} {status:?}");
            let goals: HashSet<StatusKind> = reached(&kinds, place).into_iter().map(|place| kinds[place]).collect();
            let gone = matches!(status.kind, StatusKind::Cancelled | StatusKind::Returned);
            assert_eq!(goals.contains(&StatusKind::Delivered), !gone, "{set:?} {}", status.name);
            let off = status.next.iter().any(|next| kinds[*next] == StatusKind::Cancelled);
            assert_eq!(off, !status.kind.ends(), "{set:?} {}", status.name);
        }
    }
}

#[test]
fn nothing_comes_back_that_has_not_left_and_nothing_goes_on_that_has_ended() {
    let kinds = StatusKind::ALL;
    for (place, kind) in kinds.iter().enumerate() {
        let next: Vec<StatusKind> = usual_next(&kinds, place).into_iter().map(|next| kinds[next]).collect();
        assert_eq!(next.contains(&StatusKind::Returned), kind.has_left() && *kind != StatusKind::Returned, "{kind:?}");
        match kind {
            StatusKind::Cancelled | StatusKind::Returned => assert!(next.is_empty(), "{kind:?}: {next:?}"),
            StatusKind::Delivered => assert_eq!(next, [StatusKind::Returning, StatusKind::Returned]),
            StatusKind::Delayed => assert!(next.contains(&StatusKind::Processing) && !next.contains(&StatusKind::Paid)),
            _ => {}
        }
    }
    assert_eq!(usual_next(&kinds, 99), Vec::<usize>::new());
}

#[test]
fn words_fit_where_they_are_written() {
    for lang in Lang::ALL {
        for kind in StatusKind::ALL {
            let one = SetStatus::of(kind, lang);
            assert!(!one.name.is_empty() && one.name.chars().count() <= STATUS_NAME_CHARS_MAX, "{one:?}");
            assert!(!one.public_name.is_empty() && !one.public_text.is_empty(), "{one:?}");
            assert!(one.public_text.chars().count() <= PUBLIC_TEXT_CHARS_MAX, "{one:?}");
        }
        for set in StatusSet::ALL {
            let names: HashSet<&str> = set.statuses(lang).iter().map(|status| status.name).collect();
            assert_eq!(names.len(), set.statuses(lang).len(), "{set:?} in {lang:?} tells them apart");
        }
    }
}

#[test]
fn keys_read_back() {
    for kind in StatusKind::ALL {
        assert_eq!(StatusKind::parse(kind.key()), Some(kind));
        assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.key());
    }
    for set in StatusSet::ALL {
        assert_eq!(StatusSet::parse(set.key()), Some(set));
    }
}

#[test]
fn a_form_is_trimmed_and_measured() {
    let form = StatusForm {
        name: "  Пакуємо\n ".into(),
        colour: crate::funnels::Colour::Blue,
        kind: StatusKind::Packed,
        public_name: Some(" ".into()),
        public_text: " Скоро ".into(),
        next: vec![crate::ids::StatusId(2), crate::ids::StatusId(2)],
    };
    let checked = form.clone().checked().expect("fits");
    assert_eq!((checked.name.as_str(), checked.public_name.as_deref()), ("Пакуємо", Some("Пакуємо")));
    assert_eq!((checked.public_text.as_str(), checked.next.len()), ("Скоро", 1));
    let wrong = |form: StatusForm| form.checked().expect_err("refused");
    assert_eq!(wrong(StatusForm { name: "\t".into(), ..form.clone() }), StatusFault::NameMissing);
    assert_eq!(wrong(StatusForm { name: "я".repeat(61), ..form.clone() }), StatusFault::NameTooLong);
    assert_eq!(wrong(StatusForm { public_name: Some("я".repeat(61)), ..form.clone() }), StatusFault::PublicNameTooLong);
    assert_eq!(wrong(StatusForm { public_text: "я".repeat(201), ..form }), StatusFault::PublicTextTooLong);
}
