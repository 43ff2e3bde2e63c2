//! A customer, a deal or an order out of a file's rows.

use domain::customers::normal_email;
use domain::deals::{COMMENT_CHARS_MAX, LINES_MAX, NAME_CHARS_MAX};
use domain::funnels::{Colour, LostReason, Stage, StageKind};
use domain::ids::{LostReasonId, StageId, UserId};
use domain::import::{Colleague, Context, Entry, Kind, Mapping, Wrong, entries, parse};
use domain::money::{Currency, MINOR_MAX};

use crate::order::{is_id, line_holds};
use crate::{NOW, is_line};

const LOST: StageId = StageId(3);

pub fn read(rows: &[Vec<String>], mapping: &Mapping) {
    let stage = |id, name: &str, kind| Stage {
        id,
        name: name.into(),
        colour: Colour::Blue,
        kind,
        limit_hours: None,
        public_name: None,
    };
    let context = Context {
        currency: Currency::UAH,
        now: NOW,
        stages: &[
            stage(StageId(1), "Нова", StageKind::Open),
            stage(StageId(2), "Успішно", StageKind::Won),
            stage(LOST, "Втрачено", StageKind::Lost),
        ],
        team: &[Colleague { id: UserId(1), name: "Марко Савчук".into(), email: "marko@example.com".into() }],
        lost_reasons: &[LostReason { id: LostReasonId(7), name: "Дорого".into() }],
        moment: &|local| local,
    };
    let mut next = 0;
    for range in entries(rows, mapping) {
        assert!(range.start == next && range.end > range.start, "{range:?} after {next}");
        next = range.end;
        match parse(&rows[range.clone()], mapping, &context) {
            Ok(entry) => holds(&entry, mapping.kind),
            Err(wrong) => wrong_holds(&wrong, range.len(), mapping),
        }
    }
    assert_eq!(next, rows.len(), "a row belongs to nobody");
}

fn holds(entry: &Entry, kind: Kind) {
    for minor in [entry.sum, entry.shipping_total, entry.discount_total] {
        assert!((0..=MINOR_MAX).contains(&minor), "{entry:?}");
    }
    for text in [&entry.name, &entry.shop_status, &entry.payment_method] {
        assert!(is_line(text, NAME_CHARS_MAX), "{entry:?}");
    }
    for id in [&entry.order_number, &entry.external_id].into_iter().flatten() {
        assert!(is_id(id), "{entry:?}");
    }
    assert_eq!(entry.email.as_deref().and_then(normal_email), entry.email);
    assert!(entry.comment.chars().count() <= COMMENT_CHARS_MAX && !entry.comment.contains('\0'), "{entry:?}");
    assert!(entry.created_at.is_none_or(|at| at <= NOW), "{entry:?}");
    assert!(entry.lines.len() <= LINES_MAX);
    entry.lines.iter().for_each(line_holds);
    let goods: i64 = entry.lines.iter().filter_map(|line| line.total()).sum();
    assert!(goods <= MINOR_MAX, "{entry:?}");
    assert_eq!(entry.stage.is_some(), kind != Kind::Customers, "{entry:?}");
    assert!(entry.lost_reason.is_none() || entry.stage == Some(LOST), "{entry:?}");
    let somebody = !entry.name.is_empty() || entry.phone.is_some() || entry.email.is_some();
    let numbered = entry.order_number.is_some() || entry.external_id.is_some();
    assert!(if kind == Kind::Orders { numbered } else { somebody }, "{entry:?}");
}

/// Each row of what was refused says why, and points at a column that there is.
fn wrong_holds(wrong: &[(usize, Wrong)], rows: usize, mapping: &Mapping) {
    for row in 0..rows {
        assert!(wrong.iter().any(|(at, _)| *at == row), "row {row} of {rows} says nothing: {wrong:?}");
    }
    for (row, Wrong { column, .. }) in wrong {
        assert!(*row < rows && column.is_none_or(|column| column < mapping.columns.len()), "{wrong:?}");
    }
}
