use domain::carriers::ScanKind as S;
use serde_json::{Value, json};

use super::*;

/// 2026-11-23T10:00:00Z: noon in Kyiv.
const NOW: Millis = 1_795_428_000_000;
const HOUR: Millis = 3_600_000;

fn bytes(answer: &Value) -> Vec<u8> {
    answer.to_string().into_bytes()
}

fn nova(document: Value) -> Vec<Tracked> {
    nova_poshta::read(&bytes(&json!({ "success": true, "data": [document] })), NOW).expect("an answer")
}

fn ukr(events: Value) -> Tracked {
    let answer = json!({ "found": { "0500100000001": events }, "notFound": [] });
    ukrposhta::read(&bytes(&answer), NOW).expect("an answer").pop().expect("a parcel")
}

fn dhl_of(shipments: Value) -> Tracked {
    dhl::read(&bytes(&json!({ "shipments": shipments })), "7777777770", NOW).expect("an answer")
}

fn fedex_of(results: Value) -> Tracked {
    let complete = json!([{ "trackingNumber": "123456789012", "trackResults": results }]);
    let answer = json!({ "output": { "completeTrackResults": complete } });
    fedex::read(&bytes(&answer), NOW).expect("an answer").pop().expect("a parcel")
}

fn last(tracked: &Tracked) -> &Scan {
    tracked.scans.last().expect("a scan")
}

fn kinds(tracked: &Tracked) -> Vec<ScanKind> {
    tracked.scans.iter().map(|scan| scan.kind).collect()
}

#[test]
fn every_code_of_nova_poshta_is_known() {
    let cases: [(S, &[&str]); 8] = [
        (S::LabelMade, &["1", "12"]),
        (S::InTransit, &["4", "41", "5", "6", "101", "104", "112"]),
        (S::ReadyForPickup, &["7", "8", "14"]),
        (S::Delivered, &["9", "10", "11", "106"]),
        (S::Returning, &["102", "103", "105", "108"]),
        (S::Exception, &["2", "111"]),
        (S::NotFound, &["3"]),
        (S::Unknown, &["0", "13", "99", "1000", "7a", "сім"]),
    ];
    for (kind, codes) in cases {
        for code in codes {
            let told = nova(json!({ "Number": "20450000000001", "StatusCode": code, "Status": "слова" }));
            assert_eq!(last(&told[0]).kind, kind, "{code}");
            assert_eq!(last(&told[0]).exception, kind == S::Exception, "{code}");
            if kind != S::NotFound {
                assert_eq!((last(&told[0]).code.as_str(), last(&told[0]).text.as_str()), (*code, "слова"));
            }
        }
    }
    let number = nova(json!({ "Number": 20_450_000_000_001_i64, "StatusCode": 7 }));
    assert_eq!((number[0].number.as_str(), last(&number[0]).kind), ("20450000000001", S::ReadyForPickup));
}

#[test]
fn nova_poshta_s_dates_are_read_in_every_notation() {
    let cases = [
        ("23-11-2026 11:52:42", Some(NOW - 8 * 60_000 + 42_000)),
        ("23.11.2026 11:52:42", Some(NOW - 8 * 60_000 + 42_000)),
        ("2026-11-23 11:52:42", Some(NOW - 8 * 60_000 + 42_000)),
        ("11:52 23.11.2026", Some(NOW - 8 * 60_000)),
        // Summer time.
        ("2026-07-01 12:00:00", Some(1_782_896_400_000)),
        ("0001-01-01 00:00:00", None),
        ("0000-00-00 00:00:00", None),
        ("2026-02-30 00:00:00", None),
        ("2099-01-01 00:00:00", None),
        ("учора", None),
        ("", None),
    ];
    for (text, at) in cases {
        let told = nova(json!({ "Number": "1", "StatusCode": "9", "RecipientDateTime": text }));
        let one = last(&told[0]);
        assert_eq!((one.dated, one.at), (at.is_some(), at.unwrap_or(NOW)), "{text}");
    }
    let due = nova(json!({ "Number": "1", "StatusCode": "5", "ScheduledDeliveryDate": "2026-11-24 00:00:00" }));
    assert_eq!(due[0].estimate, Some(NOW + 36 * HOUR - 60_000), "a day means its end");
    let none = nova(json!({ "Number": "1", "StatusCode": "5", "ScheduledDeliveryDate": "0001-01-01 00:00:00" }));
    assert_eq!(none[0].estimate, None);
}

