//! Shopify: webhooks of orders and checkouts, signed with the app's secret.
//! `wire` is what the shop sends, `order` what we make of it.

mod order;
mod wire;

use domain::backfill::ShopKind;
use domain::intake::Why;
use http::HeaderMap;

use super::fields::whole;
use super::{Delivery, Labels, Message, Refusal, Shop, header, is_signed};

pub struct Shopify;

impl Shop for Shopify {
    fn kind(&self) -> ShopKind {
        ShopKind::Shopify
    }

    fn topic_header(&self) -> &'static str {
        "shopify-topic"
    }

    fn labels(&self, headers: &HeaderMap) -> Labels {
        Labels { topic: either(headers, "topic") }
    }

    /// Shopify tries an address with a signed delivery like any other.
    fn is_ping(&self, _headers: &HeaderMap, _body: &[u8]) -> bool {
        false
    }

    fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refusal> {
        let signature = either(delivery.headers, "hmac-sha256").ok_or(Refusal::BadSignature)?;
        if is_signed(delivery.secret, delivery.body, &signature) { Ok(()) } else { Err(Refusal::BadSignature) }
    }

    fn read(&self, delivery: &Delivery<'_>) -> Result<Message, Refusal> {
        let topic = self.labels(delivery.headers).topic.ok_or_else(|| Refusal::whole(Why::NoTopic))?;
        match topic.as_str() {
            "orders/create" | "orders/updated" | "orders/paid" | "orders/cancelled" | "orders/fulfilled" => {
                let order = order::read(&parse(delivery.body)?, delivery.now)?;
                Ok(Message::Order(Box::new(order)))
            }
            "orders/delete" => Ok(Message::Deleted { external_id: order::external_id(&parse(delivery.body)?)? }),
            "checkouts/create" | "checkouts/update" => {
                let cart = order::read_checkout(&parse(delivery.body)?, delivery.now)?;
                Ok(cart.map_or(Message::Ignored { topic }, |cart| Message::Order(Box::new(cart))))
            }
            // Products, customers, refunds and the rest; what a refund changes comes with the order's own update.
            _ => Ok(Message::Ignored { topic }),
        }
    }
}

fn parse(body: &[u8]) -> Result<wire::Order, Refusal> {
    whole(body)
}

/// Shopify sends each header under two names for now, and prefers the one without "x-".
fn either(headers: &HeaderMap, name: &str) -> Option<String> {
    header(headers, &format!("shopify-{name}")).or_else(|| header(headers, &format!("x-shopify-{name}")))
}

#[cfg(test)]
mod tests;
