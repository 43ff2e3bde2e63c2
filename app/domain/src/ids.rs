//! Identifiers as types of their own, so that a deal's id is never taken for a stage's.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    UserId,
    TokenId,
    StorefrontId,
    FunnelId,
    StageId,
    LostReasonId,
    CustomerId,
    DealId,
    OrderId,
    /// Where an order can be, in the shop's own words.
    StatusId,
    /// The usual path of an order.
    ScenarioId,
    /// A parcel of an order.
    ShipmentId,
    /// Goods that are sold, in one form or several.
    ProductId,
    /// The form in which they are sold: it has the sku, the price and the stock.
    VariantId,
    /// Where goods lie.
    WarehouseId,
    /// From whom goods come.
    SupplierId,
    /// A line of the stock's ledger.
    StockMoveId,
    /// What came in by a door, as it came.
    IntakeId,
    /// A line in the record of what came in.
    DeliveryId,
    /// A saved filter of a board.
    ViewId,
    /// A screen on a wall.
    ScreenId,
    /// A file that was taken in.
    ImportId,
    /// A receiver of what happens.
    WebhookId,
    /// A message to a receiver.
    MessageId,
    /// An event's place in the log; 0 is before the first.
    Seq,
}

/// One intention of one person; sent twice, it happens once.
pub type CommandId = uuid::Uuid;

/// Milliseconds since 1970-01-01 UTC.
pub type Millis = i64;
