//! What our own lists say is read back.

use proptest::prelude::*;

use super::{mapping, read};
use crate::deals::{LINES_MAX, Source};
use crate::i18n::{Lang, t};
use crate::import::*;
use crate::orders::ShopStatus;

fn goods(cell: &str) -> Vec<(String, i64)> {
    let wanted = mapping(Kind::Orders, &[Field::OrderNumber, Field::Sum, Field::ProductName]);
    let entry = read(&wanted, &[&["1", "100", cell]]).expect("an order");
    entry.lines.into_iter().map(|line| (line.name, line.quantity)).collect()
}

#[test]
fn the_goods_of_one_cell_are_its_lines() {
    let named =
        |lines: &[(&str, i64)]| lines.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect::<Vec<_>>();
    let cases: [(&str, &[(&str, i64)]); 7] = [
        ("Чашка × 2; Ложка × 1", &[("Чашка", 2), ("Ложка", 1)]),
        ("Чашка × 2", &[("Чашка", 2)]),
        ("Чашка; біла × 2; Ложка × 1", &[("Чашка; біла", 2), ("Ложка", 1)]),
        ("Килим 2 × 3 × 4", &[("Килим 2 × 3", 4)]),
        ("Чашка, ложка", &[("Чашка, ложка", 1)]),
        ("Чашка × 2; Ложка", &[("Чашка × 2; Ложка", 1)]),
        ("Чашка × 0", &[("Чашка × 0", 1)]),
    ];
    for (cell, lines) in cases {
        assert_eq!(goods(cell), named(lines), "{cell}");
    }
    let wanted = mapping(Kind::Orders, &[Field::OrderNumber, Field::ProductName, Field::Price]);
    let entry = read(&wanted, &[&["1", "Килим 2 × 3", "100"]]).expect("an order");
    assert_eq!(
        (entry.lines[0].name.as_str(), entry.lines[0].quantity),
        ("Килим 2 × 3", 1),
        "it has a price of its own"
    );
}

#[test]
fn the_only_goods_cost_what_the_order_does_and_too_many_are_refused() {
    let wanted = mapping(Kind::Orders, &[Field::OrderNumber, Field::Sum, Field::ProductName]);
    let entry = read(&wanted, &[&["1", "100", "Чашка × 2"]]).expect("an order");
    assert_eq!((entry.sum, entry.lines[0].price), (10_000, 5_000));
    let half = vec!["x × 1"; LINES_MAX / 2 + 1].join("; ");
    let rows: [&[&str]; 2] = [&["1", "100", &half], &["1", "", &half]];
    assert!(read(&wanted, &rows[..1]).is_ok());
    let wrong = read(&wanted, &rows).expect_err("too many");
    assert_eq!(
        wrong.iter().map(|(row, wrong)| (*row, wrong.why)).collect::<Vec<_>>(),
        [(0, Why::TooManyLines), (1, Why::TooManyLines)]
    );
}

#[test]
fn our_words_for_statuses_and_sources_are_known() {
    let wanted = mapping(Kind::Orders, &[Field::OrderNumber, Field::Sum, Field::Status, Field::Source]);
    for lang in Lang::ALL {
        for status in ShopStatus::ALL {
            let word = t::order_status_name(lang, status, "щось своє");
            let entry = read(&wanted, &[&["1", "100", &word, ""]]).expect("an order");
            assert_eq!(entry.status, Some(status), "{word}");
        }
        for source in Source::ALL {
            let word = t::source_name(lang, source);
            let entry = read(&wanted, &[&["1", "100", "", word]]).expect("an order");
            assert_eq!(entry.source, Some(source), "{word}");
        }
        for (word, paid) in [(t::yes(lang), true), (t::no(lang), false)] {
            assert_eq!(parse_answer(word), Ok(paid), "{word}");
        }
    }
}

proptest! {
    #[test]
    fn goods_that_are_written_are_read(lines in prop::collection::vec(("[а-яa-z0-9×;,. ]{0,8}[а-яa-z0-9]", 1..1_000_000i64), 1..6)) {
        let lines: Vec<(String, i64)> = lines.into_iter().map(|(name, count)| (name.trim().to_owned(), count)).collect();
        // A name that itself reads as goods can't be told from two.
        prop_assume!(lines.iter().all(|(name, _)| !name.contains(" × ")));
        let cell = write_goods(lines.iter().map(|(name, count)| (name.as_str(), *count)));
        prop_assert_eq!(goods(&cell), lines);
    }
}
