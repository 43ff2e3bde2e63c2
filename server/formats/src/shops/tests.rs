use domain::backfill::ShopKind;
use http::{HeaderMap, HeaderValue};

use super::{by_name, header, is_signed, of};

/// RFC 4231, test case 2.
const RFC: (&str, &[u8], &str) =
    ("Jefe", b"what do ya want for nothing?", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");

#[test]
fn a_signature_counts_only_with_its_body_and_its_secret() {
    let (secret, body, signature) = RFC;
    assert!(is_signed(secret, body, signature));
    assert!(is_signed(secret, body, &format!(" {signature}\n")));
    let cases: [(&str, &[u8], &str); 6] = [
        ("jefe", body, signature),
        (secret, b"what do ya want for nothing!", signature),
        (secret, body, ""),
        (secret, body, "not base64 at all"),
        (secret, body, "W9zBRr9gdU5qBCQm"),
        (secret, body, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    ];
    for (secret, body, signature) in cases {
        assert!(!is_signed(secret, body, signature), "{secret:?} {signature:?}");
    }
}

#[test]
fn an_empty_secret_verifies_nothing() {
    // HMAC-SHA256 of nothing with an empty key: mathematically right, and anybody can compute it.
    assert!(!is_signed("", b"", "thNnmggU2ex3L5XXeMNfxf8Wl8STcVZTxscSFEKSxa0="));
}

#[test]
fn headers_are_cut_and_blank_ones_are_none() {
    let mut headers = HeaderMap::new();
    headers.insert("a", HeaderValue::from_static("  order.created "));
    headers.insert("b", HeaderValue::from_static("  "));
    headers.insert("c", HeaderValue::from_bytes(b"\xff\xfe").expect("opaque bytes are allowed"));
    headers.insert("d", HeaderValue::from_str(&"x".repeat(5_000)).expect("text"));
    assert_eq!(header(&headers, "A").as_deref(), Some("order.created"));
    assert_eq!(header(&headers, "b"), None);
    assert_eq!(header(&headers, "c"), None);
    assert_eq!(header(&headers, "d").map(|text| text.len()), Some(200));
    assert_eq!(header(&headers, "e"), None);
}

#[test]
fn shops_are_found_by_their_word() {
    for kind in ShopKind::ALL {
        assert_eq!(by_name(kind.key()).map(|shop| shop.kind()), Some(kind));
        assert_eq!((of(kind).kind(), of(kind).name()), (kind, kind.key()));
    }
    assert!(by_name("").is_none());
    assert!(by_name("WooCommerce").is_none());
}
