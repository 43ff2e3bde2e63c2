//! What a move and an edit tell of a deal.

use serde::{Deserialize, Serialize};

use crate::ids::*;
use crate::money::Currency;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealMoved {
    pub from: StageId,
    pub to: StageId,
    pub from_name: String,
    pub to_name: String,
    pub position: String,
    /// Its position on `from`, which an undo gives back.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub position_before: String,
    /// The deal's sum in minor units, so that column totals follow without the card.
    pub sum: i64,
    pub currency: Currency,
    /// When it had come to `from`, and where from.
    pub since: Millis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<StageId>,
    /// An undone move: what it gives back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<Back>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<LostReasonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_name: Option<String>,
    pub version: i64,
}

/// When a deal had come to the stage to which its undone move returns it, and where from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Back {
    pub since: Millis,
    pub left: Option<StageId>,
}

impl DealMoved {
    /// Since when the deal stands on `to`, and which stage it left for it.
    pub fn arrival(&self, at: Millis) -> (Millis, Option<StageId>) {
        match self.back {
            Some(Back { since, left }) => (since, left),
            None if self.from == self.to => (self.since, self.left),
            None => (at, Some(self.from)),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealEdited {
    pub stage: StageId,
    pub sum_before: i64,
    pub sum: i64,
    pub currency: Currency,
    pub first_line: String,
    pub more_lines: i64,
    pub source: crate::deals::Source,
    pub responsible: Option<UserId>,
    pub changed: Vec<Changed>,
    pub version: i64,
}

/// Which part of a deal an edit touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    Customer,
    Contacts,
    Lines,
    Sum,
    Source,
    Responsible,
    Comment,
}
