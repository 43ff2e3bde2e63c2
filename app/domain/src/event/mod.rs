//! What happened. The one vocabulary that timelines, live boards and readers of the log speak.
//! A fact holds ids, amounts and names of stages and people of the team; never a customer's name, phone or letter:
//! the log is for ever, a customer may be forgotten.

mod audience;
pub mod sentence;

use serde::{Deserialize, Serialize};

pub use audience::{Audience, audience};

use crate::auth::{Role, Who};
use crate::board::Card;
use crate::funnels::{Funnel, Stage};
use crate::ids::*;
use crate::money::Currency;

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub seq: Seq,
    pub at: Millis,
    pub actor: Who,
    /// The command that caused it; the one who sent it recognises it by this.
    pub command: CommandId,
    #[serde(default, skip_serializing_if = "Scope::is_empty")]
    pub scope: Scope,
    pub fact: Fact,
}

/// What an event is about; each is an indexed column of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storefront: Option<StorefrontId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funnel: Option<FunnelId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<DealId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
}

impl Scope {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Everything that can happen. Stored as its `kind` and the rest as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fact {
    /// `card` without the customer's name.
    DealCreated {
        card: Card,
    },
    DealMoved(DealMoved),
    DealEdited(DealEdited),
    /// `card` as it was, without the customer's name.
    DealDeleted {
        card: Card,
    },
    DealAssigned {
        from: Option<UserId>,
        to: Option<UserId>,
        version: i64,
    },

    /// The customer's link was made anew, or ended.
    LinkChanged {
        open: bool,
    },

    OrderReceived {
        number: String,
        total: i64,
        currency: Currency,
        shop_status: String,
    },
    OrderUpdated {
        number: String,
        total: i64,
        currency: Currency,
        shop_status: String,
    },
    OrderDeleted {
        number: String,
        version: i64,
    },
    OrderRestored {
        number: String,
        version: i64,
    },

    CustomerCreated,
    CustomerChanged,

    FunnelCreated {
        funnel: Funnel,
    },
    FunnelRenamed {
        name: String,
    },
    FunnelArchived {
        name: String,
    },
    StageAdded {
        stage: Stage,
        index: usize,
    },
    StageChanged {
        stage: Stage,
    },
    StagesReordered {
        order: Vec<StageId>,
    },
    StageRemoved {
        stage: StageId,
        name: String,
    },
    LostReasonAdded {
        reason: LostReasonId,
        name: String,
    },
    LostReasonRenamed {
        reason: LostReasonId,
        name: String,
    },
    LostReasonRetired {
        reason: LostReasonId,
        name: String,
    },

    StorefrontCreated {
        name: String,
        currency: Currency,
    },
    StorefrontChanged {
        name: String,
    },
    SecretChanged {
        name: String,
    },

    UserInvited {
        user: UserId,
        name: String,
        role: Role,
    },
    /// A link that sets a password or signs in was made for somebody.
    LinkMade {
        user: UserId,
    },
    UserJoined {
        user: UserId,
    },
    UserRoleChanged {
        user: UserId,
        from: Role,
        to: Role,
    },
    UserStorefrontsChanged {
        user: UserId,
        storefronts: Vec<StorefrontId>,
    },
    UserRemoved {
        user: UserId,
    },
    PasswordChanged {
        user: UserId,
    },
    SignedIn {
        user: UserId,
    },
    SignedOut {
        user: UserId,
    },
    SignedOutEverywhere {
        user: UserId,
    },
    TokenCreated {
        token: TokenId,
        name: String,
        role: Role,
    },
    TokenRevoked {
        token: TokenId,
        name: String,
    },

    ScreenPaired {
        screen: ScreenId,
        name: String,
    },
    ScreenUnpaired {
        screen: ScreenId,
        name: String,
    },

