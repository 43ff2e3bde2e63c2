//! May this deal go there? Pure: what it needs to know arrives as arguments.

use serde::{Deserialize, Serialize};

use super::{Card, position};
use crate::auth::{Action, Actor, On, may};
use crate::catalog::{CatalogFault, Short};
use crate::event::{Back, DealMoved};
use crate::funnels::{Funnel, LostReason, StageKind};
use crate::ids::*;
use crate::orders::{OrderFault, StatusDetails, StatusFault};

/// Takes a deal to a stage of its funnel, or to another place on the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveDeal {
    pub command: CommandId,
    pub deal: DealId,
    pub to: StageId,
    pub place: Place,
    /// The stage on which the mover saw it. A card that has left it meanwhile is refused: the mover decided by a
    /// picture that is gone. A card that was only edited, reassigned or reordered there is moved all the same:
    /// none of these changes what the move means.
    pub from: StageId,
    /// Asked for by stages that mean "lost".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<LostReasonId>,
    /// Takes back the move that this command made, if it was the deal's last one: the deal gets its place, its time on
    /// the stage and its reason back. Else it is a move like any other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<CommandId>,
    /// What the orders' new status asks for, where the stage is bonded to one that asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<StatusDetails>,
}

/// What an undone move had taken from the deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    pub since: Millis,
    pub left: Option<StageId>,
    /// Why it had been lost, as far as known.
    pub reason: Option<LostReason>,
}

/// Where in the column. A neighbour that is no longer there means the top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    #[default]
    Top,
    Bottom,
    Before(DealId),
    After(DealId),
}

/// Why a command was not carried out. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// There is no such thing, or it is not yours to see: the two look the same.
    NotFound,
    /// You see it, but may not do this to it.
    NotAllowed,
    /// Somebody moved it meanwhile; this is where it is now.
    Stale {
        now: Box<Card>,
    },
    /// Its contents changed since you opened it.
    Edited {
        version: i64,
    },
    StageGone,
    /// This stage asks why the deal was lost.
    ReasonNeeded,
    ReasonUnknown,
    /// The form has faults.
    Faults {
        faults: crate::deals::Faults,
    },
    /// Named in words by the one who refuses.
    Limit {
        limit: Limit,
    },
    /// A file can't be taken in so, or not now.
    Import {
        fault: crate::import::ImportFault,
    },
    /// An order's status can't be so.
    Order {
        fault: OrderFault,
    },
    /// The settings of statuses can't be so.
    Statuses {
        fault: StatusFault,
    },
    /// The catalogue or its stock can't be so.
    Catalog {
        fault: CatalogFault,
    },
    /// An order wants more than there is.
    Stock {
        short: Vec<Short>,
    },
    /// The same command id came with another content.
    CommandReused,
}

/// A limit that was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    StagesFull,
    LastStage,
    NameMissing,
    NameTooLong,
    NameTaken,
    StageHasDeals,
    TooMany,
    LastOwner,
    WeakPassword,
    WrongPassword,
    LinkSpent,
    AlreadySetUp,
    UnknownCurrency,
    Yourself,
    CodeUnknown,
    IntakeEmptied,
    /// A webhook's address can't be taken.
    Url(crate::webhooks::UrlFault),
    NothingChosen,
    /// What was sent so long ago is forgotten.
    Forgotten,
    WebhookPaused,
    ShopAddress,
    ShopKeys,
    BackfillGoing,
    CarrierKeys,
    /// Nobody can be asked for its parcels.
    CarrierUnknown,
}

/// What the server reads before it decides, and the browser already has.
pub struct Situation<'a> {
    pub card: &'a Card,
    pub funnel: &'a Funnel,
    pub reasons: &'a [LostReason],
    /// Positions of the neighbours at the place asked for, the card itself left out.
    pub between: (Option<&'a str>, Option<&'a str>),
    pub undo: Option<&'a Undo>,
}

pub fn decide(actor: &Actor, command: &MoveDeal, situation: &Situation) -> Result<DealMoved, Refusal> {
    let Situation { card, funnel, reasons, between, undo } = situation;
    if !may(actor, Action::SeeDeals, On::Storefront(card.storefront)) {
        return Err(Refusal::NotFound);
    }
    if !may(actor, Action::MoveDeal, On::Storefront(card.storefront)) {
        return Err(Refusal::NotAllowed);
    }
    let to = funnel.stage(command.to).ok_or(Refusal::StageGone)?;
    if card.stage != command.from {
        return Err(Refusal::Stale { now: Box::new((*card).clone()) });
    }
    let enters = card.stage != to.id;
    let lost = to.kind == StageKind::Lost && enters;
    let reason = match (undo, command.reason.filter(|_| lost)) {
        (Some(undo), _) => undo.reason.as_ref().filter(|_| lost),
        (None, Some(id)) => Some(reasons.iter().find(|reason| reason.id == id).ok_or(Refusal::ReasonUnknown)?),
        (None, None) if lost && !reasons.is_empty() => return Err(Refusal::ReasonNeeded),
        (None, None) => None,
    };
    let from_name = funnel.stage(card.stage).map_or_else(String::new, |stage| stage.name.clone());
    Ok(DealMoved {
        from: card.stage,
        to: to.id,
        from_name,
        to_name: to.name.clone(),
        position: position::between(between.0, between.1),
        position_before: card.position.clone(),
        sum: card.sum,
        currency: card.currency,
        since: card.since,
        left: card.left,
        back: undo.map(|undo| Back { since: undo.since, left: undo.left }),
        reason: reason.map(|reason| reason.id),
        reason_name: reason.map(|reason| reason.name.clone()),
        version: card.version + 1,
    })
}
