//! What can be wrong with a product, a place or a move of stock, and in which field.

use serde::{Deserialize, Serialize};

use super::StockWrong;
use crate::board::Refusal;
use crate::i18n::{Lang, t};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CatalogField {
    Name,
    Sku,
    Barcode,
    Price,
    Cost,
    LowStock,
    Supplier,
    Variants,
    Email,
    Storefront,
    ReserveAt,
}

impl CatalogField {
    pub fn key(self) -> &'static str {
        match self {
            CatalogField::Name => "name",
            CatalogField::Sku => "sku",
            CatalogField::Barcode => "barcode",
            CatalogField::Price => "price",
            CatalogField::Cost => "cost",
            CatalogField::LowStock => "low_stock",
            CatalogField::Supplier => "supplier",
            CatalogField::Variants => "variants",
            CatalogField::Email => "email",
            CatalogField::Storefront => "storefront",
            CatalogField::ReserveAt => "reserve_at",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CatalogWrong {
    Missing,
    TooLong,
    TooMany,
    /// Another one has it.
    Taken,
    OutOfRange,
    NotABarcode,
    NotAnEmail,
    Unknown,
}

impl CatalogWrong {
    pub fn key(self) -> &'static str {
        match self {
            CatalogWrong::Missing => "missing",
            CatalogWrong::TooLong => "too_long",
            CatalogWrong::TooMany => "too_many",
            CatalogWrong::Taken => "taken",
            CatalogWrong::OutOfRange => "out_of_range",
            CatalogWrong::NotABarcode => "not_a_barcode",
            CatalogWrong::NotAnEmail => "not_an_email",
            CatalogWrong::Unknown => "unknown",
        }
    }

    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            CatalogWrong::Missing => t::fault_missing(lang),
            CatalogWrong::TooLong => t::fault_too_long(lang),
            CatalogWrong::TooMany => t::fault_too_many(lang),
            CatalogWrong::Taken => t::catalog_taken(lang),
            CatalogWrong::OutOfRange => t::catalog_out_of_range(lang),
            CatalogWrong::NotABarcode => t::catalog_not_a_barcode(lang),
            CatalogWrong::NotAnEmail => t::fault_not_an_email(lang),
            CatalogWrong::Unknown => t::fault_unknown(lang),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// Which of a product's variants, from 0; None: it is not about one of several.
    pub variant: Option<usize>,
    pub field: CatalogField,
    pub wrong: CatalogWrong,
}

impl FieldFault {
    pub fn of(field: CatalogField, wrong: CatalogWrong) -> Self {
        Self { variant: None, field, wrong }
    }
}

/// Never empty.
pub type FieldFaults = Vec<FieldFault>;

/// Why the catalogue can't be so. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum CatalogFault {
    Fields {
        faults: FieldFaults,
    },
    /// A move of stock can't be: which of them, from 0, and why.
    Stock {
        line: usize,
        wrong: StockWrong,
    },
    /// None, or more than are taken at once.
    Lines,
    /// As many as there may be.
    Full,
    /// There is some of it, or some is promised or awaited: it can't be put away yet.
    HasStock,
    /// A product keeps one variant at least; it is put away as a whole.
    LastVariant,
}

impl CatalogFault {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            CatalogFault::Fields { faults } => faults.first().map_or("", |fault| fault.wrong.words(lang)),
            CatalogFault::Stock { wrong, .. } => return wrong.words(lang),
            CatalogFault::Lines => t::stock_lines_wrong(lang),
            CatalogFault::Full => t::limit_too_many(lang),
            CatalogFault::HasStock => t::catalog_has_stock(lang),
            CatalogFault::LastVariant => t::catalog_last_variant(lang),
        }
        .to_owned()
    }
}

impl From<CatalogFault> for Refusal {
    fn from(fault: CatalogFault) -> Self {
        Refusal::Catalog { fault }
    }
}

impl From<FieldFaults> for CatalogFault {
    fn from(faults: FieldFaults) -> Self {
        CatalogFault::Fields { faults }
    }
}

impl From<FieldFault> for CatalogFault {
    fn from(fault: FieldFault) -> Self {
        CatalogFault::Fields { faults: vec![fault] }
    }
}

/// Goods of which an order wants more than there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Short {
    pub sku: String,
    pub wanted: i64,
    /// What the order could have, with what is put aside for it already.
    pub available: i64,
}

impl Short {
    /// "A-1: 3 wanted, 1 there", a line for each.
    pub fn words(short: &[Short], lang: Lang) -> String {
        let each: Vec<String> = short
            .iter()
            .take(5)
            .map(|one| t::stock_short_of(lang, &one.sku, one.wanted, one.available.max(0)))
            .collect();
        t::stock_short(lang, &each.join("; "))
    }
}
