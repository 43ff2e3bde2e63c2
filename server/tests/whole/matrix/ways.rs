//! The settings of orders: statuses, scenarios, limits, bonds.

use domain::auth::Role::{Head, Viewer};
use domain::ids::CommandId;
use domain::orders::{Bond, ScenarioChange, ScenarioForm, Status, StatusChange, StatusForm, Thresholds};
use serde_json::json as value;

use super::Reach::Ours;
use super::desk::Desk;
use super::{Call, fields, json};
use crate::common::system;

/// None: nobody has said who may call it.
pub async fn call(desk: &Desk<'_>, command: CommandId, name: &str) -> Option<Call> {
    let world = desk.world;
    let (storefront, funnel) = (world.ours.id, world.ours.funnel.id);
    let statuses = world.store().statuses(&system(), storefront).await.expect("statuses");
    let first: &Status = statuses.first().expect("a storefront begins with a set");
    let (least, body) = match name {
        "storefront_ways" => (Viewer, fields(&[("storefront", storefront)])),
        "change_statuses" => {
            let form = StatusForm {
                name: format!("Кава {command}"),
                colour: first.colour,
                kind: first.kind,
                public_name: first.public_name.clone(),
                public_text: first.public_text.clone(),
                next: first.next.clone(),
            };
            let change = StatusChange::Edit { status: first.id, form };
            (Head, json(value!({ "command": command, "storefront": storefront, "change": change })))
        }
        "take_status_set" => {
            let body = value!({ "command": command, "storefront": storefront, "set": "eleven", "lang": "uk" });
            (Head, json(body))
        }
        "change_scenarios" => {
            let form = ScenarioForm { name: format!("Кава {command}"), payment: None, steps: vec![first.id] };
            let change = ScenarioChange::Add { storefront, form };
            (Head, json(value!({ "command": command, "storefront": storefront, "change": change })))
        }
        "set_order_limits" => {
            let thresholds = Thresholds { stuck_hours: 24, ..Thresholds::default() };
            (Head, json(value!({ "command": command, "storefront": storefront, "thresholds": thresholds })))
        }
        "set_makes_deals" => {
            (Head, json(value!({ "command": command, "storefront": storefront, "makes_deals": true })))
        }
        "deal_makers" => (Viewer, fields(&[("funnel", funnel)])),
        "storefront_bond" => {
            (Viewer, fields(&[("funnel", funnel.to_string()), ("storefront", storefront.to_string())]))
        }
        "save_bond" => {
            let bond = Bond { funnel, storefront, to_stage: Vec::new(), to_status: Vec::new() };
            (Head, json(value!({ "command": command, "bond": bond })))
        }
        _ => return None,
    };
    Some(Call { least, reach: Ours, body })
}
