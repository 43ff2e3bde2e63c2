use super::patch::{DealPatch, LinePatch};
use super::*;
use crate::board::Card;
use crate::ids::*;
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

fn known(sum: i64) -> DealDetails {
    let card = Card {
        id: DealId(1),
        version: 3,
        storefront: StorefrontId(1),
        funnel: FunnelId(1),
        stage: StageId(1),
        position: "a0".into(),
        customer: CustomerId(1),
        customer_name: "Олена Коваль".into(),
        first_line: String::new(),
        more_lines: 0,
        sum,
        currency: Currency::UAH,
        responsible: Some(UserId(4)),
        source: Source::Ads,
        order_number: None,
        since: 0,
        left: None,
        created_at: 0,
        deleted_in_shop: false,
        status: None,
    };
    DealDetails {
        card,
        contents_version: 2,
        phone: Some("+380501234567".into()),
        email: None,
        comment: "Дзвонити".into(),
        lines: vec![Line { name: "Чайник".into(), sku: "T".into(), quantity: 2, price: 120_050 }],
        lost_reason: None,
        tracking: None,
        order: None,
    }
}

fn patch(text: &str) -> DealPatch {
    serde_json::from_str(text).expect("a patch")
}

#[test]
fn an_empty_patch_changes_nothing() {
    for sum in [240_100, 5] {
        let before = known(sum);
        let after = patch("{}").upon(&before).expect("valid");
        assert_eq!((after.sum, &after.lines), (sum, &before.lines));
        assert_eq!((after.customer_name.as_str(), after.phone.as_str()), ("Олена Коваль", "+380501234567"));
        assert_eq!((after.email, after.source, after.responsible), (None, Source::Ads, Some(UserId(4))));
        assert_eq!(after.comment, "Дзвонити");
    }
}

#[test]
fn a_patch_sets_takes_away_and_counts_in_minor_units() {
    let words =
        r#"{"phone":null,"responsible":null,"comment":"","lines":[{"name":"Чашка","price":9905,"quantity":3}]}"#;
    let after = patch(words).upon(&known(240_100)).expect("valid");
    assert_eq!((after.phone.as_str(), after.responsible, after.comment.as_str()), ("", None, ""));
    assert_eq!(after.lines, [Line { name: "Чашка".into(), sku: String::new(), quantity: 3, price: 9_905 }]);
    assert_eq!(after.sum, 3 * 9_905, "a sum that was the goods' own follows them");
    assert_eq!(patch(words).upon(&known(7)).expect("valid").sum, 7, "another one stays");
    assert_eq!(patch(r#"{"sum":null}"#).upon(&known(7)).expect("valid").sum, 240_100);
    assert_eq!(patch(r#"{"sum":12345}"#).upon(&known(7)).expect("valid").sum, 12_345);
}

#[test]
fn a_patch_is_refused_by_part_and_place() {
    let words = r#"{"customer_name":null,"source":"moon","sum":-1,"lines":[{"name":"","price":-5,"quantity":0}]}"#;
    let faults = patch(words).upon(&known(0)).expect_err("nothing is right in it");
    for expected in [
        (Field::CustomerName, Fault::Missing),
        (Field::Source, Fault::Unknown),
        (Field::Sum, Fault::NotANumber),
        (Field::LineName(0), Fault::Missing),
        (Field::LineQuantity(0), Fault::NotANumber),
        (Field::LinePrice(0), Fault::NotANumber),
    ] {
        assert!(faults.contains(&expected), "{expected:?} in {faults:?}");
    }
    assert_eq!(patch("{}").alone().expect_err("a name is needed"), [(Field::CustomerName, Fault::Missing)]);
    for words in [r#"{"stage":1}"#, r#"{"version":1}"#, r#"{"lines":[{"name":"x","total":1}]}"#, r#"{"sum":"5"}"#] {
        assert!(serde_json::from_str::<DealPatch>(words).is_err(), "{words}");
    }
}

#[test]
fn two_patches_that_mean_different_things_are_written_differently() {
    let written = |patch: &DealPatch| serde_json::to_string(patch).expect("JSON");
    let (nothing, away) = (patch("{}"), patch(r#"{"phone":null}"#));
    assert_ne!(written(&nothing), written(&away));
    assert_eq!(patch(&written(&away)), away);
    let line = LinePatch { name: "Чай".into(), sku: String::new(), quantity: 1, price: 0 };
    assert_eq!(patch(r#"{"lines":[{"name":"Чай"}]}"#).lines, Some(Some(vec![line])));
}
