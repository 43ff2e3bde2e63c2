//! Where goods lie, and from whom they come.

use serde::{Deserialize, Serialize};

use super::form::checked_name;
use super::{CatalogField, CatalogWrong, FieldFault, FieldFaults};
use crate::customers::normal_email;
use crate::deals::patch::{given, stated};
use crate::ids::*;

/// Of one storefront.
pub const WAREHOUSES_MAX: i64 = 50;
pub const SUPPLIERS_MAX: i64 = 500;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warehouse {
    pub id: WarehouseId,
    pub storefront: StorefrontId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplier {
    pub id: SupplierId,
    pub storefront: StorefrontId,
    pub name: String,
    pub email: Option<String>,
}

/// What can be asked of a warehouse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum WarehouseChange {
    Add { storefront: StorefrontId, name: String },
    Rename { warehouse: WarehouseId, name: String },
    Retire { warehouse: WarehouseId },
}

/// What can be asked of a supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum SupplierChange {
    Add {
        storefront: StorefrontId,
        form: SupplierForm,
    },
    Patch {
        supplier: SupplierId,
        patch: SupplierPatch,
    },
    /// Variants that come from it say so still.
    Retire {
        supplier: SupplierId,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplierForm {
    pub name: String,
    #[serde(default)]
    pub email: Option<String>,
}

impl SupplierForm {
    /// All faults at once.
    pub fn checked(self) -> Result<Self, FieldFaults> {
        let mut faults = FieldFaults::new();
        let name = checked_name(&self.name).unwrap_or_else(|fault| {
            faults.push(fault);
            String::new()
        });
        let typed = self.email.filter(|email| !email.trim().is_empty());
        let email = typed.as_deref().and_then(normal_email);
        if typed.is_some() && email.is_none() {
            faults.push(FieldFault::of(CatalogField::Email, CatalogWrong::NotAnEmail));
        }
        if faults.is_empty() { Ok(Self { name, email }) } else { Err(faults) }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SupplierPatch {
    #[serde(deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub email: Option<Option<String>>,
}

impl SupplierPatch {
    pub fn upon(self, before: &Supplier) -> SupplierForm {
        SupplierForm {
            name: self.name.unwrap_or_else(|| before.name.clone()),
            email: self.email.unwrap_or_else(|| before.email.clone()),
        }
    }
}

/// A warehouse's name.
pub fn checked_place(name: &str) -> Result<String, FieldFault> {
    checked_name(name)
}
