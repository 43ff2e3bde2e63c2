//! Where the customer came from, by WooCommerce's own order attribution (since 8.5, in the order's meta data).

use domain::deals::Source;

use super::wire::{Meta, Order};
use crate::shops::loose::Object;

const SOCIAL: [&str; 10] =
    ["facebook", "instagram", "tiktok", "youtube", "pinterest", "linkedin", "twitter", "threads", "fb", "ig"];
const SOCIAL_HOSTS: [&str; 4] = ["t.co", "x.com", "fb.me", "youtu.be"];
const MESSENGERS: [&str; 6] = ["telegram", "viber", "whatsapp", "messenger", "t.me", "wa.me"];
const LETTERS: [&str; 8] =
    ["email", "e-mail", "mail", "newsletter", "mailchimp", "sendpulse", "esputnik", "mailerlite"];
const PAID: [&str; 11] = ["cpc", "ppc", "cpm", "cpa", "cpv", "ads", "ad", "paid", "display", "banner", "retargeting"];

/// An order that says nothing of it was placed in the shop: Site.
pub fn read(order: &Order) -> Source {
    let kind = attribution(order, "source_type");
    let source = attribution(order, "utm_source");
    let medium = attribution(order, "utm_medium");
    match kind.as_str() {
        "organic" => Source::Seo,
        "referral" => network(&source).unwrap_or(Source::Referral),
        "utm" => campaign(&source, &medium),
        // The shop's own people typed it in.
        "admin" | "mobile_app" => Source::Other,
        "typein" => Source::Site,
        // Plugins older than the attribution leave the tags without the kind.
        _ if !source.is_empty() || !medium.is_empty() => campaign(&source, &medium),
        _ => Source::Site,
    }
}

/// The medium says how, the source says whose; paid traffic of a social network is an ad.
fn campaign(source: &str, medium: &str) -> Source {
    if words(medium).any(|word| PAID.contains(&word)) {
        return Source::Ads;
    }
    match medium {
        "affiliate" | "affiliates" | "partner" => return Source::Affiliate,
        "organic" => return network(source).unwrap_or(Source::Seo),
        "referral" => return network(source).unwrap_or(Source::Referral),
        "social" | "smm" | "social-media" | "social_media" | "sm" => return Source::Social,
        _ => {}
    }
    if LETTERS.contains(&medium) || LETTERS.contains(&source) {
        return Source::Email;
    }
    network(source).or_else(|| network(medium)).unwrap_or(Source::Site)
}

/// "l.instagram.com", "instagram" and "ig" are one network.
fn network(source: &str) -> Option<Source> {
    if MESSENGERS.contains(&source) || words(source).any(|word| MESSENGERS.contains(&word)) {
        return Some(Source::Messenger);
    }
    let social = SOCIAL_HOSTS.contains(&source) || words(source).any(|word| SOCIAL.contains(&word));
    social.then_some(Source::Social)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn attribution(order: &Order, name: &str) -> String {
    let value = |meta: &Meta| {
        let key = meta.key.text()?.strip_prefix("_wc_order_attribution_")?;
        (key == name).then(|| meta.value.text().unwrap_or_default().to_lowercase())
    };
    order.meta_data.items().iter().filter_map(Object::get).find_map(value).unwrap_or_default()
}