#[test]
fn nova_poshta_s_answers_may_be_odd() {
    let document = json!({
        "Number": "20450000000001", "StatusCode": "7", "CityRecipient": "Львів", "CitySender": "Київ",
        "ActualDeliveryDate": "2026-11-23 09:00:00",
    });
    for (success, info) in [(json!(true), json!([])), (json!("true"), json!({ "x": 1 })), (json!(1), json!(null))] {
        let answer = json!({ "success": success, "data": { "0": document }, "info": info, "errors": [] });
        let told = nova_poshta::read(&bytes(&answer), NOW).expect("an answer");
        assert_eq!((told[0].town.as_str(), last(&told[0]).place.as_str()), ("Львів", "Львів"));
        assert_eq!(last(&told[0]).at, NOW - 3 * HOUR);
        assert!(told[0].raw.contains("20450000000001"));
    }
    assert!(nova(json!({ "StatusCode": "7" })).is_empty(), "of no parcel");
    assert!(nova(json!({ "Number": "1" }))[0].scans.is_empty());
    assert!(nova(json!("7")).is_empty());
    let no = |answer: Value| nova_poshta::read(&bytes(&answer), NOW);
    let error = |text: &str| json!({ "success": false, "data": [], "errors": [text], "errorCodes": [] });
    assert_eq!(no(error("API key expired")), Err(Refusal::WrongKeys));
    assert_eq!(no(json!({ "success": false, "errorCodes": ["20000200068"] })), Err(Refusal::WrongKeys));
    assert_eq!(no(error("To many requests")), Err(Refusal::TooOften));
    assert_eq!(no(error("Document number is not correct")), Err(Refusal::Refused));
    assert_eq!(no(json!({ "data": [] })), Err(Refusal::Unreadable));
    assert_eq!(no(json!([])), Err(Refusal::Unreadable));
    assert_eq!(nova_poshta::read(b"<html>", NOW), Err(Refusal::Unreadable));
}

#[test]
fn every_code_of_ukrposhta_is_known() {
    let cases: [(S, &[&str]); 7] = [
        (S::Accepted, &["10100"]),
        (S::InTransit, &["20700", "20800", "21500"]),
        (S::ReadyForPickup, &["21400", "21700"]),
        (S::Exception, &["31100", "31300", "31400", "10600", "10602", "10603"]),
        (S::Returning, &["31200"]),
        (S::Delivered, &["41000", "48000"]),
        (S::Unknown, &["99999", "1", "x"]),
    ];
    for (kind, codes) in cases {
        for code in codes {
            let told = ukr(json!([{ "event": code, "date": "2026-11-23T11:00:00" }]));
            assert_eq!((last(&told).kind, last(&told).at), (kind, NOW - HOUR), "{code}");
        }
    }
    let back = ukr(json!([{ "event": 41_000, "eventReason_id": 10, "date": "2026-11-23T11:00:00" }]));
    assert_eq!(last(&back).kind, S::Returned);
    let not_back = ukr(json!([{ "event": 41_000, "eventReason_id": null, "date": "2026-11-23T11:00:00" }]));
    assert_eq!(last(&not_back).kind, S::Delivered);
}

