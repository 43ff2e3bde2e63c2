//! Goods of a storefront: a product in two variants, a warehouse, a supplier. Each is new, so that it can be put away.

use domain::catalog::{
    Product, ProductForm, StockLine, StockWork, SupplierChange, SupplierForm, VariantForm, WarehouseChange, WorkOnStock,
};
use domain::ids::*;
use store::Store;

use super::system;

pub async fn product(store: &Store, storefront: StorefrontId, name: &str) -> Product {
    let variant = || VariantForm {
        name: String::new(),
        sku: CommandId::new_v4().to_string(),
        barcode: None,
        price: 45_000,
        cost: Some(31_415),
        low_stock: Some(3),
        supplier: None,
    };
    let form = ProductForm { name: name.into(), variants: vec![variant(), variant()] };
    store.create_product(&system(), CommandId::new_v4(), storefront, form).await.expect("a product")
}

pub async fn warehouse(store: &Store, storefront: StorefrontId) -> WarehouseId {
    let change = WarehouseChange::Add { storefront, name: format!("Кава: склад {}", CommandId::new_v4()) };
    store.change_warehouse(&system(), CommandId::new_v4(), change).await.expect("a warehouse").id
}

pub async fn supplier(store: &Store, storefront: StorefrontId) -> SupplierId {
    let form =
        SupplierForm { name: format!("Кава: постачальник {}", CommandId::new_v4()), email: None };
    let change = SupplierChange::Add { storefront, form };
    store.change_supplier(&system(), CommandId::new_v4(), change).await.expect("a supplier").id
}

pub async fn receive(store: &Store, (variant, warehouse): (VariantId, WarehouseId), quantity: i64) {
    let work = StockWork::Receive { quantity };
    let lines = vec![StockLine { variant, warehouse, work, note: String::new() }];
    store.work_on_stock(&system(), WorkOnStock { command: CommandId::new_v4(), lines }).await.expect("received");
}
