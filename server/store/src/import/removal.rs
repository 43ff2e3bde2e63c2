//! A file that nobody started is thrown away: at once nobody sees it, and its rows go a piece at a time, between the
//! commands of everybody else.

use domain::auth::Actor;
use domain::board::Refusal;
use domain::ids::*;
use domain::import::{ImportFault, ImportState};

use super::{allowed, rows, tidying};
use crate::error::Result;
use crate::sql::sql;
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

impl Store {
    /// Nothing was made of it, so nothing else goes. What a process that is killed leaves of it is tidied away.
    pub async fn delete_import(&self, ctx: &Ctx, command: CommandId, id: ImportId) -> Result<()> {
        let content = ("delete import", id);
        self.write(ctx, command, &content, move |tx| Box::pin(async move { throw_away(tx, id).await })).await?;
        let system = Ctx { actor: Actor::system(), now: ctx.now };
        while rows::find(&mut self.reader().await?, id).await?.is_some() {
            self.write(&system, new_command(), &content, move |tx| {
                Box::pin(async move { tidying::remove(tx.conn, id).await })
            })
            .await?;
        }
        Ok(())
    }
}

/// It is as one that broke off long ago while its rows were coming.
async fn throw_away(tx: &mut Tx<'_>, id: ImportId) -> Result<()> {
    let import = rows::find_held(tx.conn, id).await?.ok_or(Refusal::NotFound)?;
    let import = allowed(&tx.ctx.actor, import)?;
    if !import.state.may_start() {
        return Err(ImportFault::NotNow.into());
    }
    sql!("UPDATE imports SET state = $2, created_at = 0 WHERE id = $1")
        .bind(id)
        .bind(ImportState::Receiving)
        .run(tx.conn)
        .await
        .map(drop)
}