#[test]
fn ukrposhta_s_events_are_in_the_order_of_their_dates() {
    let told = ukr(json!([
        { "step": 1, "event": "41000", "date": "2026-11-23T10:00:00", "name": "Львів 1", "eventName": "Вручено" },
        { "step": 3, "event": 10_100, "date": "2026-11-20T10:00:00" },
        { "step": 2, "event": "21700", "date": "2026-11-22T10:00:00" },
    ]));
    assert_eq!(kinds(&told), [S::Accepted, S::ReadyForPickup, S::Delivered]);
    assert_eq!((last(&told).place.as_str(), last(&told).text.as_str()), ("Львів 1", "Вручено"));
    assert_eq!(told.number, "0500100000001");
    let one = ukr(json!({ "event": "10100", "date": "2026-11-20T10:00:00" }));
    assert_eq!(kinds(&one), [S::Accepted], "an event where a list should be");
}

#[test]
fn what_ukrposhta_does_not_know_is_not_found() {
    let answer = json!({ "found": {}, "notFound": ["RB123456789UA", 500_100_000_002_i64] });
    let told = ukrposhta::read(&bytes(&answer), NOW).expect("an answer");
    assert_eq!(told.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), ["RB123456789UA", "500100000002"]);
    assert!(told.iter().all(|one| kinds(one) == [S::NotFound]));
    let bare = json!([{ "barcode": "A", "event": 10_100 }, { "barcode": "B", "event": 41_000 }, { "event": 1 }]);
    assert_eq!(ukrposhta::read(&bytes(&bare), NOW).expect("an answer").len(), 2);
    let no = |answer: Value| ukrposhta::read(&bytes(&answer), NOW);
    let fault = json!({ "fault": { "code": 900_901, "message": "Invalid Credentials" } });
    assert_eq!(no(fault), Err(Refusal::WrongKeys));
    assert_eq!(no(json!({ "fault": { "message": "Message throttled out" } })), Err(Refusal::TooOften));
    assert_eq!(no(json!({ "code": "UP1", "message": "no" })), Err(Refusal::Refused));
    assert_eq!(no(json!({})), Err(Refusal::Unreadable));
    assert_eq!(no(json!("found")), Err(Refusal::Unreadable));
}

#[test]
fn every_code_of_dhl_is_known() {
    let cases = [
        ("pre-transit", S::LabelMade),
        ("transit", S::InTransit),
        ("delivered", S::Delivered),
        ("failure", S::Exception),
        ("unknown", S::NotFound),
        ("teleported", S::Unknown),
    ];
    for (code, kind) in cases {
        let status = json!({ "statusCode": code, "timestamp": "2026-11-23T11:00:00+02:00" });
        let told = dhl_of(json!([{ "id": "7777777770", "status": status }]));
        assert_eq!((last(&told).kind, last(&told).at), (kind, NOW - HOUR), "{code}");
    }
}

#[test]
fn a_dhl_shipment_is_told_from_its_first_event_on() {
    let status = json!({ "statusCode": "transit", "timestamp": "2026-11-22T12:00:00" });
    let place = json!({ "address": { "addressLocality": "Leipzig", "countryCode": "DE" } });
    let told = dhl_of(json!([{
        "id": 7_777_777_770_i64, "status": status, "estimatedTimeOfDelivery": "2026-11-25T00:00:00Z",
        "destination": { "address": { "addressLocality": "Kyiv" } },
        "events": [
            { "statusCode": "transit", "timestamp": "2026-11-22T12:00:00", "location": place, "description": "Left" },
            { "statusCode": "transit", "timestamp": "2026-11-21T12:00:00Z" },
            { "statusCode": "pre-transit", "timestamp": "2026-11-20T12:00:00+01:00" },
            { "timestamp": "2026-11-20T12:00:00+01:00" },
        ],
    }]));
    assert_eq!(kinds(&told), [S::LabelMade, S::InTransit, S::InTransit]);
    assert_eq!((last(&told).place.as_str(), last(&told).text.as_str()), ("Leipzig, DE", "Left"));
    assert_eq!((told.number.as_str(), told.town.as_str()), ("7777777770", "Kyiv"));
    assert_eq!(told.estimate, Some(NOW + 38 * HOUR));
}

