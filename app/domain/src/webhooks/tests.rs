use proptest::prelude::*;

use super::*;
use crate::event::{Fact, Scope};
use crate::money::Currency;
use crate::orders::StatusKind;

#[test]
fn addresses_are_taken_or_refused_as_the_table_says() {
    let long = format!("https://example.com/{}", "a".repeat(URL_CHARS_MAX));
    let cases = [
        ("https://example.com/hook", Ok(())),
        ("  HTTPS://Example.com:8443/hook?a=1#b ", Ok(())),
        ("https://[2001:db8::1]/hook", Ok(())),
        ("https://приклад.укр/hook", Ok(())),
        ("http://example.com/hook", Err(UrlFault::NotHttps)),
        ("ftp://example.com", Err(UrlFault::NotHttps)),
        ("javascript://example.com/%0aalert(1)", Err(UrlFault::NotHttps)),
        ("file:///etc/passwd", Err(UrlFault::NotHttps)),
        ("https://user:secret@example.com/", Err(UrlFault::HasPassword)),
        ("https://example.com@127.0.0.1/", Err(UrlFault::HasPassword)),
        ("https://example.com\\@127.0.0.1/", Err(UrlFault::Malformed)),
        ("https://exam ple.com/", Err(UrlFault::Malformed)),
        ("https://example.com/\r\nX-Evil: 1", Err(UrlFault::Malformed)),
        ("https:///hook", Err(UrlFault::Malformed)),
        ("https://:443/", Err(UrlFault::Malformed)),
        ("example.com/hook", Err(UrlFault::Malformed)),
        ("", Err(UrlFault::Malformed)),
        (long.as_str(), Err(UrlFault::TooLong)),
    ];
    for (url, expected) in cases {
        assert_eq!(checked_url(url, Schemes::Https).map(drop), expected, "{url}");
    }
    assert_eq!(checked_url("http://127.0.0.1:9/", Schemes::HttpToo), Ok("http://127.0.0.1:9/".into()));
    assert_eq!(checked_url("file:///x", Schemes::HttpToo), Err(UrlFault::NotHttps));
}

#[test]
fn a_history_tells_the_host_and_no_more() {
    for (url, host) in [
        ("https://Hooks.Example.com:8443/s3cret?t=1", "hooks.example.com"),
        ("https://[2001:db8::1]:1/x", "2001:db8::1"),
        ("https://example.com?token=1", "example.com"),
        ("nonsense", ""),
    ] {
        assert_eq!(host_of(url), host, "{url}");
    }
}

#[test]
fn tries_are_spread_over_a_day_and_then_end() {
    let middle: Vec<_> = (1..=8).map(|failures| retry_in(failures, &RETRIES_MS, 500)).collect();
    let expected: Vec<_> = RETRIES_MS.into_iter().map(Some).chain([None]).collect();
    assert_eq!(middle, expected);
    assert_eq!((retry_in(1, &RETRIES_MS, 0), retry_in(1, &RETRIES_MS, 1_000)), (Some(4_000), Some(6_000)));
    assert_eq!(
        (retry_in(0, &RETRIES_MS, 500), retry_in(-1, &RETRIES_MS, 500), retry_in(1, &[], 0)),
        (None, None, None)
    );
}

proptest! {
    #[test]
    fn no_wait_leaves_its_fifth(failures in 1i64..=7, chance in any::<i64>()) {
        let delay = RETRIES_MS[usize::try_from(failures).expect("small") - 1];
        let wait = retry_in(failures, &RETRIES_MS, chance).expect("a wait");
        prop_assert!((delay * 8 / 10..=delay * 12 / 10).contains(&wait), "{wait}");
    }

    #[test]
    fn an_address_that_is_taken_has_a_host_and_no_password(text in "https?://[ -~]{0,40}") {
        if let Ok(url) = checked_url(&text, Schemes::HttpToo) {
            prop_assert!(!host_of(&url).is_empty());
            let authority = url.split('/').nth(2).unwrap_or_default();
            prop_assert!(!authority.split(['?', '#']).next().unwrap_or_default().contains('@'), "{url}");
        }
    }
}

#[test]
fn topics_are_named_as_the_log_names_its_kinds() {
    let received =
        Fact::OrderReceived { number: "1".into(), total: 1, currency: Currency::UAH, shop_status: "processing".into() };
    assert_eq!(Topic::of(&received), Some(Topic::OrderReceived));
    assert_eq!(Topic::of(&Fact::CustomerCreated), Some(Topic::CustomerCreated));
    let moved = Fact::OrderStatusChanged {
        number: "1".into(),
        from: Some("Нове".into()),
        to: "В обробці".into(),
        status: StatusId(2),
        kind: StatusKind::Processing,
        overridden: false,
    };
    assert_eq!(Topic::of(&moved), Some(Topic::OrderStatusChanged));
    assert_eq!(Topic::of(&Fact::StatusesChanged), None, "settings are nobody's news");
    assert_eq!(Topic::of(&Fact::SignedIn { user: UserId(1) }), None);
    for topic in Topic::ALL {
        assert_eq!(Topic::parse(topic.key()), Some(topic));
        assert_eq!(serde_json::to_value(topic).expect("JSON"), topic.key());
    }
}

#[test]
fn a_receiver_hears_of_its_storefronts_and_its_topics_only() {
    let event = |storefront: Option<i64>, fact| Event {
        seq: Seq(1),
        at: 0,
        actor: Who::System,
        command: CommandId::nil(),
        scope: Scope { storefront: storefront.map(StorefrontId), ..Scope::default() },
        fact,
    };
    let hook =
        |storefronts, topics: &[Topic]| Subscription { webhook: WebhookId(1), storefronts, topics: topics.to_vec() };
    let ours = hook(Storefronts::Some(vec![StorefrontId(1)]), &[Topic::CustomerCreated]);
    assert_eq!(ours.wants(&event(Some(1), Fact::CustomerCreated)), Some(Topic::CustomerCreated));
    assert_eq!(ours.wants(&event(Some(2), Fact::CustomerCreated)), None);
    assert_eq!(ours.wants(&event(Some(1), Fact::CustomerChanged)), None);
    let all = hook(Storefronts::All, &Topic::ALL);
    assert_eq!(all.wants(&event(Some(2), Fact::CustomerCreated)), Some(Topic::CustomerCreated));
    assert_eq!(all.wants(&event(None, Fact::CustomerCreated)), None, "what has no storefront is nobody's");
    assert_eq!(all.wants(&event(Some(1), Fact::SecretChanged { name: "Кава".into() })), None);
}

#[test]
fn words_read_back() {
    for state in DeliveryState::ALL {
        assert_eq!(DeliveryState::parse(state.key()), Some(state));
    }
    for why in NoAnswer::ALL {
        assert_eq!(NoAnswer::parse(why.key()), Some(why));
    }
    for off in Off::ALL {
        assert_eq!(Off::parse(off.key()), Some(off));
    }
}
