mod guesses;
mod own;
mod values;

use super::*;
use crate::deals::LINES_MAX;
use crate::funnels::{Colour, LostReason, Stage, StageKind};
use crate::ids::*;
use crate::money::Currency;
use crate::orders::ShopStatus;

/// Noon of 24 November 2026 in Greenwich.
const NOW: Millis = 1_795_521_600_000;
const HOUR: Millis = 3_600_000;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn table(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| texts(row)).collect()
}

fn stage(id: i64, name: &str, kind: StageKind) -> Stage {
    Stage { id: StageId(id), name: name.into(), colour: Colour::Blue, kind, limit_hours: None, public_name: None }
}

fn stages() -> [Stage; 3] {
    [stage(1, "Нова", StageKind::Open), stage(2, "Успішно", StageKind::Won), stage(3, "Втрачено", StageKind::Lost)]
}

fn read(mapping: &Mapping, rows: &[&[&str]]) -> Result<Entry, Vec<(usize, Wrong)>> {
    let team = [
        Colleague { id: UserId(1), name: "Марко Савчук".into(), email: "marko@example.com".into() },
        Colleague { id: UserId(2), name: "Ліда".into(), email: "lida@example.com".into() },
        Colleague { id: UserId(3), name: "Ліда".into(), email: "lida2@example.com".into() },
    ];
    let context = Context {
        currency: Currency::UAH,
        now: NOW,
        stages: &stages(),
        team: &team,
        lost_reasons: &[LostReason { id: LostReasonId(7), name: "Дорого".into() }],
        moment: &|local| local - 2 * HOUR,
    };
    parse(&table(rows), mapping, &context)
}

fn mapping(kind: Kind, fields: &[Field]) -> Mapping {
    let columns = fields.iter().map(|field| Some(*field)).collect();
    Mapping { kind, preset: Preset::Plain, columns, decimal: None, dates: None }
}

/// What is wrong with the rows: the row's index, its column, and why.
fn wrongs(mapping: &Mapping, rows: &[&[&str]]) -> Vec<(usize, Option<usize>, Why)> {
    let found = read(mapping, rows).expect_err("it is refused");
    found.into_iter().map(|(index, wrong)| (index, wrong.column, wrong.why)).collect()
}

#[test]
fn a_mapping_tells_its_faults() {
    use Field::*;
    assert!(mapping(Kind::Orders, &[OrderNumber, Sum]).faults(2).is_empty());
    assert_eq!(
        mapping(Kind::Orders, &[Name, Sum, Sum]).faults(3),
        [MappingFault::Missing(vec![OrderNumber, ExternalId]), MappingFault::Twice(Sum)]
    );
    assert_eq!(mapping(Kind::Customers, &[Name, Name, Sum]).faults(3), [MappingFault::Stranger(Sum)]);
    assert_eq!(mapping(Kind::Customers, &[Name]).faults(2), [MappingFault::Width]);
}

#[test]
fn an_order_of_several_rows_is_one() {
    use Field::*;
    let wanted =
        mapping(Kind::Orders, &[OrderNumber, ExternalId, Name, Sum, ProductName, Quantity, Price, Status, Paid]);
    let rows: &[&[&str]] = &[
        &["#1001", "55", "Олена Коваль", "500", "Чайник", "1", "300", "fulfilled", "paid"],
        &["#1001", "", "", "", "Чашка", "2", "100", "", ""],
        &["#1002", "56", "Марко", "70", "Мед", "1", "70", "", ""],
    ];
    assert_eq!(entries(&table(rows), &wanted), [0..2, 2..3]);
    let entry = read(&wanted, &rows[..2]).expect("an order");
    assert_eq!((entry.order_number.as_deref(), entry.external_id.as_deref()), (Some("1001"), Some("55")));
    assert_eq!((entry.sum, entry.paid, entry.status), (50_000, true, Some(ShopStatus::Completed)));
    assert_eq!(entry.stage, Some(StageId(2)), "what is done stands where done deals stand");
    let lines: Vec<(&str, i64, i64)> =
        entry.lines.iter().map(|line| (line.name.as_str(), line.quantity, line.price)).collect();
    assert_eq!(lines, [("Чайник", 1, 30_000), ("Чашка", 2, 10_000)]);
    let broken: &[&[&str]] = &[rows[0], &["#1001", "", "", "", "Чашка", "дві", "100", "", ""]];
    assert_eq!(
        wrongs(&wanted, broken),
        [(0, Some(0), Why::OrderRefused), (1, Some(5), Why::NotAQuantity)],
        "one wrong row refuses its order, and every row says so"
    );
    let contradicts: &[&[&str]] = &[rows[0], &["#1001", "", "", "700", "Чашка", "2", "100", "", ""]];
    assert!(wrongs(&wanted, contradicts).contains(&(1, Some(3), Why::Contradiction)));
    let many: Vec<&[&str]> = vec![rows[0]; LINES_MAX + 1];
    assert_eq!(wrongs(&wanted, &many).len(), LINES_MAX + 1);
}

