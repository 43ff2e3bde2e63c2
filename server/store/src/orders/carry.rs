//! The bond at work: a status takes the deal along, a stage takes the orders along. Whatever moves by the bond moves
//! nothing back.

use domain::board::{Card, MoveDeal, Place, position};
use domain::event::DealMoved;
use domain::ids::*;
use domain::orders::{ChangeStatus, Status, StatusMoved};

use super::{status, stays};
use crate::board::{self, card_for_update, lock_stage, place_at, write_move};
use crate::catalog::{self, Goods};
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::statuses::bond::{is_bonded, stage_for, status_for};
use crate::{Tx, statuses};

/// A deal keeps its funnel for life, so that it is known before anything is held.
pub(crate) async fn funnel_of(conn: &mut Conn, deal: Option<DealId>) -> Result<Option<FunnelId>> {
    let Some(deal) = deal else { return Ok(None) };
    let row = sql!("SELECT funnel_id FROM deals WHERE id = $1").bind(deal).optional(conn).await?;
    row.map(|row| row.get("funnel_id")).transpose()
}

/// To the top of the stage that the bond names, as an ordinary move; nobody says why a deal would be lost.
pub(super) async fn deal_along(
    tx: &mut Tx<'_>,
    (deal, funnel): (Option<DealId>, Option<FunnelId>),
    to: StatusId,
) -> Result<()> {
    let (Some(deal), Some(funnel)) = (deal, funnel) else { return Ok(()) };
    let Some(goal) = stage_for(tx.conn, funnel, to).await? else { return Ok(()) };
    // The stage before the deal, as every move locks them.
    if !lock_stage(tx.conn, goal).await? {
        return Ok(());
    }
    let Some(mut card) = card_for_update(tx.conn, deal).await?.filter(|card| card.stage != goal) else {
        return Ok(());
    };
    let Some(funnel) = board::rows::funnel(tx.conn, funnel).await? else { return Ok(()) };
    let name = |id: StageId| funnel.stage(id).map_or_else(String::new, |stage| stage.name.clone());
    let (before, after) = place_at(tx.conn, goal, Place::Top, deal).await?;
    let moved = DealMoved {
        from: card.stage,
        to: goal,
        from_name: name(card.stage),
        to_name: name(goal),
        position: position::between(before.as_deref(), after.as_deref()),
        position_before: card.position.clone(),
        sum: card.sum,
        currency: card.currency,
        since: card.since,
        left: card.left,
        back: None,
        reason: None,
        reason_name: None,
        version: card.version + 1,
    };
    write_move(tx, &mut card, moved).await
}

/// Orders that go along with their deal, each with what was decided of it.
#[derive(Default)]
pub(crate) struct Along {
    statuses: Vec<Status>,
    moved: Vec<(status::Held, StatusMoved)>,
    /// Of each of them.
    goods: Vec<Goods>,
    /// What an undone move had brought goes with it.
    undone_at: Option<Millis>,
}

/// PostgreSQL: the orders of these deals before any stage or deal, where one of the stages is bonded.
pub(crate) async fn lock_orders(conn: &mut Conn, deals: &[DealId], stages: &[StageId]) -> Result<()> {
    if !matches!(conn, Conn::Postgres(_)) {
        return Ok(());
    }
    if !any_bonded(conn, stages).await? {
        return Ok(());
    }
    sql!(
        sqlite: "SELECT id FROM orders WHERE CAST($1 AS TEXT) <> ''",
        postgres: "SELECT id FROM orders WHERE deal_id = ANY(CAST(string_to_array($1, ',') AS BIGINT[])) \
                   ORDER BY id FOR NO KEY UPDATE",
    )
    .bind(listed(deals.iter().map(|deal| deal.0)))
    .all(conn)
    .await
    .map(drop)
}

