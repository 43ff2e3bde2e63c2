use domain::deals::{QUANTITY_MAX, Source};
use domain::ids::OrderId;
use domain::intake::{Got, PhpFault, Reason, Why};
use domain::money::Currency;
use domain::orders::{IncomingOrder, ShopStatus};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use serde_json::json;

use super::php::{self, Key, Value};
use super::{Reply, kept, key, read, reply};
use crate::shops::Refusal;
use crate::shops::form::Form;

/// 2026-11-23T10:00:00Z, which is also the usual order's number in tenths of a second.
const TEN: i64 = 1_795_428_000_000;
const NOW: i64 = TEN + 3_600_000;

/// As the vendor's sample builds it: numbered from one, every value a text.
const PRODUCTS: &str = r#"a:2:{i:1;a:3:{s:10:"product_id";s:2:"12";s:5:"price";s:6:"499.50";s:5:"count";s:1:"2";}i:2;a:3:{s:10:"product_id";s:7:"кав7";s:5:"price";i:100;s:5:"count";i:1;}}"#;

fn encoded(text: impl AsRef<[u8]>) -> String {
    percent_encode(text.as_ref(), NON_ALPHANUMERIC).to_string()
}

fn urlencoded(fields: &[(&str, &str)]) -> Vec<u8> {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&").into_bytes()
}

