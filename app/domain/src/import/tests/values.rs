use proptest::prelude::*;

use super::{HOUR, NOW, mapping, read};
use crate::i18n::Lang;
use crate::import::*;
use crate::money::{Currency, editable};

#[test]
fn amounts_are_read_in_every_usual_writing() {
    let cases = [
        ("1234", None, Ok(123_400)),
        ("1 234,50", None, Ok(123_450)),
        ("1\u{a0}234.5 грн.", None, Ok(123_450)),
        ("1.234,50 ₴", None, Ok(123_450)),
        ("1,234.50", None, Ok(123_450)),
        ("1'234.50", None, Ok(123_450)),
        ("1.234.567", None, Ok(123_456_700)),
        ("12,5", Some(Decimal::Dot), Ok(1_250)),
        ("0,125", None, Ok(13)),
        ("1,234", None, Err(Why::AmbiguousNumber)),
        ("1,234", Some(Decimal::Dot), Ok(123_400)),
        ("1,234", Some(Decimal::Comma), Ok(123)),
        ("-5", None, Ok(-500)),
        ("12.34.5", None, Err(Why::NotANumber)),
        ("1e5", None, Err(Why::NotANumber)),
        ("дорого", None, Err(Why::NotANumber)),
        (".", None, Err(Why::NotANumber)),
        ("$ 5", None, Err(Why::OtherCurrency)),
        ("99999999999999", None, Err(Why::TooBig)),
    ];
    for (text, decimal, amount) in cases {
        assert_eq!(parse_amount(text, decimal, Currency::UAH), amount, "{text:?} with {decimal:?}");
    }
}

#[test]
fn dates_are_read_in_every_usual_writing() {
    let noon = Ok(When::Local(NOW));
    let midnight = Ok(When::Local(NOW - 12 * HOUR));
    let cases = [
        ("2026-11-24", None, midnight),
        ("2026/11/24 12:00", None, noon),
        ("24.11.2026", None, midnight),
        ("24.11.26 12:00:00", None, noon),
        ("24/11/2026, 12:00 PM", None, noon),
        ("11/24/2026", None, midnight),
        ("11/24/2026", Some(DateOrder::DayFirst), Err(Why::NotADate)),
        ("05/11/2026", None, Err(Why::AmbiguousDate)),
        ("5.11.2026", None, Ok(When::Local(NOW - 12 * HOUR - 19 * 24 * HOUR))),
        ("11/05/2026", Some(DateOrder::MonthFirst), Ok(When::Local(NOW - 12 * HOUR - 19 * 24 * HOUR))),
        ("26-11-24", Some(DateOrder::YearFirst), midnight),
        ("2026-11-24T12:00:00Z", None, Ok(When::Moment(NOW))),
        ("2026-11-24 14:00:00 +0200", None, Ok(When::Moment(NOW))),
        ("2026-11-24T07:30:00.123-04:30", None, Ok(When::Moment(NOW))),
        ("46350", None, midnight),
        ("46350,5", None, noon),
        ("29.02.2026", None, Err(Why::NotADate)),
        ("29.02.2024", None, Ok(When::Local(1_709_164_800_000))),
        ("31.11.2026", None, Err(Why::NotADate)),
        ("2026-11-24 25:00", None, Err(Why::NotADate)),
        ("2026-11-24 12:00 вчора", None, Err(Why::NotADate)),
        ("вчора", None, Err(Why::NotADate)),
        ("", None, Err(Why::NotADate)),
        ("12", None, Err(Why::NotADate)),
    ];
    for (text, order, date) in cases {
        assert_eq!(parse_date(text, order), date, "{text:?} with {order:?}");
    }
}

proptest! {
    #[test]
    fn a_date_that_was_written_reads_back(seconds in 0i64..4_000_000_000, order in 0usize..4) {
        let order = DateOrder::ALL.get(order).copied();
        prop_assert_eq!(parse_date(&write_date(seconds * 1_000), order), Ok(When::Local(seconds * 1_000)));
    }

    #[test]
    fn an_amount_that_was_written_reads_back(minor in -100_000_000_000i64..=100_000_000_000) {
        for (lang, decimal) in [(Lang::En, Decimal::Dot), (Lang::Uk, Decimal::Comma)] {
            let text = editable(minor, Currency::UAH, lang);
            prop_assert_eq!(parse_amount(&text, Some(decimal), Currency::UAH), Ok(minor));
            prop_assert_eq!(parse_amount(&text, None, Currency::UAH), Ok(minor));
        }
    }

    #[test]
    fn no_text_breaks_a_reader(text in "\\PC{0,40}") {
        let _ = (parse_date(&text, None), parse_amount(&text, None, Currency::UAH));
        let _ = (parse_quantity(&text), parse_answer(&text), normal_heading(&text));
        let wanted = mapping(Kind::Deals, &[Field::Name, Field::Sum, Field::CreatedAt, Field::Status]);
        let _ = read(&wanted, &[&[&text, &text, &text, &text]]);
    }

    /// Whatever the rows hold, each of them is in one entry, and the entries are in order.
    #[test]
    fn entries_are_the_rows(numbers in proptest::collection::vec(0u8..4, 0..60)) {
        let rows: Vec<Vec<String>> = numbers.iter().map(|n| vec![n.to_string()]).collect();
        let found = entries(&rows, &mapping(Kind::Orders, &[Field::OrderNumber]));
        let flat: Vec<usize> = found.iter().flat_map(Clone::clone).collect();
        prop_assert_eq!(flat, (0..rows.len()).collect::<Vec<_>>());
        for pair in found.windows(2) {
            prop_assert!(rows[pair[0].start] != rows[pair[1].start]);
        }
    }
}

#[test]
fn quantities_and_answers() {
    let quantities = [("2", Ok(2)), ("3,00", Ok(3)), ("4 шт.", Ok(4)), ("0", Err(Why::NotAQuantity))];
    for (text, quantity) in
        quantities.into_iter().chain([("1,5", Err(Why::NotAQuantity)), ("-1", Err(Why::NotAQuantity))])
    {
        assert_eq!(parse_quantity(text), quantity, "{text:?}");
    }
    for (text, answer) in [("Так", true), ("не оплачено", false), ("paid", true), ("2026-01-15 10:00:00 +0200", true)]
    {
        assert_eq!(parse_answer(text), Ok(answer), "{text:?}");
    }
    assert_eq!(parse_answer("1500"), Err(Why::NotYesOrNo), "an amount is no answer");
}
