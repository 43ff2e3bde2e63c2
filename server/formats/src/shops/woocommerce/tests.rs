use domain::deals::{QUANTITY_MAX, Source};
use domain::intake::{Got, Reason, Why};
use domain::money::Currency;
use domain::orders::{IncomingOrder, ShopStatus};
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::WooCommerce;
use crate::shops::{Delivery, Labels, Message, Refusal, Shop};

const ORDER: &str = include_str!("../fixtures/woocommerce_order.json");
const ODD: &str = include_str!("../fixtures/woocommerce_odd.json");
const DELETED: &str = include_str!("../fixtures/woocommerce_deleted.json");
const ERROR: &str = include_str!("../fixtures/woocommerce_error.json");

/// 2026-11-23T10:00:00Z.
const TEN: i64 = 1_795_428_000_000;
const NOW: i64 = TEN + 3_600_000;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| ((*name).parse().expect("a name"), HeaderValue::from_str(value).expect("text")))
        .collect()
}

fn read(topic: &str, body: &[u8]) -> Result<Message, Refusal> {
    let headers = headers(&[("X-WC-Webhook-Topic", topic)]);
    WooCommerce.read(&Delivery { headers: &headers, body, secret: "", now: NOW })
}

fn order(body: &str) -> IncomingOrder {
    match read("order.created", body.as_bytes()) {
        Ok(Message::Order(order)) => *order,
        other => panic!("not an order: {other:?}"),
    }
}

/// The fixture with one field written over; the path is a JSON pointer whose last part may be new.
fn with(pointer: &str, value: Value) -> String {
    let mut sent: Value = serde_json::from_str(ORDER).expect("the fixture is JSON");
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = sent.pointer_mut(parent).expect("a parent");
    match parent {
        Value::Array(items) => items[name.parse::<usize>().expect("an index")] = value,
        Value::Object(fields) => {
            fields.insert(name.to_owned(), value);
        }
        _ => panic!("{pointer} has no parent"),
    }
    sent.to_string()
}

