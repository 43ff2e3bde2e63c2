//! How a storefront keeps its stock.

use domain::auth::Action;
use domain::board::Refusal;
use domain::catalog::{CatalogFault, CatalogField, CatalogWrong, FieldFault, StockSettings, StockSettingsPatch};
use domain::event::Fact;
use domain::ids::*;

use super::{allowed, scope};
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Seen, Store, Tx};

impl Store {
    pub async fn stock_settings(&self, ctx: &Ctx, storefront: StorefrontId) -> Result<StockSettings> {
        allowed(&ctx.actor, storefront, Action::SeeDeals)?;
        Ok(read(&mut self.reader().await?, storefront).await?.ok_or(Refusal::NotFound)?.0)
    }

    /// Answers with the settings as they are then. Orders follow them from their next change on.
    pub async fn patch_stock_settings(
        &self,
        ctx: &Ctx,
        id: CommandId,
        storefront: StorefrontId,
        (patch, seen): (StockSettingsPatch, Seen),
    ) -> Result<StockSettings> {
        self.write(ctx, id, &("patch stock settings", storefront, patch), move |tx| {
            Box::pin(async move { apply(tx, storefront, (patch, &seen)).await })
        })
        .await
    }
}

async fn apply(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    (patch, seen): (StockSettingsPatch, &Seen),
) -> Result<StockSettings> {
    allowed(&tx.ctx.actor, storefront, Action::ManageCatalog)?;
    // PostgreSQL: of two who change parts of them at once, the second builds on what the first has left.
    sql!(
        sqlite: "SELECT id FROM storefronts WHERE id = $1",
        postgres: "SELECT id FROM storefronts WHERE id = $1 FOR NO KEY UPDATE",
    )
    .bind(storefront)
    .all(tx.conn)
    .await?;
    let (before, _) = read(tx.conn, storefront).await?.ok_or(Refusal::NotFound)?;
    seen.holds(&before)?;
    let impossible = FieldFault::of(CatalogField::ReserveAt, CatalogWrong::OutOfRange);
    let after = patch.upon(before).ok_or(CatalogFault::from(impossible))?;
    if after != before {
        sql!("UPDATE storefronts SET reserve_at = $2, preorder = $3 WHERE id = $1")
            .bind(storefront)
            .bind(after.reserve_at)
            .bind(after.preorder)
            .run(tx.conn)
            .await?;
        tx.record(scope(storefront), Fact::StockSettingsChanged);
    }
    Ok(after)
}

/// And the first warehouse; without one the storefront keeps no stock.
pub(super) async fn read(
    conn: &mut Conn,
    storefront: StorefrontId,
) -> Result<Option<(StockSettings, Option<WarehouseId>)>> {
    let row = sql!(
        "SELECT s.reserve_at, s.preorder, (SELECT MIN(w.id) FROM warehouses w WHERE w.storefront_id = s.id \
         AND w.retired_at IS NULL) AS first FROM storefronts s WHERE s.id = $1"
    );
    let Some(row) = row.bind(storefront).optional(conn).await? else { return Ok(None) };
    let settings = StockSettings { storefront, reserve_at: row.get("reserve_at")?, preorder: row.get("preorder")? };
    Ok(Some((settings, row.get("first")?)))
}
