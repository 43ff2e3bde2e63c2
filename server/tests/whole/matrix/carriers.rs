//! What may be asked of carriers and their parcels. No parcel goes with an account here, so that nobody outside is asked.

use domain::auth::Role::{Admin, Viewer};
use domain::carriers::SetCarrierAccount;
use domain::ids::*;
use domain::orders::{Carrier, ChangeStatus, StatusDetails, StatusKind};
use serde_json::json as value;

use super::Reach::{Ours, Own};
use super::desk::Desk;
use super::{Call, fields, json, orders};
use crate::common::system;

pub(super) async fn call(desk: &Desk<'_>, name: &str) -> Option<Call> {
    let (storefront, carrier, command) = (desk.world.ours.id, Carrier::FedEx, CommandId::new_v4());
    let set = SetCarrierAccount { storefront, carrier, key: "key-of-tests".into(), secret: "secret-of-tests".into() };
    let (least, reach, body) = match name {
        "carriers" => (Admin, Own, fields::<&str>(&[])),
        // Those that one manages, which may be none.
        "carrier_accounts" => (Viewer, Own, fields::<&str>(&[])),
        "set_carrier" => (Admin, Ours, json(value!({ "command": command, "set": set }))),
        "remove_carrier" => {
            let store = desk.world.store();
            store.set_carrier_account(&system(), CommandId::new_v4(), set).await.expect("an account");
            (Admin, Ours, json(value!({ "command": command, "storefront": storefront, "carrier": carrier })))
        }
        "carrier_answers" => (Admin, Ours, fields(&[("shipment", parcel(desk).await)])),
        _ => return None,
    };
    Some(Call { least, reach, body })
}

/// One that has just left.
async fn parcel(desk: &Desk<'_>) -> ShipmentId {
    let view = orders::fresh(desk).await;
    let shipped = view.statuses.iter().find(|status| status.kind == StatusKind::Shipped).expect("a status");
    let change = ChangeStatus {
        command: CommandId::new_v4(),
        order: view.order.id,
        from: view.order.status.as_ref().map(|status| status.id),
        to: shipped.id,
        details: Some(StatusDetails::Shipment { carrier: Carrier::Other, number: "0500100000002".into() }),
        override_reason: Some("для перевірки".into()),
    };
    let sent = desk.world.store().change_status(&system(), change).await.expect("sent");
    sent.shipments.first().expect("a parcel").id
}
