//! Looking at imports.

use domain::auth::{Action, On, may};
use domain::board::Refusal;
use domain::ids::*;
use domain::import::{Import, ImportState, Mapping, RefusedRow};

use super::rows::{self, IMPORT};
use super::{allowed, read};
use crate::auth::actor_now;
use crate::error::Result;
use crate::sql::{Row, Sql, sql};
use crate::{Ctx, Store};

const IMPORTS_MAX: i64 = 100;
pub const PAGE_MAX: i64 = 1_000;

impl Store {
    pub async fn import(&self, ctx: &Ctx, id: ImportId) -> Result<Import> {
        let import = rows::find(&mut self.reader().await?, id).await?.ok_or(Refusal::NotFound)?;
        allowed(&ctx.actor, import)
    }

    /// The newest first, of the storefronts that the actor may import into. Files that are still coming are left out.
    pub async fn imports(&self, ctx: &Ctx) -> Result<Vec<Import>> {
        if !may(&ctx.actor, Action::Import, On::Business) {
            return Err(Refusal::NotAllowed.into());
        }
        let mut conn = self.reader().await?;
        let mut found = Vec::new();
        for row in sql!("SELECT id FROM storefronts ORDER BY id").all(&mut conn).await? {
            let storefront: StorefrontId = row.get("id")?;
            if !ctx.actor.storefronts.contains(storefront) {
                continue;
            }
            let text = format!(
                "SELECT {IMPORT} FROM imports i WHERE i.storefront_id = $1 AND i.state <> $2 ORDER BY i.id DESC LIMIT $3"
            );
            let rows = Sql::assembled(text).bind(storefront).bind(ImportState::Receiving).bind(IMPORTS_MAX);
            for row in &rows.all(&mut conn).await? {
                found.push(rows::import(row)?);
            }
        }
        found.sort_by_key(|import| std::cmp::Reverse(import.id));
        found.truncate(IMPORTS_MAX as usize);
        Ok(found)
    }

    /// How the last file of this kind with these headings was read in this storefront.
    pub async fn remembered_mapping(&self, ctx: &Ctx, id: ImportId) -> Result<Option<Mapping>> {
        let import = self.import(ctx, id).await?;
        let row = sql!("SELECT mapping FROM import_mappings WHERE storefront_id = $1 AND digest = $2")
            .bind(import.storefront)
            .bind(rows::digest(&import))
            .optional(&mut self.reader().await?)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let mapping: Mapping = serde_json::from_str(&row.get::<String>("mapping")?)?;
        Ok(Some(mapping).filter(|mapping| mapping.faults(import.headings.len()).is_empty()))
    }

    /// The first rows of the file, at most [`PAGE_MAX`].
    pub async fn sample_rows(&self, ctx: &Ctx, id: ImportId, limit: i64) -> Result<Vec<Vec<String>>> {
        let import = self.import(ctx, id).await?;
        if import.emptied {
            return Ok(Vec::new());
        }
        let rows = sql!("SELECT cells FROM import_rows WHERE import_id = $1 ORDER BY place LIMIT $2")
            .bind(id)
            .bind(limit.clamp(0, PAGE_MAX))
            .all(&mut self.reader().await?)
            .await?;
        rows.iter().map(read::cells).collect()
    }

    /// As [`Store::refused_rows`], for a file that may be taken for half an hour: with the rights that its taker has now.
    pub async fn refused_rows_now(&self, ctx: &Ctx, id: ImportId, after: i64, limit: i64) -> Result<Vec<RefusedRow>> {
        let actor = actor_now(&mut self.reader().await?, ctx.actor.who, ctx.now).await?;
        let ctx = Ctx { actor: actor.ok_or(Refusal::NotAllowed)?, now: ctx.now };
        self.refused_rows(&ctx, id, after, limit).await
    }

    /// Refused rows after one, in their order, at most [`PAGE_MAX`].
    pub async fn refused_rows(&self, ctx: &Ctx, id: ImportId, after: i64, limit: i64) -> Result<Vec<RefusedRow>> {
        let import = self.import(ctx, id).await?;
        if import.emptied {
            return Ok(Vec::new());
        }
        // Past the row that was handled last, what stands there is an earlier check's.
        let rows = sql!(
            "SELECT r.place, r.cells, r.wrong FROM import_rows r JOIN imports i ON i.id = r.import_id \
             WHERE r.import_id = $1 AND r.outcome = 'refused' AND r.place > $2 AND r.place <= i.at_place \
             ORDER BY r.place LIMIT $3"
        )
        .bind(id)
        .bind(after)
        .bind(limit.clamp(0, PAGE_MAX))
        .all(&mut self.reader().await?)
        .await?;
        let refused = |row: &Row| -> Result<RefusedRow> {
            let wrong: Option<String> = row.get("wrong")?;
            let wrong = serde_json::from_str(wrong.as_deref().unwrap_or("[]"))?;
            Ok(RefusedRow { row: row.get("place")?, cells: read::cells(row)?, wrong })
        };
        rows.iter().map(refused).collect()
    }
}