async fn any_bonded(conn: &mut Conn, stages: &[StageId]) -> Result<bool> {
    for stage in stages {
        if is_bonded(conn, *stage).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// PostgreSQL: the goods of these deals' orders, after the deals themselves, where one of the stages is bonded.
pub(crate) async fn lock_goods(conn: &mut Conn, deals: &[DealId], stages: &[StageId]) -> Result<()> {
    if !matches!(conn, Conn::Postgres(_)) || !any_bonded(conn, stages).await? {
        return Ok(());
    }
    let mut orders = Vec::new();
    for deal in deals {
        let rows = sql!("SELECT id FROM orders WHERE deal_id = $1 ORDER BY id").bind(*deal).all(conn).await?;
        for row in &rows {
            orders.push(row.get::<i64>("id")?);
        }
    }
    catalog::lock_goods(conn, &listed(orders.into_iter())).await
}

/// What a move of this card does to its orders; a refusal refuses the move. Decided before anything is written. An
/// undone move takes each order back to where it was before, if it came by that very move.
pub(crate) async fn orders_along(tx: &mut Tx<'_>, command: &MoveDeal, card: &Card, undoes: bool) -> Result<Along> {
    let mut along = Along::default();
    if card.stage == command.to {
        return Ok(along);
    }
    let goal = status_for(tx.conn, command.to, card.storefront).await?;
    let came_by = if undoes { status_for(tx.conn, command.from, card.storefront).await? } else { None };
    if goal.is_none() && came_by.is_none() {
        return Ok(along);
    }
    let rows = sql!("SELECT id FROM orders WHERE deal_id = $1 ORDER BY id").bind(card.id).all(tx.conn).await?;
    along.statuses = statuses::live(tx.conn, card.storefront).await?;
    along.undone_at = undoes.then_some(card.since);
    if rows.len() > 1 {
        let ids = rows.iter().map(|row| row.get::<i64>("id")).collect::<Result<Vec<i64>>>()?;
        catalog::lock_goods(tx.conn, &listed(ids.into_iter())).await?;
    }
    for row in &rows {
        let Some(held) = status::hold(tx.conn, row.get("id")?).await? else { continue };
        let kind = |id: StatusId| along.statuses.iter().find(|status| status.id == id).map(|status| status.kind);
        let moved = if undoes {
            let before = match came_by {
                Some(came_by) if held.status == Some(came_by) => stays::before(tx.conn, held.id, card.since).await?,
                Some(_) | None => None,
            };
            let back = before.and_then(|to| Some((to, kind(to)?)));
            back.map(|(to, kind)| StatusMoved { from: held.status, to, kind, details: None, override_reason: None })
        } else {
            let ended = held.status.and_then(kind).is_some_and(|kind| kind.ends());
            let Some(to) = goal.filter(|_| !ended && held.customer.is_some()) else { continue };
            let (order, from) = (held.id, held.status);
            let details = command.details.clone();
            let change = ChangeStatus { command: command.command, order, from, to, details, override_reason: None };
            status::decide(tx, &held, &along.statuses, &change)?
        };
        let Some(moved) = moved else { continue };
        let goods = status::goods(tx, &held, &along.statuses, (&moved, &along.goods)).await?;
        along.goods.push(goods);
        along.moved.push((held, moved));
    }
    Ok(along)
}

pub(crate) async fn write_along(tx: &mut Tx<'_>, along: Along, funnel: FunnelId) -> Result<()> {
    for ((held, moved), goods) in along.moved.iter().zip(&along.goods) {
        if let Some(at) = along.undone_at {
            sql!("UPDATE shipments SET removed_at = $3 WHERE order_id = $1 AND created_at = $2 AND removed_at IS NULL")
                .bind(held.id)
                .bind(at)
                .bind(tx.ctx.now)
                .run(tx.conn)
                .await?;
        }
        status::write(tx, held, &along.statuses, (moved, Some(funnel))).await?;
        catalog::write_goods(tx, goods, held.scope(Some(funnel))).await?;
    }
    Ok(())
}

/// PostgreSQL: all that a change of many orders holds, each kind in the order of ids: orders, stages, deals, goods.
pub(super) async fn lock_for_many(conn: &mut Conn, orders: &[OrderId], to: StatusId) -> Result<()> {
    if !matches!(conn, Conn::Postgres(_)) {
        return Ok(());
    }
    let orders = listed(orders.iter().map(|order| order.0));
    sql!(
        sqlite: "SELECT id FROM orders WHERE CAST($1 AS TEXT) <> ''",
        postgres: "SELECT id FROM orders WHERE id = ANY(CAST(string_to_array($1, ',') AS BIGINT[])) \
                   ORDER BY id FOR NO KEY UPDATE",
    )
    .bind(&orders)
    .all(conn)
    .await?;
    lock_goals(conn, to).await?;
    sql!(
        sqlite: "SELECT d.id FROM deals d WHERE CAST($1 AS TEXT) <> ''",
        postgres: "SELECT d.id FROM deals d WHERE d.id IN (SELECT o.deal_id FROM orders o \
                   WHERE o.id = ANY(CAST(string_to_array($1, ',') AS BIGINT[]))) ORDER BY d.id FOR NO KEY UPDATE OF d",
    )
    .bind(&orders)
    .all(conn)
    .await?;
    catalog::lock_goods(conn, &orders).await
}

/// PostgreSQL: the deal that a status may take along.
pub(super) async fn lock_deal(conn: &mut Conn, deal: Option<DealId>) -> Result<()> {
    if matches!(conn, Conn::Postgres(_))
        && let Some(deal) = deal
    {
        card_for_update(conn, deal).await?;
    }
    Ok(())
}

/// PostgreSQL: every stage to which a status may take a deal.
pub(super) async fn lock_goals(conn: &mut Conn, status: StatusId) -> Result<()> {
    if !matches!(conn, Conn::Postgres(_)) {
        return Ok(());
    }
    sql!(
        sqlite: "SELECT g.id FROM stages g JOIN status_stages b ON b.stage_id = g.id WHERE b.status_id = $1",
        postgres: "SELECT g.id FROM stages g JOIN status_stages b ON b.stage_id = g.id WHERE b.status_id = $1 \
                   ORDER BY g.id FOR NO KEY UPDATE OF g",
    )
    .bind(status)
    .all(conn)
    .await
    .map(drop)
}

fn listed(ids: impl Iterator<Item = i64>) -> String {
    ids.map(|id| id.to_string()).collect::<Vec<_>>().join(",")
}
