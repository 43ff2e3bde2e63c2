use super::*;

fn woo(typed: &str) -> Option<String> {
    checked_address(ShopKind::WooCommerce, typed)
}

fn shopify(typed: &str) -> Option<String> {
    checked_address(ShopKind::Shopify, typed)
}

#[test]
fn a_shop_s_address_is_taken_as_people_type_it() {
    let cases = [
        ("https://kava.ua", Some("https://kava.ua")),
        (" Kava.UA/ ", Some("https://kava.ua")),
        ("https://kava.ua:8443/shop/", Some("https://kava.ua:8443/shop")),
        ("https://kava.ua/shop/wp-admin/admin.php?page=wc-orders", Some("https://kava.ua/shop")),
        ("kava.ua/wp-json/wc/v3", Some("https://kava.ua")),
        ("https://крамниця.укр", Some("https://крамниця.укр")),
        ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
        ("http://localhost/shop", Some("http://localhost/shop")),
        ("http://kava.ua", None),
        ("ftp://kava.ua", None),
        ("kava", None),
        ("https://user:secret@kava.ua", None),
        ("https://kava.ua@evil.com", None),
        ("https://kava.ua\\@evil.com", None),
        ("https://kava.ua/?next=//evil.com", None),
        ("https://kava.ua/#x", None),
        ("https://kava.ua/../x", None),
        ("https://kava.ua/%2e%2e", None),
        ("https://kava.ua:0", None),
        ("https://kava.ua:99999", None),
        ("https://.ua", None),
        ("https://ka va.ua", None),
        ("https://[::1]/", None),
        ("", None),
    ];
    for (typed, expected) in cases {
        assert_eq!(woo(typed).as_deref(), expected, "{typed}");
    }
    assert_eq!(woo(&format!("kava.ua/{}", "a".repeat(ADDRESS_CHARS_MAX))), None);
}

#[test]
fn a_shopify_shop_is_asked_at_shopify_alone() {
    let expected = Some("https://kava-shop.myshopify.com".to_owned());
    for typed in [
        "kava-shop",
        "kava-shop.myshopify.com",
        "https://Kava-Shop.myshopify.com/admin/products",
        "https://admin.shopify.com/store/kava-shop/orders?x=1",
    ] {
        assert_eq!(shopify(typed), expected, "{typed}");
    }
    for typed in [
        "kava.ua",
        "myshopify.com",
        "evil.com/kava.myshopify.com",
        "a.b.myshopify.com",
        "admin.shopify.com",
        "admin.shopify.com/store/kava-",
        "admin.shopify.com/store/kava.evil",
        "",
    ] {
        assert_eq!(shopify(typed), None, "{typed}");
    }
}

#[test]
fn keys_are_what_a_header_takes() {
    let start = |shop, key: &str, secret: &str| StartBackfill {
        storefront: StorefrontId(1),
        shop,
        address: "kava-shop.myshopify.com".into(),
        key: key.into(),
        secret: secret.into(),
        lang: Lang::Uk,
    };
    let woo = start(ShopKind::WooCommerce, " ck_1 ", "cs_1\n").checked().expect("they are");
    assert_eq!((woo.key.as_str(), woo.secret.as_str()), ("ck_1", "cs_1"));
    let token = start(ShopKind::Shopify, "shpat_1", "left over").checked().expect("it is");
    assert_eq!((token.key.as_str(), token.secret.as_str()), ("shpat_1", ""));
    let long = "k".repeat(KEY_CHARS_MAX + 1);
    for (key, secret) in [("", "cs"), ("ck", ""), ("ck\r\nX: 1", "cs"), ("ключ", "cs"), (long.as_str(), "cs")] {
        assert_eq!(start(ShopKind::WooCommerce, key, secret).checked(), Err(Limit::ShopKeys), "{key:?} {secret:?}");
    }
    assert!(!format!("{:?}", start(ShopKind::WooCommerce, "ck_1", "cs_1")).contains("ck_1"), "a log shows no keys");
}

#[test]
fn waits_double_and_a_shop_s_own_wish_counts() {
    let waits: Vec<_> = [1, 2, 3, 10, 30, 31].map(|failures| wait_ms(failures, None, true)).into();
    assert_eq!(waits, [Some(1_000), Some(2_000), Some(4_000), Some(300_000), Some(300_000), None]);
    assert_eq!(wait_ms(1, Some(20_000), true), Some(20_000));
    assert_eq!(wait_ms(1, Some(86_400_000), true), Some(3_600_000), "not for a day");
    assert_eq!(wait_ms(9, Some(-5), true), Some(1_000), "a moment that is past");
    assert_eq!((wait_ms(3, None, false), wait_ms(4, None, false)), (Some(4_000), None), "nobody is there");
}

#[test]
fn every_key_is_read_back_and_said_in_every_language() {
    for state in BackfillState::ALL {
        assert_eq!(BackfillState::parse(state.key()), Some(state));
        assert_eq!(serde_json::to_value(state).expect("JSON"), state.key());
    }
    for why in BackfillWhy::ALL {
        assert_eq!(BackfillWhy::parse(why.key()), Some(why));
        let words: std::collections::HashSet<_> = Lang::ALL.into_iter().map(|lang| why.words(lang)).collect();
        assert_eq!(words.len(), Lang::ALL.len(), "{why:?}");
    }
    for shop in ShopKind::ALL {
        assert_eq!(ShopKind::parse(shop.key()), Some(shop));
        assert_eq!(serde_json::to_value(shop).expect("JSON"), shop.key());
    }
}

#[test]
fn progress_is_never_more_than_all_of_it() {
    let mut fill = Backfill {
        storefront: StorefrontId(1),
        shop: ShopKind::Shopify,
        address: String::new(),
        state: BackfillState::Running,
        why: None,
        total: None,
        made: 3,
        unchanged: 1,
        kept: 1,
        next_at: 0,
        started_at: 0,
        ended_at: None,
    };
    assert_eq!((fill.done(), fill.percent()), (5, 0));
    fill.total = Some(20);
    assert_eq!(fill.percent(), 25);
    fill.total = Some(4);
    assert_eq!(fill.percent(), 100);
    (fill.state, fill.total) = (BackfillState::Done, Some(0));
    assert_eq!(fill.percent(), 100);
}
