//! What is wrong with a row: where, and why.

use serde::{Deserialize, Serialize};

use super::Field;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The file's column, counted from 0; None: no column has the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    pub field: Field,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    Missing,
    /// Neither a name nor a phone nor an address: nobody could be found again.
    Nobody,
    NotANumber,
    /// "1,234" could be one or a thousand.
    AmbiguousNumber,
    /// Not a whole number from 1 on.
    NotAQuantity,
    TooBig,
    Negative,
    /// "100 $" in a shop that counts in hryvnias.
    OtherCurrency,
    NotADate,
    /// "03/04/2026" could be March or April.
    AmbiguousDate,
    InFuture,
    NotAPhone,
    NotAnEmail,
    NotYesOrNo,
    TooLong,
    UnknownStage,
    UnknownPerson,
    UnknownLostReason,
    /// The stage is not a lost one.
    ReasonWithoutLoss,
    TooManyLines,
    /// Another row of the same order is wrong.
    OrderRefused,
    /// The rows of one order disagree.
    Contradiction,
}
