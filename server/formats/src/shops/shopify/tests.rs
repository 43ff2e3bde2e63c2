use domain::deals::{QUANTITY_MAX, Source};
use domain::intake::{Got, Reason, Why};
use domain::money::Currency;
use domain::orders::{IncomingOrder, ShopStatus};
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::Shopify;
use crate::shops::{Delivery, Labels, Message, Refusal, Shop};

/// 2026-11-23T10:00:00Z.
const TEN: i64 = 1_795_428_000_000;
const NOW: i64 = TEN + 3_600_000;

const DELETED: &str = r#"{"id":820982911946154508}"#;

const ORDER: &str = r##"{
  "id": 820982911946154508,
  "admin_graphql_api_id": "gid://shopify/Order/820982911946154508",
  "checkout_token": "bd5a8aa1ecd019dd3520ff791ee3a24c",
  "name": "#1001",
  "order_number": 1001,
  "email": "Olena.K@Ukr.Net",
  "phone": null,
  "created_at": "2026-11-23T12:00:00+02:00",
  "updated_at": "2026-11-23T12:05:30+02:00",
  "cancelled_at": null,
  "cancel_reason": null,
  "financial_status": "paid",
  "fulfillment_status": null,
  "currency": "UAH",
  "presentment_currency": "EUR",
  "total_price": "1430.00",
  "total_discounts": "100.00",
  "total_shipping_price_set": {
    "shop_money": { "amount": "80.00", "currency_code": "UAH" },
    "presentment_money": { "amount": "1.60", "currency_code": "EUR" }
  },
  "shipping_lines": [{ "title": "Нова Пошта", "price": "85.00" }],
  "payment_gateway_names": ["WayForPay", "WayForPay"],
  "note": "Зателефонуйте перед відправкою.\nДякую!",
  "source_name": "web",
  "landing_site": "/products/coffee?utm_source=Google&utm_medium=cpc",
  "referring_site": "https://www.google.com/",
  "shipping_address": { "name": "Олена Коваленко", "phone": "050 123-45-67", "country_code": "UA", "company": null },
  "billing_address": { "first_name": "Петро", "last_name": "Коваленко", "phone": "", "country_code": "UA" },
  "customer": { "first_name": "Олена", "last_name": "К.", "email": "other@ukr.net", "phone": "+380671112233" },
  "line_items": [
    { "title": "Кава в зернах", "variant_title": "1 кг", "sku": "COFFEE-1", "quantity": 2, "price": "600.00" },
    { "title": "Фільтри", "variant_title": "Default Title", "sku": null, "quantity": 3, "price": "83.33" }
  ],
  "fulfillments": [],
  "test": false
}"##;

const ODD: &str = r#"{
  "id": "gid://shopify/Order/90071992547409931",
  "name": "",
  "order_number": "1042",
  "currency": "uah",
  "total_price": 1234.5,
  "financial_status": "PENDING",
  "fulfillment_status": "partial",
  "gateway": "Накладений платіж",
  "payment_gateway_names": [],
  "created_at": "2026-11-23T10:00:00Z",
  "updated_at": null,
  "shipping_address": [],
  "billing_address": { "first_name": " ", "company": "ФОП Коваленко", "country_code": "UA" },
  "customer": { "phone": "0501234567", "default_address": { "phone": "000" } },
  "shipping_lines": [{ "price": "50" }, { "price": 30.25 }],
  "line_items": {
    "3": { "title": null, "name": "Сир", "sku": 77, "quantity": "0.45", "price": "500" },
    "7": { "product_id": 93, "quantity": 2, "price": 50.01 },
    "8": { "title": "Знижка", "quantity": 1, "price": "-5" },
    "9": { "title": "Нічого", "quantity": 0, "price": 1 }
  },
  "unheard_of": { "a": [1, { "b": null }] }
}"#;

const CHECKOUT: &str = r##"{
  "id": 981820079255243537,
  "token": "bd5a8aa1ecd019dd3520ff791ee3a24c",
  "name": "#981820079255243537",
  "completed_at": null,
  "created_at": "2026-11-23T12:00:00+02:00",
  "currency": "UAH",
  "total_price": "500.00",
  "phone": "+380501234567",
  "line_items": [{ "title": "Кава", "variant_title": "", "quantity": 1, "price": "500.00" }]
}"##;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| ((*name).parse().expect("a name"), HeaderValue::from_str(value).expect("text")))
        .collect()
}

