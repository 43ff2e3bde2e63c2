//! What happened. The one vocabulary that timelines, live boards and readers of the log speak.
//! A fact holds ids, amounts and names of stages and people of the team; never a customer's name, phone or letter:
//! the log is for ever, a customer may be forgotten.

mod audience;
mod deal;
mod kind;
pub mod sentence;
mod stock;

use serde::{Deserialize, Serialize};

pub use audience::{Audience, audience};
pub use deal::{Back, Changed, DealEdited, DealMoved};
pub use stock::{StockMove, StockMoved};

use crate::auth::{Role, Who};
use crate::backfill::BackfillTurned;
use crate::board::Card;
use crate::carriers::ScanKind;
use crate::funnels::{Funnel, Stage};
use crate::ids::*;
use crate::import::{Counts, Failure};
use crate::money::Currency;
use crate::orders::{Carrier, StatusKind};

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

    /// Names, as they were: a status may be renamed or retired. Why, and what was told with it, is kept beside the order.
    OrderStatusChanged {
        number: String,
        from: Option<String>,
        to: String,
        status: StatusId,
        /// The facts' own tag is called `kind`.
        #[serde(rename = "status_kind")]
        kind: StatusKind,
        /// Past the rules, by somebody who may.
        overridden: bool,
    },
    /// A carrier told something new of the order's parcel; the code is the carrier's own.
    ShipmentScanned {
        carrier: Carrier,
        scan: ScanKind,
        code: String,
    },
    /// A storefront's statuses, scenarios or limits.
    StatusesChanged,
    /// Between a storefront's statuses and a funnel's stages.
    BondChanged,

    ProductCreated {
        product: ProductId,
        name: String,
    },
    /// Its name, or one of its variants.
    ProductChanged {
        product: ProductId,
        name: String,
    },
    ProductRetired {
        product: ProductId,
        name: String,
    },
    WarehousesChanged,
    SuppliersChanged,
    StockSettingsChanged,
    /// Reasons are kept beside the ledger.
    StockMoved(StockMoved),

    CustomerCreated,
    CustomerChanged,
    /// By the undoing of the import that made it.
    CustomerDeleted,

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

    /// Of its address the host alone: the rest may be a secret.
    WebhookCreated {
        webhook: WebhookId,
        host: String,
    },
    WebhookChanged {
        webhook: WebhookId,
        host: String,
    },
    WebhookRemoved {
        webhook: WebhookId,
        host: String,
    },
    /// By the server itself.
    WebhookDisabled {
        webhook: WebhookId,
        host: String,
    },

    /// The key of its reason; words of the shop are kept beside its body.
    IntakeRefused {
        intake: IntakeId,
        reason: String,
    },
    IntakeReplayed {
        intake: IntakeId,
    },
    IntakeDismissed {
        intake: IntakeId,
    },
    ImportStarted {
        import: ImportId,
        rows: i64,
    },
    /// It went on after the server had been stopped in the middle.
    ImportResumed {
        import: ImportId,
        done: i64,
    },
    ImportFinished {
        import: ImportId,
        counts: Counts,
    },
    ImportFailed {
        import: ImportId,
        failure: Failure,
        counts: Counts,
    },
    ImportUndone {
        import: ImportId,
        counts: Counts,
    },
    BackfillTurned(BackfillTurned),
    /// A storefront's access to a carrier was entered, or taken away.
    CarrierAccountChanged {
        carrier: Carrier,
        linked: bool,
    },
    DemoSwitched {
        on: bool,
    },

    /// A list was taken out as a file; written when the file begins.
    Exported {
        list: crate::export::List,
    },
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

#[cfg(test)]
mod tests;
