//! One customer, deal or order, read from its rows.

use crate::deals::Source;
use crate::ids::*;
use crate::orders::{Line, ShopStatus};

/// Valid, but for the phone: the store knows the numbering plans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// May be empty: then somebody is known by phone or address alone.
    pub name: String,
    /// As typed, and in which column.
    pub phone: Option<(usize, String)>,
    /// Lower case.
    pub email: Option<String>,
    /// What people call it.
    pub order_number: Option<String>,
    pub external_id: Option<String>,
    /// Where its deal stands; None for customers.
    pub stage: Option<StageId>,
    pub status: Option<ShopStatus>,
    /// The word of the file.
    pub shop_status: String,
    /// Minor units: the file's own sum, else what the goods come to.
    pub sum: i64,
    pub shipping_total: i64,
    pub discount_total: i64,
    pub payment_method: String,
    pub paid: bool,
    pub lines: Vec<Line>,
    pub source: Option<Source>,
    pub responsible: Option<UserId>,
    pub lost_reason: Option<LostReasonId>,
    pub comment: String,
    pub created_at: Option<Millis>,
}
