//! A product and its variants as they are written down, checked at the door. Money is in minor units of the storefront's
//! currency.

use serde::{Deserialize, Serialize};

use super::{CatalogField, CatalogWrong, FieldFault, FieldFaults, QUANTITY_MAX, checked_barcode};
use crate::ids::SupplierId;
use crate::money::MINOR_MAX;

pub const NAME_CHARS_MAX: usize = 200;
pub const SKU_CHARS_MAX: usize = 100;
/// Of one product.
pub const VARIANTS_MAX: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductForm {
    pub name: String,
    pub variants: Vec<VariantForm>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariantForm {
    #[serde(default)]
    pub name: String,
    pub sku: String,
    #[serde(default)]
    pub barcode: Option<String>,
    pub price: i64,
    #[serde(default)]
    pub cost: Option<i64>,
    #[serde(default)]
    pub low_stock: Option<i64>,
    #[serde(default)]
    pub supplier: Option<SupplierId>,
}

impl ProductForm {
    /// Trimmed and within its limits; all faults at once. Whether a sku is free and a supplier there, the store knows.
    pub fn checked(self) -> Result<Self, FieldFaults> {
        let mut faults = FieldFaults::new();
        let name = checked_name(&self.name).unwrap_or_else(|fault| {
            faults.push(fault);
            String::new()
        });
        let of_all = |wrong| FieldFault::of(CatalogField::Variants, wrong);
        if self.variants.is_empty() {
            faults.push(of_all(CatalogWrong::Missing));
        } else if self.variants.len() > VARIANTS_MAX {
            faults.push(of_all(CatalogWrong::TooMany));
        }
        let mut variants: Vec<VariantForm> = Vec::new();
        for (index, form) in self.variants.into_iter().take(VARIANTS_MAX).enumerate() {
            let at = |fault: FieldFault| FieldFault { variant: Some(index), ..fault };
            match form.checked() {
                Ok(form) if variants.iter().any(|known| known.sku == form.sku) => {
                    faults.push(at(FieldFault::of(CatalogField::Sku, CatalogWrong::Taken)));
                }
                Ok(form) => variants.push(form),
                Err(found) => faults.extend(found.into_iter().map(at)),
            }
        }
        if faults.is_empty() { Ok(Self { name, variants }) } else { Err(faults) }
    }
}

impl VariantForm {
    pub fn checked(self) -> Result<Self, FieldFaults> {
        let mut faults = FieldFaults::new();
        let mut fault = |field, wrong| faults.push(FieldFault::of(field, wrong));
        let (name, sku) = (one_line(&self.name), one_line(&self.sku));
        if name.chars().count() > NAME_CHARS_MAX {
            fault(CatalogField::Name, CatalogWrong::TooLong);
        }
        if sku.is_empty() {
            fault(CatalogField::Sku, CatalogWrong::Missing);
        } else if sku.chars().count() > SKU_CHARS_MAX {
            fault(CatalogField::Sku, CatalogWrong::TooLong);
        }
        let typed = self.barcode.filter(|code| !code.trim().is_empty());
        let barcode = typed.as_deref().and_then(checked_barcode);
        if typed.is_some() && barcode.is_none() {
            fault(CatalogField::Barcode, CatalogWrong::NotABarcode);
        }
        if !(0..=MINOR_MAX).contains(&self.price) {
            fault(CatalogField::Price, CatalogWrong::OutOfRange);
        }
        if self.cost.is_some_and(|cost| !(0..=MINOR_MAX).contains(&cost)) {
            fault(CatalogField::Cost, CatalogWrong::OutOfRange);
        }
        if self.low_stock.is_some_and(|low| !(0..=QUANTITY_MAX).contains(&low)) {
            fault(CatalogField::LowStock, CatalogWrong::OutOfRange);
        }
        if faults.is_empty() { Ok(Self { name, sku, barcode, ..self }) } else { Err(faults) }
    }
}

pub(super) fn checked_name(name: &str) -> Result<String, FieldFault> {
    let name = one_line(name);
    if name.is_empty() {
        return Err(FieldFault::of(CatalogField::Name, CatalogWrong::Missing));
    }
    if name.chars().count() > NAME_CHARS_MAX {
        return Err(FieldFault::of(CatalogField::Name, CatalogWrong::TooLong));
    }
    Ok(name)
}

impl ProductForm {
    /// A product's new name.
    pub fn checked_name(name: &str) -> Result<String, FieldFault> {
        checked_name(name)
    }
}

/// Without control characters, in one line.
pub(super) fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}
