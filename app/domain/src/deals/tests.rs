use super::*;
use crate::money::Currency;

fn form() -> DealForm {
    DealForm { customer_name: "Олена Коваль".into(), source: "call".into(), ..DealForm::default() }
}

fn line(name: &str, quantity: &str, price: &str) -> LineForm {
    LineForm { name: name.into(), sku: String::new(), quantity: quantity.into(), price: price.into() }
}

#[test]
fn a_form_gives_lines_and_their_sum() {
    let lines = vec![line("Чайник", "2", "1 200,50"), line("", "1", ""), line("Чашка", "", "99")];
    let deal = DealForm { lines, ..form() }.parse(Currency::UAH).expect("valid");
    assert_eq!(deal.sum, 2 * 120_050 + 9_900);
    assert_eq!(deal.lines.len(), 2, "the blank line is left out");
    assert_eq!(deal.lines[1].quantity, 1);
}

#[test]
fn every_fault_is_named_with_its_place() {
    let bad = DealForm {
        customer_name: " ".into(),
        phone: "12".into(),
        email: "nobody".into(),
        source: "stars".into(),
        comment: "x".repeat(COMMENT_CHARS_MAX + 1),
        lines: vec![line("Чайник", "0", "-5"), line("", "1", "5")],
        responsible: None,
        sum: String::new(),
    };
    let faults = bad.parse(Currency::UAH).expect_err("nothing is right in it");
    for expected in [
        (Field::CustomerName, Fault::Missing),
        (Field::Phone, Fault::NotAPhone),
        (Field::Email, Fault::NotAnEmail),
        (Field::Source, Fault::Unknown),
        (Field::Comment, Fault::TooLong),
        (Field::LineQuantity(0), Fault::NotANumber),
        (Field::LinePrice(0), Fault::NotANumber),
        (Field::LineName(1), Fault::Missing),
    ] {
        assert!(faults.contains(&expected), "{expected:?} in {faults:?}");
    }
}

#[test]
fn sums_beyond_the_limit_are_refused() {
    let lines = vec![line("Діаманти", "1000000", "1000000000")];
    let faults = DealForm { lines, ..form() }.parse(Currency::UAH).expect_err("too much");
    assert_eq!(faults, vec![(Field::Lines, Fault::TooLong)]);
}
