//! What the shop sells and how much of it there is. A product is sold in variants; a variant has the sku by which an
//! order's line finds it, and its stock in each warehouse. Stock is never written by itself: it is what the ledger of its
//! moves comes to.

mod barcode;
mod fault;
mod form;
mod order;
mod patch;
mod places;
mod stock;
mod work;

use serde::{Deserialize, Serialize};

use crate::ids::*;
use crate::money::Currency;
use crate::orders::StatusKind;

pub use barcode::{BARCODE_CHARS_MAX, checked_barcode};
pub use fault::{CatalogFault, CatalogField, CatalogWrong, FieldFault, FieldFaults, Short};
pub use form::{NAME_CHARS_MAX, ProductForm, SKU_CHARS_MAX, VARIANTS_MAX, VariantForm};
pub use order::{Held, Lying, OrderStock, Planned, Rules, Wanted, plan, stock_step};
pub use patch::{StockSettingsPatch, VariantPatch};
pub use places::{
    SUPPLIERS_MAX, Supplier, SupplierChange, SupplierForm, SupplierPatch, WAREHOUSES_MAX, Warehouse, WarehouseChange,
    checked_place,
};
pub use stock::{AMOUNT_MAX, MoveKind, QUANTITY_MAX, Stock, StockWrong, decide_stock};
pub use work::{LINES_MAX, NOTE_CHARS_MAX, StockLine, StockWork, WorkOnStock, stock_moves};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub id: ProductId,
    pub storefront: StorefrontId,
    pub name: String,
    /// The storefront's: every price below is in its minor units.
    pub currency: Currency,
    /// In the order in which they were added; never none.
    pub variants: Vec<Variant>,
    pub created_at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    pub id: VariantId,
    /// What tells it from the product's others; may be empty where there is no other.
    pub name: String,
    /// No other variant of the storefront has it.
    pub sku: String,
    pub barcode: Option<String>,
    pub price: i64,
    /// What it costs the shop. Left out for those who may not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<i64>,
    /// When this much or less is free, it is time to order more; None: nobody watches it.
    pub low_stock: Option<i64>,
    pub supplier: Option<SupplierId>,
}

/// What can be asked of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum ProductChange {
    Rename {
        name: String,
    },
    /// After the others.
    AddVariant {
        form: VariantForm,
    },
    PatchVariant {
        variant: VariantId,
        patch: VariantPatch,
    },
    /// Sold no more; its history stays.
    RetireVariant {
        variant: VariantId,
    },
    Retire,
}

/// Which products are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductFilter {
    pub storefront: Option<StorefrontId>,
    /// Part of a name, sku or barcode.
    pub text: String,
    pub sku: Option<String>,
    pub supplier: Option<SupplierId>,
}

/// How much of a variant lies in a warehouse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockRow {
    pub variant: VariantId,
    pub warehouse: WarehouseId,
    #[serde(flatten)]
    pub stock: Stock,
    /// On hand and promised to nobody.
    pub available: i64,
}

/// Which stock is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StockFilter {
    pub storefront: Option<StorefrontId>,
    pub warehouse: Option<WarehouseId>,
    pub variant: Option<VariantId>,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerLine {
    pub id: StockMoveId,
    pub variant: VariantId,
    pub warehouse: WarehouseId,
    pub kind: MoveKind,
    pub quantity: i64,
    pub order: Option<OrderId>,
    pub actor: crate::auth::Who,
    pub at: Millis,
    pub note: Option<String>,
}

/// A variant of which there is little left, in all warehouses together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowStock {
    pub product: ProductId,
    pub product_name: String,
    pub variant: VariantId,
    pub variant_name: String,
    pub sku: String,
    pub low_stock: i64,
    pub available: i64,
    pub incoming: i64,
    pub supplier: Option<SupplierId>,
}

/// How a storefront keeps its stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockSettings {
    pub storefront: StorefrontId,
    /// An order's goods are put aside when it comes into a status of this kind, or further.
    pub reserve_at: StatusKind,
    /// More may be promised than there is.
    pub preorder: bool,
}

#[cfg(test)]
mod tests;
