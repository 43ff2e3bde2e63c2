//! One status at a time, as scripts read and change them.

use domain::auth::Actor;
use domain::board::Refusal;
use domain::ids::*;
use domain::orders::{Status, StatusChange, StatusPatch};

use super::settings::apply;
use super::{allowed, live, lock, seen};
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Seen, Store, Tx};

impl Store {
    /// One that is offered.
    pub async fn status(&self, ctx: &Ctx, id: StatusId) -> Result<Status> {
        let actor = ctx.actor.clone();
        self.snapshot(move |conn| Box::pin(async move { find(conn, &actor, id).await })).await
    }

    /// Answers with the storefront's statuses as they are then.
    pub async fn patch_status(
        &self,
        ctx: &Ctx,
        id: CommandId,
        status: StatusId,
        (patch, seen): (StatusPatch, Seen),
    ) -> Result<Vec<Status>> {
        self.write(ctx, id, &("patch status", status, patch.clone()), move |tx| {
            Box::pin(async move {
                known(tx, status, &seen).await?;
                // Of two who change parts of it at once, the second builds on what the first has left.
                let before = find(tx.conn, &tx.ctx.actor, status).await?;
                apply(tx, StatusChange::Edit { status, form: patch.upon(&before) }).await
            })
        })
        .await
    }

    /// Offered no more; its orders go to the other one.
    pub async fn retire_status(
        &self,
        ctx: &Ctx,
        id: CommandId,
        (status, to): (StatusId, Option<StatusId>),
        seen: Seen,
    ) -> Result<Vec<Status>> {
        self.write(ctx, id, &("retire status", status, to), move |tx| {
            Box::pin(async move {
                known(tx, status, &seen).await?;
                apply(tx, StatusChange::Retire { status, to }).await
            })
        })
        .await
    }
}

/// Held, to somebody who may change it and knows it as it is.
async fn known(tx: &mut Tx<'_>, id: StatusId, knows: &Seen) -> Result<()> {
    let storefront = find(tx.conn, &tx.ctx.actor, id).await?.storefront;
    allowed(&tx.ctx.actor, storefront)?;
    lock(tx.conn, storefront).await?;
    knows.holds(&find(tx.conn, &tx.ctx.actor, id).await?)
}

async fn find(conn: &mut Conn, actor: &Actor, id: StatusId) -> Result<Status> {
    let row = sql!("SELECT storefront_id FROM statuses WHERE id = $1 AND retired_at IS NULL");
    let row = row.bind(id).optional(conn).await?.ok_or(Refusal::NotFound)?;
    let storefront: StorefrontId = row.get("storefront_id")?;
    seen(actor, storefront)?;
    let found = live(conn, storefront).await?.into_iter().find(|status| status.id == id);
    found.ok_or_else(|| Refusal::NotFound.into())
}
