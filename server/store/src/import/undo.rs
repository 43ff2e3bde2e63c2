//! Taking an import back, from its last row to its first. What somebody has worked on since stays.

use std::collections::BTreeSet;

use domain::event::{Fact, Scope};
use domain::ids::*;
use domain::import::{Import, ImportState};

use super::{commands, known, rows};
use crate::Tx;
use crate::board::card_for_update;
use crate::customers::{self, Contacts};
use crate::deals::removal::{lock_orders, remove};
use crate::error::Result;
use crate::orders::stays;
use crate::sql::{Conn, Row, sql};

/// Rows that one command takes back.
const BATCH_ROWS: i64 = 50;

/// What a row made.
struct Made {
    place: i64,
    deal: Option<DealId>,
    order: Option<OrderId>,
    customer: Option<CustomerId>,
    before: Option<Contacts>,
    after: Option<Contacts>,
}

pub(super) async fn step(tx: &mut Tx<'_>, mut import: Import) -> Result<Import> {
    let (at, undo) = rows::places(tx.conn, import.id).await?;
    let below = undo.unwrap_or(at + 1);
    let found = sql!(
        "SELECT place, deal_id, order_id, customer_id, customer_before, customer_after FROM import_rows \
         WHERE import_id = $1 AND place < $2 AND outcome IN ('made', 'changed') ORDER BY place DESC LIMIT $3"
    )
    .bind(import.id)
    .bind(below)
    .bind(BATCH_ROWS)
    .all(tx.conn)
    .await?;
    let batch: Vec<Made> = found.iter().map(made).collect::<Result<_>>()?;
    hold(tx.conn, &batch).await?;
    for one in &batch {
        if take_back(tx, &import, one).await? {
            import.counts.undone += 1;
            forget(tx.conn, import.id, one.place).await?;
        } else {
            import.counts.spared += 1;
        }
    }
    if let Some(last) = batch.last() {
        sql!("UPDATE imports SET undo_place = $2 WHERE id = $1").bind(import.id).bind(last.place).run(tx.conn).await?;
    }
    if (batch.len() as i64) < BATCH_ROWS {
        import.state = ImportState::Undone;
        import.ended_at = Some(tx.ctx.now);
        commands::tell(tx, &import, Fact::ImportUndone { import: import.id, counts: import.counts });
    }
    rows::keep(tx.conn, &import).await?;
    Ok(import)
}

fn made(row: &Row) -> Result<Made> {
    let contacts = |name| -> Result<Option<Contacts>> {
        let text: Option<String> = row.get(name)?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    };
    Ok(Made {
        place: row.get("place")?,
        deal: row.get("deal_id")?,
        order: row.get("order_id")?,
        customer: row.get("customer_id")?,
        before: contacts("customer_before")?,
        after: contacts("customer_after")?,
    })
}

/// PostgreSQL: all that the batch touches, in the order in which everybody locks it: orders, deals by their ids, and
/// the ways of reaching a customer.
async fn hold(conn: &mut Conn, batch: &[Made]) -> Result<()> {
    if !matches!(conn, Conn::Postgres(_)) {
        return Ok(());
    }
    let mut deals: Vec<DealId> = batch.iter().filter_map(|one| one.deal).collect();
    deals.sort();
    for deal in &deals {
        lock_orders(conn, *deal).await?;
    }
    for deal in &deals {
        card_for_update(conn, *deal).await?;
    }
    let keys: BTreeSet<String> =
        batch.iter().filter_map(|one| one.after.as_ref()).flat_map(known::customer_keys).collect();
    known::lock(conn, &keys).await
}

/// False: somebody has worked on it, and it stays as it is.
async fn take_back(tx: &mut Tx<'_>, import: &Import, one: &Made) -> Result<bool> {
    if let Some(deal) = one.deal {
        // One that was deleted by hand is gone already.
        if let Some(card) = card_for_update(tx.conn, deal).await? {
            if card.version > 1 || !untouched(tx.conn, one.order).await? {
                return Ok(false);
            }
            remove(tx, &card).await?;
        }
        if let Some(order) = one.order {
            delete_order(tx.conn, order).await?;
        }
        if let Some(customer) = one.customer {
            take_back_customer(tx, import, one, customer).await?;
        }
        return Ok(true);
    }
    match one.customer {
        Some(customer) => take_back_customer(tx, import, one, customer).await,
        None => Ok(true),
    }
}

/// An import dates an order before any word of the shop: a later date is the shop's. A later version is a status that
/// somebody has given it.
async fn untouched(conn: &mut Conn, order: Option<OrderId>) -> Result<bool> {
    let Some(order) = order else { return Ok(true) };
    let row =
        sql!("SELECT changed_at, deleted_at, version FROM orders WHERE id = $1").bind(order).optional(conn).await?;
    match row {
        Some(row) => {
            let as_brought = row.get::<i64>("changed_at")? == 0 && row.get::<i64>("version")? == 1;
            Ok(as_brought && row.get::<Option<i64>>("deleted_at")?.is_none())
        }
        None => Ok(true),
    }
}

async fn delete_order(conn: &mut Conn, order: OrderId) -> Result<()> {
    if untouched(conn, Some(order)).await? {
        sql!("DELETE FROM order_lines WHERE order_id = $1").bind(order).run(conn).await?;
        stays::forget(conn, order).await?;
        sql!("DELETE FROM orders WHERE id = $1").bind(order).run(conn).await?;
    }
    Ok(())
}

/// A customer whom the row made goes, unless something else is theirs by now; one whom it completed is as before. True
/// also where there was nothing to take back.
async fn take_back_customer(tx: &mut Tx<'_>, import: &Import, one: &Made, customer: CustomerId) -> Result<bool> {
    let Some(after) = &one.after else { return Ok(true) };
    let there = sql!("SELECT id FROM customers WHERE id = $1").bind(customer).optional(tx.conn).await?;
    if there.is_none() {
        return Ok(true);
    }
    if customers::contacts(tx.conn, customer).await? != *after {
        return Ok(false);
    }
    if let Some(before) = &one.before {
        customers::write(tx, customer, after, before, Some(import.storefront)).await?;
        return Ok(true);
    }
    let row = sql!(
        "SELECT (SELECT COUNT(*) FROM deals WHERE customer_id = $1) + (SELECT COUNT(*) FROM orders WHERE customer_id = $1) AS n"
    );
    if row.bind(customer).one(tx.conn).await?.get::<i64>("n")? > 0 {
        return Ok(false);
    }
    sql!("DELETE FROM customers WHERE id = $1").bind(customer).run(tx.conn).await?;
    let scope = Scope { storefront: Some(import.storefront), customer: Some(customer), ..Scope::default() };
    tx.record(scope, Fact::CustomerDeleted);
    Ok(true)
}

/// What was taken back is not taken back again.
async fn forget(conn: &mut Conn, import: ImportId, place: i64) -> Result<()> {
    sql!(
        "UPDATE import_rows SET outcome = NULL, deal_id = NULL, order_id = NULL, customer_id = NULL, \
         customer_before = NULL, customer_after = NULL WHERE import_id = $1 AND place = $2"
    )
    .bind(import)
    .bind(place)
    .run(conn)
    .await
    .map(drop)
}
