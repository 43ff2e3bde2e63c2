//! A deal with everything its drawer shows.

use serde::{Deserialize, Serialize};

use crate::board::Card;
use crate::ids::*;
use crate::money::Currency;
use crate::orders::{Line, ShopStatus};

/// A deal with everything its drawer shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealDetails {
    pub card: Card,
    /// What an edit must name as `seen`.
    pub contents_version: i64,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub comment: String,
    pub lines: Vec<Line>,
    pub lost_reason: Option<String>,
    /// The last part of the customer's link; None: it was ended.
    pub tracking: Option<String>,
    pub order: Option<OrderDetails>,
}

/// The shop's order behind a deal, as the shop keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDetails {
    pub id: OrderId,
    pub number: String,
    pub shop_status: String,
    pub status: ShopStatus,
    pub currency: Currency,
    pub total: i64,
    pub shipping_total: i64,
    pub discount_total: i64,
    pub payment_method: String,
    pub paid: bool,
    pub note: String,
    pub placed_at: Millis,
    pub deleted: bool,
    pub lines: Vec<Line>,
}
