//! Moving deals.

use std::collections::{BTreeSet, HashSet};

use domain::board::decide::Situation;
use domain::board::{Card, MoveDeal, MoveDeals, Moved, Place, Refusal, Undo, decide, position};
use domain::event::{DealMoved, Fact, Scope};
use domain::funnels::{Funnel, LostReason};
use domain::ids::*;

use super::{card_for_update, rows};
use crate::error::{Error, Result};
use crate::sql::{Conn, sql};
use crate::{Ctx, Store, Tx, funnels, log, orders};

/// Deals moved in one command at most.
pub const BULK_MAX: usize = 500;

impl Store {
    /// Moves a deal; answers with its card as it is then.
    pub async fn move_deal(&self, ctx: &Ctx, command: MoveDeal) -> Result<Card> {
        let content = command.clone();
        self.write(ctx, command.command, &content, move |tx| Box::pin(async move { move_deal(tx, &command).await }))
            .await
    }

    pub async fn move_deals(&self, ctx: &Ctx, command: MoveDeals) -> Result<Moved> {
        if command.deals.len() > BULK_MAX {
            return Err(domain::board::Limit::TooMany.into());
        }
        let content = command.clone();
        self.write(ctx, command.command, &content, move |tx| Box::pin(async move { move_deals(tx, command).await }))
            .await
    }
}

async fn move_deal(tx: &mut Tx<'_>, command: &MoveDeal) -> Result<Card> {
    let stages = [command.to, command.from];
    // A move back may take orders back as well.
    let stages = if command.undoes.is_some() { &stages[..] } else { &stages[..1] };
    orders::lock_orders(tx.conn, &[command.deal], stages).await?;
    // The stage before the deal: two commands that want both never wait for each other in a circle. And a funnel that
    // is read after it has every stage that is still there.
    lock_stage(tx.conn, command.to).await?;
    let card = card_for_update(tx.conn, command.deal).await?.ok_or(Refusal::NotFound)?;
    move_held(tx, command, card).await
}

/// Moves a deal whose card and goal the transaction holds.
pub(super) async fn move_held(tx: &mut Tx<'_>, command: &MoveDeal, card: Card) -> Result<Card> {
    let funnel = rows::funnel(tx.conn, card.funnel).await?.ok_or(Refusal::NotFound)?;
    let reasons = match command.reason {
        Some(_) => funnels::lost_reasons(tx.conn).await?,
        None => reasons_if_asked(tx.conn, &funnel, command.to).await?,
    };
    move_card(tx, command, card, &funnel, &reasons).await
}

/// The reasons are read only for a stage that asks for one.
async fn reasons_if_asked(conn: &mut Conn, funnel: &Funnel, to: StageId) -> Result<Vec<LostReason>> {
    match funnel.stage(to) {
        Some(stage) if stage.kind == domain::funnels::StageKind::Lost => funnels::lost_reasons(conn).await,
        Some(_) | None => Ok(Vec::new()),
    }
}

async fn move_card(
    tx: &mut Tx<'_>,
    command: &MoveDeal,
    mut card: Card,
    funnel: &Funnel,
    reasons: &[LostReason],
) -> Result<Card> {
    let undone = undone(tx.conn, command).await?;
    let (before, after) = match &undone {
        Some((_, position)) => around(tx.conn, command.to, position, command.deal).await?,
        None if funnel.stage(command.to).is_some() => {
            place_at(tx.conn, command.to, command.place, command.deal).await?
        }
        None => (None, None),
    };
    let between = (before.as_deref(), after.as_deref());
    let undo = undone.as_ref().map(|(undo, _)| undo);
    let moved = decide(&tx.ctx.actor, command, &Situation { card: &card, funnel, reasons, between, undo })?;
    let along = orders::orders_along(tx, command, &card, undone.is_some()).await?;
    write_move(tx, &mut card, moved).await?;
    orders::write_along(tx, along, card.funnel).await?;
    Ok(card)
}

