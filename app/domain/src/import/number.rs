//! Amounts as people and programs write them.

use serde::{Deserialize, Serialize};

/// What stands before a number's fraction, where the number itself does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    Dot,
    Comma,
}

impl Decimal {
    pub const ALL: [Decimal; 2] = [Decimal::Dot, Decimal::Comma];
}