    IntakeRefused {
        intake: IntakeId,
        reason: String,
    },
    IntakeReplayed {
        intake: IntakeId,
    },
    DemoSwitched {
        on: bool,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealMoved {
    pub from: StageId,
    pub to: StageId,
    pub from_name: String,
    pub to_name: String,
    pub position: String,
    /// Its position on `from`, which an undo gives back.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub position_before: String,
    /// The deal's sum in minor units, so that column totals follow without the card.
    pub sum: i64,
    pub currency: Currency,
    /// When it had come to `from`, and where from.
    pub since: Millis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<StageId>,
    /// An undone move: what it gives back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<Back>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<LostReasonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_name: Option<String>,
    pub version: i64,
}

/// When a deal had come to the stage to which its undone move returns it, and where from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Back {
    pub since: Millis,
    pub left: Option<StageId>,
}

impl DealMoved {
    /// Since when the deal stands on `to`, and which stage it left for it.
    pub fn arrival(&self, at: Millis) -> (Millis, Option<StageId>) {
        match self.back {
            Some(Back { since, left }) => (since, left),
            None if self.from == self.to => (self.since, self.left),
            None => (at, Some(self.from)),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealEdited {
    pub stage: StageId,
    pub sum_before: i64,
    pub sum: i64,
    pub currency: Currency,
    pub first_line: String,
    pub more_lines: i64,
    pub source: crate::deals::Source,
    pub responsible: Option<UserId>,
    pub changed: Vec<Changed>,
    pub version: i64,
}

/// Which part of a deal an edit touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    Customer,
    Contacts,
    Lines,
    Sum,
    Source,
    Responsible,
    Comment,
}

/// An event as it goes over the socket: with what its watcher may not have loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    #[serde(flatten)]
    pub event: Event,
    /// The deal's card as it is when the event is sent; it may be newer than the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// The customer's name now, where the event is about the customer alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_name: Option<String>,
}

impl Fact {
    /// The log's `kind` column.
    pub fn kind(&self) -> &'static str {
        match self {
            Fact::DealCreated { .. } => "deal_created",
            Fact::DealMoved(_) => "deal_moved",
            Fact::DealEdited(_) => "deal_edited",
            Fact::DealDeleted { .. } => "deal_deleted",
            Fact::DealAssigned { .. } => "deal_assigned",
            Fact::LinkChanged { .. } => "link_changed",
            Fact::OrderReceived { .. } => "order_received",
            Fact::OrderUpdated { .. } => "order_updated",
            Fact::OrderDeleted { .. } => "order_deleted",
            Fact::OrderRestored { .. } => "order_restored",
            Fact::CustomerCreated => "customer_created",
            Fact::CustomerChanged => "customer_changed",
            Fact::FunnelCreated { .. } => "funnel_created",
            Fact::FunnelRenamed { .. } => "funnel_renamed",
            Fact::FunnelArchived { .. } => "funnel_archived",
            Fact::StageAdded { .. } => "stage_added",
            Fact::StageChanged { .. } => "stage_changed",
            Fact::StagesReordered { .. } => "stages_reordered",
            Fact::StageRemoved { .. } => "stage_removed",
            Fact::LostReasonAdded { .. } => "lost_reason_added",
            Fact::LostReasonRenamed { .. } => "lost_reason_renamed",
            Fact::LostReasonRetired { .. } => "lost_reason_retired",
            Fact::StorefrontCreated { .. } => "storefront_created",
            Fact::StorefrontChanged { .. } => "storefront_changed",
            Fact::SecretChanged { .. } => "secret_changed",
            Fact::UserInvited { .. } => "user_invited",
            Fact::LinkMade { .. } => "link_made",
            Fact::UserJoined { .. } => "user_joined",
            Fact::UserRoleChanged { .. } => "user_role_changed",
            Fact::UserStorefrontsChanged { .. } => "user_storefronts_changed",
            Fact::UserRemoved { .. } => "user_removed",
            Fact::PasswordChanged { .. } => "password_changed",
            Fact::SignedIn { .. } => "signed_in",
            Fact::SignedOut { .. } => "signed_out",
            Fact::SignedOutEverywhere { .. } => "signed_out_everywhere",
            Fact::TokenCreated { .. } => "token_created",
            Fact::TokenRevoked { .. } => "token_revoked",
            Fact::ScreenPaired { .. } => "screen_paired",
            Fact::ScreenUnpaired { .. } => "screen_unpaired",
            Fact::IntakeRefused { .. } => "intake_refused",
            Fact::IntakeReplayed { .. } => "intake_replayed",
            Fact::DemoSwitched { .. } => "demo_switched",
        }
    }

    /// The user whose rights or sessions this changes: their sockets must ask again who they are.
    pub fn touches_access_of(&self) -> Option<UserId> {
        match self {
            Fact::UserRoleChanged { user, .. }
            | Fact::UserStorefrontsChanged { user, .. }
            | Fact::UserRemoved { user }
            | Fact::PasswordChanged { user }
            | Fact::SignedOut { user }
            | Fact::SignedOutEverywhere { user } => Some(*user),
            Fact::DealCreated { .. }
            | Fact::DealMoved(_)
            | Fact::DealEdited(_)
            | Fact::DealDeleted { .. }
            | Fact::DealAssigned { .. }
            | Fact::LinkChanged { .. }
            | Fact::OrderReceived { .. }
            | Fact::OrderUpdated { .. }
            | Fact::OrderDeleted { .. }
            | Fact::OrderRestored { .. }
            | Fact::CustomerCreated
            | Fact::CustomerChanged
            | Fact::FunnelCreated { .. }
            | Fact::FunnelRenamed { .. }
            | Fact::FunnelArchived { .. }
            | Fact::StageAdded { .. }
            | Fact::StageChanged { .. }
            | Fact::StagesReordered { .. }
            | Fact::StageRemoved { .. }
            | Fact::LostReasonAdded { .. }
            | Fact::LostReasonRenamed { .. }
            | Fact::LostReasonRetired { .. }
            | Fact::StorefrontCreated { .. }
            | Fact::StorefrontChanged { .. }
            | Fact::SecretChanged { .. }
            | Fact::UserInvited { .. }
            | Fact::LinkMade { .. }
            | Fact::UserJoined { .. }
            | Fact::SignedIn { .. }
            | Fact::TokenCreated { .. }
            | Fact::TokenRevoked { .. }
            | Fact::ScreenPaired { .. }
            | Fact::ScreenUnpaired { .. }
            | Fact::IntakeRefused { .. }
            | Fact::IntakeReplayed { .. }
            | Fact::DemoSwitched { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests;
