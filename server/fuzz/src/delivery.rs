//! A shop's delivery: its topic is the first line, its body the rest.

use domain::backfill::ShopKind;
use domain::i18n::Lang;
use domain::intake::Reason;
use domain::orders::IncomingOrder;
use formats::shops::{Delivery, Message, Refusal, of};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::order::{self, is_id};
use crate::{NOW, first_line, is_line, survives_json};

/// A header is cut, because it goes into a record.
const TOPIC_MAX: usize = 200;
const DAY_MS: i64 = 86_400_000;
/// What a reason may repeat of a delivery: an error's code and message are the longest.
const WORDS_CHARS_MAX: usize = 600;

pub fn read(kind: ShopKind, data: &[u8]) {
    let (topic, body) = first_line(data);
    let Ok(topic) = HeaderValue::from_bytes(topic) else { return };
    let shop = of(kind);
    let headers = HeaderMap::from_iter([(HeaderName::from_static(shop.topic_header()), topic)]);
    let delivery = Delivery { headers: &headers, body, secret: "", now: NOW };
    // Nothing gets in by the door unsigned, whatever it is.
    assert!(matches!(shop.receive(&delivery), Ok(Message::Ping) | Err(Refusal::BadSignature)));

    let said = shop.read(&delivery);
    assert_eq!(said, shop.read(&delivery), "one delivery, two meanings");
    let later = shop.read(&Delivery { now: NOW + DAY_MS, ..delivery });
    match said {
        Ok(message) => message_holds(&message, later.as_ref().ok()),
        Err(refusal) => {
            assert_eq!(later, Err(refusal.clone()), "it is the day that is refused");
            refusal_holds(&refusal);
        }
    }
}

fn message_holds(message: &Message, later: Option<&Message>) {
    match (message, later) {
        (Message::Order(order), Some(Message::Order(later))) => {
            order::holds(order);
            assert_eq!(undated(order), undated(later), "the day changes more than dates");
        }
        (Message::Restored { external_id, order: Some(order) }, Some(Message::Restored { .. })) => {
            order::holds(order);
            assert_eq!(external_id, &order.external_id);
        }
        (Message::Restored { external_id, order: None } | Message::Deleted { external_id }, Some(_)) => {
            assert!(is_id(external_id), "{external_id:?}");
        }
        (Message::Ignored { topic }, Some(_)) => assert!(topic.is_ascii() && topic.len() <= TOPIC_MAX, "{topic:?}"),
        (Message::Ping, Some(Message::Ping)) => {}
        (_, _) => panic!("{message:?}, and the day after {later:?}"),
    }
}

fn undated(order: &IncomingOrder) -> IncomingOrder {
    IncomingOrder { placed_at: 0, changed_at: 0, ..order.clone() }
}

/// It is kept, and told to somebody in words.
pub fn refusal_holds(refusal: &Refusal) {
    match refusal {
        Refusal::NotUnderstood(reason) => reason_holds(reason),
        Refusal::BadSignature => panic!("a reader asks for no signature"),
    }
}

fn reason_holds(reason: &Reason) {
    survives_json(reason);
    for lang in Lang::ALL {
        let words = reason.words(lang);
        assert!(!words.is_empty() && is_line(&words, WORDS_CHARS_MAX), "{words:?}");
    }
}
