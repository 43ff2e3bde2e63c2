//! An order with everything its page shows.

use serde::{Deserialize, Serialize};

use super::{Carrier, FlagFacts, Line, Order, Scenario, Status, StatusDetails, StatusKind, Thresholds};
use crate::auth::Who;
use crate::event::Event;
use crate::funnels::Colour;
use crate::ids::*;
use crate::money::Currency;

/// A status where only its name is needed; it may be retired by now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusName {
    pub id: StatusId,
    pub name: String,
    pub kind: StatusKind,
    pub colour: Colour,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    pub order: Order,
    pub lines: Vec<Line>,
    /// All live ones of its storefront, in order.
    pub statuses: Vec<Status>,
    pub scenario: Option<Scenario>,
    /// Where it may go from here, the scenario's next step first.
    pub next: Vec<StatusId>,
    /// The oldest first.
    pub stays: Vec<Stay>,
    pub shipments: Vec<Shipment>,
    /// None: it has no status.
    pub facts: Option<FlagFacts>,
    pub thresholds: Thresholds,
    pub customer: Option<CustomerContacts>,
    /// The customer's others, the newest first.
    pub other_orders: Vec<OtherOrder>,
    pub other_deals: Vec<OtherDeal>,
    /// Its history, the newest first.
    pub events: Vec<Event>,
    /// The server's clock.
    pub now: Millis,
}

/// How long an order was in a status, and what was told with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    pub status: StatusName,
    pub began_at: Millis,
    /// None: it is there.
    pub ended_at: Option<Millis>,
    pub actor: Who,
    pub details: Option<StatusDetails>,
    pub override_reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    pub id: ShipmentId,
    pub carrier: Carrier,
    pub number: String,
    pub created_at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerContacts {
    pub id: CustomerId,
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherOrder {
    pub id: OrderId,
    pub number: String,
    pub status: Option<StatusName>,
    pub total: i64,
    pub currency: Currency,
    pub placed_at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherDeal {
    pub id: DealId,
    pub funnel: FunnelId,
    pub stage: String,
    pub first_line: String,
    pub sum: i64,
    pub currency: Currency,
    pub created_at: Millis,
}

/// Makes a deal of an order that came without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeDeal {
    pub command: CommandId,
    pub order: OrderId,
}

/// Makes an order out of a deal: its goods, sum and customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeOrder {
    pub command: CommandId,
    pub deal: DealId,
    pub payment_method: String,
}
