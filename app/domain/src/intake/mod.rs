//! What came in by a door: what was understood, what was not and why, and what only pretended to come from the shop.

mod php;
mod reason;

use serde::{Deserialize, Serialize};

pub use php::PhpFault;
pub use reason::{Got, Reason, Why};

use crate::i18n::{Lang, t};
use crate::ids::*;

/// How long the bodies of what was not understood are kept: they are letters of customers.
pub const BODY_DAYS: i64 = 30;
/// Lines of the record that are asked for at once.
pub const RECORD_PAGE: usize = 50;

/// Rightly signed, and not understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    pub id: IntakeId,
    pub storefront: StorefrontId,
    /// Which door: "woocommerce".
    pub door: String,
    pub topic: String,
    pub received_at: Millis,
    pub body: String,
    pub reason: Reason,
    /// Its body was removed: it can't be read again.
    pub emptied: bool,
    /// It came out of the shop's past, and a lost reason that may have to be made has a name in this language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<Lang>,
}

/// What came of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It changed something here.
    Taken,
    /// All of it was known.
    Unchanged,
    /// Genuine, and none of our business.
    Ignored,
    /// Not understood: it waits for somebody.
    Kept,
}

impl Outcome {
    pub const ALL: [Outcome; 4] = [Outcome::Taken, Outcome::Unchanged, Outcome::Ignored, Outcome::Kept];

    pub fn key(self) -> &'static str {
        match self {
            Outcome::Taken => "taken",
            Outcome::Unchanged => "unchanged",
            Outcome::Ignored => "ignored",
            Outcome::Kept => "kept",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.key() == key)
    }

    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Outcome::Taken => t::outcome_taken(lang),
            Outcome::Unchanged => t::outcome_unchanged(lang),
            Outcome::Ignored => t::outcome_ignored(lang),
            Outcome::Kept => t::outcome_kept(lang),
        }
    }
}

/// One line of the record. It holds nothing of the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub id: DeliveryId,
    pub storefront: StorefrontId,
    pub door: String,
    pub topic: String,
    pub received_at: Millis,
    pub outcome: Outcome,
    /// What it brought, where that is still there.
    pub deal: Option<Brought>,
}

/// A deal that a delivery made or changed, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    pub deal: DealId,
    pub funnel: FunnelId,
    /// None: it is a cart.
    pub number: Option<String>,
}

/// Which lines of the record are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordFilter {
    pub storefront: Option<StorefrontId>,
    pub outcome: Option<Outcome>,
}

/// Deliveries whose signature did not match: counted, and otherwise forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forged {
    pub storefront: StorefrontId,
    pub door: String,
    pub times: i64,
    pub last_at: Millis,
}

/// A door in words. One that an older version had is called as it was.
pub fn door_name(door: &str, lang: Lang) -> &str {
    match door {
        "woocommerce" => "WooCommerce",
        "shopify" => "Shopify",
        "lpcrm" => t::landing_pages(lang),
        other => other,
    }
}

#[cfg(test)]
mod tests;
