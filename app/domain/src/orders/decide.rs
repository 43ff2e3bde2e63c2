//! May this order come into that status? Pure: what it needs to know arrives as arguments.

use serde::{Deserialize, Serialize};

use super::status::one_line;
use super::{Asked, DetailFault, DetailField, DetailWrong, REASON_CHARS_MAX, Status, StatusDetails, StatusKind};
use crate::auth::{Action, Actor, On, Role, may};
use crate::board::Refusal;
use crate::i18n::{Lang, t};
use crate::ids::*;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeStatus {
    pub command: CommandId,
    pub order: OrderId,
    /// The status in which the changer saw it. An order that has left it meanwhile is refused: they decided by a
    /// picture that is gone.
    pub from: Option<StatusId>,
    pub to: StatusId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<StatusDetails>,
    /// Why it goes where it may not go from here; heads and above may say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
}

/// Takes several orders into a status, each from wherever it is: one that is refused keeps the others from nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeMany {
    pub command: CommandId,
    pub orders: Vec<OrderId>,
    pub to: StatusId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<StatusDetails>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManyChanged {
    /// Those that were in it already, too.
    pub changed: Vec<OrderId>,
    pub refused: Vec<(OrderId, Refusal)>,
}

/// What the server reads before it decides, and the browser already has.
pub struct Situation<'a> {
    pub storefront: StorefrontId,
    pub now: Option<StatusId>,
    pub statuses: &'a [Status],
    /// The order's parcel has its number already.
    pub has_shipment: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusMoved {
    pub from: Option<StatusId>,
    pub to: StatusId,
    pub kind: StatusKind,
    pub details: Option<StatusDetails>,
    /// Why it went where it may not go by itself; None: it may.
    pub override_reason: Option<String>,
}

impl StatusMoved {
    pub fn overridden(&self) -> bool {
        self.override_reason.is_some()
    }
}

/// Why an order can't be taken there. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum OrderFault {
    /// Somebody changed it meanwhile; this is where it is now.
    Stale {
        now: Option<StatusId>,
    },
    /// The storefront has no such status, or no more.
    StatusGone,
    /// From where it is, it may go here.
    NotNext {
        next: Vec<StatusId>,
    },
    /// The status asks for something that was not told.
    DetailsNeeded {
        asked: Asked,
        to: StatusId,
    },
    Detail {
        detail: DetailFault,
    },
    /// Going past the rules needs a reason, and a short one.
    OverrideReason,
    /// It has a deal already.
    HasDeal {
        deal: DealId,
    },
    /// The deal has an order already.
    HasOrder {
        order: OrderId,
    },
    /// It was deleted before it was ever told of: nothing is known of it.
    Empty,
}

/// None: it is there already.
pub fn decide_status(
    actor: &Actor,
    change: &ChangeStatus,
    situation: &Situation,
) -> Result<Option<StatusMoved>, Refusal> {
    let Situation { storefront, now, statuses, has_shipment } = situation;
    let on = On::Storefront(*storefront);
    if !may(actor, Action::SeeDeals, on) {
        return Err(Refusal::NotFound);
    }
    if !may(actor, Action::MoveDeal, on) {
        return Err(Refusal::NotAllowed);
    }
    let to = statuses.iter().find(|status| status.id == change.to).ok_or(OrderFault::StatusGone)?;
    if *now == Some(to.id) {
        return Ok(None);
    }
    if *now != change.from {
        return Err(OrderFault::Stale { now: *now }.into());
    }
    let override_reason = passes(actor, change, now.and_then(|now| statuses.iter().find(|status| status.id == now)))?;
    let details = told(change, to, *has_shipment)?;
    Ok(Some(StatusMoved { from: *now, to: to.id, kind: to.kind, details, override_reason }))
}

/// An order that has no status yet may come into any.
fn passes(actor: &Actor, change: &ChangeStatus, from: Option<&Status>) -> Result<Option<String>, Refusal> {
    let Some(from) = from.filter(|from| !from.next.contains(&change.to)) else { return Ok(None) };
    let Some(reason) = change.override_reason.as_deref().filter(|_| actor.role >= Role::Head) else {
        return Err(OrderFault::NotNext { next: from.next.clone() }.into());
    };
    let reason = one_line(reason);
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        return Err(OrderFault::OverrideReason.into());
    }
    Ok(Some(reason))
}

/// What the status asks for. What it does not ask for is not kept either.
fn told(change: &ChangeStatus, to: &Status, has_shipment: bool) -> Result<Option<StatusDetails>, Refusal> {
    let Some(asked) = to.kind.asks() else { return Ok(None) };
    match change.details.clone() {
        Some(details) if details.asked() == asked => {
            Ok(Some(details.checked().map_err(|detail| OrderFault::Detail { detail })?))
        }
        Some(_) => {
            let detail = DetailFault { field: DetailField::Asked, wrong: DetailWrong::NotAsked };
            Err(OrderFault::Detail { detail }.into())
        }
        None if asked == Asked::Shipment && has_shipment => Ok(None),
        None => Err(OrderFault::DetailsNeeded { asked, to: to.id }.into()),
    }
}

impl From<OrderFault> for Refusal {
    fn from(fault: OrderFault) -> Self {
        Refusal::Order { fault }
    }
}

impl OrderFault {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            OrderFault::Stale { .. } => t::order_stale(lang),
            OrderFault::StatusGone => t::order_status_gone(lang),
            OrderFault::NotNext { .. } => t::order_not_next(lang),
            OrderFault::DetailsNeeded { asked, .. } => match asked {
                Asked::Shipment => t::order_asks_shipment(lang),
                Asked::Delay => t::order_asks_delay(lang),
                Asked::Cancellation => t::order_asks_cancellation(lang),
                Asked::Return => t::order_asks_return(lang),
            },
            OrderFault::Detail { detail } => detail.words(lang),
            OrderFault::OverrideReason => t::order_override_reason(lang),
            OrderFault::HasDeal { .. } => t::order_has_deal(lang),
            OrderFault::HasOrder { .. } => t::deal_has_order(lang),
            OrderFault::Empty => t::order_empty(lang),
        }
        .to_owned()
    }
}

impl DetailFault {
    pub fn words(self, lang: Lang) -> &'static str {
        match (self.field, self.wrong) {
            (DetailField::Number, DetailWrong::Missing) => t::order_asks_shipment(lang),
            (DetailField::Reason, DetailWrong::Missing) => t::detail_reason_missing(lang),
            (DetailField::Until, DetailWrong::Missing) => t::detail_until_missing(lang),
            (_, DetailWrong::Missing) => t::fault_missing(lang),
            (_, DetailWrong::TooLong) => t::fault_too_long(lang),
            (_, DetailWrong::NotADate) => t::import_not_a_date(lang),
            (_, DetailWrong::NotANumber) => t::detail_number_wrong(lang),
            (_, DetailWrong::NotAsked) => t::detail_not_asked(lang),
        }
    }
}
