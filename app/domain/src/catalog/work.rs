//! What people do with stock by hand: goods come in, are counted, awaited, taken to another warehouse.

use serde::{Deserialize, Serialize};

use super::form::one_line;
use super::{MoveKind, Stock, StockWrong};
use crate::ids::*;

/// Of one command.
pub const LINES_MAX: usize = 200;
pub const NOTE_CHARS_MAX: usize = 300;

/// All of it is done, or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkOnStock {
    pub command: CommandId,
    pub lines: Vec<StockLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockLine {
    pub variant: VariantId,
    pub warehouse: WarehouseId,
    #[serde(flatten)]
    pub work: StockWork,
    /// Kept with the move; corrections need one.
    #[serde(default)]
    pub note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "snake_case")]
pub enum StockWork {
    /// Came in. What was awaited is awaited no more.
    Receive { quantity: i64 },
    /// Ordered from a supplier; below zero: called off.
    Await { quantity: i64 },
    /// So much more, or less, than was thought.
    Correct { by: i64 },
    /// So much is there.
    Count { counted: i64 },
    /// To another warehouse.
    Transfer { to: WarehouseId, quantity: i64 },
}

impl StockLine {
    /// The note trimmed; None: there is none.
    pub fn checked_note(&self) -> Result<Option<String>, StockWrong> {
        let note = one_line(&self.note);
        let corrects = matches!(self.work, StockWork::Correct { .. } | StockWork::Count { .. });
        if note.chars().count() > NOTE_CHARS_MAX || (corrects && note.is_empty()) {
            return Err(StockWrong::Reason);
        }
        Ok(Some(note).filter(|note| !note.is_empty()))
    }
}

/// The moves that a line comes to where this much is there. None of them: it was counted as it was known.
pub fn stock_moves(line: &StockLine, stock: Stock) -> Result<Vec<(WarehouseId, MoveKind, i64)>, StockWrong> {
    let here = line.warehouse;
    Ok(match line.work {
        StockWork::Receive { quantity } | StockWork::Transfer { quantity, .. } if quantity <= 0 => {
            return Err(StockWrong::Quantity);
        }
        StockWork::Receive { quantity } => {
            let awaited = stock.incoming.min(quantity);
            let arrived = (awaited > 0).then_some((here, MoveKind::Incoming, -awaited));
            [(here, MoveKind::Received, quantity)].into_iter().chain(arrived).collect()
        }
        StockWork::Await { quantity } => vec![(here, MoveKind::Incoming, quantity)],
        StockWork::Correct { by } => vec![(here, MoveKind::Corrected, by)],
        StockWork::Count { counted } if counted < 0 => return Err(StockWrong::Quantity),
        StockWork::Count { counted } if counted == stock.on_hand => Vec::new(),
        StockWork::Count { counted } => {
            let by = counted.checked_sub(stock.on_hand).ok_or(StockWrong::TooMuch)?;
            vec![(here, MoveKind::Corrected, by)]
        }
        StockWork::Transfer { to, .. } if to == here => return Err(StockWrong::SameWarehouse),
        StockWork::Transfer { to, quantity } => {
            vec![(here, MoveKind::Sent, quantity), (to, MoveKind::Arrived, quantity)]
        }
    })
}
