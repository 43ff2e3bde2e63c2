//! A status that is offered no more. Histories keep it.

use domain::event::{Fact, Scope};
use domain::ids::*;
use domain::orders::{Status, StatusFault, StatusMoved};

use crate::Tx;
use crate::catalog::{self, Turn};
use crate::error::Result;
use crate::orders::stays;
use crate::sql::sql;

/// Orders that one command takes elsewhere; each is a fact of its own.
const ORDERS_MAX: i64 = 20_000;

pub(super) async fn retire(tx: &mut Tx<'_>, known: &[Status], id: StatusId, to: Option<StatusId>) -> Result<()> {
    let status = known.iter().find(|status| status.id == id).ok_or(StatusFault::Gone)?;
    if known.len() == 1 {
        return Err(StatusFault::Last.into());
    }
    let orders: i64 = sql!("SELECT COUNT(*) AS n FROM orders WHERE storefront_id = $1 AND status_id = $2")
        .bind(status.storefront)
        .bind(id)
        .one(tx.conn)
        .await?
        .get("n")?;
    if orders > 0 {
        let to = to.ok_or(StatusFault::HasOrders { orders })?;
        let to = known.iter().find(|other| other.id == to && other.id != id).ok_or(StatusFault::To)?;
        if orders > ORDERS_MAX {
            return Err(StatusFault::HasOrders { orders }.into());
        }
        move_all(tx, status, to).await?;
    }
    forget(tx, id).await
}

/// Deals stay where they are, as orders do when a stage is removed: nobody has worked on either. Goods follow their
/// orders: where there are too few of them, nothing is retired.
async fn move_all(tx: &mut Tx<'_>, from: &Status, to: &Status) -> Result<()> {
    let rows = sql!(
        sqlite: "SELECT id, number, deal_id, customer_id, scenario_id FROM orders WHERE storefront_id = $1 \
                 AND status_id = $2 ORDER BY id",
        postgres: "SELECT id, number, deal_id, customer_id, scenario_id FROM orders WHERE storefront_id = $1 \
                   AND status_id = $2 ORDER BY id FOR NO KEY UPDATE",
    )
    .bind(from.storefront)
    .bind(from.id)
    .all(tx.conn)
    .await?;
    let ids: Vec<String> = rows.iter().map(|row| Ok(row.get::<OrderId>("id")?.to_string())).collect::<Result<_>>()?;
    catalog::lock_goods(tx.conn, &ids.join(",")).await?;
    for row in &rows {
        let order: OrderId = row.get("id")?;
        let moved = StatusMoved { from: Some(from.id), to: to.id, kind: to.kind, details: None, override_reason: None };
        let turn = Turn { order, storefront: from.storefront, from: Some(from.kind), to: to.kind, condition: None };
        let goods = if from.kind == to.kind { None } else { Some(catalog::prepare(tx, turn, &[]).await?) };
        stays::write(tx, order, &moved).await?;
        let scope = Scope {
            storefront: Some(from.storefront),
            deal: row.get("deal_id")?,
            order: Some(order),
            customer: row.get("customer_id")?,
            ..Scope::default()
        };
        if let Some(goods) = goods {
            catalog::write_goods(tx, &goods, scope).await?;
        }
        let (number, from, name) = (row.get("number")?, Some(from.name.clone()), to.name.clone());
        let fact = Fact::OrderStatusChanged { number, from, to: name, status: to.id, kind: to.kind, overridden: false };
        tx.record(scope, fact);
    }
    Ok(())
}

/// Out of the list, out of scenarios, out of bonds, and nothing leads to it.
pub(super) async fn forget(tx: &mut Tx<'_>, id: StatusId) -> Result<()> {
    sql!("DELETE FROM status_steps WHERE from_id = $1 OR to_id = $1").bind(id).run(tx.conn).await?;
    sql!("DELETE FROM scenario_steps WHERE status_id = $1").bind(id).run(tx.conn).await?;
    sql!("DELETE FROM status_stages WHERE status_id = $1").bind(id).run(tx.conn).await?;
    sql!("DELETE FROM stage_statuses WHERE status_id = $1").bind(id).run(tx.conn).await?;
    sql!("UPDATE statuses SET retired_at = $2 WHERE id = $1").bind(id).bind(tx.ctx.now).run(tx.conn).await?;
    Ok(())
}
