#![no_main]

//! Where a webhook may lead and where a shop is asked, against the parser that requests are made with.

use domain::backfill::{ADDRESS_CHARS_MAX, ShopKind, checked_address};
use domain::webhooks::{Schemes, URL_CHARS_MAX, checked_url, host_of};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|typed: &str| {
    for schemes in [Schemes::Https, Schemes::HttpToo] {
        if let Ok(url) = checked_url(typed, schemes) {
            assert_eq!(checked_url(&url, schemes).as_ref(), Ok(&url));
            assert!(url.chars().count() <= URL_CHARS_MAX && !host_of(&url).is_empty());
            has_no_secret(&url, schemes == Schemes::HttpToo);
        }
    }
    for shop in ShopKind::ALL {
        let Some(address) = checked_address(shop, typed) else { continue };
        // One that just fits as a word is longer as an address.
        if address.chars().count() <= ADDRESS_CHARS_MAX {
            assert_eq!(checked_address(shop, &address).as_ref(), Some(&address));
        }
        let here = ["localhost", "127.0.0.1"].contains(&host_of(&address).as_str());
        if let Some(url) = has_no_secret(&address, here) {
            assert!(url.query().is_none() && url.fragment().is_none(), "{address} leads elsewhere");
        }
    }
});

fn has_no_secret(address: &str, http: bool) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    assert!(url.scheme() == "https" || http && url.scheme() == "http", "{address}");
    assert!(url.username().is_empty() && url.password().is_none(), "{address}");
    assert!(url.has_host(), "{address}");
    Some(url)
}
