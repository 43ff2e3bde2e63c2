//! What may be asked of carriers and their parcels. No parcel goes with an account here, so that nobody outside is asked.

use domain::auth::Role::{Admin, Viewer};
use domain::carriers::SetCarrierAccount;
use domain::ids::*;
use domain::orders::Carrier;
use serde_json::json as value;

use super::Reach::{Ours, Own};
use super::desk::Desk;
use super::{Call, fields, json};
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
        _ => return None,
    };
    Some(Call { least, reach, body })
}
