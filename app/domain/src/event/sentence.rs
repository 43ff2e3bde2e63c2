//! A fact in words, in the reader's language.

use super::{Changed, Fact};
use crate::auth::{Role, Who};
use crate::backfill::{BackfillState, BackfillTurned};
use crate::carriers::ScanKind;
use crate::i18n::{Lang, t};
use crate::ids::UserId;
use crate::money;
use crate::orders::Carrier;

/// Names of people, as far as the reader knows them.
pub trait People {
    fn name(&self, user: UserId) -> Option<String>;
}

/// Who did it: a colleague, the shop, a script, the system itself.
pub fn author(who: Who, lang: Lang, people: &impl People) -> String {
    match who {
        Who::User(user) => people.name(user).unwrap_or_else(|| t::former_colleague(lang).to_owned()),
        Who::Token(_) => t::author_script(lang).to_owned(),
        Who::Shop(_) => t::author_shop(lang).to_owned(),
        Who::System => t::author_system(lang).to_owned(),
    }
}

pub fn role_name(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Owner => t::role_owner(lang),
        Role::Admin => t::role_admin(lang),
        Role::Head => t::role_head(lang),
        Role::Manager => t::role_manager(lang),
        Role::Viewer => t::role_viewer(lang),
    }
}

/// What happened, without its author and time.
pub fn sentence(fact: &Fact, lang: Lang, people: &impl People) -> String {
    let person = |user: &UserId| people.name(*user).unwrap_or_else(|| t::former_colleague(lang).to_owned());
    match fact {
        Fact::DealCreated { .. } => t::fact_deal_created(lang).to_owned(),
        Fact::DealMoved(moved) if moved.from == moved.to => t::fact_deal_reordered(lang, &moved.to_name),
        Fact::DealMoved(moved) => match &moved.reason_name {
            Some(reason) => t::fact_deal_moved_because(lang, &moved.from_name, &moved.to_name, reason),
            None => t::fact_deal_moved(lang, &moved.from_name, &moved.to_name),
        },
        Fact::DealEdited(edited) => {
            let parts: Vec<&str> = edited.changed.iter().map(|part| changed_name(*part, lang)).collect();
            let parts = parts.join(", ");
            if edited.sum == edited.sum_before {
                t::fact_deal_edited(lang, &parts)
            } else {
                let before = money::format(edited.sum_before, edited.currency, lang);
                let after = money::format(edited.sum, edited.currency, lang);
                t::fact_deal_edited_sum(lang, &parts, &before, &after)
            }
        }
        Fact::DealDeleted { .. } => t::fact_deal_deleted(lang).to_owned(),
        Fact::DealAssigned { to: Some(user), .. } => t::fact_deal_assigned(lang, &person(user)),
        Fact::DealAssigned { to: None, .. } => t::fact_deal_unassigned(lang).to_owned(),
        Fact::LinkChanged { open: true } => t::fact_link_renewed(lang).to_owned(),
        Fact::LinkChanged { open: false } => t::fact_link_ended(lang).to_owned(),
        Fact::OrderReceived { number, total, currency, .. } => {
            t::fact_order_received(lang, number, &money::format(*total, *currency, lang))
        }
        Fact::OrderUpdated { number, shop_status, .. } => t::fact_order_updated(lang, number, shop_status),
        Fact::OrderDeleted { number, .. } => t::fact_order_deleted(lang, number),
        Fact::OrderRestored { number, .. } => t::fact_order_restored(lang, number),
        Fact::OrderStatusChanged { number, from, to, .. } => match from {
            Some(from) => t::fact_order_status_changed(lang, number, from, to),
            None => t::fact_order_status_given(lang, number, to),
        },
        Fact::ShipmentScanned { carrier, scan, code } => shipment_scanned((*carrier, *scan, code), lang),
        Fact::StatusesChanged => t::fact_statuses_changed(lang).to_owned(),
        Fact::BondChanged => t::fact_bond_changed(lang).to_owned(),
        Fact::ProductCreated { name, .. } => t::fact_product_created(lang, name),
        Fact::ProductChanged { name, .. } => t::fact_product_changed(lang, name),
        Fact::ProductRetired { name, .. } => t::fact_product_retired(lang, name),
        Fact::WarehousesChanged => t::fact_warehouses_changed(lang).to_owned(),
        Fact::SuppliersChanged => t::fact_suppliers_changed(lang).to_owned(),
        Fact::StockSettingsChanged => t::fact_stock_settings_changed(lang).to_owned(),
        Fact::StockMoved(moved) => moved.words(lang),
        Fact::CustomerCreated => t::fact_customer_created(lang).to_owned(),
        Fact::CustomerChanged => t::fact_customer_changed(lang).to_owned(),
        Fact::CustomerDeleted => t::fact_customer_deleted(lang).to_owned(),
        Fact::FunnelCreated { funnel } => t::fact_funnel_created(lang, &funnel.name),
        Fact::FunnelRenamed { name } => t::fact_funnel_renamed(lang, name),
        Fact::FunnelArchived { name } => t::fact_funnel_archived(lang, name),
        Fact::StageAdded { stage, .. } => t::fact_stage_added(lang, &stage.name),
        Fact::StageChanged { stage } => t::fact_stage_changed(lang, &stage.name),
        Fact::StagesReordered { .. } => t::fact_stages_reordered(lang).to_owned(),
        Fact::StageRemoved { name, .. } => t::fact_stage_removed(lang, name),
        Fact::LostReasonAdded { name, .. } => t::fact_lost_reason_added(lang, name),
        Fact::LostReasonRenamed { name, .. } => t::fact_lost_reason_renamed(lang, name),
        Fact::LostReasonRetired { name, .. } => t::fact_lost_reason_retired(lang, name),
        Fact::StorefrontCreated { name, .. } => t::fact_storefront_created(lang, name),
        Fact::StorefrontChanged { name } => t::fact_storefront_changed(lang, name),
        Fact::SecretChanged { name } => t::fact_secret_changed(lang, name),
        Fact::UserInvited { name, role, .. } => t::fact_user_invited(lang, name, role_name(*role, lang)),
        Fact::LinkMade { user } => t::fact_link_made(lang, &person(user)),
        Fact::UserJoined { user } => t::fact_user_joined(lang, &person(user)),
        Fact::UserRoleChanged { user, from, to } => {
            t::fact_user_role_changed(lang, &person(user), role_name(*from, lang), role_name(*to, lang))
        }
        Fact::UserStorefrontsChanged { user, .. } => t::fact_user_storefronts_changed(lang, &person(user)),
        Fact::UserRemoved { user } => t::fact_user_removed(lang, &person(user)),
        Fact::PasswordChanged { user } => t::fact_password_changed(lang, &person(user)),
        Fact::SignedIn { user } => t::fact_signed_in(lang, &person(user)),
        Fact::SignedOut { user } => t::fact_signed_out(lang, &person(user)),
        Fact::SignedOutEverywhere { user } => t::fact_signed_out_everywhere(lang, &person(user)),
        Fact::TokenCreated { name, .. } => t::fact_token_created(lang, name),
        Fact::TokenRevoked { name, .. } => t::fact_token_revoked(lang, name),
        Fact::ScreenPaired { name, .. } => t::fact_screen_paired(lang, name),
        Fact::ScreenUnpaired { name, .. } => t::fact_screen_unpaired(lang, name),
        Fact::WebhookCreated { host, .. } => t::fact_webhook_created(lang, host),
        Fact::WebhookChanged { host, .. } => t::fact_webhook_changed(lang, host),
        Fact::WebhookRemoved { host, .. } => t::fact_webhook_removed(lang, host),
        Fact::WebhookDisabled { host, .. } => t::fact_webhook_disabled(lang, host),
        Fact::IntakeRefused { .. } => t::fact_intake_refused(lang).to_owned(),
        Fact::IntakeReplayed { .. } => t::fact_intake_replayed(lang).to_owned(),
        Fact::IntakeDismissed { .. } => t::fact_intake_dismissed(lang).to_owned(),
        Fact::ImportStarted { rows, .. } => t::fact_import_started(lang, &t::import_rows(lang, *rows)),
        Fact::ImportResumed { done, .. } => t::fact_import_resumed(lang, &t::import_rows(lang, *done)),
        Fact::ImportFinished { counts, .. } => {
            t::fact_import_finished(lang, counts.made, counts.changed, counts.left, counts.refused)
        }
        Fact::ImportFailed { failure, .. } => t::fact_import_failed(lang, failure.words(lang)),
        Fact::ImportUndone { counts, .. } => t::fact_import_undone(lang, counts.undone, counts.spared),
        Fact::BackfillTurned(turned) => backfill_turned(turned, lang),
        Fact::CarrierAccountChanged { carrier, linked: true } => {
            t::fact_carrier_linked(lang, t::carrier_name(lang, *carrier))
        }
        Fact::CarrierAccountChanged { carrier, linked: false } => {
            t::fact_carrier_unlinked(lang, t::carrier_name(lang, *carrier))
        }
        Fact::DemoSwitched { on: true } => t::fact_demo_on(lang).to_owned(),
        Fact::DemoSwitched { on: false } => t::fact_demo_off(lang).to_owned(),
        Fact::Exported { list } => t::fact_exported(lang, t::export_list(lang, *list)),
    }
}

