//! Orders and the stock: what a status asks of the shelves is planned before anything is written, so that a refusal
//! changes nothing, and written together with the status. Rows are held in one order by everybody: orders, stages, deals,
//! variants by their ids, then the stock of each by its warehouses.

use std::collections::{BTreeMap, BTreeSet};

use domain::auth::Who;
use domain::board::Refusal;
use domain::catalog::{Held, Lying, OrderStock, Planned, Rules, Stock, Wanted, plan, stock_step};
use domain::event::{Fact, Scope, StockMove, StockMoved};
use domain::ids::*;
use domain::orders::{Condition, StatusKind};

use super::ledger::{self, Entry};
use super::settings;
use crate::Tx;
use crate::error::{Error, Result};
use crate::sql::{Conn, sql};

/// What is to become of an order's goods: planned, not yet written.
pub(crate) struct Goods {
    order: OrderId,
    /// With the sku as it is now.
    moves: Vec<(Planned, String)>,
}

/// An order that comes from one kind of status into another.
#[derive(Clone, Copy)]
pub(crate) struct Turn {
    pub order: OrderId,
    pub storefront: StorefrontId,
    pub from: Option<StatusKind>,
    pub to: StatusKind,
    /// In which goods come back.
    pub condition: Option<Condition>,
}

/// Refused where there is too little. `pending`: what was planned before in this transaction.
pub(crate) async fn prepare(tx: &mut Tx<'_>, turn: Turn, pending: &[Goods]) -> Result<Goods> {
    let lenient = is_told(tx);
    turned(tx, turn, (lenient, pending)).await
}

/// For a turn that the world has taken already: its goods are given what there is.
pub(crate) async fn prepare_told(tx: &mut Tx<'_>, turn: Turn) -> Result<Goods> {
    turned(tx, turn, (true, &[])).await
}

/// A shop says what has been sold already.
fn is_told(tx: &Tx<'_>) -> bool {
    matches!(tx.ctx.actor.who, Who::Shop(_))
}

async fn turned(tx: &mut Tx<'_>, turn: Turn, (lenient, pending): (bool, &[Goods])) -> Result<Goods> {
    let Turn { order, storefront, from, to, condition } = turn;
    let nothing = Goods { order, moves: Vec::new() };
    let Some((kept, Some(first))) = settings::read(tx.conn, storefront).await? else { return Ok(nothing) };
    let Some(step) = stock_step(from, to, kept.reserve_at, condition) else { return Ok(nothing) };
    planned(tx, (order, step), (Rules { preorder: kept.preorder, lenient }, first), pending).await
}

async fn planned(
    tx: &mut Tx<'_>,
    (order, step): (OrderId, OrderStock),
    (rules, first): (Rules, WarehouseId),
    pending: &[Goods],
) -> Result<Goods> {
    let wanted = wanted(tx.conn, order).await?;
    let held = held(tx.conn, order).await?;
    let variants: BTreeSet<VariantId> =
        wanted.iter().map(|one| one.variant).chain(held.iter().map(|one| one.variant)).collect();
    let mut skus: BTreeMap<VariantId, String> = wanted.iter().map(|one| (one.variant, one.sku.clone())).collect();
    let mut places = Vec::new();
    for variant in variants {
        let lying = ledger::lying(tx.conn, variant).await?;
        // What is not there yet is awaited where nothing has ever lain.
        if rules.preorder && lying.is_empty() {
            places.push(Lying { variant, warehouse: first, stock: Stock::default() });
        }
        for (one, sku) in lying {
            skus.insert(variant, sku);
            places.push(one);
        }
    }
    for (moved, _) in pending.iter().filter(|goods| goods.order != order).flat_map(|goods| &goods.moves) {
        let same = |one: &&mut Lying| one.variant == moved.variant && one.warehouse == moved.warehouse;
        if let Some(place) = places.iter_mut().find(same) {
            place.stock = place.stock.after(moved.kind, moved.quantity).unwrap_or(place.stock);
        }
    }
    let moves = plan(step, &wanted, &held, &places, rules);
    let moves = moves.map_err(|short| Error::from(Refusal::Stock { short }))?;
    let with_sku = |one: Planned| (one, skus.get(&one.variant).cloned().unwrap_or_default());
    Ok(Goods { order, moves: moves.into_iter().map(with_sku).collect() })
}

/// The ledger's lines, the stock, and one fact for all of it.
pub(crate) async fn write_goods(tx: &mut Tx<'_>, goods: &Goods, scope: Scope) -> Result<()> {
    let Goods { order, moves } = goods;
    let mut told = Vec::with_capacity(moves.len());
    for (Planned { variant, warehouse, kind, quantity }, sku) in moves {
        let (variant, warehouse, kind, quantity) = (*variant, *warehouse, *kind, *quantity);
        ledger::write(tx, Entry { variant, warehouse, kind, quantity, order: Some(*order), note: None }).await?;
        told.push(StockMove { variant, warehouse, sku: sku.clone(), kind, quantity });
    }
    if !told.is_empty() {
        tx.record(scope, Fact::StockMoved(StockMoved { moves: told }));
    }
    Ok(())
}

/// A new order's goods, by the status in which it begins.
pub(crate) async fn begin_order(tx: &mut Tx<'_>, order: OrderId) -> Result<()> {
    settle(tx, order, |_| None).await
}

/// The goods of an order that its shop has changed, or thrown away: what is put aside follows. What has left has left.
pub(crate) async fn renew_order(tx: &mut Tx<'_>, order: OrderId) -> Result<()> {
    settle(tx, order, Some).await
}

