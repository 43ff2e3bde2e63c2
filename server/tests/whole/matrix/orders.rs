//! What may be asked of orders, each time of a fresh one where the answer changes it.

use domain::auth::Role::{Manager, Viewer};
use domain::deals::DeleteDeal;
use domain::ids::*;
use domain::orders::{ChangeMany, ChangeStatus, OrderView, OrdersAsked};
use serde_json::json as value;

use super::Reach::{Each, Ours, Own};
use super::desk::Desk;
use super::{Call, json};
use crate::common::{order, system};

pub(super) async fn call(desk: &Desk<'_>, name: &str) -> Option<Call> {
    let command = CommandId::new_v4();
    let (least, reach, body) = match name {
        "load_order" => (Viewer, Ours, value!({ "order": fresh(desk).await.order.id })),
        "send_status" => {
            let view = fresh(desk).await;
            let from = view.order.status.as_ref().map(|status| status.id);
            let (order, to) = (view.order.id, plain(&view));
            let change = ChangeStatus { command, order, from, to, details: None, override_reason: None };
            (Manager, Ours, value!({ "command": change }))
        }
        "send_statuses" => {
            let view = fresh(desk).await;
            let (orders, to) = (vec![view.order.id], plain(&view));
            let change = ChangeMany { command, orders, to, details: None, override_reason: None };
            (Manager, Each, value!({ "command": change }))
        }
        "send_make_deal" => {
            let order = lone(desk).await;
            (Manager, Ours, value!({ "command": { "command": command, "order": order } }))
        }
        "send_make_order" => {
            let deal = desk.world.deal(&desk.world.ours, "Олена").await.id;
            let make = value!({ "command": command, "deal": deal, "payment_method": "Готівка" });
            (Manager, Ours, value!({ "command": make }))
        }
        "load_orders" | "more_orders" => (Viewer, Own, value!({ "asked": OrdersAsked::default() })),
        "find_order" => (Viewer, Own, value!({ "text": fresh(desk).await.order.number })),
        _ => return None,
    };
    Some(Call { least, reach, body: json(body) })
}

/// One that has just come.
pub(super) async fn fresh(desk: &Desk<'_>) -> OrderView {
    let world = desk.world;
    let id = order(world, world.ours.id, &CommandId::new_v4().simple().to_string()).await;
    world.store().order_page(&system(), id).await.expect("an order")
}

/// Where it may go without a word.
fn plain(view: &OrderView) -> StatusId {
    let silent = |status: &&domain::orders::Status| view.next.contains(&status.id) && status.kind.asks().is_none();
    view.statuses.iter().find(silent).expect("a status that asks for nothing").id
}

/// Its deal was deleted.
async fn lone(desk: &Desk<'_>) -> OrderId {
    let (view, store) = (fresh(desk).await, desk.world.store());
    let deal = view.order.deal.expect("a deal");
    let seen = store.card(&system(), deal).await.expect("a card").version;
    let delete = DeleteDeal { command: CommandId::new_v4(), deal, seen };
    store.delete_deal(&system(), delete).await.expect("deleted");
    view.order.id
}
