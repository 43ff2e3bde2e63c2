use crate::orders::{
    CancelledBy, Carrier, Condition, DetailFault, DetailField, DetailWrong, REASON_CHARS_MAX, StatusDetails,
};

fn shipment(number: &str) -> Result<StatusDetails, DetailFault> {
    StatusDetails::Shipment { carrier: Carrier::Other, number: number.into() }.checked()
}

fn wrong(result: Result<StatusDetails, DetailFault>) -> (DetailField, DetailWrong) {
    let fault = result.expect_err("refused");
    (fault.field, fault.wrong)
}

#[test]
fn numbers_are_what_is_printed_without_its_gaps() {
    let expected = StatusDetails::Shipment { carrier: Carrier::Other, number: "RB123456785UA".into() };
    assert_eq!(shipment(" rb 123 456-785 ua "), Ok(expected));
    assert_eq!(wrong(shipment(" - ")), (DetailField::Number, DetailWrong::Missing));
    assert_eq!(wrong(shipment("123")), (DetailField::Number, DetailWrong::NotANumber));
    assert_eq!(wrong(shipment("<script>")), (DetailField::Number, DetailWrong::NotANumber));
    assert_eq!(wrong(shipment("ТТН12345")), (DetailField::Number, DetailWrong::NotANumber));
    assert_eq!(wrong(shipment(&"1".repeat(41))), (DetailField::Number, DetailWrong::TooLong));
}

#[test]
fn reasons_and_days_are_needed() {
    let delay =
        |reason: &str, until: &str| StatusDetails::Delay { reason: reason.into(), until: until.into() }.checked();
    assert!(delay("немає на складі", "2026-12-01").is_ok());
    assert!(delay("немає на складі", "2028-02-29").is_ok());
    assert_eq!(wrong(delay(" ", "2026-12-01")), (DetailField::Reason, DetailWrong::Missing));
    assert_eq!(wrong(delay("так", "")), (DetailField::Until, DetailWrong::Missing));
    for day in ["2026-02-29", "2026-13-01", "01.12.2026", "2026-12-1", "2026-12-01T00", "+026-12-01", "сьогодні"]
    {
        assert_eq!(wrong(delay("так", day)), (DetailField::Until, DetailWrong::NotADate), "{day}");
    }
    let off = StatusDetails::Cancellation { by: CancelledBy::Shop, reason: "я".repeat(REASON_CHARS_MAX + 1) };
    assert_eq!(wrong(off.checked()), (DetailField::Reason, DetailWrong::TooLong));
    let back = StatusDetails::Return { reason: "\n".into(), condition: Condition::AsNew };
    assert_eq!(wrong(back.checked()), (DetailField::Reason, DetailWrong::Missing));
}

#[test]
fn carriers_know_their_numbers_and_pages() {
    for (carrier, number, fits) in [
        (Carrier::NovaPoshta, "20450000000001", true),
        (Carrier::NovaPoshta, "2045000000000", false),
        (Carrier::Ukrposhta, "0503312345678", true),
        (Carrier::Ukrposhta, "RB123456785UA", true),
        (Carrier::Ukrposhta, "RB12345678UA", false),
        (Carrier::FedEx, "123456789012", true),
        (Carrier::FedEx, "12345678901", false),
        (Carrier::Dhl, "00340434292135100186", true),
        (Carrier::Other, "whatever", true),
    ] {
        assert_eq!(carrier.form(number), fits, "{carrier:?} {number}");
    }
    assert_eq!(Carrier::NovaPoshta.link("2045").as_deref(), Some("https://novaposhta.ua/tracking/2045"));
    let tricky = Carrier::FedEx.link("1&x=ї").expect("a page");
    assert!(tricky.ends_with("=1%26x%3D%D1%97"), "{tricky}");
    assert_eq!(Carrier::Other.link("2045"), None);
}

#[test]
fn keys_are_what_is_sent() {
    for carrier in Carrier::ALL {
        assert_eq!(Carrier::parse(carrier.key()), Some(carrier));
        assert_eq!(serde_json::to_value(carrier).expect("JSON"), carrier.key());
    }
    for by in CancelledBy::ALL {
        assert_eq!(serde_json::to_value(by).expect("JSON"), by.key());
    }
    for condition in Condition::ALL {
        assert_eq!(serde_json::to_value(condition).expect("JSON"), condition.key());
    }
    let json = r#"{"asked":"delay","reason":"так","until":"2026-12-01"}"#;
    let read: StatusDetails = serde_json::from_str(json).expect("reads");
    assert_eq!(serde_json::to_string(&read).expect("JSON"), json);
}