/// Brings the stock to where the order is, coming from the kind that `from` says.
async fn settle(tx: &mut Tx<'_>, order: OrderId, from: fn(StatusKind) -> Option<StatusKind>) -> Result<()> {
    let row = sql!(
        "SELECT o.storefront_id, o.deal_id, o.customer_id, o.deleted_at, s.kind FROM orders o \
         JOIN statuses s ON s.id = o.status_id WHERE o.id = $1"
    );
    let Some(row) = row.bind(order).optional(tx.conn).await? else { return Ok(()) };
    let storefront: StorefrontId = row.get("storefront_id")?;
    let kind: StatusKind = row.get("kind")?;
    let deleted = row.get::<Option<i64>>("deleted_at")?.is_some();
    let Some((kept, Some(first))) = settings::read(tx.conn, storefront).await? else { return Ok(()) };
    let step = if deleted { Some(OrderStock::Release) } else { stock_step(from(kind), kind, kept.reserve_at, None) };
    // What came back has been looked at, or not, when it did.
    let step = step.filter(|step| !matches!(step, OrderStock::Return(_)));
    let Some(step) = step else { return Ok(()) };
    let rules = Rules { preorder: kept.preorder, lenient: is_told(tx) };
    let goods = planned(tx, (order, step), (rules, first), &[]).await?;
    let scope = Scope {
        storefront: Some(storefront),
        funnel: None,
        deal: row.get("deal_id")?,
        order: Some(order),
        customer: row.get("customer_id")?,
    };
    write_goods(tx, &goods, scope).await
}

/// By all lines together whose sku a variant of the storefront has; on PostgreSQL nobody puts these away meanwhile.
async fn wanted(conn: &mut Conn, order: OrderId) -> Result<Vec<Wanted>> {
    let rows = sql!(
        sqlite: "SELECT v.id, v.sku, l.quantity FROM order_lines l JOIN orders o ON o.id = l.order_id \
                 JOIN variants v ON v.storefront_id = o.storefront_id AND v.sku = TRIM(l.sku) \
                 AND v.retired_at IS NULL WHERE l.order_id = $1 AND l.quantity > 0 ORDER BY v.id",
        postgres: "SELECT v.id, v.sku, l.quantity FROM order_lines l JOIN orders o ON o.id = l.order_id \
                   JOIN variants v ON v.storefront_id = o.storefront_id AND v.sku = TRIM(l.sku) \
                   AND v.retired_at IS NULL WHERE l.order_id = $1 AND l.quantity > 0 ORDER BY v.id FOR SHARE OF v",
    );
    let mut wanted: Vec<Wanted> = Vec::new();
    for row in &rows.bind(order).all(conn).await? {
        let (variant, quantity): (VariantId, i64) = (row.get("id")?, row.get("quantity")?);
        match wanted.last_mut().filter(|last| last.variant == variant) {
            Some(last) => last.quantity = last.quantity.saturating_add(quantity),
            None => wanted.push(Wanted { variant, sku: row.get("sku")?, quantity }),
        }
    }
    Ok(wanted)
}

async fn held(conn: &mut Conn, order: OrderId) -> Result<Vec<Held>> {
    let rows = sql!(
        "SELECT variant_id, warehouse_id, kind, CAST(SUM(quantity) AS BIGINT) AS quantity FROM stock_ledger \
         WHERE order_id = $1 GROUP BY variant_id, warehouse_id, kind ORDER BY variant_id, warehouse_id"
    );
    let mut held: Vec<Held> = Vec::new();
    for row in &rows.bind(order).all(conn).await? {
        let (variant, warehouse): (VariantId, WarehouseId) = (row.get("variant_id")?, row.get("warehouse_id")?);
        if held.last().is_none_or(|last| (last.variant, last.warehouse) != (variant, warehouse)) {
            held.push(Held { variant, warehouse, reserved: 0, out: 0 });
        }
        if let Some(last) = held.last_mut() {
            last.follow(row.get("kind")?, row.get("quantity")?);
        }
    }
    Ok(held)
}

/// PostgreSQL: the stock of all the goods of these orders, "1,2,3", for whoever takes several orders along.
pub(crate) async fn lock_goods(conn: &mut Conn, orders: &str) -> Result<()> {
    if !matches!(conn, Conn::Postgres(_)) {
        return Ok(());
    }
    sql!(
        sqlite: "SELECT id FROM variants WHERE CAST($1 AS TEXT) <> ''",
        postgres: "SELECT w.id FROM variants w WHERE w.id IN (SELECT v.id FROM order_lines l \
                   JOIN orders o ON o.id = l.order_id JOIN variants v ON v.storefront_id = o.storefront_id \
                   AND v.sku = TRIM(l.sku) AND v.retired_at IS NULL \
                   WHERE l.order_id = ANY(CAST(string_to_array($1, ',') AS BIGINT[]))) ORDER BY w.id FOR SHARE OF w",
    )
    .bind(orders)
    .all(conn)
    .await?;
    sql!(
        sqlite: "SELECT id FROM stock WHERE CAST($1 AS TEXT) <> ''",
        postgres: "SELECT s.id FROM stock s WHERE s.variant_id IN (SELECT v.id FROM order_lines l \
                   JOIN orders o ON o.id = l.order_id JOIN variants v ON v.storefront_id = o.storefront_id \
                   AND v.sku = TRIM(l.sku) AND v.retired_at IS NULL \
                   WHERE l.order_id = ANY(CAST(string_to_array($1, ',') AS BIGINT[]))) \
                   OR s.variant_id IN (SELECT g.variant_id FROM stock_ledger g \
                   WHERE g.order_id = ANY(CAST(string_to_array($1, ',') AS BIGINT[]))) \
                   ORDER BY s.variant_id, s.warehouse_id FOR NO KEY UPDATE OF s",
    )
    .bind(orders)
    .all(conn)
    .await
    .map(drop)
}
