//! One status at a time, as scripts read and change them.

use domain::auth::Actor;
use domain::board::Refusal;
use domain::ids::*;
use domain::orders::{Status, StatusChange, StatusPatch};

use super::settings::apply;
use super::{allowed, live, lock, seen};
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Store, Tx};

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
        patch: StatusPatch,
    ) -> Result<Vec<Status>> {
        self.write(ctx, id, &("patch status", status, patch.clone()), move |tx| {
            Box::pin(async move { change(tx, status, patch).await })
        })
        .await
    }
}

async fn change(tx: &mut Tx<'_>, id: StatusId, patch: StatusPatch) -> Result<Vec<Status>> {
    let storefront = find(tx.conn, &tx.ctx.actor, id).await?.storefront;
    allowed(&tx.ctx.actor, storefront)?;
    lock(tx.conn, storefront).await?;
    // Of two who change parts of it at once, the second builds on what the first has left.
    let before = find(tx.conn, &tx.ctx.actor, id).await?;
    apply(tx, StatusChange::Edit { status: id, form: patch.upon(&before) }).await
}

async fn find(conn: &mut Conn, actor: &Actor, id: StatusId) -> Result<Status> {
    let row = sql!("SELECT storefront_id FROM statuses WHERE id = $1 AND retired_at IS NULL");
    let row = row.bind(id).optional(conn).await?.ok_or(Refusal::NotFound)?;
    let storefront: StorefrontId = row.get("storefront_id")?;
    seen(actor, storefront)?;
    let found = live(conn, storefront).await?.into_iter().find(|status| status.id == id);
    found.ok_or_else(|| Refusal::NotFound.into())
}
