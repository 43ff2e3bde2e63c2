//! Stock is what its ledger comes to; nothing else may be found.

use std::collections::BTreeMap;

use domain::catalog::{MoveKind, Stock};
use domain::ids::*;

use super::ledger;
use crate::error::Result;
use crate::sql::{Conn, sql};

/// Where rows and ledger differ, a sentence each.
pub(crate) async fn discrepancies(conn: &mut Conn) -> Result<Vec<String>> {
    let mut told: BTreeMap<(VariantId, WarehouseId), Stock> = BTreeMap::new();
    let sums = sql!(
        "SELECT variant_id, warehouse_id, kind, CAST(SUM(quantity) AS BIGINT) AS quantity FROM stock_ledger \
         GROUP BY variant_id, warehouse_id, kind"
    );
    for row in &sums.all(conn).await? {
        let place = (row.get("variant_id")?, row.get("warehouse_id")?);
        let (kind, quantity): (MoveKind, i64) = (row.get("kind")?, row.get("quantity")?);
        let stock = told.entry(place).or_default();
        *stock = stock.after(kind, quantity).unwrap_or(*stock);
    }
    let mut problems = Vec::new();
    let rows = sql!("SELECT variant_id, warehouse_id, on_hand, reserved, incoming FROM stock ORDER BY id");
    for row in &rows.all(conn).await? {
        let (variant, warehouse): (VariantId, WarehouseId) = (row.get("variant_id")?, row.get("warehouse_id")?);
        if told.remove(&(variant, warehouse)).unwrap_or_default() != ledger::stock(row)? {
            problems
                .push(format!("The stock of variant {variant} in warehouse {warehouse} is not what its ledger says."));
        }
    }
    for (variant, warehouse) in told.into_iter().filter(|(_, stock)| !stock.is_empty()).map(|(place, _)| place) {
        problems.push(format!("Variant {variant} has a ledger in warehouse {warehouse}, but no stock."));
    }
    Ok(problems)
}