fn refusal(body: &[u8]) -> Reason {
    match read("order.updated", body) {
        Err(Refusal::NotUnderstood(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

fn text(text: &str) -> Got {
    Got::Text(text.to_owned())
}

#[test]
fn an_order_is_read_whole() {
    let order = order(ORDER);
    assert_eq!((order.external_id.as_str(), order.number.as_str()), ("727", "727"));
    assert_eq!((order.shop_status.as_str(), order.status), ("processing", ShopStatus::Processing));
    assert_eq!(order.currency, Currency::UAH);
    assert_eq!((order.total, order.shipping_total, order.discount_total), (143_000, 8_000, 10_000));
    assert_eq!((order.payment_method.as_str(), order.paid), ("Картка онлайн (WayForPay)", true));
    assert_eq!((order.placed_at, order.changed_at), (TEN, TEN + 330_000));
    assert_eq!(order.customer.name, "Олена Коваленко");
    assert_eq!(order.customer.phone.as_deref(), Some("+380501234567"));
    assert_eq!(order.customer.email.as_deref(), Some("olena.k@ukr.net"));
    assert_eq!(order.note, "Зателефонуйте перед відправкою.\nДякую!");
    assert_eq!(order.source, Source::Ads);
    let lines: Vec<_> =
        order.lines.iter().map(|line| (line.name.as_str(), line.sku.as_str(), line.quantity, line.price)).collect();
    assert_eq!(lines, [("Кава в зернах «Львівська», 1 кг", "COFFEE-1", 2, 55_000), ("Фільтри - білі", "", 3, 8_333)]);
}

#[test]
fn an_order_written_oddly_is_read_too() {
    let order = order(ODD);
    assert_eq!((order.external_id.as_str(), order.number.as_str()), ("90071992547409931", "1042"));
    assert_eq!((order.shop_status.as_str(), order.status), ("Shipped-NP", ShopStatus::Unknown));
    assert_eq!((order.total, order.shipping_total, order.discount_total), (123_450, 0, 0));
    assert_eq!((order.payment_method.as_str(), order.paid), ("cod", false));
    assert_eq!((order.placed_at, order.changed_at), (TEN, TEN));
    assert_eq!(order.customer.name, "ФОП Коваленко");
    assert_eq!(order.customer.phone.as_deref(), Some("+380501234567"));
    assert_eq!(order.customer.email, None);
    assert_eq!((order.note.as_str(), order.source), ("", Source::Social));
    let lines: Vec<_> =
        order.lines.iter().map(|line| (line.name.as_str(), line.sku.as_str(), line.quantity, line.price)).collect();
    assert_eq!(lines, [("Сир  твердий × 0.45", "77", 1, 22_500), ("#93", "", 2, 5_001), ("BOX", "BOX", 1, 95_949)]);
}

#[test]
fn a_bare_order_is_enough() {
    let order = order(r#"{"id":1,"currency":"UAH","total":"0"}"#);
    assert_eq!((order.number.as_str(), order.shop_status.as_str(), order.status), ("1", "", ShopStatus::Unknown));
    assert_eq!((order.placed_at, order.changed_at, order.paid), (NOW, NOW, false));
    assert_eq!((order.customer.name.as_str(), order.customer.phone, order.customer.email), ("", None, None));
    assert_eq!((order.lines.len(), order.source), (0, Source::Site));
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let number = |got| Why::NotAnOrderNumber { got };
    let code = |got| Why::NotACurrency { got };
    let money = |got| Why::NotMoney { currency: Currency::UAH, got };
    let quantity = |got| Why::NotANumber { max: QUANTITY_MAX, got };
    let cases = [
        ("/id", json!(null), "id", number(Got::Nothing)),
        ("/id", json!(0), "id", number(text("0"))),
        ("/id", json!([1]), "id", number(Got::List)),
        ("/id", json!("x".repeat(65)), "id", number(text(&"x".repeat(40)))),
        ("/currency", json!(""), "currency", code(Got::Nothing)),
        ("/currency", json!(null), "currency", code(Got::Nothing)),
        ("/currency", json!("грн\u{0}!"), "currency", code(text("грн !"))),
        ("/total", json!("-1.00"), "total", Why::BelowZero { got: text("-1.00") }),
        ("/total", json!(null), "total", Why::Missing),
        ("/total", json!("багато"), "total", money(text("багато"))),
        ("/total", json!({}), "total", money(Got::Object)),
        ("/total", json!(1e300), "total", money(text(&format!("1{}", "0".repeat(39))))),
        ("/shipping_total", json!(-5), "shipping_total", Why::BelowZero { got: text("-5") }),
        ("/discount_total", json!(false), "discount_total", money(Got::Flag(false))),
        ("/line_items", json!("none"), "line_items", Why::NotAList { got: text("none") }),
        ("/line_items/1", json!(5), "line_items[1]", Why::NotAnObject { got: text("5") }),
        ("/line_items/1/quantity", json!(-1), "line_items[1].quantity", quantity(text("-1"))),
        ("/line_items/1/quantity", json!("NaN"), "line_items[1].quantity", quantity(text("NaN"))),
        ("/line_items/0/quantity", json!(1e9), "line_items[0].quantity", quantity(text("1000000000"))),
        ("/line_items/0/quantity", json!([]), "line_items[0].quantity", quantity(Got::List)),
        ("/line_items/0/price", json!("1e5"), "line_items[0].price", money(text("1e5"))),
        ("/line_items/0/total", json!(true), "line_items[0].total", money(Got::Flag(true))),
        ("/line_items/0/price", json!("999999999.99"), "line_items[0]", Why::LineTooDear),
    ];
    for (pointer, value, path, why) in cases {
        assert_eq!(refusal(with(pointer, value).as_bytes()), Reason::at(path, why), "{pointer}");
    }
    for (body, why) in [
        ("", Why::NotJson { line: 1, column: 0 }),
        ("{\n\"id\":", Why::NotJson { line: 2, column: 5 }),
        ("[5]", Why::NotAnObject { got: Got::List }),
        ("[]", Why::NotAnObject { got: Got::Nothing }),
        ("7", Why::NotAnObject { got: text("7") }),
        ("null", Why::NotAnObject { got: Got::Nothing }),
    ] {
        assert_eq!(refusal(body.as_bytes()), Reason::at("body", why), "{body:?}");
    }
    let error = refusal(ERROR.as_bytes());
    assert!(matches!(&error.why, Why::ShopError { code, .. } if !code.is_empty()), "{error:?}");
}

#[test]
fn every_status_has_its_meaning() {
    let cases = [
        ("pending", ShopStatus::AwaitingPayment, false),
        ("on-hold", ShopStatus::AwaitingConfirmation, false),
        ("processing", ShopStatus::Processing, true),
        ("completed", ShopStatus::Completed, true),
        ("wc-completed", ShopStatus::Completed, true),
        ("cancelled", ShopStatus::Cancelled, false),
        ("trash", ShopStatus::Cancelled, false),
        ("refunded", ShopStatus::Returned, false),
        ("failed", ShopStatus::Failed, false),
        ("checkout-draft", ShopStatus::Draft, false),
        ("packing", ShopStatus::Unknown, false),
    ];
    for (word, status, paid) in cases {
        for date_paid in [Value::Null, json!(""), json!("2026-11-23T12:00:00")] {
            let body = format!(r#"{{"id":1,"currency":"UAH","total":1,"status":"{word}","date_paid":{date_paid}}}"#);
            let order = order(&body);
            let dated = date_paid.as_str().is_some_and(|text| !text.is_empty());
            assert_eq!((order.status, order.paid), (status, paid || dated), "{word} {date_paid}");
            assert_eq!(order.shop_status, word.trim_start_matches("wc-"));
        }
    }
}

#[test]
fn dates_are_read_in_every_writing() {
    let cases = [
        (json!("2026-11-23T10:00:00"), TEN),
        (json!("2026-11-23 10:00:00"), TEN),
        (json!("2026-11-23T10:00:00Z"), TEN),
        (json!("2026-11-23T12:00:00+02:00"), TEN),
        (json!("2026-11-23T10:00:00.250"), TEN + 250),
        (json!("0000-00-00T00:00:00"), NOW),
        (json!("-000001-11-30T00:00:00"), NOW),
        (json!("вчора"), NOW),
        (json!({}), NOW),
    ];
    for (date, millis) in cases {
        for field in ["date_created_gmt", "date_created", "date_modified_gmt"] {
            let body = format!(r#"{{"id":1,"currency":"UAH","total":1,"{field}":{date}}}"#);
            let order = order(&body);
            assert_eq!((order.placed_at, order.changed_at), (millis, millis), "{field} {date}");
        }
    }
}

#[test]
fn a_source_is_told_from_the_attribution() {
    let cases = [
        ("utm", "google", "cpc", Source::Ads),
        ("utm", "facebook", "paid_social", Source::Ads),
        ("utm", "Facebook", "", Source::Social),
        ("utm", "ig", "story", Source::Social),
        ("utm", "esputnik", "email", Source::Email),
        ("utm", "newsletter", "", Source::Email),
        ("utm", "telegram", "post", Source::Messenger),
        ("utm", "partner-12", "affiliate", Source::Affiliate),
        ("utm", "catalogue", "print", Source::Site),
        ("organic", "google", "organic", Source::Seo),
        ("referral", "hotline.ua", "referral", Source::Referral),
        ("referral", "m.facebook.com", "referral", Source::Social),
        ("typein", "(direct)", "(none)", Source::Site),
        ("admin", "", "", Source::Other),
        ("mobile_app", "", "", Source::Other),
        ("", "google", "ppc", Source::Ads),
        ("", "", "", Source::Site),
        ("unheard-of", "", "", Source::Site),
    ];
    for (kind, source, medium, expected) in cases {
        let meta = json!([
            { "key": "_wc_order_attribution_source_type", "value": kind },
            { "key": "_wc_order_attribution_utm_source", "value": source },
            { "key": "_wc_order_attribution_utm_medium", "value": medium },
        ]);
        assert_eq!(order(&with("/meta_data", meta)).source, expected, "{kind} {source} {medium}");
    }
}

#[test]
fn everything_has_a_limit() {
    let item = json!({ "name": "я".repeat(5_000), "sku": "s".repeat(5_000), "quantity": 0.5, "price": 1 });
    let order = order(&with("/line_items", Value::Array(vec![item; 1_000])));
    assert_eq!(order.lines.len(), 200);
    assert_eq!((order.lines[0].name.chars().count(), order.lines[0].sku.len()), (200, 200));
    assert!(order.lines[0].name.ends_with(" × 0.5"));
    let long = Value::from("ї".repeat(9_000));
    assert_eq!(self::order(&with("/customer_note", long.clone())).note.chars().count(), 5_000);
    assert_eq!(self::order(&with("/billing/first_name", long.clone())).customer.name.chars().count(), 200);
    assert_eq!(self::order(&with("/payment_method_title", long.clone())).payment_method.chars().count(), 200);
    assert_eq!(self::order(&with("/status", long.clone())).shop_status.chars().count(), 64);
    assert_eq!(self::order(&with("/billing/phone", long)).customer.phone, None);
    let deep =
        format!(r#"{{"id":1,"currency":"UAH","total":1,"meta_data":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(read("order.created", deep.as_bytes()), Err(Refusal::NotUnderstood(_)) | Ok(Message::Order(_))));
}

#[test]
fn a_topic_decides_what_is_read() {
    assert!(matches!(read("order.updated", ORDER.as_bytes()), Ok(Message::Order(_))));
    assert_eq!(read("order.deleted", DELETED.as_bytes()), Ok(Message::Deleted { external_id: "727".to_owned() }));
    assert_eq!(
        read("order.restored", DELETED.as_bytes()),
        Ok(Message::Restored { external_id: "727".to_owned(), order: None })
    );
    match read("order.restored", ORDER.as_bytes()) {
        Ok(Message::Restored { external_id, order: Some(order) }) => {
            assert_eq!((external_id.as_str(), order.total), ("727", 143_000))
        }
        other => panic!("{other:?}"),
    }
    for topic in ["product.updated", "action.woocommerce_add_to_cart", "order.refunded", "ORDER"] {
        assert_eq!(read(topic, b"{\"action\":1}"), Ok(Message::Ignored { topic: topic.to_owned() }));
    }
    assert_eq!(read("", ORDER.as_bytes()), Err(Refusal::NotUnderstood(Reason::whole(Why::NoTopic))));
}

#[test]
fn only_the_ping_comes_in_unsigned() {
    let secret = "ck_secret";
    // base64(HMAC-SHA256({"id":727}, ck_secret)).
    let signature = "KlVcmnf0BzFcfvw471sL+HYbo7hlkzjvxlOtDZ6IRLY=";
    let signed = headers(&[("x-wc-webhook-topic", "order.deleted"), ("x-wc-webhook-signature", signature)]);
    let unsigned = headers(&[("x-wc-webhook-topic", "order.deleted")]);
    let receive = |headers: &HeaderMap, body: &[u8], secret: &str| {
        WooCommerce.receive(&Delivery { headers, body, secret, now: NOW })
    };
    assert_eq!(receive(&signed, DELETED.as_bytes(), secret), Ok(Message::Deleted { external_id: "727".to_owned() }));
    assert_eq!(receive(&signed, ORDER.as_bytes(), secret), Err(Refusal::BadSignature));
    assert_eq!(receive(&signed, DELETED.as_bytes(), "another"), Err(Refusal::BadSignature));
    assert_eq!(receive(&unsigned, DELETED.as_bytes(), secret), Err(Refusal::BadSignature));
    assert_eq!(receive(&unsigned, b"not even JSON", secret), Err(Refusal::BadSignature));
    for body in ["webhook_id=5", "webhook_id=5\n"] {
        assert_eq!(receive(&HeaderMap::new(), body.as_bytes(), secret), Ok(Message::Ping));
    }
    for body in ["webhook_id=", "webhook_id=x", "webhook_id=5&id=7", "webhook_id=123456789012345678901", ""] {
        assert_eq!(receive(&HeaderMap::new(), body.as_bytes(), secret), Err(Refusal::BadSignature), "{body:?}");
    }
}

#[test]
fn a_delivery_says_what_it_is() {
    let headers = headers(&[("X-WC-Webhook-Topic", "order.created")]);
    assert_eq!(WooCommerce.labels(&headers), Labels { topic: Some("order.created".into()) });
    assert_eq!(WooCommerce.labels(&HeaderMap::new()), Labels::default());
}

/// Every shorter body and every body with one byte changed is answered, and what is read keeps the door's promises.
#[test]
fn no_bytes_panic() {
    let check = |body: &[u8]| {
        if let Ok(Message::Order(order)) = read("order.updated", body) {
            assert!(!order.external_id.is_empty() && !order.external_id.contains('\0'));
            assert!(order.total >= 0 && order.shipping_total >= 0 && order.discount_total >= 0);
            for line in &order.lines {
                assert!(line.quantity > 0 && line.total().is_some_and(|total| total >= 0), "{line:?}");
                assert!(!line.name.is_empty() && !line.name.contains('\0'), "{line:?}");
            }
        }
    };
    for fixture in [ORDER, ODD, DELETED, ERROR] {
        for end in 0..fixture.len() {
            check(&fixture.as_bytes()[..end]);
        }
        let mut body = fixture.as_bytes().to_vec();
        for place in 0..body.len() {
            let byte = body[place];
            for change in [b'"', b'-', byte ^ 1] {
                body[place] = change;
                check(&body);
            }
            body[place] = byte;
        }
    }
}
