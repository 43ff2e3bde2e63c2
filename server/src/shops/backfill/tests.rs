use super::*;

fn raw(text: &str) -> Box<RawValue> {
    RawValue::from_string(text.to_owned()).expect("JSON")
}

#[test]
fn an_order_s_number_is_found_however_it_is_written() {
    for (text, number) in [
        (r#"{"id": 17, "total": "5.00"}"#, Some(17)),
        (r#"{"id": "17"}"#, Some(17)),
        (r#"{"id": 820982911946154508}"#, Some(820_982_911_946_154_508)),
        (r#"{"id": [1]}"#, None),
        (r#"{"number": 17}"#, None),
        ("[17]", None),
        ("null", None),
    ] {
        assert_eq!(number_of(&raw(text)), number, "{text}");
    }
}

#[test]
fn a_page_s_order_is_read_as_the_hook_s() {
    let woo = raw(include_str!("../../../formats/src/shops/fixtures/woocommerce_order.json"));
    assert!(matches!(read(ShopKind::WooCommerce, &woo, 0), Ok(Message::Order(_))));
    let shopify = r##"{"id": 9, "name": "#9", "currency": "UAH", "total_price": "5.00", "line_items": []}"##;
    assert!(matches!(read(ShopKind::Shopify, &raw(shopify), 0), Ok(Message::Order(_))));
    for shop in ShopKind::ALL {
        assert!(matches!(read(shop, &raw("[]"), 0), Err(Refusal::NotUnderstood(_))), "{shop:?}");
    }
}
