//! Where a customer came from, by a campaign's tags and by the page that sent them. Words come in lower case.

use domain::deals::Source;

use super::form::Form;

const SOCIAL: [&str; 10] =
    ["facebook", "instagram", "tiktok", "youtube", "pinterest", "linkedin", "twitter", "threads", "fb", "ig"];
const SOCIAL_HOSTS: [&str; 4] = ["t.co", "x.com", "fb.me", "youtu.be"];
const MESSENGERS: [&str; 6] = ["telegram", "viber", "whatsapp", "messenger", "t.me", "wa.me"];
const LETTERS: [&str; 8] =
    ["email", "e-mail", "mail", "newsletter", "mailchimp", "sendpulse", "esputnik", "mailerlite"];
const PAID: [&str; 11] = ["cpc", "ppc", "cpm", "cpa", "cpv", "ads", "ad", "paid", "display", "banner", "retargeting"];
const SEARCH: [&str; 7] = ["google", "bing", "duckduckgo", "yahoo", "ecosia", "qwant", "startpage"];
/// What advertisers' networks add to a link by themselves. Facebook's is on unpaid links too and says nothing.
const PAID_CLICKS: [&str; 5] = ["gclid", "gbraid", "wbraid", "msclkid", "ttclid"];

/// The medium says how, the source says whose; paid traffic of a social network is an ad.
pub fn campaign(source: &str, medium: &str) -> Option<Source> {
    if words(medium).any(|word| PAID.contains(&word)) {
        return Some(Source::Ads);
    }
    match medium {
        "affiliate" | "affiliates" | "partner" => return Some(Source::Affiliate),
        "organic" => return network(source).or(Some(Source::Seo)),
        "referral" => return network(source).or(Some(Source::Referral)),
        "social" | "smm" | "social-media" | "social_media" | "sm" => return Some(Source::Social),
        _ => {}
    }
    if LETTERS.contains(&medium) || LETTERS.contains(&source) {
        return Some(Source::Email);
    }
    network(source).or_else(|| network(medium))
}

/// "l.instagram.com", "instagram" and "ig" are one network.
pub fn network(source: &str) -> Option<Source> {
    if MESSENGERS.contains(&source) || words(source).any(|word| MESSENGERS.contains(&word)) {
        return Some(Source::Messenger);
    }
    let social = SOCIAL_HOSTS.contains(&source) || words(source).any(|word| SOCIAL.contains(&word));
    social.then_some(Source::Social)
}

/// By the tags of the link that brought them in: "/products/1?utm_source=ig".
pub fn link(address: &str) -> Option<Source> {
    let (_, query) = address.split_once('?')?;
    let tags = Form::urlencoded(query.split('#').next().unwrap_or_default().as_bytes());
    let tag = |name: &str| tags.text(name).unwrap_or_default().to_lowercase();
    let paid = PAID_CLICKS.iter().any(|name| tags.text(name).is_some());
    campaign(&tag("utm_source"), &tag("utm_medium")).or(paid.then_some(Source::Ads))
}

/// By the page that sent them: "https://www.google.com/". None for no page, and for Shopify's own.
pub fn referrer(address: &str) -> Option<Source> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default().to_lowercase();
    let says = |known: &[&str]| words(&host).any(|word| known.contains(&word));
    if host.is_empty() || says(&["myshopify"]) {
        None
    } else if says(&LETTERS) {
        Some(Source::Email)
    } else if says(&SEARCH) {
        Some(Source::Seo)
    } else {
        network(&host).or(Some(Source::Referral))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
