//! Orders on their way, as tests send them there.

use super::shop::id;
use domain::ids::OrderId;
use domain::orders::{Asked, CancelledBy, Carrier, ChangeStatus, Condition, Status, StatusDetails, StatusKind};
use store::{Ctx, Store};

/// What a status of this kind asks for; a parcel's number is made of `n`.
pub fn told(kind: StatusKind, n: i64) -> Option<StatusDetails> {
    let reason = "Так сталося".to_owned();
    Some(match kind.asks()? {
        Asked::Shipment => StatusDetails::Shipment { carrier: Carrier::NovaPoshta, number: format!("{n:014}") },
        Asked::Delay => StatusDetails::Delay { reason, until: "2026-12-01".into() },
        Asked::Cancellation => StatusDetails::Cancellation { by: CancelledBy::Customer, reason },
        Asked::Return => StatusDetails::Return { reason, condition: Condition::AsNew },
    })
}

/// From wherever it is, past the rules where need be.
pub async fn take_to(store: &Store, ctx: &Ctx, order: OrderId, to: &Status) -> store::Result<()> {
    let view = store.order_page(ctx, order).await?;
    let from = view.order.status.map(|status| status.id);
    let (details, override_reason) = (told(to.kind, order.0), Some("Для порядку".to_owned()));
    let change = ChangeStatus { command: id(), order, from, to: to.id, details, override_reason };
    store.change_status(ctx, change).await.map(drop)
}
