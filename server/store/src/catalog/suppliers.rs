//! Suppliers: from whom a storefront's goods come.

use domain::auth::{Action, On, may};
use domain::board::Refusal;
use domain::catalog::{CatalogFault, SUPPLIERS_MAX, Supplier, SupplierChange, SupplierForm};
use domain::event::Fact;
use domain::ids::*;

use super::{allowed, name_taken, scope};
use crate::deals::commands::currency_of;
use crate::error::Result;
use crate::sight::sight;
use crate::sql::{Conn, Row, sql};
use crate::{Ctx, Seen, Store, Tx};

const NAME_TAKEN: (&str, &str) = ("suppliers_name_taken", "suppliers.name");

impl Store {
    /// Those of the storefronts that the actor belongs to, in the order of their ids, after `cursor`.
    pub async fn suppliers_page(
        &self,
        ctx: &Ctx,
        storefront: Option<StorefrontId>,
        (cursor, limit): (SupplierId, i64),
    ) -> Result<Vec<Supplier>> {
        let rows = sql!(
            "SELECT id, storefront_id, name, email FROM suppliers WHERE id > $1 AND retired_at IS NULL \
             AND ($2 = '' OR $2 LIKE '%,' || CAST(storefront_id AS TEXT) || ',%') \
             AND (CAST($3 AS BIGINT) IS NULL OR storefront_id = $3) ORDER BY id LIMIT $4"
        )
        .bind(cursor)
        .bind(sight(&ctx.actor.storefronts))
        .bind(storefront)
        .bind(limit.clamp(1, super::PAGE_MAX))
        .all(&mut self.reader().await?)
        .await?;
        rows.iter().map(read).collect()
    }

    pub async fn supplier(&self, ctx: &Ctx, id: SupplierId) -> Result<Supplier> {
        let found = find(&mut self.reader().await?, id).await?;
        let seen = found.filter(|one| may(&ctx.actor, Action::SeeDeals, On::Storefront(one.storefront)));
        Ok(seen.ok_or(Refusal::NotFound)?)
    }

    /// Answers with the supplier as it is then; one that was put away, as it was.
    pub async fn change_supplier(&self, ctx: &Ctx, id: CommandId, change: SupplierChange) -> Result<Supplier> {
        self.change_seen_supplier(ctx, id, (change, Seen::Any)).await
    }

    pub async fn change_seen_supplier(
        &self,
        ctx: &Ctx,
        id: CommandId,
        (change, seen): (SupplierChange, Seen),
    ) -> Result<Supplier> {
        let content = ("change supplier", change.clone());
        self.write(ctx, id, &content, move |tx| Box::pin(async move { apply(tx, change, &seen).await })).await
    }
}

async fn find(conn: &mut Conn, id: SupplierId) -> Result<Option<Supplier>> {
    let row = sql!("SELECT id, storefront_id, name, email FROM suppliers WHERE id = $1 AND retired_at IS NULL");
    row.bind(id).optional(conn).await?.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<Supplier> {
    Ok(Supplier {
        id: row.get("id")?,
        storefront: row.get("storefront_id")?,
        name: row.get("name")?,
        email: row.get("email")?,
    })
}

async fn apply(tx: &mut Tx<'_>, change: SupplierChange, seen: &Seen) -> Result<Supplier> {
    let after = match change {
        SupplierChange::Add { storefront, form } => add(tx, storefront, form).await?,
        SupplierChange::Patch { supplier, patch } => {
            let before = managed(tx, supplier, seen).await?;
            let SupplierForm { name, email } = patch.upon(&before).checked().map_err(CatalogFault::from)?;
            let after = Supplier { name, email, ..before.clone() };
            if after == before {
                return Ok(before);
            }
            sql!("UPDATE suppliers SET name = $2, email = $3 WHERE id = $1")
                .bind(supplier)
                .bind(&after.name)
                .bind(after.email.clone())
                .run(tx.conn)
                .await
                .map_err(|error| name_taken(error, NAME_TAKEN))?;
            after
        }
        SupplierChange::Retire { supplier } => {
            let before = managed(tx, supplier, seen).await?;
            let now = tx.ctx.now;
            sql!("UPDATE suppliers SET retired_at = $2 WHERE id = $1").bind(supplier).bind(now).run(tx.conn).await?;
            before
        }
    };
    tx.record(scope(after.storefront), Fact::SuppliersChanged);
    Ok(after)
}

async fn add(tx: &mut Tx<'_>, storefront: StorefrontId, form: SupplierForm) -> Result<Supplier> {
    allowed(&tx.ctx.actor, storefront, Action::ManageCatalog)?;
    currency_of(tx.conn, storefront).await?;
    let SupplierForm { name, email } = form.checked().map_err(CatalogFault::from)?;
    let row = sql!("SELECT COUNT(*) AS n FROM suppliers WHERE storefront_id = $1 AND retired_at IS NULL");
    if row.bind(storefront).one(tx.conn).await?.get::<i64>("n")? >= SUPPLIERS_MAX {
        return Err(CatalogFault::Full.into());
    }
    let id = sql!("INSERT INTO suppliers (storefront_id, name, email) VALUES ($1, $2, $3) RETURNING id")
        .bind(storefront)
        .bind(&name)
        .bind(email.clone())
        .one(tx.conn)
        .await
        .map_err(|error| name_taken(error, NAME_TAKEN))?
        .get("id")?;
    Ok(Supplier { id, storefront, name, email })
}

/// Of two who change it at once, the second builds on what the first has left.
async fn managed(tx: &mut Tx<'_>, id: SupplierId, seen: &Seen) -> Result<Supplier> {
    let row = sql!(
        sqlite: "SELECT id, storefront_id, name, email FROM suppliers WHERE id = $1 AND retired_at IS NULL",
        postgres: "SELECT id, storefront_id, name, email FROM suppliers WHERE id = $1 AND retired_at IS NULL FOR NO KEY UPDATE",
    );
    let found = row.bind(id).optional(tx.conn).await?.as_ref().map(read).transpose()?;
    let before = found.ok_or(Refusal::NotFound)?;
    allowed(&tx.ctx.actor, before.storefront, Action::ManageCatalog)?;
    seen.holds(&before)?;
    Ok(before)
}
