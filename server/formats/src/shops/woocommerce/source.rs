//! Where the customer came from, by WooCommerce's own order attribution (since 8.5, in the order's meta data).

use domain::deals::Source;

use super::wire::{Meta, Order};
use crate::shops::loose::Object;
use crate::shops::source::{campaign, network};

/// An order that says nothing of it was placed in the shop: Site.
pub fn read(order: &Order) -> Source {
    let kind = attribution(order, "source_type");
    let source = attribution(order, "utm_source");
    let medium = attribution(order, "utm_medium");
    match kind.as_str() {
        "organic" => Source::Seo,
        "referral" => network(&source).unwrap_or(Source::Referral),
        // The shop's own people typed it in.
        "admin" | "mobile_app" => Source::Other,
        "typein" => Source::Site,
        // "utm", and plugins older than the attribution, which leave the tags without the kind.
        _ => campaign(&source, &medium).unwrap_or(Source::Site),
    }
}

fn attribution(order: &Order, name: &str) -> String {
    let value = |meta: &Meta| {
        let key = meta.key.text()?.strip_prefix("_wc_order_attribution_")?;
        (key == name).then(|| meta.value.text().unwrap_or_default().to_lowercase())
    };
    order.meta_data.items().iter().filter_map(Object::get).find_map(value).unwrap_or_default()
}
