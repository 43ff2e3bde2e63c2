//! What every fact is called in the log, and whose rights it changes.

use super::Fact;
use crate::ids::UserId;

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
            Fact::OrderStatusChanged { .. } => "order_status_changed",
            Fact::ShipmentScanned { .. } => "shipment_scanned",
            Fact::StatusesChanged => "statuses_changed",
            Fact::BondChanged => "bond_changed",
            Fact::ProductCreated { .. } => "product_created",
            Fact::ProductChanged { .. } => "product_changed",
            Fact::ProductRetired { .. } => "product_retired",
            Fact::WarehousesChanged => "warehouses_changed",
            Fact::SuppliersChanged => "suppliers_changed",
            Fact::StockSettingsChanged => "stock_settings_changed",
            Fact::StockMoved(_) => "stock_moved",
            Fact::CustomerCreated => "customer_created",
            Fact::CustomerChanged => "customer_changed",
            Fact::CustomerDeleted => "customer_deleted",
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
            Fact::WebhookCreated { .. } => "webhook_created",
            Fact::WebhookChanged { .. } => "webhook_changed",
            Fact::WebhookRemoved { .. } => "webhook_removed",
            Fact::WebhookDisabled { .. } => "webhook_disabled",
            Fact::IntakeRefused { .. } => "intake_refused",
            Fact::IntakeReplayed { .. } => "intake_replayed",
            Fact::IntakeDismissed { .. } => "intake_dismissed",
            Fact::ImportStarted { .. } => "import_started",
            Fact::ImportResumed { .. } => "import_resumed",
            Fact::ImportFinished { .. } => "import_finished",
            Fact::ImportFailed { .. } => "import_failed",
            Fact::ImportUndone { .. } => "import_undone",
            Fact::BackfillTurned(_) => "backfill_turned",
            Fact::CarrierAccountChanged { .. } => "carrier_account_changed",
            Fact::DemoSwitched { .. } => "demo_switched",
            Fact::Exported { .. } => "exported",
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
            | Fact::CustomerDeleted
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
            | Fact::WebhookCreated { .. }
            | Fact::WebhookChanged { .. }
            | Fact::WebhookRemoved { .. }
            | Fact::WebhookDisabled { .. }
            | Fact::IntakeRefused { .. }
            | Fact::IntakeReplayed { .. }
            | Fact::BackfillTurned(_)
            | Fact::CarrierAccountChanged { .. }
            | Fact::ImportStarted { .. }
            | Fact::ImportResumed { .. }
            | Fact::ImportFinished { .. }
            | Fact::ImportFailed { .. }
            | Fact::ImportUndone { .. }
            | Fact::IntakeDismissed { .. }
            | Fact::DemoSwitched { .. }
            | Fact::Exported { .. } => None,
        }
    }
}
