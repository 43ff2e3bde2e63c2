//! Orders on their way: what tests of statuses share.

use domain::funnels::Funnel;
use domain::ids::*;
use domain::orders::{
    Asked, Bond, CancelledBy, Carrier, ChangeStatus, Condition, IncomingOrder, OrderView, Status, StatusDetails,
    StatusKind, suggest,
};
use store::orders::Arrival;
use store::{Ctx, Store};

use super::shop::{NOW, Shop, id, incoming};

pub async fn of_kind(store: &Store, shop: &Shop, kind: StatusKind) -> Status {
    let all = store.statuses(&shop.viewer, shop.one).await.expect("statuses");
    all.into_iter().find(|status| status.kind == kind).expect("the storefront has one")
}

/// An order of shop one that is paid for at the door: it waits for confirmation.
pub async fn order(store: &Store, shop: &Shop, external_id: &str) -> OrderView {
    send(store, shop, incoming(external_id)).await
}

pub async fn send(store: &Store, shop: &Shop, order: IncomingOrder) -> OrderView {
    let received = store.receive_order(shop.one, NOW, order, Arrival::Sent).await.expect("received");
    view(store, shop, received.order.expect("an order")).await
}

pub async fn view(store: &Store, shop: &Shop, order: OrderId) -> OrderView {
    store.order_page(&shop.viewer, order).await.expect("its page")
}

pub fn kind(view: &OrderView) -> StatusKind {
    view.order.status.as_ref().expect("a status").kind
}

pub fn details(asked: Asked) -> StatusDetails {
    match asked {
        Asked::Shipment => StatusDetails::Shipment { carrier: Carrier::NovaPoshta, number: "20450000000001".into() },
        Asked::Delay => {
            StatusDetails::Delay { reason: "немає на складі".into(), until: "2026-12-01".into() }
        }
        Asked::Cancellation => {
            StatusDetails::Cancellation { by: CancelledBy::Customer, reason: "передумав".into() }
        }
        Asked::Return => StatusDetails::Return { reason: "розмір".into(), condition: Condition::AsNew },
    }
}

/// From where it is seen, with whatever is asked for.
pub fn change(view: &OrderView, to: &Status) -> ChangeStatus {
    ChangeStatus {
        command: id(),
        order: view.order.id,
        from: view.order.status.as_ref().map(|status| status.id),
        to: to.id,
        details: to.kind.asks().map(details),
        override_reason: None,
    }
}

pub async fn go(store: &Store, ctx: &Ctx, (shop, view): (&Shop, &OrderView), to: StatusKind) -> OrderView {
    let to = of_kind(store, shop, to).await;
    store.change_status(ctx, change(view, &to)).await.expect("changed")
}

/// The bond that is suggested for shop one and this funnel.
pub async fn bonded(store: &Store, shop: &Shop, funnel: &Funnel) -> Bond {
    let statuses = store.statuses(&shop.viewer, shop.one).await.expect("statuses");
    let bond = suggest(shop.one, &statuses, funnel);
    store.set_bond(&shop.head, id(), bond).await.expect("bonded")
}
