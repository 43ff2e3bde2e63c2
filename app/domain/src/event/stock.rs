//! What happened to goods: by one command, all of it.

use serde::{Deserialize, Serialize};

use crate::catalog::MoveKind;
use crate::i18n::{Lang, t};
use crate::ids::*;

/// Of the moves that a sentence names; it ends in a sign that there were more.
const NAMED_MAX: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockMoved {
    pub moves: Vec<StockMove>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockMove {
    pub variant: VariantId,
    pub warehouse: WarehouseId,
    /// As it was: it may be another one by now.
    pub sku: String,
    pub kind: MoveKind,
    pub quantity: i64,
}

impl StockMoved {
    pub fn words(&self, lang: Lang) -> String {
        let named = self.moves.iter().take(NAMED_MAX);
        let named: Vec<String> =
            named.map(|one| format!("{} {} × {}", t::move_kind_name(lang, one.kind), one.sku, one.quantity)).collect();
        let more = if self.moves.len() > NAMED_MAX { "…" } else { "" };
        t::fact_stock_moved(lang, &format!("{}{more}", named.join(", ")))
    }
}
