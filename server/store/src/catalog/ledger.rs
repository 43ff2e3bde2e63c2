//! The one place where stock is written: a line of the ledger, and what it comes to.

use domain::catalog::{Lying, MoveKind, Stock};
use domain::ids::*;

use crate::Tx;
use crate::error::Result;
use crate::sql::{Conn, Row, sql};

pub(super) struct Entry {
    pub variant: VariantId,
    pub warehouse: WarehouseId,
    pub kind: MoveKind,
    pub quantity: i64,
    pub order: Option<OrderId>,
    pub note: Option<String>,
}

/// A decided move of stock that the transaction holds.
pub(super) async fn write(tx: &mut Tx<'_>, entry: Entry) -> Result<()> {
    let Entry { variant, warehouse, kind, quantity, order, note } = entry;
    let actor = tx.ctx.actor.who.to_string();
    sql!(
        "INSERT INTO stock_ledger (variant_id, warehouse_id, kind, quantity, order_id, actor, at, note) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    )
    .bind(variant)
    .bind(warehouse)
    .bind(kind)
    .bind(quantity)
    .bind(order)
    .bind(actor)
    .bind(tx.ctx.now)
    .bind(note)
    .run(tx.conn)
    .await?;
    let (on_hand, reserved, incoming) = kind.effect();
    sql!(
        "INSERT INTO stock (variant_id, warehouse_id, on_hand, reserved, incoming) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (variant_id, warehouse_id) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand, \
         reserved = stock.reserved + excluded.reserved, incoming = stock.incoming + excluded.incoming"
    )
    .bind(variant)
    .bind(warehouse)
    .bind(on_hand * quantity)
    .bind(reserved * quantity)
    .bind(incoming * quantity)
    .run(tx.conn)
    .await
    .map(drop)
}

/// A variant's stock wherever it is, with the variant's sku; on PostgreSQL held until the transaction ends. Whoever holds
/// several takes variants in the order of their ids, and so the warehouses of each.
pub(super) async fn lying(conn: &mut Conn, variant: VariantId) -> Result<Vec<(Lying, String)>> {
    let rows = sql!(
        sqlite: "SELECT s.warehouse_id, s.on_hand, s.reserved, s.incoming, v.sku FROM stock s \
                 JOIN variants v ON v.id = s.variant_id WHERE s.variant_id = $1 ORDER BY s.warehouse_id",
        postgres: "SELECT s.warehouse_id, s.on_hand, s.reserved, s.incoming, v.sku FROM stock s \
                   JOIN variants v ON v.id = s.variant_id WHERE s.variant_id = $1 ORDER BY s.warehouse_id \
                   FOR NO KEY UPDATE OF s",
    );
    let rows = rows.bind(variant).all(conn).await?;
    rows.iter()
        .map(|row| {
            let lying = Lying { variant, warehouse: row.get("warehouse_id")?, stock: stock(row)? };
            Ok((lying, row.get("sku")?))
        })
        .collect()
}

/// What lies in one place, held from now on even where nothing has ever lain there: so that two who count it at once do
/// not both put it right.
pub(super) async fn hold_place(conn: &mut Conn, variant: VariantId, warehouse: WarehouseId) -> Result<Stock> {
    sql!(
        "INSERT INTO stock (variant_id, warehouse_id, on_hand, reserved, incoming) VALUES ($1, $2, 0, 0, 0) \
         ON CONFLICT (variant_id, warehouse_id) DO NOTHING"
    )
    .bind(variant)
    .bind(warehouse)
    .run(conn)
    .await?;
    let row = sql!(
        sqlite: "SELECT on_hand, reserved, incoming FROM stock WHERE variant_id = $1 AND warehouse_id = $2",
        postgres: "SELECT on_hand, reserved, incoming FROM stock WHERE variant_id = $1 AND warehouse_id = $2 \
                   FOR NO KEY UPDATE",
    );
    stock(&row.bind(variant).bind(warehouse).one(conn).await?)
}

pub(super) fn stock(row: &Row) -> Result<Stock> {
    Ok(Stock { on_hand: row.get("on_hand")?, reserved: row.get("reserved")?, incoming: row.get("incoming")? })
}
