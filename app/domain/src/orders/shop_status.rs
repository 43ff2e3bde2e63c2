//! What a shop says of an order, and what of that is news to us.

use serde::{Deserialize, Serialize};

use super::{Status, StatusKind};

/// What a shop's status word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShopStatus {
    AwaitingPayment,
    AwaitingConfirmation,
    Processing,
    Completed,
    Cancelled,
    Returned,
    Failed,
    /// An abandoned cart: a lead, not an order.
    Draft,
    /// A word we do not know; kept as it came.
    Unknown,
}

impl ShopStatus {
    pub const ALL: [ShopStatus; 9] = [
        ShopStatus::AwaitingPayment,
        ShopStatus::AwaitingConfirmation,
        ShopStatus::Processing,
        ShopStatus::Completed,
        ShopStatus::Cancelled,
        ShopStatus::Returned,
        ShopStatus::Failed,
        ShopStatus::Draft,
        ShopStatus::Unknown,
    ];

    pub fn key(self) -> &'static str {
        match self {
            ShopStatus::AwaitingPayment => "awaiting_payment",
            ShopStatus::AwaitingConfirmation => "awaiting_confirmation",
            ShopStatus::Processing => "processing",
            ShopStatus::Completed => "completed",
            ShopStatus::Cancelled => "cancelled",
            ShopStatus::Returned => "returned",
            ShopStatus::Failed => "failed",
            ShopStatus::Draft => "draft",
            ShopStatus::Unknown => "unknown",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }
}

/// The kinds of status that a shop's word may mean, the best first; none where it says nothing of the order's way.
pub fn meaning(shop: ShopStatus) -> &'static [StatusKind] {
    match shop {
        ShopStatus::AwaitingPayment => &[StatusKind::AwaitingPayment, StatusKind::New],
        ShopStatus::AwaitingConfirmation => &[StatusKind::AwaitingConfirmation, StatusKind::New],
        ShopStatus::Processing => &[StatusKind::Processing, StatusKind::New],
        ShopStatus::Completed => &[StatusKind::Delivered],
        ShopStatus::Cancelled | ShopStatus::Failed => &[StatusKind::Cancelled],
        ShopStatus::Returned => &[StatusKind::Returned],
        ShopStatus::Draft | ShopStatus::Unknown => &[],
    }
}

/// The status that a shop's word names; None where it names none that there is.
pub fn named(shop: ShopStatus, statuses: &[Status]) -> Option<&Status> {
    meaning(shop).iter().find_map(|kind| statuses.iter().find(|status| status.kind == *kind))
}

/// Whether an order of ours follows its shop's new word. A shop knows little of packing and posting: what it calls
/// "processing" never takes an order back, and what has ended here is ended otherwise only by its return.
pub fn follows(now: StatusKind, to: StatusKind) -> bool {
    match to {
        StatusKind::Delivered | StatusKind::Cancelled => !now.ends() && now != StatusKind::Returning,
        StatusKind::Returning | StatusKind::Returned => !matches!(now, StatusKind::Returned | StatusKind::Cancelled),
        StatusKind::New
        | StatusKind::AwaitingConfirmation
        | StatusKind::AwaitingPayment
        | StatusKind::Paid
        | StatusKind::Processing
        | StatusKind::Delayed
        | StatusKind::Picking
        | StatusKind::Packed
        | StatusKind::Shipped
        | StatusKind::InTransit
        | StatusKind::ReadyForPickup => !now.ends() && now != StatusKind::Returning && now.rank() < to.rank(),
    }
}