fn read(topic: &str, body: &[u8]) -> Result<Message, Refusal> {
    let headers = headers(&[("X-Shopify-Topic", topic)]);
    Shopify.read(&Delivery { headers: &headers, body, secret: "", now: NOW })
}

fn received(topic: &str, body: &str) -> IncomingOrder {
    match read(topic, body.as_bytes()) {
        Ok(Message::Order(order)) => *order,
        other => panic!("not an order: {other:?}"),
    }
}

fn order(body: &str) -> IncomingOrder {
    received("orders/create", body)
}

/// The fixture with one field written over; the path is a JSON pointer whose last part may be new.
fn with(pointer: &str, value: Value) -> String {
    let mut sent: Value = serde_json::from_str(ORDER).expect("the fixture is JSON");
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    match sent.pointer_mut(parent).expect("a parent") {
        Value::Array(items) => items[name.parse::<usize>().expect("an index")] = value,
        Value::Object(fields) => {
            fields.insert(name.to_owned(), value);
        }
        _ => panic!("{pointer} has no parent"),
    }
    sent.to_string()
}

fn lines(order: &IncomingOrder) -> Vec<(&str, &str, i64, i64)> {
    order.lines.iter().map(|line| (line.name.as_str(), line.sku.as_str(), line.quantity, line.price)).collect()
}

#[test]
fn an_order_is_read_whole() {
    let order = order(ORDER);
    assert_eq!((order.external_id.as_str(), order.number.as_str()), ("820982911946154508", "1001"));
    assert_eq!((order.shop_status.as_str(), order.status), ("paid / unfulfilled", ShopStatus::Processing));
    assert_eq!(order.currency, Currency::UAH);
    assert_eq!((order.total, order.shipping_total, order.discount_total), (143_000, 8_000, 10_000));
    assert_eq!((order.payment_method.as_str(), order.paid), ("WayForPay", true));
    assert_eq!((order.placed_at, order.changed_at), (TEN, TEN + 330_000));
    assert_eq!(order.customer.name, "Олена Коваленко");
    assert_eq!(order.customer.phone.as_deref(), Some("+380501234567"));
    assert_eq!(order.customer.email.as_deref(), Some("olena.k@ukr.net"));
    assert_eq!(order.note, "Зателефонуйте перед відправкою.\nДякую!");
    assert_eq!(order.source, Source::Ads);
    assert_eq!(lines(&order), [("Кава в зернах - 1 кг", "COFFEE-1", 2, 60_000), ("Фільтри", "", 3, 8_333)]);
}

#[test]
fn an_order_written_oddly_is_read_too() {
    let order = order(ODD);
    assert_eq!((order.external_id.as_str(), order.number.as_str()), ("90071992547409931", "1042"));
    assert_eq!((order.shop_status.as_str(), order.status), ("PENDING / partial", ShopStatus::Processing));
    assert_eq!((order.total, order.shipping_total, order.discount_total), (123_450, 8_025, 0));
    assert_eq!((order.payment_method.as_str(), order.paid), ("Накладений платіж", false));
    assert_eq!((order.placed_at, order.changed_at), (TEN, TEN));
    assert_eq!(order.customer.name, "ФОП Коваленко");
    assert_eq!(order.customer.phone.as_deref(), Some("+380501234567"));
    assert_eq!(order.customer.email, None);
    assert_eq!((order.note.as_str(), order.source), ("", Source::Site));
    assert_eq!(lines(&order), [("Сир × 0.45", "77", 1, 22_500), ("#93", "", 2, 5_001)]);
}

