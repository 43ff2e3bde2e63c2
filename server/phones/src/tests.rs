use super::normal_phone;

const OLENA: Option<&str> = Some("+380501234567");

#[test]
fn every_usual_ukrainian_writing_is_one_number() {
    let writings = [
        "050 123-45-67",
        "0(50)1234567",
        "(050) 123 45 67",
        "050.123.45.67",
        "050/123-45-67",
        "380501234567",
        "38 050 123 45 67",
        "+380 (50) 123 45 67",
        "+38 (050) 123-45-67",
        "+380(0)501234567",
        "(+380) 50 123 45 67",
        "80501234567",
        "8 (050) 123-45-67",
        "+80501234567",
        "+0501234567",
        "501234567",
        "00380501234567",
        "00 380 50 123 45 67",
        "+38\u{a0}050\u{202f}123\u{2009}45\u{3000}67",
        "050–123—45−67",
        "050‐123‑45‒67",
        "０５０１２３４５６７",
        "＋３８０（５０）１２３-４５-６７",
        "٠٥٠١٢٣٤٥٦٧",
        "\u{202a}+380501234567\u{202c}",
        "050\u{200b}1234567",
        "\t050 1234567\r\n",
        "тел. 050 123 45 67",
        "Viber: +380501234567",
        "050 123 45 67 дод. 12",
        "050 123 45 67 ext. 5",
        "0501234567x12",
        "0501234567#12",
        "0501234567, 0671234567",
        "0501234567/0671234567",
        "0501234567 +380671234567",
        "0501234567 (Олена)",
        "0501234567;ext=12",
        "tel:+380501234567;phone-context=.;",
    ];
    for text in writings {
        for hint in [None, Some("UA"), Some("ua"), Some(""), Some("Україна"), Some("AQ")] {
            assert_eq!(normal_phone(text, hint).as_deref(), OLENA, "{text:?} with {hint:?}");
        }
    }
}

#[test]
fn landlines_and_every_mobile_operator_are_known() {
    for code in [
        "039", "050", "063", "066", "067", "068", "073", "091", "092", "093", "094", "095", "096", "097", "098", "099",
        "044", "032", "048",
    ] {
        let text = format!("{code} 234-56-78");
        assert_eq!(normal_phone(&text, None), Some(format!("+38{code}2345678")), "{text:?}");
    }
}

#[test]
fn foreign_numbers_keep_their_country() {
    let cases = [
        ("+48 501 234 567", None, Some("+48501234567")),
        ("0048501234567", None, Some("+48501234567")),
        ("48501234567", None, Some("+48501234567")),
        ("+49 (0) 151 12345678", None, Some("+4915112345678")),
        ("+44 (0)20 7946 0958", None, Some("+442079460958")),
        ("+1 (212) 555-2368", None, Some("+12125552368")),
        ("+39 06 698 12345", None, Some("+390669812345")),
        ("+390669812345", Some("UA"), Some("+390669812345")),
        ("501234567", Some("PL"), Some("+48501234567")),
        ("501234567", None, OLENA),
        ("151 12345678", Some("DE"), Some("+4915112345678")),
        ("(212) 555-2368", Some("US"), Some("+12125552368")),
        ("380501234567", Some("DE"), OLENA),
        ("+380501234567", Some("PL"), OLENA),
        // Poland and Czechia dial no nought before a number, so it is a Ukrainian's who lives there.
        ("0501234567", Some("PL"), OLENA),
        ("0501234567", Some("CZ"), OLENA),
    ];
    for (text, hint, phone) in cases {
        assert_eq!(normal_phone(text, hint).as_deref(), phone, "{text:?} with {hint:?}");
    }
}

#[test]
fn other_text_is_no_number() {
    let long = format!("{}0501234567", " ".repeat(64));
    let cases = [
        "",
        "   ",
        "+",
        "-",
        "немає",
        "123",
        "12345",
        "0000000000",
        "050123456",
        "05012345678",
        "+380 50 123 45 6",
        "1111111111111111111111",
        "кв. 5, тел. 0501234567",
        "olena@ukr.net",
        "1-800-FLOWERS",
        "+999 123 456 789",
        "+628005099249756866",
        "+78094304058",
        "00491680",
        "\0\0\0",
        long.as_str(),
    ];
    for text in cases {
        assert_eq!(normal_phone(text, None), None, "{text:?}");
    }
    let just = format!("{:<64}", "0501234567");
    assert_eq!(normal_phone(&just, None).as_deref(), OLENA);
}

#[test]
fn a_normal_number_stays_as_it_is() {
    for phone in ["+380501234567", "+48501234567", "+390669812345", "+12125552368"] {
        for hint in [None, Some("UA"), Some("PL"), Some("US")] {
            assert_eq!(normal_phone(phone, hint).as_deref(), Some(phone));
        }
    }
}

/// The library unwraps inside, so every country's plan is tried with digits that lean on its prefixes.
#[test]
fn no_country_and_no_digits_panic() {
    let mut state: u64 = 7;
    for first in b'A'..=b'Z' {
        for second in b'A'..=b'Z' {
            let hint = String::from_utf8_lossy(&[first, second]).into_owned();
            for length in [8, 9, 11] {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let digits = format!("{:018}", state >> 5);
                let digits = &digits[digits.len() - length..];
                let _ = normal_phone(digits, Some(&hint));
            }
        }
    }
}
