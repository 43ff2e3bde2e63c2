//! Foreign shops at our door: one file each, which knows its shop's wire format and nothing of ours but
//! [`IncomingOrder`]. A new shop is a file that implements [`Shop`] and a line in [`of`].

mod fields;
pub mod form;
pub mod loose;
pub mod lpcrm;
pub mod shopify;
mod source;
pub mod woocommerce;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::backfill::ShopKind;
use domain::i18n::Lang;
use domain::ids::Millis;
use domain::intake::{Reason, Why};
use domain::orders::IncomingOrder;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use sha2::Sha256;

const LABEL_CHARS_MAX: usize = 200;

/// One request of a shop, as it came. It has no Debug: it holds a secret and a customer.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    pub headers: &'a HeaderMap,
    /// The raw bytes, because it is these that are signed.
    pub body: &'a [u8],
    pub secret: &'a str,
    /// For orders that don't say when they were placed.
    pub now: Millis,
}

/// What a delivery calls itself, for the record of deliveries; none of it is proven.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    pub topic: Option<String>,
}

/// What a shop says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The shop tries whether anybody is here.
    Ping,
    /// Made or changed: the whole order as it is now.
    Order(Box<IncomingOrder>),
    Deleted {
        external_id: String,
    },
    /// Taken out of the bin, with the order as it is now where the shop sends it.
    Restored {
        external_id: String,
        order: Option<Box<IncomingOrder>>,
    },
    /// Genuine, and none of our business.
    Ignored {
        topic: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the signature is missing or does not match the secret")]
    BadSignature,
    /// What and where, for the shop's administrator.
    #[error("{}", .0.words(Lang::En))]
    NotUnderstood(Reason),
}

impl Refusal {
    /// `path` as the shop writes it: "line_items[2].quantity".
    pub(crate) fn at(path: impl Into<String>, why: Why) -> Self {
        Refusal::NotUnderstood(Reason::at(path, why))
    }

    pub(crate) fn whole(why: Why) -> Self {
        Refusal::NotUnderstood(Reason::whole(why))
    }
}

pub trait Shop: Send + Sync {
    /// Whose deliveries it reads.
    fn kind(&self) -> ShopKind;

    /// The word in the hook's address and in the settings.
    fn name(&self) -> &'static str {
        self.kind().key()
    }

    /// The header that says what a delivery is about.
    fn topic_header(&self) -> &'static str;

    fn labels(&self, headers: &HeaderMap) -> Labels;

    /// A shop may try an address before it signs anything; the answer must be a success and nothing else may happen.
    fn is_ping(&self, headers: &HeaderMap, body: &[u8]) -> bool;

    fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refusal>;

    /// Parses, and does not verify: callers want [`Shop::receive`].
    fn read(&self, delivery: &Delivery<'_>) -> Result<Message, Refusal>;

    /// The door itself: nothing unsigned is parsed.
    fn receive(&self, delivery: &Delivery<'_>) -> Result<Message, Refusal> {
        if self.is_ping(delivery.headers, delivery.body) {
            return Ok(Message::Ping);
        }
        self.verify(delivery)?;
        self.read(delivery)
    }
}

pub fn by_name(name: &str) -> Option<&'static dyn Shop> {
    ShopKind::parse(name).map(of)
}

pub fn of(kind: ShopKind) -> &'static dyn Shop {
    match kind {
        ShopKind::WooCommerce => &woocommerce::WooCommerce,
        ShopKind::Shopify => &shopify::Shopify,
    }
}

/// Whether the signature is base64(HMAC-SHA256(body, secret)), in a time that tells nothing about the difference.
/// An empty secret verifies nothing, for everybody could sign with it.
pub fn is_signed(secret: &str, body: &[u8], signature: &str) -> bool {
    if secret.is_empty() {
        return false;
    }
    let Ok(signature) = STANDARD.decode(signature.trim()) else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return false;
    };
    mac.update(body);
    mac.verify_slice(&signature).is_ok()
}

/// A header's text; None where it is missing, blank or not ASCII. Cut, because it goes into a record.
pub fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    (!text.is_empty()).then(|| text.chars().take(LABEL_CHARS_MAX).collect())
}

#[cfg(test)]
mod tests;