#[test]
fn a_bare_order_is_enough() {
    let order = order(r#"{"id":1,"currency":"UAH","total_price":"0"}"#);
    assert_eq!((order.number.as_str(), order.shop_status.as_str(), order.status), ("1", "", ShopStatus::Unknown));
    assert_eq!((order.placed_at, order.changed_at, order.paid), (NOW, NOW, false));
    assert_eq!((order.customer.name.as_str(), order.customer.phone, order.customer.email), ("", None, None));
    assert_eq!((order.lines.len(), order.source), (0, Source::Site));
}

#[test]
fn a_checkout_is_a_cart_that_is_no_order() {
    for topic in ["checkouts/create", "checkouts/update"] {
        let cart = received(topic, CHECKOUT);
        assert_eq!(cart.external_id, "checkout-bd5a8aa1ecd019dd3520ff791ee3a24c");
        assert_eq!((cart.number.as_str(), cart.status, cart.paid), ("981820079255243537", ShopStatus::Draft, false));
        assert_eq!((cart.shop_status.as_str(), cart.total, cart.placed_at), ("", 50_000, TEN));
        assert_eq!(cart.customer.phone.as_deref(), Some("+380501234567"));
        assert_eq!(lines(&cart), [("Кава", "", 1, 50_000)]);
    }
    let tokenless = CHECKOUT.replace(r#""token""#, r#""another""#);
    assert_eq!(received("checkouts/create", &tokenless).external_id, "checkout-981820079255243537");
    let nameless = read("checkouts/create", br#"{"currency":"UAH","total_price":1}"#);
    let reason = Reason::at("token", Why::NotACartToken { got: Got::Nothing });
    assert_eq!(nameless, Err(Refusal::NotUnderstood(reason)));
    // Its order comes by itself.
    let ordered = CHECKOUT.replace(r#""completed_at": null"#, r#""completed_at": "2026-11-23T12:01:00+02:00""#);
    let topic = "checkouts/update".to_owned();
    assert_eq!(read(&topic, ordered.as_bytes()), Ok(Message::Ignored { topic }));
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let text = |text: &str| Got::Text(text.to_owned());
    let number = |got| Why::NotAnOrderNumber { got };
    let money = |got| Why::NotMoney { currency: Currency::UAH, got };
    let quantity = Why::NotANumber { max: QUANTITY_MAX, got: text("-1") };
    let shipping = "total_shipping_price_set.shop_money.amount";
    let cases = [
        ("/id", json!(null), "id", number(Got::Nothing)),
        ("/id", json!(0), "id", number(text("0"))),
        ("/id", json!("checkout-1"), "id", number(text("checkout-1"))),
        ("/id", json!("1".repeat(65)), "id", number(text(&"1".repeat(40)))),
        ("/currency", json!(null), "currency", Why::NotACurrency { got: Got::Nothing }),
        ("/total_price", json!("-1.00"), "total_price", Why::BelowZero { got: text("-1.00") }),
        ("/total_price", json!(null), "total_price", Why::Missing),
        ("/total_price", json!({}), "total_price", money(Got::Object)),
        ("/total_discounts", json!(false), "total_discounts", money(Got::Flag(false))),
        ("/total_shipping_price_set/shop_money/amount", json!("x"), shipping, money(text("x"))),
        ("/line_items", json!("none"), "line_items", Why::NotAList { got: text("none") }),
        ("/line_items/1", json!(5), "line_items[1]", Why::NotAnObject { got: text("5") }),
        ("/line_items/1/quantity", json!(-1), "line_items[1].quantity", quantity),
        ("/line_items/0/price", json!("1e5"), "line_items[0].price", money(text("1e5"))),
        ("/line_items/0/price", json!("999999999.99"), "line_items[0]", Why::LineTooDear),
    ];
    for (pointer, value, path, why) in cases {
        let reason = Reason::at(path, why);
        let found = read("orders/updated", with(pointer, value).as_bytes());
        assert_eq!(found, Err(Refusal::NotUnderstood(reason)), "{pointer}");
    }
    let mut sent = json!({ "id": 1, "currency": "UAH", "total_price": 1 });
    sent["shipping_lines"] = json!([{ "price": "900000000" }, { "price": "900000000" }]);
    let too_much = Reason::at("shipping_lines", Why::SumTooLarge);
    assert_eq!(read("orders/updated", sent.to_string().as_bytes()), Err(Refusal::NotUnderstood(too_much)));
    for (body, key) in [
        ("", "not_json"),
        ("[]", "not_an_object"),
        ("7", "not_an_object"),
        ("null", "not_an_object"),
        (&ORDER[..200], "not_json"),
    ] {
        match read("orders/updated", body.as_bytes()) {
            Err(Refusal::NotUnderstood(reason)) => assert_eq!((reason.path.as_str(), reason.why.key()), ("body", key)),
            other => panic!("{body:?}: {other:?}"),
        }
    }
}

#[test]
fn every_status_has_its_meaning() {
    let card = "shopify_payments";
    let cases = [
        ("pending", "", card, ShopStatus::AwaitingPayment, false),
        ("authorized", "", card, ShopStatus::AwaitingPayment, false),
        ("pending", "", "Cash on Delivery (COD)", ShopStatus::Processing, false),
        ("pending", "fulfilled", "Оплата при отриманні", ShopStatus::Processing, false),
        ("partially_paid", "", card, ShopStatus::Processing, false),
        ("paid", "", card, ShopStatus::Processing, true),
        ("paid", "partial", card, ShopStatus::Processing, true),
        ("paid", "fulfilled", card, ShopStatus::Completed, true),
        ("partially_refunded", "fulfilled", card, ShopStatus::Completed, true),
        ("refunded", "fulfilled", card, ShopStatus::Returned, false),
        ("voided", "", card, ShopStatus::Failed, false),
        ("in_the_post", "", card, ShopStatus::Unknown, false),
    ];
    for (financial, fulfillment, gateway, status, paid) in cases {
        let mut sent = json!({
            "id": 1, "currency": "UAH", "total_price": 1, "financial_status": financial,
            "fulfillment_status": fulfillment, "payment_gateway_names": [gateway],
        });
        let found = order(&sent.to_string());
        assert_eq!((found.status, found.paid), (status, paid), "{financial} {fulfillment} {gateway}");
        let fulfillment = if fulfillment.is_empty() { "unfulfilled" } else { fulfillment };
        assert_eq!(found.shop_status, format!("{financial} / {fulfillment}"));
        sent["cancelled_at"] = json!("2026-11-23T12:00:00+02:00");
        let found = order(&sent.to_string());
        assert_eq!(found.status, ShopStatus::Cancelled);
        assert_eq!(found.shop_status, format!("cancelled / {financial} / {fulfillment}"));
    }
}

#[test]
fn a_source_is_told_from_the_link_or_the_page_before() {
    let cases = [
        ("/?utm_source=facebook&utm_medium=paid_social", "", Source::Ads),
        ("/?utm_source=ig", "https://l.instagram.com/", Source::Social),
        ("/?utm_source=%D0%BB%D0%B8%D1%81%D1%82&utm_medium=email#top", "", Source::Email),
        ("/products/1?gclid=abc", "", Source::Ads),
        ("/?fbclid=abc", "https://m.facebook.com/", Source::Social),
        ("/", "https://www.google.com.ua/search?q=1", Source::Seo),
        ("/", "https://mail.google.com/", Source::Email),
        ("/", "https://hotline.ua/", Source::Referral),
        ("/", "https://t.me/", Source::Messenger),
        ("/", "https://ours.myshopify.com/", Source::Site),
        ("", "not an address", Source::Site),
    ];
    for (landing, referring, expected) in cases {
        let sent = json!({
            "id": 1, "currency": "UAH", "total_price": 1, "landing_site": landing, "referring_site": referring,
        });
        assert_eq!(order(&sent.to_string()).source, expected, "{landing} {referring}");
    }
    assert_eq!(order(&with("/source_name", json!("shopify_draft_order"))).source, Source::Other);
}

#[test]
fn everything_has_a_limit() {
    let item = json!({ "title": "я".repeat(5_000), "sku": "s".repeat(5_000), "quantity": 0.5, "price": 1 });
    let found = order(&with("/line_items", Value::Array(vec![item; 1_000])));
    assert_eq!(found.lines.len(), 200);
    assert_eq!((found.lines[0].name.chars().count(), found.lines[0].sku.len()), (200, 200));
    let long = Value::from("ї".repeat(9_000));
    assert_eq!(order(&with("/note", long.clone())).note.chars().count(), 5_000);
    assert_eq!(order(&with("/name", long.clone())).number.chars().count(), 64);
    assert_eq!(order(&with("/financial_status", long.clone())).shop_status.chars().count(), 64);
    assert_eq!(order(&with("/payment_gateway_names", json!([long]))).payment_method.chars().count(), 200);
}

#[test]
fn a_topic_decides_what_is_read() {
    for topic in ["orders/create", "orders/updated", "orders/paid", "orders/cancelled", "orders/fulfilled"] {
        assert!(matches!(read(topic, ORDER.as_bytes()), Ok(Message::Order(_))), "{topic}");
    }
    let external_id = "820982911946154508".to_owned();
    assert_eq!(read("orders/delete", DELETED.as_bytes()), Ok(Message::Deleted { external_id }));
    for topic in ["products/update", "refunds/create", "checkouts/delete", "app/uninstalled", "orders"] {
        assert_eq!(read(topic, b"{\"action\":1}"), Ok(Message::Ignored { topic: topic.to_owned() }));
    }
    assert_eq!(read("", ORDER.as_bytes()), Err(Refusal::NotUnderstood(Reason::whole(Why::NoTopic))));
}

#[test]
fn nothing_comes_in_unsigned() {
    let secret = "shpss_secret";
    // base64(HMAC-SHA256({"id":820982911946154508}, shpss_secret)).
    let signature = "jqbalbO3Z8mDmrF2/+wzM3KYvbgqzVBF969vgiIy80I=";
    let receive = |pairs: &[(&'static str, &str)], body: &str, secret: &str| {
        let headers = headers(pairs);
        Shopify.receive(&Delivery { headers: &headers, body: body.as_bytes(), secret, now: NOW })
    };
    let deleted = Ok(Message::Deleted { external_id: "820982911946154508".to_owned() });
    let older = [("x-shopify-topic", "orders/delete"), ("x-shopify-hmac-sha256", signature)];
    let newer = [("shopify-topic", "orders/delete"), ("shopify-hmac-sha256", signature)];
    for pairs in [older, newer] {
        assert_eq!(receive(&pairs, DELETED, secret), deleted);
        assert_eq!(receive(&pairs, ORDER, secret), Err(Refusal::BadSignature));
        assert_eq!(receive(&pairs, DELETED, "another"), Err(Refusal::BadSignature));
        assert_eq!(receive(&pairs, DELETED, ""), Err(Refusal::BadSignature));
        assert_eq!(receive(&pairs[..1], DELETED, secret), Err(Refusal::BadSignature));
    }
    // Where both families are there, the newer one counts.
    let both = |newer: &'static str, older: &'static str| {
        let topics = [("shopify-topic", "orders/delete"), ("x-shopify-topic", "orders/create")];
        [topics[0], topics[1], ("shopify-hmac-sha256", newer), ("x-shopify-hmac-sha256", older)]
    };
    assert_eq!(receive(&both(signature, "forged"), DELETED, secret), deleted);
    assert_eq!(receive(&both("forged", signature), DELETED, secret), Err(Refusal::BadSignature));
    assert_eq!(receive(&[], "webhook_id=5", secret), Err(Refusal::BadSignature));
}

#[test]
fn a_delivery_says_what_it_is() {
    let headers = headers(&[("X-Shopify-Topic", "orders/paid")]);
    assert_eq!(Shopify.labels(&headers), Labels { topic: Some("orders/paid".into()) });
    assert_eq!(Shopify.labels(&HeaderMap::new()), Labels::default());
}

/// Every shorter body and every body with one byte changed is answered, and what is read keeps the door's promises.
#[test]
fn no_bytes_panic() {
    let check = |topic: &str, body: &[u8]| {
        if let Ok(Message::Order(order)) = read(topic, body) {
            assert!(!order.external_id.is_empty() && !order.external_id.contains('\0'));
            assert_eq!(order.external_id.starts_with("checkout-"), order.status == ShopStatus::Draft);
            assert!(order.total >= 0 && order.shipping_total >= 0 && order.discount_total >= 0);
            for line in &order.lines {
                assert!(line.quantity > 0 && line.total().is_some_and(|total| total >= 0), "{line:?}");
                assert!(!line.name.is_empty() && !line.name.contains('\0'), "{line:?}");
            }
        }
    };
    for (topic, fixture) in [("orders/create", ORDER), ("orders/paid", ODD), ("checkouts/create", CHECKOUT)] {
        for end in 0..fixture.len() {
            check(topic, &fixture.as_bytes()[..end]);
        }
        let mut body = fixture.as_bytes().to_vec();
        for place in 0..body.len() {
            let byte = body[place];
            for change in [b'"', b'-', byte ^ 1] {
                body[place] = change;
                check(topic, &body);
            }
            body[place] = byte;
        }
    }
}
