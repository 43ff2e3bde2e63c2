//! Saved views: a filter of a board by name, each person's own.

use domain::board::{Filter, Limit, SavedView};
use domain::ids::*;

use super::queries::visible_funnel;
use crate::error::{Error, Result};
use crate::sql::sql;
use crate::{Ctx, Store, names, turns};

/// Views one person may keep for one board.
const VIEWS_MAX: i64 = 50;
const NAME_CHARS_MAX: usize = 60;
/// A search of a hundred characters, each escaped, and the rest of a filter.
const QUERY_BYTES_MAX: usize = 2_000;

impl Store {
    pub async fn views(&self, ctx: &Ctx, funnel: FunnelId) -> Result<Vec<SavedView>> {
        let Some(user) = ctx.actor.user() else { return Ok(Vec::new()) };
        let rows =
            sql!("SELECT id, name, query FROM views WHERE user_id = $1 AND funnel_id = $2 ORDER BY name LIMIT 100")
                .bind(user)
                .bind(funnel)
                .all(&mut self.reader().await?)
                .await?;
        rows.iter()
            .map(|row| Ok(SavedView { id: row.get("id")?, name: row.get("name")?, query: row.get("query")? }))
            .collect()
    }

    /// Saves under a name; the same name again replaces it.
    pub async fn save_view(
        &self,
        ctx: &Ctx,
        id: CommandId,
        funnel: FunnelId,
        name: &str,
        filter: &Filter,
    ) -> Result<()> {
        let user = ctx.actor.user().ok_or(Error::SignedOut)?;
        let name = names::checked(name, NAME_CHARS_MAX)?;
        let query = filter.to_query();
        if query.len() > QUERY_BYTES_MAX {
            return Err(Limit::NameTooLong.into());
        }
        let content = (funnel, name.clone(), query.clone());
        self.write(ctx, id, &content, move |tx| {
            Box::pin(async move {
                visible_funnel(tx.conn, &tx.ctx.actor, funnel).await?;
                turns::take(tx.conn, &format!("views {user} {funnel}")).await?;
                // Replacing one needs no room.
                let others =
                    sql!("SELECT COUNT(*) AS n FROM views WHERE user_id = $1 AND funnel_id = $2 AND name <> $3");
                let count: i64 = others.bind(user).bind(funnel).bind(&name).one(tx.conn).await?.get("n")?;
                if count >= VIEWS_MAX {
                    return Err(Limit::TooMany.into());
                }
                sql!(
                    "INSERT INTO views (user_id, funnel_id, name, query) VALUES ($1, $2, $3, $4) \
                     ON CONFLICT (user_id, funnel_id, name) DO UPDATE SET query = excluded.query"
                )
                .bind(user)
                .bind(funnel)
                .bind(name)
                .bind(query)
                .run(tx.conn)
                .await
                .map(drop)
            })
        })
        .await
    }

    /// Removes one's own view; another's does not exist.
    pub async fn remove_view(&self, ctx: &Ctx, id: CommandId, view: ViewId) -> Result<()> {
        let user = ctx.actor.user().ok_or(Error::SignedOut)?;
        self.write(ctx, id, &view, move |tx| {
            Box::pin(async move {
                let removed =
                    sql!("DELETE FROM views WHERE id = $1 AND user_id = $2").bind(view).bind(user).run(tx.conn).await?;
                if removed == 0 { Err(domain::board::Refusal::NotFound.into()) } else { Ok(()) }
            })
        })
        .await
    }
}
