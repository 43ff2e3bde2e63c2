//! How much there is, and which moves may change it. Each kind of move adds its quantity, or takes it, in the same way
//! whatever there was before: so the stock is the sum of its ledger.

use serde::{Deserialize, Serialize};

use crate::i18n::{Lang, t};

/// Of one move.
pub const QUANTITY_MAX: i64 = 1_000_000;
/// Of what may ever lie somewhere, be promised or awaited: far from where sums of them would not fit.
pub const AMOUNT_MAX: i64 = 1_000_000_000_000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    pub on_hand: i64,
    /// Promised to orders, and still here.
    pub reserved: i64,
    /// On its way from a supplier.
    pub incoming: i64,
}

impl Stock {
    /// On hand and promised to nobody; below zero where more was promised than there is.
    pub fn available(self) -> i64 {
        self.on_hand - self.reserved
    }

    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// With a move's quantity in it; None past what can be counted.
    pub fn after(self, kind: MoveKind, quantity: i64) -> Option<Self> {
        let (on_hand, reserved, incoming) = kind.effect();
        let add = |amount: i64, sign: i64| amount.checked_add(quantity.checked_mul(sign)?);
        Some(Self {
            on_hand: add(self.on_hand, on_hand)?,
            reserved: add(self.reserved, reserved)?,
            incoming: add(self.incoming, incoming)?,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// Came in from outside.
    Received,
    /// Promised to an order.
    Reserved,
    /// Promised no more.
    Released,
    /// Left with its order, for which it was reserved.
    Consumed,
    /// Came back with an order and can be sold again.
    Returned,
    /// Came back with an order and can't be sold.
    WrittenOff,
    /// By somebody who counted.
    Corrected,
    /// Ordered from a supplier; below zero: called off, or arrived.
    Incoming,
    /// To another warehouse.
    Sent,
    /// From another warehouse.
    Arrived,
}

impl MoveKind {
    pub const ALL: [MoveKind; 10] = [
        MoveKind::Received,
        MoveKind::Reserved,
        MoveKind::Released,
        MoveKind::Consumed,
        MoveKind::Returned,
        MoveKind::WrittenOff,
        MoveKind::Corrected,
        MoveKind::Incoming,
        MoveKind::Sent,
        MoveKind::Arrived,
    ];

    pub fn key(self) -> &'static str {
        match self {
            MoveKind::Received => "received",
            MoveKind::Reserved => "reserved",
            MoveKind::Released => "released",
            MoveKind::Consumed => "consumed",
            MoveKind::Returned => "returned",
            MoveKind::WrittenOff => "written_off",
            MoveKind::Corrected => "corrected",
            MoveKind::Incoming => "incoming",
            MoveKind::Sent => "sent",
            MoveKind::Arrived => "arrived",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// How often its quantity goes into what is on hand, reserved and incoming.
    pub fn effect(self) -> (i64, i64, i64) {
        match self {
            MoveKind::Received | MoveKind::Returned | MoveKind::Corrected | MoveKind::Arrived => (1, 0, 0),
            MoveKind::Sent => (-1, 0, 0),
            MoveKind::Reserved => (0, 1, 0),
            MoveKind::Released => (0, -1, 0),
            MoveKind::Consumed => (-1, -1, 0),
            MoveKind::WrittenOff => (0, 0, 0),
            MoveKind::Incoming => (0, 0, 1),
        }
    }

    /// Of these alone a quantity may be below zero.
    fn is_signed(self) -> bool {
        matches!(self, MoveKind::Corrected | MoveKind::Incoming)
    }
}

/// Why a move of stock can't be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "wrong", rename_all = "snake_case")]
pub enum StockWrong {
    /// It is nothing, too much, or goes the wrong way.
    Quantity,
    /// This much could be taken.
    NotEnough {
        available: i64,
    },
    /// More than anybody counts.
    TooMuch,
    /// Who corrects says why; and nobody writes a novel.
    Reason,
    UnknownVariant,
    UnknownWarehouse,
    SameWarehouse,
}

impl StockWrong {
    pub fn key(self) -> &'static str {
        match self {
            StockWrong::Quantity => "quantity",
            StockWrong::NotEnough { .. } => "not_enough",
            StockWrong::TooMuch => "too_much",
            StockWrong::Reason => "reason",
            StockWrong::UnknownVariant => "unknown_variant",
            StockWrong::UnknownWarehouse => "unknown_warehouse",
            StockWrong::SameWarehouse => "same_warehouse",
        }
    }

    pub fn words(self, lang: Lang) -> String {
        match self {
            StockWrong::Quantity => t::stock_quantity_wrong(lang),
            StockWrong::NotEnough { available } => return t::stock_not_enough(lang, available.max(0)),
            StockWrong::TooMuch => t::stock_too_much(lang),
            StockWrong::Reason => t::stock_reason_missing(lang),
            StockWrong::UnknownVariant => t::stock_variant_unknown(lang),
            StockWrong::UnknownWarehouse => t::stock_warehouse_unknown(lang),
            StockWrong::SameWarehouse => t::stock_same_warehouse(lang),
        }
        .to_owned()
    }
}

/// What there is after a move. Without pre-orders nothing goes below zero and no more is promised than there is; what a
/// pre-order has left behind may only become better.
pub fn decide_stock(stock: Stock, kind: MoveKind, quantity: i64, preorder: bool) -> Result<Stock, StockWrong> {
    let bounds = if kind.is_signed() { -QUANTITY_MAX..=QUANTITY_MAX } else { 1..=QUANTITY_MAX };
    if quantity == 0 || !bounds.contains(&quantity) {
        return Err(StockWrong::Quantity);
    }
    let after = stock.after(kind, quantity).ok_or(StockWrong::TooMuch)?;
    let counted = |amount: i64| (-AMOUNT_MAX..=AMOUNT_MAX).contains(&amount);
    if ![after.on_hand, after.reserved, after.incoming].into_iter().all(counted) {
        return Err(StockWrong::TooMuch);
    }
    if after.reserved < 0 {
        return Err(StockWrong::NotEnough { available: stock.reserved });
    }
    if after.incoming < 0 {
        return Err(StockWrong::NotEnough { available: stock.incoming });
    }
    if preorder {
        return Ok(after);
    }
    if after.on_hand < 0 && after.on_hand < stock.on_hand {
        return Err(StockWrong::NotEnough { available: stock.on_hand.max(0) });
    }
    if after.available() < 0 && after.available() < stock.available() {
        return Err(StockWrong::NotEnough { available: stock.available().max(0) });
    }
    Ok(after)
}
