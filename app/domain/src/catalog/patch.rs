//! Parts of a thing: what is not named stays as it is, null is empty.

use serde::{Deserialize, Serialize};

use super::{StockSettings, Variant, VariantForm};
use crate::deals::patch::{given, stated};
use crate::ids::SupplierId;
use crate::orders::StatusKind;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VariantPatch {
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub name: Option<Option<String>>,
    #[serde(deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub barcode: Option<Option<String>>,
    #[serde(deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub price: Option<i64>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub cost: Option<Option<i64>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub low_stock: Option<Option<i64>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub supplier: Option<Option<SupplierId>>,
}

impl VariantPatch {
    pub fn upon(self, before: &Variant) -> VariantForm {
        VariantForm {
            name: self.name.unwrap_or_else(|| Some(before.name.clone())).unwrap_or_default(),
            sku: self.sku.unwrap_or_else(|| before.sku.clone()),
            barcode: self.barcode.unwrap_or_else(|| before.barcode.clone()),
            price: self.price.unwrap_or(before.price),
            cost: self.cost.unwrap_or(before.cost),
            low_stock: self.low_stock.unwrap_or(before.low_stock),
            supplier: self.supplier.unwrap_or(before.supplier),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StockSettingsPatch {
    #[serde(deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub reserve_at: Option<StatusKind>,
    #[serde(deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub preorder: Option<bool>,
}

impl StockSettingsPatch {
    /// None: nothing can be put aside for an order that has left or ended.
    pub fn upon(self, before: StockSettings) -> Option<StockSettings> {
        let reserve_at = self.reserve_at.unwrap_or(before.reserve_at);
        let preorder = self.preorder.unwrap_or(before.preorder);
        let possible = !reserve_at.has_left() && reserve_at != StatusKind::Cancelled;
        possible.then_some(StockSettings { reserve_at, preorder, ..before })
    }
}