/// What the move to be undone took from the deal, and its place; None where it was not the deal's last one.
async fn undone(conn: &mut Conn, command: &MoveDeal) -> Result<Option<(Undo, String)>> {
    let Some(undoes) = command.undoes else { return Ok(None) };
    let moves = log::last_moves(conn, command.deal).await?;
    let Some((by, last)) = moves.first() else { return Ok(None) };
    if *by != undoes || last.from != command.to || last.to != command.from {
        return Ok(None);
    }
    let came = moves.iter().skip(1).map(|(_, moved)| moved).find(|moved| moved.from != moved.to);
    let reason = came
        .filter(|moved| moved.to == last.from)
        .and_then(|moved| Some(LostReason { id: moved.reason?, name: moved.reason_name.clone()? }));
    Ok(Some((Undo { since: last.since, left: last.left, reason }, last.position_before.clone())))
}

/// Writes a decided move's row and fact; the card follows.
pub(crate) async fn write_move(tx: &mut Tx<'_>, card: &mut Card, moved: DealMoved) -> Result<()> {
    let enters = moved.from != moved.to;
    (card.since, card.left) = moved.arrival(tx.ctx.now);
    card.stage = moved.to;
    card.position.clone_from(&moved.position);
    card.version = moved.version;
    sql!(
        "UPDATE deals SET stage_id = $2, position = $3, version = $4, since = $5, left_stage_id = $6, \
         lost_reason_id = CASE WHEN $7 = 1 THEN CAST($8 AS BIGINT) ELSE lost_reason_id END WHERE id = $1"
    )
    .bind(card.id)
    .bind(card.stage)
    .bind(&card.position)
    .bind(card.version)
    .bind(card.since)
    .bind(card.left)
    .bind(enters)
    .bind(moved.reason)
    .run(tx.conn)
    .await?;
    let scope = scope_of(card);
    tx.record(scope, Fact::DealMoved(moved));
    Ok(())
}

pub(crate) fn scope_of(card: &Card) -> Scope {
    Scope {
        storefront: Some(card.storefront),
        funnel: Some(card.funnel),
        deal: Some(card.id),
        order: None,
        customer: Some(card.customer),
    }
}

async fn move_deals(tx: &mut Tx<'_>, command: MoveDeals) -> Result<Moved> {
    let left = command.deals.iter().map(|(_, from)| *from).filter(|_| command.undoes.is_some());
    let stages: BTreeSet<StageId> = left.chain([command.to]).collect();
    let stages: Vec<StageId> = stages.into_iter().collect();
    let deals: Vec<DealId> = command.deals.iter().map(|(deal, _)| *deal).collect();
    orders::lock_orders(tx.conn, &deals, &stages).await?;
    lock_in_order(tx.conn, command.to, deals.clone()).await?;
    orders::lock_goods(tx.conn, &deals, &stages).await?;
    let mut answer = Moved::default();
    let mut place = command.place;
    let mut seen = HashSet::new();
    for (deal, from) in command.deals.into_iter().filter(|(deal, _)| seen.insert(*deal)) {
        let one = MoveDeal {
            command: command.command,
            deal,
            to: command.to,
            place,
            from,
            reason: command.reason,
            undoes: command.undoes,
            details: command.details.clone(),
        };
        match move_deal(tx, &one).await {
            Ok(_) => {
                answer.moved.push(deal);
                place = Place::After(deal);
            }
            // A refusal is found before the first write: the deals before it stay moved.
            Err(Error::Refused(refusal)) => answer.refused.push((deal, refusal)),
            Err(error) => return Err(error),
        }
    }
    Ok(answer)
}

/// PostgreSQL: in the order of ids, whatever order they are moved in, so that two bulk moves never wait for each other
/// in a circle.
pub(super) async fn lock_in_order(conn: &mut Conn, to: StageId, mut deals: Vec<DealId>) -> Result<()> {
    if matches!(conn, Conn::Postgres(_)) {
        lock_stage(conn, to).await?;
        deals.sort();
        for deal in deals {
            card_for_update(conn, deal).await?;
        }
    }
    Ok(())
}

/// PostgreSQL: no other move into this stage until the transaction ends, so that no place is given twice. False: the
/// stage is gone, perhaps only since it was read. Nowhere do we lock a row's key: a move to and a move fro each refer to
/// the stage that the other one holds, and would wait for each other.
pub(crate) async fn lock_stage(conn: &mut Conn, stage: StageId) -> Result<bool> {
    let row = sql!(
        sqlite: "SELECT id FROM stages WHERE id = $1 AND removed_at IS NULL",
        postgres: "SELECT id FROM stages WHERE id = $1 AND removed_at IS NULL FOR NO KEY UPDATE",
    );
    Ok(row.bind(stage).optional(conn).await?.is_some())
}

