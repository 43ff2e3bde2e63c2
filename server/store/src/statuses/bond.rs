//! The bond of a storefront's statuses with a funnel's stages.

use domain::event::{Fact, Scope};
use domain::funnels::Funnel;
use domain::ids::*;
use domain::orders::{Bond, BondFault, StatusFault, check};

use super::{allowed, live, lock, seen};
use crate::board::queries::visible_funnel;
use crate::deals::commands::currency_of;
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Seen, Store, Tx};

impl Store {
    /// An empty one where nobody has bonded them.
    pub async fn bond(&self, ctx: &Ctx, funnel: FunnelId, storefront: StorefrontId) -> Result<Bond> {
        seen(&ctx.actor, storefront)?;
        let actor = ctx.actor.clone();
        self.snapshot(move |conn| {
            Box::pin(async move {
                fits(&visible_funnel(conn, &actor, funnel).await?, storefront)?;
                // There is no such storefront, even for those who belong to all.
                currency_of(conn, storefront).await?;
                read(conn, funnel, storefront).await
            })
        })
        .await
    }

    /// Answers with the bond as it is then. One that contradicts itself is refused; gaps are the team's own business.
    pub async fn set_bond(&self, ctx: &Ctx, id: CommandId, bond: Bond) -> Result<Bond> {
        self.set_bond_seen(ctx, id, bond, Seen::Any).await
    }

    /// The same for whoever knows a state of it.
    pub async fn set_bond_seen(&self, ctx: &Ctx, id: CommandId, bond: Bond, seen: Seen) -> Result<Bond> {
        let content = bond.clone();
        self.write(ctx, id, &content, move |tx| Box::pin(async move { set(tx, bond, &seen).await })).await
    }
}

async fn set(tx: &mut Tx<'_>, bond: Bond, seen: &Seen) -> Result<Bond> {
    let Bond { funnel, storefront, .. } = bond;
    allowed(&tx.ctx.actor, storefront)?;
    lock(tx.conn, storefront).await?;
    let of = visible_funnel(tx.conn, &tx.ctx.actor, funnel).await?;
    fits(&of, storefront)?;
    let before = read(tx.conn, funnel, storefront).await?;
    seen.holds(&before)?;
    let statuses = live(tx.conn, storefront).await?;
    let faults: Vec<BondFault> = check(&bond, &statuses, &of).into_iter().filter(BondFault::is_error).collect();
    if !faults.is_empty() {
        return Err(StatusFault::Bond { faults }.into());
    }
    sql!(
        "DELETE FROM status_stages WHERE funnel_id = $1 AND status_id IN \
         (SELECT id FROM statuses WHERE storefront_id = $2)"
    )
    .bind(funnel)
    .bind(storefront)
    .run(tx.conn)
    .await?;
    sql!(
        "DELETE FROM stage_statuses WHERE storefront_id = $2 AND stage_id IN (SELECT id FROM stages WHERE funnel_id = $1)"
    )
    .bind(funnel)
    .bind(storefront)
    .run(tx.conn)
    .await?;
    for (status, stage) in &bond.to_stage {
        sql!("INSERT INTO status_stages (funnel_id, status_id, stage_id) VALUES ($1, $2, $3)")
            .bind(funnel)
            .bind(*status)
            .bind(*stage)
            .run(tx.conn)
            .await?;
    }
    for (stage, status) in &bond.to_status {
        sql!("INSERT INTO stage_statuses (stage_id, storefront_id, status_id) VALUES ($1, $2, $3)")
            .bind(*stage)
            .bind(storefront)
            .bind(*status)
            .run(tx.conn)
            .await?;
    }
    let after = read(tx.conn, funnel, storefront).await?;
    if after != before {
        let scope = Scope { storefront: Some(storefront), funnel: Some(funnel), ..Scope::default() };
        tx.record(scope, Fact::BondChanged);
    }
    Ok(after)
}

/// A funnel of every storefront is bonded with each by itself.
fn fits(funnel: &Funnel, storefront: StorefrontId) -> Result<()> {
    let own = funnel.storefront.is_none_or(|of| of == storefront);
    if own { Ok(()) } else { Err(domain::board::Refusal::NotFound.into()) }
}

async fn read(conn: &mut Conn, funnel: FunnelId, storefront: StorefrontId) -> Result<Bond> {
    let rows = sql!(
        "SELECT b.status_id, b.stage_id FROM status_stages b JOIN statuses s ON s.id = b.status_id \
         JOIN stages g ON g.id = b.stage_id WHERE b.funnel_id = $1 AND s.storefront_id = $2 AND s.retired_at IS NULL \
         AND g.removed_at IS NULL ORDER BY s.place, s.id"
    )
    .bind(funnel)
    .bind(storefront)
    .all(conn)
    .await?;
    let to_stage: Vec<(StatusId, StageId)> =
        rows.iter().map(|row| Ok((row.get("status_id")?, row.get("stage_id")?))).collect::<Result<_>>()?;
    let rows = sql!(
        "SELECT b.stage_id, b.status_id FROM stage_statuses b JOIN stages g ON g.id = b.stage_id \
         WHERE g.funnel_id = $1 AND b.storefront_id = $2 AND g.removed_at IS NULL ORDER BY g.place, g.id"
    )
    .bind(funnel)
    .bind(storefront)
    .all(conn)
    .await?;
    let to_status: Vec<(StageId, StatusId)> =
        rows.iter().map(|row| Ok((row.get("stage_id")?, row.get("status_id")?))).collect::<Result<_>>()?;
    Ok(Bond { funnel, storefront, to_stage, to_status })
}

/// Where a status takes a deal of this funnel.
pub(crate) async fn stage_for(conn: &mut Conn, funnel: FunnelId, status: StatusId) -> Result<Option<StageId>> {
    let row = sql!("SELECT stage_id FROM status_stages WHERE funnel_id = $1 AND status_id = $2");
    row.bind(funnel).bind(status).optional(conn).await?.map(|row| row.get("stage_id")).transpose()
}

/// Where a stage takes the orders of a storefront's deal.
pub(crate) async fn status_for(conn: &mut Conn, stage: StageId, storefront: StorefrontId) -> Result<Option<StatusId>> {
    let row = sql!("SELECT status_id FROM stage_statuses WHERE stage_id = $1 AND storefront_id = $2");
    row.bind(stage).bind(storefront).optional(conn).await?.map(|row| row.get("status_id")).transpose()
}

/// Whether the stage takes anybody's orders anywhere.
pub(crate) async fn is_bonded(conn: &mut Conn, stage: StageId) -> Result<bool> {
    let row = sql!("SELECT status_id FROM stage_statuses WHERE stage_id = $1 LIMIT 1");
    Ok(row.bind(stage).optional(conn).await?.is_some())
}
