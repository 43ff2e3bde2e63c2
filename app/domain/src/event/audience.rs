//! Who may see an event, on the live stream and in the API alike.

use super::{Event, Fact};
use crate::auth::{Action, Actor, On, Role, Storefronts, may};
use crate::ids::StorefrontId;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Whoever sees deals of this storefront.
    Storefront(StorefrontId),
    /// Everyone who is signed in.
    Team,
    /// Owners and admins: where a storefront is named, those who belong to it; else those who belong to all of them.
    Admins(Option<StorefrontId>),
    /// It has no storefront though it should: nobody.
    Nobody,
}

impl Audience {
    pub fn includes(self, actor: &Actor) -> bool {
        match self {
            Audience::Storefront(storefront) => may(actor, Action::SeeDeals, On::Storefront(storefront)),
            Audience::Team => true,
            Audience::Admins(of) => {
                let belongs = match of {
                    Some(storefront) => actor.storefronts.contains(storefront),
                    // The team, keys, webhooks: an admin's script that was given some shops hears nothing of them.
                    None => actor.storefronts == Storefronts::All,
                };
                actor.role >= Role::Admin && belongs
            }
            Audience::Nobody => false,
        }
    }
}

pub fn audience(event: &Event) -> Audience {
    let of_storefront = event.scope.storefront.map_or(Audience::Nobody, Audience::Storefront);
    match &event.fact {
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
        | Fact::OrderStatusChanged { .. }
        | Fact::ShipmentScanned { .. }
        | Fact::StatusesChanged
        | Fact::BondChanged
        | Fact::ProductCreated { .. }
        | Fact::ProductChanged { .. }
        | Fact::ProductRetired { .. }
        | Fact::WarehousesChanged
        | Fact::SuppliersChanged
        | Fact::StockSettingsChanged
        | Fact::StockMoved(_)
        | Fact::CustomerCreated
        | Fact::CustomerChanged
        | Fact::CustomerDeleted => of_storefront,
        // A funnel without a storefront is everybody's.
        Fact::FunnelCreated { .. }
        | Fact::FunnelRenamed { .. }
        | Fact::FunnelArchived { .. }
        | Fact::StageAdded { .. }
        | Fact::StageChanged { .. }
        | Fact::StagesReordered { .. }
        | Fact::StageRemoved { .. } => event.scope.storefront.map_or(Audience::Team, Audience::Storefront),
        Fact::LostReasonAdded { .. }
        | Fact::LostReasonRenamed { .. }
        | Fact::LostReasonRetired { .. }
        | Fact::DemoSwitched { .. } => Audience::Team,
        Fact::StorefrontCreated { .. }
        | Fact::StorefrontChanged { .. }
        | Fact::SecretChanged { .. }
        | Fact::UserInvited { .. }
        | Fact::LinkMade { .. }
        | Fact::UserJoined { .. }
        | Fact::UserRoleChanged { .. }
        | Fact::UserStorefrontsChanged { .. }
        | Fact::UserRemoved { .. }
        | Fact::PasswordChanged { .. }
        | Fact::SignedIn { .. }
        | Fact::SignedOut { .. }
        | Fact::SignedOutEverywhere { .. }
        | Fact::TokenCreated { .. }
        | Fact::TokenRevoked { .. }
        | Fact::ScreenPaired { .. }
        | Fact::ScreenUnpaired { .. }
        | Fact::WebhookCreated { .. }
        | Fact::WebhookChanged { .. }
        | Fact::WebhookRemoved { .. }
        | Fact::WebhookDisabled { .. }
        | Fact::IntakeRefused { .. }
        | Fact::IntakeReplayed { .. }
        | Fact::IntakeDismissed { .. }
        | Fact::Exported { .. }
        | Fact::ImportStarted { .. }
        | Fact::ImportResumed { .. }
        | Fact::ImportFinished { .. }
        | Fact::ImportFailed { .. }
        | Fact::ImportUndone { .. }
        | Fact::CarrierAccountChanged { .. }
        | Fact::BackfillTurned(_) => Audience::Admins(event.scope.storefront),
    }
}
