//! Funnels, their stages, and the reasons for which deals are lost.

mod commands;
mod makers;
mod reasons;

use domain::funnels::Funnel;
use domain::ids::*;

pub(crate) use commands::{create, to_begin_with};
pub use domain::funnels::{FunnelChange, NewFunnel, ReasonChange, StageForm, StagePatch};
pub(crate) use reasons::{lock_reasons, lost_reasons};

use crate::error::Result;
use crate::sql::sql;
use crate::{Ctx, Store, board};

impl Store {
    /// One that the actor may see.
    pub async fn funnel(&self, ctx: &Ctx, funnel: FunnelId) -> Result<Funnel> {
        board::queries::visible_funnel(&mut self.reader().await?, &ctx.actor, funnel).await
    }

    /// How many deals stand on each stage, whoever may see them: what removing a stage would move. Told to those who may
    /// remove it.
    pub async fn deals_per_stage(&self, ctx: &Ctx, funnel: FunnelId) -> Result<Vec<(StageId, i64)>> {
        let mut conn = self.reader().await?;
        let visible = board::queries::visible_funnel(&mut conn, &ctx.actor, funnel).await?;
        commands::allowed(&ctx.actor, visible.storefront)?;
        let rows = sql!("SELECT stage_id, COUNT(*) AS n FROM deals WHERE funnel_id = $1 GROUP BY stage_id")
            .bind(funnel)
            .all(&mut conn)
            .await?;
        rows.iter().map(|row| Ok((row.get("stage_id")?, row.get("n")?))).collect()
    }
}