#[test]
fn of_several_shipments_the_one_scanned_last_is_meant() {
    let of = |id: &str, code: &str, timestamp: &str| json!({ "id": id, "status": { "statusCode": code, "timestamp": timestamp } });
    let old = of("7777777770", "delivered", "2019-01-01T00:00:00Z");
    let new = of("7777777770", "transit", "2026-11-22T00:00:00Z");
    assert_eq!(last(&dhl_of(json!([old.clone(), new.clone()]))).kind, S::InTransit);
    assert_eq!(last(&dhl_of(json!([new.clone(), old.clone()]))).kind, S::InTransit);
    let other = of("JD014600000000000000", "failure", "2026-11-23T00:00:00Z");
    assert_eq!(last(&dhl_of(json!([other.clone(), new]))).kind, S::InTransit, "not the number asked for");
    assert_eq!(last(&dhl_of(json!([other]))).kind, S::Exception, "by another name of its own");
    assert_eq!(last(&dhl_of(json!([]))).kind, S::NotFound);
}

#[test]
fn dhl_s_errors_are_told_apart() {
    let no = |status: Value| {
        let answer = json!({ "title": "No", "detail": "no", "status": status, "instance": "x" });
        dhl::read(&bytes(&answer), "1", NOW)
    };
    assert_eq!(kinds(&no(json!(404)).expect("it is not found")), [S::NotFound]);
    assert_eq!(no(json!("401")), Err(Refusal::WrongKeys));
    assert_eq!(no(json!(429)), Err(Refusal::TooOften));
    assert_eq!(no(json!(400)), Err(Refusal::Refused));
    assert_eq!(no(json!(null)), Err(Refusal::Refused));
    assert_eq!(dhl::read(b"{}", "1", NOW), Err(Refusal::Unreadable));
    assert_eq!(dhl::read(b"", "1", NOW), Err(Refusal::Unreadable));
}

#[test]
fn every_code_of_fedex_is_known() {
    let cases = [
        (S::LabelMade, "OC OX EP MD"),
        (S::Accepted, "PU PX OF AP"),
        (S::InTransit, "IT IX AA AC AF AR DP OD ED AD DY DD PY"),
        (S::ReadyForPickup, "HL HP"),
        (S::Delivered, "DL"),
        (S::Returning, "RS RT"),
        (S::Exception, "CD SE HA DE CA"),
        (S::Unknown, "ZZ XX dl"),
    ];
    for (kind, codes) in cases {
        for code in codes.split(' ') {
            let event = json!({ "eventType": code, "date": "2026-11-23T11:00:00+02:00" });
            let told = fedex_of(json!([{ "scanEvents": [event] }]));
            assert_eq!((last(&told).kind, last(&told).at), (kind, NOW - HOUR), "{code}");
            let trouble = kind == S::Exception || matches!(code, "DY" | "DD" | "PY");
            assert_eq!(last(&told).exception, trouble, "{code}");
        }
    }
    let coarse = fedex_of(json!([{ "scanEvents": [{ "eventType": "QQ", "derivedStatusCode": "IT" }] }]));
    assert_eq!((last(&coarse).code.as_str(), last(&coarse).kind, last(&coarse).dated), ("IT", S::InTransit, false));
}

#[test]
fn a_fedex_parcel_that_came_back_is_not_delivered() {
    let event = |code: &str, day: &str| json!({ "eventType": code, "date": format!("2026-11-{day}T10:00:00Z") });
    let told = fedex_of(json!([{ "scanEvents": [event("DL", "22"), event("RS", "21"), event("PU", "20")] }]));
    assert_eq!(kinds(&told), [S::Accepted, S::Returning, S::Returned]);
    let told = fedex_of(json!([{ "scanEvents": [event("DL", "22"), event("OD", "22"), event("PU", "20")] }]));
    assert_eq!(kinds(&told), [S::Accepted, S::InTransit, S::Delivered], "of one moment in its order");
}