fn multipart(fields: &[(&str, &str)]) -> Vec<u8> {
    let boundary = "--------------------------d74496d66958873e";
    let part = |(name, value): &(&str, &str)| {
        format!("{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    (fields.iter().map(part).collect::<String>() + boundary + "--\r\n").into_bytes()
}

fn form(body: &[u8]) -> Form {
    Form::parse(body).expect("a form")
}

fn order(fields: &[(&str, &str)]) -> IncomingOrder {
    read(&form(&urlencoded(fields)), Currency::UAH, NOW).expect("an order")
}

/// What a form with these products, encoded once for the form alone, is refused for.
fn refused(products: impl AsRef<[u8]>) -> Reason {
    let body = format!("key=k&phone=0501234567&products={}", encoded(products));
    match read(&form(body.as_bytes()), Currency::UAH, NOW) {
        Err(Refusal::NotUnderstood(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

fn lines(order: &IncomingOrder) -> Vec<(&str, &str, i64, i64)> {
    order.lines.iter().map(|line| (line.name.as_str(), line.sku.as_str(), line.quantity, line.price)).collect()
}

fn usual(products: &str) -> Vec<(&'static str, &str)> {
    vec![
        ("key", "83a9b308c100e820"),
        ("order_id", "17954280000"),
        ("country", "UA"),
        ("office", "1"),
        ("products", products),
        ("bayer_name", "Олена Коваленко"),
        ("phone", "050 123-45-67"),
        ("email", "Olena.K@Ukr.Net"),
        ("comment", "Кава, 1 кг"),
        ("delivery", "1"),
        ("delivery_adress", "Київ, відділення №12"),
        ("payment", "Накладений платіж"),
        ("sender", "a%3A0%3A%7B%7D"),
        ("utm_source", "Facebook"),
        ("utm_medium", "cpc"),
        ("additional_1", "колір: чорний"),
        ("additional_2", ""),
        ("site", "kava.example"),
    ]
}

#[test]
fn a_usual_form_is_read_whole() {
    let products = encoded(PRODUCTS);
    let fields = usual(&products);
    let order = order(&fields);
    assert_eq!(key(&form(&urlencoded(&fields))).as_deref(), Some("83a9b308c100e820"));
    assert!(order.external_id.starts_with("lp-17954280000-"), "{}", order.external_id);
    assert_eq!(order.number, "17954280000");
    assert_eq!((order.shop_status.as_str(), order.status), ("", ShopStatus::AwaitingConfirmation));
    assert_eq!((order.currency, order.total), (Currency::UAH, 109_900));
    assert_eq!((order.shipping_total, order.discount_total, order.paid), (0, 0, false));
    assert_eq!((order.placed_at, order.changed_at), (TEN, TEN));
    assert_eq!(order.customer.name, "Олена Коваленко");
    assert_eq!(order.customer.phone.as_deref(), Some("+380501234567"));
    assert_eq!(order.customer.email.as_deref(), Some("olena.k@ukr.net"));
    assert_eq!(order.payment_method, "Накладений платіж");
    assert_eq!(order.note, "Кава, 1 кг\nКиїв, відділення №12\nколір: чорний\nkava.example");
    assert_eq!(order.source, Source::Ads);
    assert_eq!(lines(&order), [("#12", "12", 2, 49_950), ("#кав7", "кав7", 1, 10_000)]);
}

#[test]
fn products_are_read_however_often_they_were_encoded() {
    let mut products = PRODUCTS.to_owned();
    let expected = order(&usual(&products));
    for _ in 0..3 {
        products = encoded(&products);
        assert_eq!(order(&usual(&products)), expected);
        // PHP's curl sends an array as multipart.
        let found = read(&form(&multipart(&usual(&products))), Currency::UAH, NOW);
        assert_eq!(found, Ok(expected.clone()));
    }
    assert_eq!(refused(encoded(&products)).path, "products");
    let rows = json!([
        { "product_id": 12, "price": "499,50", "count": 2 },
        { "product_id": "кав7", "price": 100, "count": "1", "subs": [] },
    ]);
    assert_eq!(order(&usual(&rows.to_string())), expected);
    assert_eq!(order(&usual(&encoded(rows.to_string()))), expected);
}

#[test]
fn prices_and_counts_are_read_in_every_writing() {
    let cases = [
        ("s:7:\"1 200,5\";", "i:2;", 120_050, 2),
        ("d:199.99000000000001;", "s:1:\"3\";", 19_999, 3),
        ("d:1.0E+2;", "d:1;", 10_000, 1),
        ("i:-0;", "N;", 0, 1),
        ("N;", "i:1;", 0, 1),
        ("s:0:\"\";", "s:0:\"\";", 0, 1),
    ];
    for (price, count, minor, quantity) in cases {
        let row = format!(r#"a:3:{{s:10:"product_id";i:7;s:5:"price";{price}s:5:"count";{count}}}"#);
        // In its list, and alone.
        for products in [format!("a:1:{{i:0;{row}}}"), row] {
            let order = order(&usual(&products));
            assert_eq!(lines(&order), [("#7", "7", quantity, minor)], "{products}");
            assert_eq!(order.total, minor * quantity);
        }
    }
    for products in ["", "a:0:{}", "N;", "[]"] {
        let order = order(&usual(products));
        assert_eq!((order.lines.len(), order.total), (0, 0), "{products}");
    }
}

#[test]
fn parts_have_counts_of_their_own() {
    let subs =
        r#"a:2:{i:0;a:2:{s:6:"sub_id";i:3;s:5:"count";i:1;}i:1;a:2:{s:6:"sub_id";s:1:"4";s:5:"count";s:1:"2";}}"#;
    let products =
        format!(r#"a:1:{{i:0;a:4:{{s:10:"product_id";i:7;s:5:"price";i:50;s:5:"count";i:9;s:4:"subs";{subs}}}}}"#);
    let order = order(&usual(&products));
    assert_eq!(lines(&order), [("#7 / 3", "3", 1, 5_000), ("#7 / 4", "4", 2, 5_000)]);
    assert_eq!(order.total, 15_000);
}

#[test]
fn what_is_wrong_in_the_products_is_named() {
    let row = |price: &str, count: &str| {
        format!(r#"[{{"product_id":1,"price":1,"count":1}},{{"product_id":2,"price":{price},"count":{count}}}]"#)
    };
    let whole = PRODUCTS.as_bytes();
    let windows_1251 = b"a:1:{i:0;a:1:{s:10:\"product_id\";s:4:\"\xca\xe0\xe2\xe0\";}}";
    let text = |text: &str| Got::Text(text.to_owned());
    let count = |got| Why::NotANumber { max: QUANTITY_MAX, got };
    let price = Why::NotMoney { currency: Currency::UAH, got: text("дорого") };
    let php = |at, fault| Why::Php { at, fault };
    let cases: [(Vec<u8>, &str, Why); 9] = [
        (row("\"дорого\"", "1").into(), "products[1].price", price),
        (row("1", "-1").into(), "products[1].count", count(text("-1"))),
        (row("1", "[2]").into(), "products[1].count", count(Got::List)),
        (row("999999999", "1000").into(), "products[1]", Why::LineTooDear),
        (row("600000000", "1").replace(":1,\"c", ":600000000,\"c").into(), "products", Why::SumTooLarge),
        (b"[5]".to_vec(), "products[0]", Why::NotAnObject { got: text("5") }),
        (b"s:2:\"no\";".to_vec(), "products", Why::NotAList { got: text("no") }),
        (windows_1251.to_vec(), "products", php(37, PhpFault::NotUtf8)),
        (b"O:8:\"stdClass\":0:{}".to_vec(), "products", php(0, PhpFault::Forbidden)),
    ];
    for (products, path, why) in cases {
        assert_eq!(refused(&products), Reason::at(path, why));
    }
    for (products, key) in [
        (b"[{".to_vec(), "not_json"),
        (whole[..whole.len() - 1].to_vec(), "php"),
        (PRODUCTS.replace("s:2:\"12\"", "s:1:\"12\"").into(), "php"),
        (PRODUCTS.replace("s:2:\"12\"", "s:999:\"12\"").into(), "php"),
        // Converted to UTF-8 without counting again.
        (PRODUCTS.replace("s:7:\"кав7\"", "s:5:\"кав7\"").into(), "php"),
    ] {
        let reason = refused(&products);
        assert_eq!((reason.path.as_str(), reason.why.key()), ("products", key), "{reason:?}");
    }
}

#[test]
fn a_form_without_a_number_is_known_again_by_what_it_says() {
    let unnumbered = |sender, phone| {
        let fields = [("key", "k"), ("order_id", ""), ("phone", phone), ("sender", sender)];
        [urlencoded(&fields), multipart(&fields)].map(|body| read(&form(&body), Currency::UAH, NOW).expect("an order"))
    };
    let [one, same] = unnumbered("1", "0501234567");
    assert!(one.external_id.strip_prefix("lp-").is_some_and(|hash| hash.len() == 12), "{}", one.external_id);
    assert_eq!((&one, one.placed_at, one.number.as_str()), (&same, NOW, one.external_id.as_str()));
    assert_eq!(unnumbered("2", "0501234567")[0], one);
    assert_ne!(unnumbered("1", "0501234568")[0].external_id, one.external_id);
    let long = "1".repeat(65);
    let refusal = read(&form(&urlencoded(&[("order_id", &long)])), Currency::UAH, NOW);
    let got = Got::Text("1".repeat(40));
    assert_eq!(refusal, Err(Refusal::NotUnderstood(Reason::at("order_id", Why::NotAnOrderNumber { got }))));
}

#[test]
fn a_number_made_of_the_clock_tells_the_time() {
    let cases = [
        ("17954280000", TEN),
        ("17954271234", TEN - 876_600),
        // Two days before, and no time at all.
        ("17952552000", NOW),
        ("99999999999", NOW),
        ("+1795428000", NOW),
        ("1795428000", NOW),
        ("A-17", NOW),
    ];
    for (order_id, placed_at) in cases {
        let order = order(&[("order_id", order_id)]);
        assert_eq!((order.placed_at, order.changed_at, order.number.as_str()), (placed_at, placed_at, order_id));
    }
}

#[test]
fn what_cannot_be_dialled_is_in_the_note_as_it_was_typed() {
    let fields = [("phone", "050 12 забув"), ("email", "немає"), ("delivery", "Нова Пошта"), ("comment", " так ")];
    let order = order(&fields);
    assert_eq!((order.customer.phone, order.customer.email), (None, None));
    assert_eq!(order.note, "так\nНова Пошта\n050 12 забув\nнемає");
}

#[test]
fn a_landing_page_is_the_source_where_no_tag_says_more() {
    let cases = [
        ("", "", Source::Landing),
        ("listivka", "print", Source::Landing),
        ("google", "CPC", Source::Ads),
        ("ig", "", Source::Social),
        ("esputnik", "email", Source::Email),
        ("Telegram", "post", Source::Messenger),
    ];
    for (source, medium, expected) in cases {
        assert_eq!(order(&[("utm_source", source), ("utm_medium", medium)]).source, expected, "{source} {medium}");
    }
}

#[test]
fn what_is_kept_reads_the_same_and_has_no_secret() {
    let products = encoded(PRODUCTS);
    let sent = form(&multipart(&usual(&products)));
    let kept = kept(&sent);
    assert!(!kept.contains("key") && !kept.contains("sender") && !kept.contains("83a9b308c100e820"), "{kept}");
    let again = form(kept.as_bytes());
    assert_eq!(key(&again), None);
    assert_eq!(read(&again, Currency::UAH, NOW), read(&sent, Currency::UAH, NOW));
}

#[test]
fn values_are_read_and_nothing_else_is() {
    let text = |text: &str| Value::Text(text.to_owned());
    let cases = [
        ("N;", Value::Null),
        ("b:1;", Value::Flag(true)),
        ("i:-5;", Value::Int(-5)),
        ("d:0.5;", Value::Float(0.5)),
        ("s:0:\"\";", text("")),
        ("s:8:\"олія\";\n", text("олія")),
        ("s:5:\"a\";\"b\";", text("a\";\"b")),
        ("a:1:{s:1:\"x\";i:2;}", Value::Array(vec![(Key::Text("x".to_owned()), Value::Int(2))])),
        ("a:1:{i:3;b:0;}", Value::Array(vec![(Key::Int(3), Value::Flag(false))])),
    ];
    for (written, value) in cases {
        assert_eq!(php::parse(written.as_bytes()), Ok(value), "{written}");
    }
    let wrong = [
        "",
        "N",
        "N:",
        "i:5",
        "i:;",
        "i:x;",
        "i:99999999999999999999;",
        "d:INF;",
        "d:-INF;",
        "d:NAN;",
        "s:-1:\"\";",
        "s:1:\"ab\";",
        "s:3:\"ab\";",
        "s:18446744073709551615:\"a\";",
        "s:1:a;",
        "a:1:{}",
        "a:0:{",
        "a:1:{N;N;}",
        "a:1:{a:0:{}N;}",
        "a:-1:{}",
        "a:1001:{}",
        "a:18446744073709551616:{}",
        "N;N;",
        "O:1:\"A\":0:{}",
        "C:1:\"A\":0:{}",
        "E:3:\"A:B\";",
        "R:1;",
        "r:1;",
        "a:1:{i:0;R:1;}",
        "S:1:\"a\";",
        "x:1;",
        "\0:1;",
    ];
    for written in wrong {
        assert!(php::parse(written.as_bytes()).is_err(), "{written}");
    }
}

#[test]
fn depth_and_number_have_a_limit() {
    let nested = |depth: usize| format!("{}N;{}", "a:1:{i:0;".repeat(depth), "}".repeat(depth));
    assert!(php::parse(nested(8).as_bytes()).is_ok());
    assert!(php::parse(nested(9).as_bytes()).is_err());
    let fault_of = |products: String| match refused(products).why {
        Why::Php { fault, .. } => fault,
        other => panic!("{other:?}"),
    };
    assert_eq!(fault_of(nested(100_000)), PhpFault::TooDeep);
    let wide = |count: usize| format!("a:{count}:{{{}}}", "i:0;a:0:{}".repeat(count));
    assert!(php::parse(wide(1_000).as_bytes()).is_ok());
    assert_eq!(fault_of(wide(1_001)), PhpFault::TooMany { max: 1_000 });
    let both = format!("a:2:{{i:0;{}i:1;{}}}", wide(500), wide(500));
    assert!(php::parse(both.as_bytes()).is_err());
    let fields: Vec<String> = (0..1_000).map(|number| format!("order_id={number}")).collect();
    assert_eq!(form(fields.join("&").as_bytes()).text("order_id").as_deref(), Some("199"));
}

#[test]
fn a_page_is_answered_in_its_own_words() {
    let done = Reply { order_id: "17954280000".to_owned(), id: Some(OrderId(7)) };
    assert_eq!(
        reply(Ok(done)),
        json!({ "status": "ok", "message": "", "data": { "order_id": "17954280000", "id": 7 } })
    );
    assert_eq!(reply(Err("key".to_owned())), json!({ "status": "error", "message": "key", "data": [] }));
}

/// Every shorter body and every body with one byte changed is answered, and what is read keeps the door's promises.
#[test]
fn no_bytes_panic() {
    let check = |body: &[u8]| {
        let Ok(order) = Form::parse(body).and_then(|form| read(&form, Currency::UAH, NOW)) else { return };
        assert!(!order.external_id.is_empty() && !order.external_id.contains('\0'));
        for line in &order.lines {
            assert!(line.quantity > 0 && line.total().is_some_and(|total| total >= 0), "{line:?}");
            assert!(!line.name.is_empty() && !line.name.contains('\0'), "{line:?}");
        }
    };
    let once = usual(PRODUCTS);
    for fixture in [urlencoded(&once), multipart(&once), format!("products={PRODUCTS}").into_bytes()] {
        for end in 0..fixture.len() {
            check(&fixture[..end]);
        }
        let mut body = fixture;
        for place in 0..body.len() {
            let byte = body[place];
            for change in [b'"', b'-', byte ^ 1, 0xff] {
                body[place] = change;
                check(&body);
            }
            body[place] = byte;
        }
    }
}

#[test]
fn two_customers_with_one_number_are_two_orders() {
    let of = |phone: &str| order(&[("order_id", "17954280000"), ("phone", phone)]).external_id;
    assert_ne!(of("0501234567"), of("0507654321"), "a page's clock gave both the same");
    assert_eq!(of("0501234567"), of("0501234567"));
}