/// The same for a deal that is new on the funnel. False also where the funnel was archived since it was read: only who
/// holds a stage looks surely.
pub(crate) async fn lock_open_stage(conn: &mut Conn, stage: StageId) -> Result<bool> {
    if !lock_stage(conn, stage).await? {
        return Ok(false);
    }
    let open = sql!(
        "SELECT s.id FROM stages s JOIN funnels f ON f.id = s.funnel_id WHERE s.id = $1 AND f.archived_at IS NULL"
    );
    match conn {
        Conn::Sqlite(_) => Ok(true),
        Conn::Postgres(_) => Ok(open.bind(stage).optional(conn).await?.is_some()),
    }
}

/// The positions before and after a place of a stage, the moving deal left out. A neighbour that has left the stage
/// means the top.
pub(crate) async fn place_at(
    conn: &mut Conn,
    stage: StageId,
    place: Place,
    moving: DealId,
) -> Result<(Option<String>, Option<String>)> {
    let neighbour = match place {
        Place::Before(deal) | Place::After(deal) => position_of(conn, stage, deal).await?,
        Place::Top | Place::Bottom => None,
    };
    Ok(match (place, neighbour) {
        (Place::Bottom, _) => (above(conn, stage, None, moving).await?, None),
        (Place::Before(_), Some(found)) => (above(conn, stage, Some(&found), moving).await?, Some(found)),
        (Place::After(_), Some(found)) => {
            let after = below(conn, stage, Some(&found), moving).await?;
            (Some(found), after)
        }
        (Place::Top | Place::Before(_) | Place::After(_), _) => (None, below(conn, stage, None, moving).await?),
    })
}

/// The positions before and after one that a deal once had.
async fn around(
    conn: &mut Conn,
    stage: StageId,
    position: &str,
    moving: DealId,
) -> Result<(Option<String>, Option<String>)> {
    let after = sql!(
        "SELECT position FROM deals WHERE stage_id = $1 AND position >= $2 AND id <> $3 ORDER BY position LIMIT 1"
    );
    let after = after.bind(stage).bind(position).bind(moving).optional(conn).await?;
    let before = above(conn, stage, Some(position), moving).await?;
    Ok((before, after.map(|row| row.get("position")).transpose()?))
}

/// A position on top of a stage.
pub(crate) async fn top_of(conn: &mut Conn, stage: StageId) -> Result<String> {
    if !lock_stage(conn, stage).await? {
        return Err(Refusal::StageGone.into());
    }
    let (before, after) = place_at(conn, stage, Place::Top, DealId(0)).await?;
    Ok(position::between(before.as_deref(), after.as_deref()))
}

async fn position_of(conn: &mut Conn, stage: StageId, deal: DealId) -> Result<Option<String>> {
    let row = sql!("SELECT position FROM deals WHERE id = $1 AND stage_id = $2").bind(deal).bind(stage);
    row.optional(conn).await?.map(|row| row.get("position")).transpose()
}

/// The last position above another, or of the whole stage.
async fn above(conn: &mut Conn, stage: StageId, of: Option<&str>, moving: DealId) -> Result<Option<String>> {
    let row = match of {
        Some(position) => sql!(
            "SELECT position FROM deals WHERE stage_id = $1 AND position < $2 AND id <> $3 ORDER BY position DESC LIMIT 1"
        )
        .bind(stage)
        .bind(position)
        .bind(moving),
        None => sql!("SELECT position FROM deals WHERE stage_id = $1 AND id <> $2 ORDER BY position DESC LIMIT 1")
            .bind(stage)
            .bind(moving),
    };
    row.optional(conn).await?.map(|row| row.get("position")).transpose()
}

/// The first position below another, or of the whole stage.
async fn below(conn: &mut Conn, stage: StageId, of: Option<&str>, moving: DealId) -> Result<Option<String>> {
    let row = match of {
        Some(position) => sql!(
            "SELECT position FROM deals WHERE stage_id = $1 AND position > $2 AND id <> $3 ORDER BY position LIMIT 1"
        )
        .bind(stage)
        .bind(position)
        .bind(moving),
        None => sql!("SELECT position FROM deals WHERE stage_id = $1 AND id <> $2 ORDER BY position LIMIT 1")
            .bind(stage)
            .bind(moving),
    };
    row.optional(conn).await?.map(|row| row.get("position")).transpose()
}