/// A code that we do not know says itself what it is.
fn shipment_scanned((carrier, scan, code): (Carrier, ScanKind, &str), lang: Lang) -> String {
    let carrier = t::carrier_name(lang, carrier);
    match scan {
        ScanKind::Unknown => t::fact_shipment_unknown(lang, carrier, code),
        ScanKind::LabelMade
        | ScanKind::Accepted
        | ScanKind::InTransit
        | ScanKind::ReadyForPickup
        | ScanKind::Delivered
        | ScanKind::Returning
        | ScanKind::Returned
        | ScanKind::Exception
        | ScanKind::NotFound => t::fact_shipment_scanned(lang, carrier, scan.words(lang)),
    }
}

fn backfill_turned(turned: &BackfillTurned, lang: Lang) -> String {
    let shop = turned.shop.name();
    match turned.to {
        BackfillState::Running => t::fact_backfill_running(lang, shop),
        BackfillState::Paused => t::fact_backfill_paused(lang, shop),
        BackfillState::Done => t::fact_backfill_done(lang, shop, &t::backfill_orders(lang, turned.made)),
        BackfillState::Failed => t::fact_backfill_failed(lang, shop),
        BackfillState::Stopped => t::fact_backfill_stopped(lang, shop),
    }
}

fn changed_name(part: Changed, lang: Lang) -> &'static str {
    match part {
        Changed::Customer => t::part_customer(lang),
        Changed::Contacts => t::part_contacts(lang),
        Changed::Lines => t::part_lines(lang),
        Changed::Sum => t::part_sum(lang),
        Changed::Source => t::part_source(lang),
        Changed::Responsible => t::part_responsible(lang),
        Changed::Comment => t::part_comment(lang),
    }
}