#[test]
fn what_is_wrong_is_told_where_it_is() {
    use Field::*;
    let deals = mapping(Kind::Deals, &[Name, Email, Stage, Responsible, LostReason, Sum, CreatedAt]);
    let cases: [(&[&str], Option<usize>, Why); 12] = [
        (&["", "", "", "", "", "", ""], Some(0), Why::Nobody),
        (&["О", "пошта", "", "", "", "", ""], Some(1), Why::NotAnEmail),
        (&["О", "", "Десь", "", "", "", ""], Some(2), Why::UnknownStage),
        (&["О", "", "", "Хтось", "", "", ""], Some(3), Why::UnknownPerson),
        (&["О", "", "", "Ліда", "", "", ""], Some(3), Why::UnknownPerson),
        (&["О", "", "", "", "Далеко", "", ""], Some(4), Why::UnknownLostReason),
        (&["О", "", "Нова", "", "Дорого", "", ""], Some(4), Why::ReasonWithoutLoss),
        (&["О", "", "", "", "", "-5", ""], Some(5), Why::Negative),
        (&["О", "", "", "", "", "5 USD", ""], Some(5), Why::OtherCurrency),
        (&["О", "", "", "", "", "", "30.02.2026"], Some(6), Why::NotADate),
        (&["О", "", "", "", "", "", "27.11.2026"], Some(6), Why::InFuture),
        (&["О", "", "", "", "", "", "03/04/2026"], Some(6), Why::AmbiguousDate),
    ];
    for (row, column, why) in cases {
        assert_eq!(wrongs(&deals, &[row]), [(0, column, why)], "{row:?}");
    }
    let two = wrongs(&deals, &[&["О", "пошта", "Десь", "", "", "", ""]]);
    assert_eq!(two, [(0, Some(1), Why::NotAnEmail), (0, Some(2), Why::UnknownStage)], "everything at once");
    let orders = mapping(Kind::Orders, &[OrderNumber, Sum]);
    assert_eq!(wrongs(&orders, &[&["", "5"]]), [(0, Some(0), Why::Missing)]);
    assert_eq!(wrongs(&orders, &[&["1", ""]]), [(0, Some(1), Why::Missing)]);
    let goods = mapping(Kind::Orders, &[OrderNumber, Sum, ProductName, Quantity, Price]);
    let dear: &[&str] = &["1", "5", "Чайник", "1000000", "900000000"];
    assert_eq!(wrongs(&goods, &[dear]), [(0, Some(4), Why::TooBig)], "a sum of its own does not make them cheaper");
    let long = "я".repeat(201);
    assert_eq!(wrongs(&deals, &[&[&long, "", "", "", "", "", ""]]), [(0, Some(0), Why::TooLong)]);
}

#[test]
fn a_right_row_is_read_whole() {
    use Field::*;
    let deals = mapping(
        Kind::Deals,
        &[Name, Name, Phone, Email, Stage, Responsible, LostReason, Sum, ProductName, Source, CreatedAt],
    );
    let row: &[&str] = &[
        " Олена ",
        "Коваль",
        "050 123-45-67; 067 1112233",
        "O@Example.com, p@example.com",
        "втрачено",
        "МАРКО савчук",
        "дорого",
        "1 200,50",
        "Чайник",
        "Instagram",
        "24.11.2026 10:00",
    ];
    let entry = read(&deals, &[row]).expect("a deal");
    assert_eq!(entry.name, "Олена Коваль");
    assert_eq!(entry.phone, Some((2, "050 123-45-67".to_owned())));
    assert_eq!(entry.email.as_deref(), Some("o@example.com"));
    assert_eq!((entry.stage, entry.responsible), (Some(StageId(3)), Some(UserId(1))));
    assert_eq!((entry.lost_reason, entry.source), (Some(LostReasonId(7)), Some(crate::deals::Source::Social)));
    assert_eq!((entry.sum, entry.lines[0].price), (120_050, 120_050), "the only product costs what the deal does");
    assert_eq!(entry.created_at, Some(NOW - 4 * HOUR), "ten o'clock on the shop's wall");
}

#[test]
fn a_closed_deal_stands_where_closed_deals_stand() {
    use Field::*;
    let wanted = mapping(Kind::Deals, &[Name, Stage, Status]);
    let cases = [
        (["О", "", ""], 1),
        (["О", "", "won"], 2),
        (["О", "Нова", "lost"], 3),
        (["О", "Втрачено", "won"], 3),
        (["О", "Нова", "щось своє"], 1),
    ];
    for (row, stage) in cases {
        assert_eq!(read(&wanted, &[&row]).expect("a deal").stage, Some(StageId(stage)), "{row:?}");
    }
}

#[test]
fn every_word_is_known_by_its_key() {
    for field in Field::ALL {
        assert_eq!(Field::parse(field.key()), Some(field));
        assert!(Kind::ALL.into_iter().any(|kind| field.belongs_to(kind)));
    }
    for preset in Preset::ALL {
        assert_eq!(Preset::parse(preset.key()), Some(preset));
    }
    for state in ImportState::ALL {
        assert_eq!(ImportState::parse(state.key()), Some(state));
    }
}
