//! An order is goods owed, as the shop keeps it. A deal is linked to it; they are two objects. Where the order is, the
//! team says itself: by statuses of its own, along a scenario, in step with a funnel where the two are bonded.

mod bond;
mod decide;
mod details;
mod flag;
mod list;
mod patch;
mod scenario;
mod sets;
mod settings;
mod shop_status;
mod status;
mod view;

use serde::{Deserialize, Serialize};

use crate::ids::*;
use crate::money::Currency;

pub use bond::{Bond, BondFault, check, suggest};
pub use decide::{ChangeMany, ChangeStatus, ManyChanged, OrderFault, Situation, StatusMoved, decide_status};
pub use details::{
    CancelledBy, Carrier, Condition, DetailFault, DetailField, DetailWrong, REASON_CHARS_MAX, StatusDetails,
};
pub use flag::{Flag, FlagFacts, HOURS_MAX, Thresholds, flag};
pub use list::{OrderRow, OrdersAfter, OrdersAsked, OrdersFilter, OrdersOrder, OrdersPage, OrdersSort};
pub use patch::StatusPatch;
pub use scenario::{
    PaymentKind, SCENARIOS_MAX, STEPS_MAX, Scenario, ScenarioChange, ScenarioForm, ScenarioPreset, beginning, choose,
    payment_kind,
};
pub use sets::{SetStatus, StatusSet, usual_next};
pub use settings::{DealMaker, OrderSettings, StatusFault};
pub use shop_status::{ShopStatus, follows, meaning, named};
pub use status::{
    Asked, PUBLIC_TEXT_CHARS_MAX, STATUS_NAME_CHARS_MAX, STATUSES_MAX, Status, StatusChange, StatusForm, StatusKind,
};
pub use view::{CustomerContacts, MakeDeal, MakeOrder, OrderView, OtherDeal, OtherOrder, Shipment, StatusName, Stay};

/// A shop's order, parsed at the door, in no shop's wire format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingOrder {
    /// The shop's own identifier; unique within a storefront.
    pub external_id: String,
    /// What its cart was called, where the shop calls the two differently: the cart's lead becomes the order's deal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cart: Option<String>,
    /// What people call it.
    pub number: String,
    /// The shop's status word, as it came.
    pub shop_status: String,
    pub status: ShopStatus,
    pub currency: Currency,
    /// All in minor units of `currency`.
    pub total: i64,
    pub shipping_total: i64,
    pub discount_total: i64,
    /// What the shop calls the way of payment; may be empty.
    pub payment_method: String,
    pub paid: bool,
    pub placed_at: Millis,
    /// When the shop last changed it; an older one than is known changes nothing.
    pub changed_at: Millis,
    pub customer: IncomingCustomer,
    pub note: String,
    pub lines: Vec<Line>,
    /// utm_source, referrer and the like, where the shop sends them.
    pub source: crate::deals::Source,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingCustomer {
    pub name: String,
    /// E.164, normalised at the door; None where there was none or it was no number.
    pub phone: Option<String>,
    /// Lower case.
    pub email: Option<String>,
}

/// An order as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: OrderId,
    pub storefront: StorefrontId,
    /// The shop's own identifier.
    pub external_id: String,
    pub number: String,
    /// The shop's own word, and what we take it for.
    pub shop_status: String,
    pub shop_meaning: ShopStatus,
    /// Where the team says that it is; None: it has not been told yet.
    pub status: Option<StatusName>,
    pub status_since: Option<Millis>,
    pub scenario: Option<ScenarioId>,
    /// Grows by one with every change of its status.
    pub version: i64,
    pub currency: Currency,
    pub total: i64,
    pub shipping_total: i64,
    pub discount_total: i64,
    pub payment_method: String,
    pub paid: bool,
    pub note: String,
    pub placed_at: Millis,
    /// By the shop.
    pub changed_at: Millis,
    /// In the shop.
    pub deleted: bool,
    /// None: the shop deleted it before it had ever told of it.
    pub customer: Option<CustomerId>,
    /// None: it was deleted, or there never was one.
    pub deal: Option<DealId>,
}

/// An order with its goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WholeOrder {
    #[serde(flatten)]
    pub order: Order,
    pub lines: Vec<Line>,
}

/// Which orders a script asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFilter {
    pub storefront: Option<StorefrontId>,
    pub customer: Option<CustomerId>,
    pub deal: Option<DealId>,
    pub shop_meaning: Option<ShopStatus>,
    pub status: Option<StatusId>,
    pub status_kind: Option<StatusKind>,
    pub number: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub name: String,
    #[serde(default)]
    pub sku: String,
    pub quantity: i64,
    /// For one, in minor units.
    pub price: i64,
}

impl Line {
    /// None past an i64.
    pub fn total(&self) -> Option<i64> {
        self.price.checked_mul(self.quantity)
    }
}

#[cfg(test)]
mod tests;
