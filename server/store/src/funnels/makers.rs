//! Where new orders make deals.

use domain::ids::*;
use domain::orders::DealMaker;

use crate::error::Result;
use crate::sql::sql;
use crate::{Ctx, Store, board};

impl Store {
    /// The storefronts of a funnel that the actor belongs to, each with the funnel on which its new orders make deals:
    /// the one that intake takes.
    pub async fn deal_makers(&self, ctx: &Ctx, funnel: FunnelId) -> Result<Vec<DealMaker>> {
        let mut conn = self.reader().await?;
        let visible = board::queries::visible_funnel(&mut conn, &ctx.actor, funnel).await?;
        let rows = sql!(
            "SELECT s.id, s.name, s.makes_deals, g.id AS goal_id, g.name AS goal_name FROM storefronts s \
             LEFT JOIN funnels g ON g.id = (SELECT f.id FROM funnels f WHERE f.archived_at IS NULL \
             AND (f.storefront_id = s.id OR f.storefront_id IS NULL) \
             ORDER BY CASE WHEN f.storefront_id IS NULL THEN 1 ELSE 0 END, f.takes_orders DESC, f.id LIMIT 1) \
             ORDER BY s.id"
        )
        .all(&mut conn)
        .await?;
        let mut found = Vec::new();
        for row in &rows {
            let storefront: StorefrontId = row.get("id")?;
            let own = visible.storefront.is_none_or(|of| of == storefront);
            if own && ctx.actor.storefronts.contains(storefront) {
                let goal: (Option<FunnelId>, Option<String>) = (row.get("goal_id")?, row.get("goal_name")?);
                let (name, makes_deals) = (row.get("name")?, row.get("makes_deals")?);
                found.push(DealMaker { storefront, name, makes_deals, funnel: goal.0.zip(goal.1) });
            }
        }
        Ok(found)
    }
}
