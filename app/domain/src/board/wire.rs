//! What goes over the wire between a board's page and the server.

use serde::{Deserialize, Serialize};

use super::{Board, Place, Refusal};
use crate::auth::Role;
use crate::funnels::LostReason;
use crate::ids::*;
use crate::money::Currency;
use crate::orders::{StatusDetails, StatusName};

/// A board with what its page needs around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoardData {
    pub board: Board,
    pub people: Vec<Person>,
    pub storefronts: Vec<(StorefrontId, String, Currency)>,
    pub reasons: Vec<LostReason>,
    /// Where orders can be, and could once.
    #[serde(default)]
    pub statuses: Vec<StatusName>,
    /// The server's clock, ms.
    pub now: Millis,
}

/// A colleague as boards and histories show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    pub role: Role,
    /// Left the team: shown in histories, offered nowhere.
    pub removed: bool,
}

/// Takes several deals to a stage, each on its own terms: one that is refused keeps the others from nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveDeals {
    pub command: CommandId,
    /// With the stage on which each was seen.
    pub deals: Vec<(DealId, StageId)>,
    pub to: StageId,
    /// Of the first one; the others follow it in their order.
    #[serde(default)]
    pub place: Place,
    pub reason: Option<LostReasonId>,
    /// As of [`super::MoveDeal`], for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<CommandId>,
    /// As of [`super::MoveDeal`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<StatusDetails>,
}

/// A move as scripts ask for it: from wherever the deal stands, unless they name the stage or the version they saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceDeal {
    pub command: CommandId,
    pub deal: DealId,
    pub to: StageId,
    #[serde(default)]
    pub place: Place,
    pub from: Option<StageId>,
    pub seen: Option<i64>,
    pub reason: Option<LostReasonId>,
    /// As of [`super::MoveDeal`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<StatusDetails>,
}

/// The same for several deals, as of [`MoveDeals`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceDeals {
    pub command: CommandId,
    /// Each with the stage on which it was seen, where that matters.
    pub deals: Vec<(DealId, Option<StageId>)>,
    pub to: StageId,
    #[serde(default)]
    pub place: Place,
    pub reason: Option<LostReasonId>,
    /// As of [`super::MoveDeal`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<StatusDetails>,
}

/// What became of a bulk move.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub moved: Vec<DealId>,
    pub refused: Vec<(DealId, Refusal)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    pub id: ViewId,
    pub name: String,
    /// An address's query, as [`Filter::to_query`] writes it.
    pub query: String,
}
