//! What a storefront says of its orders besides their statuses, and what can be wrong with any of it.

use serde::{Deserialize, Serialize};

use super::{BondFault, Thresholds};
use crate::board::Refusal;
use crate::i18n::{Lang, t};
use crate::ids::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderSettings {
    pub storefront: StorefrontId,
    /// An order makes a deal on the storefront's funnel by itself.
    pub makes_deals: bool,
    pub thresholds: Thresholds,
}

/// Where a storefront's new orders go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealMaker {
    pub storefront: StorefrontId,
    pub name: String,
    /// As [`OrderSettings::makes_deals`].
    pub makes_deals: bool,
    /// The funnel on which they would make deals, by id and name; None: there is none.
    pub funnel: Option<(FunnelId, String)>,
}

/// Why the settings of statuses, scenarios or a bond can't be so. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum StatusFault {
    NameMissing,
    NameTooLong,
    /// Another of the storefront is called so.
    NameTaken,
    PublicNameTooLong,
    PublicTextTooLong,
    /// A next status is none of the storefront's.
    Next,
    /// As many as there may be.
    Full,
    /// A storefront keeps one status at least.
    Last,
    /// Orders stand in it: it must be said where they go.
    HasOrders {
        orders: i64,
    },
    /// Where they are to go is no other status of the storefront.
    To,
    /// What was named is there no more; the list is not the one that was seen.
    Gone,
    /// A scenario needs steps, each a status of the storefront, none twice.
    Steps,
    /// Hours are from one to as many as ten years have.
    Hours,
    /// The bond's two ways contradict each other.
    Bond {
        faults: Vec<BondFault>,
    },
}

impl From<StatusFault> for Refusal {
    fn from(fault: StatusFault) -> Self {
        Refusal::Statuses { fault }
    }
}

impl StatusFault {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            StatusFault::NameMissing => t::limit_name_missing(lang).to_owned(),
            StatusFault::NameTooLong => t::limit_name_too_long(lang).to_owned(),
            StatusFault::NameTaken => t::limit_name_taken(lang).to_owned(),
            StatusFault::PublicNameTooLong => t::status_public_name_too_long(lang).to_owned(),
            StatusFault::PublicTextTooLong => t::status_public_text_too_long(lang).to_owned(),
            StatusFault::Next => t::status_next_unknown(lang).to_owned(),
            StatusFault::Full => t::status_full(lang).to_owned(),
            StatusFault::Last => t::status_last(lang).to_owned(),
            StatusFault::HasOrders { orders } => t::status_has_orders(lang, &t::orders_count(lang, *orders)),
            StatusFault::To => t::status_to_unknown(lang).to_owned(),
            StatusFault::Gone => t::status_list_changed(lang).to_owned(),
            StatusFault::Steps => t::scenario_steps_wrong(lang).to_owned(),
            StatusFault::Hours => t::threshold_wrong(lang).to_owned(),
            StatusFault::Bond { .. } => t::bond_contradicts(lang).to_owned(),
        }
    }
}
