//! The orders that a shop already has, page by page through its own interface. Each page holds the very JSON that the
//! shop's hooks carry, and the hooks' readers read it. `ask` is one question, `woocommerce` and `shopify` are how a page
//! is asked for, `runner` is what becomes of it.

mod ask;
pub mod runner;
mod shopify;
mod woocommerce;

use domain::backfill::ShopKind;
use domain::ids::Millis;
use formats::shops::loose::{Object, Scalar};
use formats::shops::{Delivery, Message, Refusal, of};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::value::RawValue;
use store::backfills::Claimed;

use ask::{Asker, Trouble};

/// What a shop gave.
struct Page {
    /// As they came: one that is not understood is kept like that.
    orders: Vec<Box<RawValue>>,
    /// How many there are in all, as far as the shop says.
    total: Option<i64>,
    /// None: this was the last.
    next: Option<i64>,
    /// A shop that is nearly asked too often gets a moment.
    rest_ms: Millis,
}

async fn page(asker: &Asker, claimed: &Claimed, now: Millis) -> Result<Page, Trouble> {
    match claimed.shop {
        ShopKind::WooCommerce => woocommerce::page(asker, claimed, now).await,
        ShopKind::Shopify => shopify::page(asker, claimed, now).await,
    }
}

/// What its hook says when an order was changed: the intake reads it by this again.
fn topic(shop: ShopKind) -> &'static str {
    match shop {
        ShopKind::WooCommerce => "order.updated",
        ShopKind::Shopify => "orders/updated",
    }
}

/// An order as the hook's reader understands it.
fn read(shop: ShopKind, order: &RawValue, now: Millis) -> Result<Message, Refusal> {
    let reader = of(shop);
    let topic = (HeaderName::from_static(reader.topic_header()), HeaderValue::from_static(topic(shop)));
    let headers = HeaderMap::from_iter([topic]);
    reader.read(&Delivery { headers: &headers, body: order.get().as_bytes(), secret: "", now })
}

/// The shop's own number of an order; None where there is none to be read.
fn number_of(order: &RawValue) -> Option<i64> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Numbered {
        id: Scalar,
    }
    let numbered: Object<Numbered> = serde_json::from_str(order.get()).ok()?;
    numbered.get()?.id.text()?.parse().ok()
}

#[cfg(test)]
mod tests;
