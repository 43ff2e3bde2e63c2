//! Warehouses. A storefront without one keeps no stock.

use domain::auth::{Action, On, may};
use domain::board::Refusal;
use domain::catalog::{CatalogFault, Stock, WAREHOUSES_MAX, Warehouse, WarehouseChange, checked_place};
use domain::event::Fact;
use domain::ids::*;

use super::{allowed, name_taken, scope};
use crate::deals::commands::currency_of;
use crate::error::Result;
use crate::sight::sight;
use crate::sql::{Conn, Row, sql};
use crate::{Ctx, Seen, Store, Tx};

const NAME_TAKEN: (&str, &str) = ("warehouses_name_taken", "warehouses.name");

impl Store {
    /// Those of the storefronts that the actor belongs to.
    pub async fn warehouses(&self, ctx: &Ctx, storefront: Option<StorefrontId>) -> Result<Vec<Warehouse>> {
        let rows = sql!(
            "SELECT id, storefront_id, name FROM warehouses WHERE retired_at IS NULL \
             AND ($1 = '' OR $1 LIKE '%,' || CAST(storefront_id AS TEXT) || ',%') \
             AND (CAST($2 AS BIGINT) IS NULL OR storefront_id = $2) ORDER BY id LIMIT 10000"
        )
        .bind(sight(&ctx.actor.storefronts))
        .bind(storefront)
        .all(&mut self.reader().await?)
        .await?;
        rows.iter().map(read).collect()
    }

    pub async fn warehouse(&self, ctx: &Ctx, id: WarehouseId) -> Result<Warehouse> {
        let found = find(&mut self.reader().await?, id).await?;
        let seen = found.filter(|one| may(&ctx.actor, Action::SeeDeals, On::Storefront(one.storefront)));
        Ok(seen.ok_or(Refusal::NotFound)?)
    }

    /// Answers with the warehouse as it is then; one that was put away, as it was.
    pub async fn change_warehouse(&self, ctx: &Ctx, id: CommandId, change: WarehouseChange) -> Result<Warehouse> {
        self.change_seen_warehouse(ctx, id, (change, Seen::Any)).await
    }

    pub async fn change_seen_warehouse(
        &self,
        ctx: &Ctx,
        id: CommandId,
        (change, seen): (WarehouseChange, Seen),
    ) -> Result<Warehouse> {
        let content = ("change warehouse", change.clone());
        self.write(ctx, id, &content, move |tx| Box::pin(async move { apply(tx, change, &seen).await })).await
    }
}

async fn find(conn: &mut Conn, id: WarehouseId) -> Result<Option<Warehouse>> {
    let row = sql!("SELECT id, storefront_id, name FROM warehouses WHERE id = $1 AND retired_at IS NULL");
    row.bind(id).optional(conn).await?.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<Warehouse> {
    Ok(Warehouse { id: row.get("id")?, storefront: row.get("storefront_id")?, name: row.get("name")? })
}

async fn apply(tx: &mut Tx<'_>, change: WarehouseChange, seen: &Seen) -> Result<Warehouse> {
    let after = match change {
        WarehouseChange::Add { storefront, name } => add(tx, storefront, &name).await?,
        WarehouseChange::Rename { warehouse, name } => {
            let before = managed(tx, warehouse, seen).await?;
            let name = checked_place(&name).map_err(CatalogFault::from)?;
            if name == before.name {
                return Ok(before);
            }
            let renamed = sql!("UPDATE warehouses SET name = $2 WHERE id = $1").bind(warehouse).bind(&name);
            renamed.run(tx.conn).await.map_err(|error| name_taken(error, NAME_TAKEN))?;
            Warehouse { name, ..before }
        }
        WarehouseChange::Retire { warehouse } => {
            let before = managed(tx, warehouse, seen).await?;
            let now = tx.ctx.now;
            sql!("UPDATE warehouses SET retired_at = $2 WHERE id = $1").bind(warehouse).bind(now).run(tx.conn).await?;
            if !is_empty(tx.conn, warehouse).await? {
                return Err(CatalogFault::HasStock.into());
            }
            before
        }
    };
    tx.record(scope(after.storefront), Fact::WarehousesChanged);
    Ok(after)
}

async fn add(tx: &mut Tx<'_>, storefront: StorefrontId, name: &str) -> Result<Warehouse> {
    allowed(&tx.ctx.actor, storefront, Action::ManageCatalog)?;
    currency_of(tx.conn, storefront).await?;
    let name = checked_place(name).map_err(CatalogFault::from)?;
    let row = sql!("SELECT COUNT(*) AS n FROM warehouses WHERE storefront_id = $1 AND retired_at IS NULL");
    if row.bind(storefront).one(tx.conn).await?.get::<i64>("n")? >= WAREHOUSES_MAX {
        return Err(CatalogFault::Full.into());
    }
    let id = sql!("INSERT INTO warehouses (storefront_id, name) VALUES ($1, $2) RETURNING id")
        .bind(storefront)
        .bind(&name)
        .one(tx.conn)
        .await
        .map_err(|error| name_taken(error, NAME_TAKEN))?
        .get("id")?;
    Ok(Warehouse { id, storefront, name })
}

/// Of two who change it at once, the second builds on what the first has left.
async fn managed(tx: &mut Tx<'_>, id: WarehouseId, seen: &Seen) -> Result<Warehouse> {
    let row = sql!(
        sqlite: "SELECT id, storefront_id, name FROM warehouses WHERE id = $1 AND retired_at IS NULL",
        postgres: "SELECT id, storefront_id, name FROM warehouses WHERE id = $1 AND retired_at IS NULL FOR NO KEY UPDATE",
    );
    let found = row.bind(id).optional(tx.conn).await?.as_ref().map(read).transpose()?;
    let before = found.ok_or(Refusal::NotFound)?;
    allowed(&tx.ctx.actor, before.storefront, Action::ManageCatalog)?;
    seen.holds(&before)?;
    Ok(before)
}

/// PostgreSQL waits for whoever moves goods there just now.
async fn is_empty(conn: &mut Conn, warehouse: WarehouseId) -> Result<bool> {
    let rows = sql!(
        sqlite: "SELECT on_hand, reserved, incoming FROM stock WHERE warehouse_id = $1 \
                 AND (on_hand <> 0 OR reserved <> 0 OR incoming <> 0) LIMIT 1",
        postgres: "SELECT on_hand, reserved, incoming FROM stock WHERE warehouse_id = $1 \
                   ORDER BY variant_id FOR NO KEY UPDATE",
    );
    for row in &rows.bind(warehouse).all(conn).await? {
        let stock =
            Stock { on_hand: row.get("on_hand")?, reserved: row.get("reserved")?, incoming: row.get("incoming")? };
        if !stock.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}
