//! WooCommerce: webhooks of the REST v3 order, signed with the hook's secret.
//! `wire` is what the shop sends, `order` what we make of it, `source` where the customer came from.

mod order;
mod source;
mod wire;

use domain::backfill::ShopKind;
use domain::intake::Why;
use http::HeaderMap;

use super::fields::whole;
use super::{Delivery, Labels, Message, Refusal, Shop, header, is_signed};

pub struct WooCommerce;

impl Shop for WooCommerce {
    fn kind(&self) -> ShopKind {
        ShopKind::WooCommerce
    }

    fn topic_header(&self) -> &'static str {
        "x-wc-webhook-topic"
    }

    fn labels(&self, headers: &HeaderMap) -> Labels {
        Labels { topic: header(headers, "x-wc-webhook-topic") }
    }

    /// The form body `webhook_id=N`, sent without a signature when the hook is made. Whoever forges it learns that
    /// we are here, and no more.
    fn is_ping(&self, _headers: &HeaderMap, body: &[u8]) -> bool {
        body.trim_ascii()
            .strip_prefix(b"webhook_id=")
            .is_some_and(|id| (1..=20).contains(&id.len()) && id.iter().all(u8::is_ascii_digit))
    }

    fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refusal> {
        let signature = header(delivery.headers, "x-wc-webhook-signature").ok_or(Refusal::BadSignature)?;
        if is_signed(delivery.secret, delivery.body, &signature) { Ok(()) } else { Err(Refusal::BadSignature) }
    }

    fn read(&self, delivery: &Delivery<'_>) -> Result<Message, Refusal> {
        if self.is_ping(delivery.headers, delivery.body) {
            return Ok(Message::Ping);
        }
        let topic = self.labels(delivery.headers).topic.ok_or_else(|| Refusal::whole(Why::NoTopic))?;
        match topic.as_str() {
            "order.created" | "order.updated" => {
                let sent = parse(delivery.body)?;
                order::read(&sent, delivery.now).map(|order| Message::Order(Box::new(order)))
            }
            "order.deleted" => Ok(Message::Deleted { external_id: order::external_id(&parse(delivery.body)?)? }),
            "order.restored" => {
                let sent = parse(delivery.body)?;
                let external_id = order::external_id(&sent)?;
                // Shops of our day send the whole order; one that sends the identifier alone is understood too.
                let order = match sent.currency.text() {
                    Some(_) => Some(Box::new(order::read(&sent, delivery.now)?)),
                    None => None,
                };
                Ok(Message::Restored { external_id, order })
            }
            // Products, coupons, customers, `action.*` of plugins, and what WooCommerce will think of next.
            _ => Ok(Message::Ignored { topic }),
        }
    }
}

fn parse(body: &[u8]) -> Result<wire::Order, Refusal> {
    whole(body)
}

#[cfg(test)]
mod tests;