#[test]
fn fedex_s_results_may_be_several_or_none() {
    let event = |code: &str, year: &str| json!([{ "eventType": code, "date": format!("{year}-11-20T10:00:00Z") }]);
    let (old, new) = (json!({ "scanEvents": event("DL", "2019") }), json!({ "scanEvents": event("PU", "2026") }));
    let missing = json!({ "error": { "code": "TRACKING.TRACKINGNUMBER.NOTFOUND", "message": "no" } });
    for results in [json!([old, new]), json!([new, old]), json!([missing, new])] {
        assert_eq!(last(&fedex_of(results)).kind, S::Accepted);
    }
    assert_eq!(last(&fedex_of(json!([missing]))).kind, S::NotFound);
    assert!(fedex_of(json!([{ "error": { "code": "SYSTEM.DOWN" } }])).scans.is_empty());
    assert!(fedex_of(json!([])).scans.is_empty());
    let moments = json!([
        { "type": "ACTUAL_DELIVERY", "dateTime": "2026-11-22T10:00:00Z" },
        { "type": "ESTIMATED_DELIVERY", "dateTime": "2026-11-25T10:00:00Z" },
    ]);
    let detail = json!({ "code": "DL", "statusByLocale": "Delivered" });
    let told = fedex_of(json!([{ "latestStatusDetail": detail, "dateAndTimes": moments }]));
    assert_eq!(
        (last(&told).kind, last(&told).at, told.estimate),
        (S::Delivered, NOW - 24 * HOUR, Some(NOW + 48 * HOUR))
    );
    let no = |answer: Value| fedex::read(&bytes(&answer), NOW);
    assert_eq!(no(json!({ "errors": [{ "code": "NOT.AUTHORIZED.ERROR" }] })), Err(Refusal::WrongKeys));
    assert_eq!(no(json!({ "errors": [{ "code": "RATE.LIMIT" }] })), Err(Refusal::TooOften));
    assert_eq!(no(json!({ "errors": [{ "code": "INTERNAL.SERVER.ERROR" }] })), Err(Refusal::Refused));
    assert_eq!(no(json!({ "output": {} })), Err(Refusal::Unreadable));
}

#[test]
fn fedex_s_token_is_what_a_header_takes() {
    let token = |answer: Value| fedex::token(&bytes(&answer));
    assert_eq!(token(json!({ "access_token": "eyJ", "expires_in": 3_599 })), Some(("eyJ".into(), 3_599)));
    assert_eq!(token(json!({ "access_token": "eyJ", "expires_in": "60" })), Some(("eyJ".into(), 60)));
    assert_eq!(token(json!({ "access_token": "eyJ" })), Some(("eyJ".into(), 0)));
    assert_eq!(token(json!({ "access_token": "a\r\nb" })), None);
    assert_eq!(token(json!({})), None);
}

#[test]
fn what_is_kept_is_bounded_and_in_one_line() {
    let long = "ї\n".repeat(10_000);
    let told = nova(json!({ "Number": long, "StatusCode": long, "Status": long, "CityRecipient": long }));
    let one = last(&told[0]);
    for (text, most) in [
        (&told[0].number, NUMBER_CHARS_MAX),
        (&told[0].town, PLACE_CHARS_MAX),
        (&one.code, CODE_CHARS_MAX),
        (&one.text, TEXT_CHARS_MAX),
    ] {
        assert!(text.chars().count() <= most && !text.contains(char::is_control), "{text:?}");
    }
    assert!(told[0].raw.chars().count() <= RAW_CHARS_MAX);
    let events: Vec<Value> = (0..300)
        .map(|n| json!({ "event": 20_700 + n, "date": format!("2026-01-{:02}T00:00:00", n % 28 + 1) }))
        .collect();
    assert_eq!(ukr(json!(events)).scans.len(), SCANS_MAX);
}
