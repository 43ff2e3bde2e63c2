//! Goods of shop one: what tests of the catalogue and the stock share.

use domain::catalog::{
    Product, ProductForm, Stock, StockFilter, StockLine, StockRow, StockWork, VariantForm, WarehouseChange, WorkOnStock,
};
use domain::ids::*;
use domain::orders::{IncomingOrder, Line};
use store::{Ctx, Store};

use super::shop::{Shop, goods, id, incoming};

pub async fn warehouse(store: &Store, shop: &Shop, name: &str) -> WarehouseId {
    let change = WarehouseChange::Add { storefront: shop.one, name: name.into() };
    store.change_warehouse(&shop.head, id(), change).await.expect("a warehouse").id
}

pub fn form(sku: &str) -> VariantForm {
    VariantForm {
        name: String::new(),
        sku: sku.into(),
        barcode: None,
        price: 45_000,
        cost: Some(30_000),
        low_stock: None,
        supplier: None,
    }
}

pub async fn product(store: &Store, shop: &Shop, skus: &[&str]) -> Product {
    let form = ProductForm { name: "Чай".into(), variants: skus.iter().map(|sku| form(sku)).collect() };
    store.create_product(&shop.head, id(), shop.one, form).await.expect("a product")
}

pub fn line((variant, warehouse): (VariantId, WarehouseId), work: StockWork) -> StockLine {
    StockLine { variant, warehouse, work, note: "переоблік".into() }
}

pub async fn work(store: &Store, ctx: &Ctx, lines: Vec<StockLine>) -> store::Result<Vec<StockRow>> {
    store.work_on_stock(ctx, WorkOnStock { command: id(), lines }).await
}

pub async fn receive(store: &Store, shop: &Shop, place: (VariantId, WarehouseId), quantity: i64) {
    let lines = vec![line(place, StockWork::Receive { quantity })];
    work(store, &shop.manager, lines).await.expect("received");
}

/// On hand and reserved.
pub async fn lying(store: &Store, shop: &Shop, (variant, warehouse): (VariantId, WarehouseId)) -> (i64, i64) {
    let Stock { on_hand, reserved, .. } = stock(store, shop, (variant, warehouse)).await;
    (on_hand, reserved)
}

pub async fn stock(store: &Store, shop: &Shop, (variant, warehouse): (VariantId, WarehouseId)) -> Stock {
    let filter = StockFilter { variant: Some(variant), warehouse: Some(warehouse), ..StockFilter::default() };
    let rows = store.stock_page(&shop.viewer, filter, (0, 10)).await.expect("stock");
    rows.first().map(|(_, row)| row.stock).unwrap_or_default()
}

/// An order of these goods.
pub fn wants(external_id: &str, list: &[(&str, i64)]) -> IncomingOrder {
    let line = |(sku, quantity): &(&str, i64)| Line { sku: (*sku).into(), ..goods("Чай", *quantity, 45_000) };
    IncomingOrder { lines: list.iter().map(line).collect(), ..incoming(external_id) }
}
