//! What can be subscribed to.

use serde::{Deserialize, Serialize};

use crate::event::Fact;

/// Named as receivers know it; the log's kind is the same with another sign between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Topic {
    #[serde(rename = "deal.created")]
    DealCreated,
    #[serde(rename = "deal.moved")]
    DealMoved,
    #[serde(rename = "deal.edited")]
    DealEdited,
    #[serde(rename = "deal.assigned")]
    DealAssigned,
    #[serde(rename = "deal.deleted")]
    DealDeleted,
    #[serde(rename = "order.received")]
    OrderReceived,
    #[serde(rename = "order.updated")]
    OrderUpdated,
    #[serde(rename = "order.deleted")]
    OrderDeleted,
    #[serde(rename = "order.restored")]
    OrderRestored,
    #[serde(rename = "order.status_changed")]
    OrderStatusChanged,
    #[serde(rename = "customer.created")]
    CustomerCreated,
    #[serde(rename = "customer.changed")]
    CustomerChanged,
}

impl Topic {
    pub const ALL: [Topic; 12] = [
        Topic::DealCreated,
        Topic::DealMoved,
        Topic::DealEdited,
        Topic::DealAssigned,
        Topic::DealDeleted,
        Topic::OrderReceived,
        Topic::OrderUpdated,
        Topic::OrderDeleted,
        Topic::OrderRestored,
        Topic::OrderStatusChanged,
        Topic::CustomerCreated,
        Topic::CustomerChanged,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Topic::DealCreated => "deal.created",
            Topic::DealMoved => "deal.moved",
            Topic::DealEdited => "deal.edited",
            Topic::DealAssigned => "deal.assigned",
            Topic::DealDeleted => "deal.deleted",
            Topic::OrderReceived => "order.received",
            Topic::OrderUpdated => "order.updated",
            Topic::OrderDeleted => "order.deleted",
            Topic::OrderRestored => "order.restored",
            Topic::OrderStatusChanged => "order.status_changed",
            Topic::CustomerCreated => "customer.created",
            Topic::CustomerChanged => "customer.changed",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.key() == key)
    }

    /// None: nobody outside is told of it.
    pub fn of(fact: &Fact) -> Option<Self> {
        let (word, rest) = fact.kind().split_once('_')?;
        Self::ALL.into_iter().find(|topic| topic.key().split_once('.') == Some((word, rest)))
    }
}
