//! Taking a file in: its headings, its rows in chunks, and the word that these were all.

use domain::auth::{Action, On, may};
use domain::board::{Limit, Refusal};
use domain::ids::*;
use domain::import::{
    CELL_CHARS_MAX, CHUNK_ROWS_MAX, COLUMNS_MAX, FILE_NAME_CHARS_MAX, Import, ImportFault, ImportState, NewImport,
    ROWS_MAX,
};

use super::{allowed, rows};
use crate::board::queries::visible_funnel;
use crate::error::Result;
use crate::many::Many;
use crate::sql::sql;
use crate::tx::new_command;
use crate::{Ctx, Store, Tx, turns};

/// Files of one storefront that wait for somebody to start them.
const WAITING_MAX: i64 = 100;

/// A row of a file.
#[derive(Clone, Debug)]
pub struct NewRow {
    /// As a spreadsheet counts: the headings are row 1.
    pub row: i64,
    pub cells: Vec<String>,
}

impl Store {
    /// Takes a file's headings in; its rows follow by [`Store::add_rows`], and their end by [`Store::end_of_rows`].
    pub async fn begin_import(&self, ctx: &Ctx, id: CommandId, new: NewImport) -> Result<ImportId> {
        let content = new.clone();
        self.write(ctx, id, &content, move |tx| Box::pin(async move { begin(tx, new).await })).await
    }

    /// The same of a file that its digest tells from others: sent again by the same command it is the same import, and
    /// another file is refused.
    pub async fn begin_import_of(&self, ctx: &Ctx, id: CommandId, new: NewImport, digest: &str) -> Result<ImportId> {
        let content = (new.clone(), digest);
        self.write(ctx, id, &content, move |tx| Box::pin(async move { begin(tx, new).await })).await
    }

    /// At most [`CHUNK_ROWS_MAX`], each after the one before it. Cells that a row lacks are empty.
    pub async fn add_rows(&self, ctx: &Ctx, import: ImportId, rows: Vec<NewRow>) -> Result<()> {
        let content = (import, rows.first().map(|row| row.row), rows.len());
        self.write(ctx, new_command(), &content, move |tx| Box::pin(async move { add(tx, import, rows).await })).await
    }

    /// These were all: the file can be started.
    pub async fn end_of_rows(&self, ctx: &Ctx, import: ImportId) -> Result<Import> {
        self.write(ctx, new_command(), &import, move |tx| Box::pin(async move { end(tx, import).await })).await
    }
}

async fn begin(tx: &mut Tx<'_>, new: NewImport) -> Result<ImportId> {
    let known = sql!("SELECT id FROM storefronts WHERE id = $1").bind(new.storefront).optional(tx.conn).await?;
    if known.is_none() || !tx.ctx.actor.storefronts.contains(new.storefront) {
        return Err(Refusal::NotFound.into());
    }
    if !may(&tx.ctx.actor, Action::Import, On::Storefront(new.storefront)) {
        return Err(Refusal::NotAllowed.into());
    }
    if new.headings.is_empty() {
        return Err(ImportFault::NoRows.into());
    }
    if new.headings.len() > COLUMNS_MAX {
        return Err(ImportFault::TooManyColumns.into());
    }
    fits(1, &new.headings)?;
    let funnel = new.funnel.filter(|_| new.kind.needs_funnel());
    if let Some(funnel) = funnel {
        let funnel = visible_funnel(tx.conn, &tx.ctx.actor, funnel).await?;
        if funnel.storefront.is_some_and(|own| own != new.storefront) {
            return Err(Refusal::NotFound.into());
        }
    }
    turns::take(tx.conn, &format!("imports {}", new.storefront)).await?;
    let row = sql!(
        "SELECT COUNT(*) AS n FROM imports WHERE storefront_id = $1 AND state IN ('receiving', 'uploaded', 'checked')"
    );
    if row.bind(new.storefront).one(tx.conn).await?.get::<i64>("n")? >= WAITING_MAX {
        return Err(Limit::TooMany.into());
    }
    let name: String = new.file_name.chars().filter(|c| !c.is_control()).take(FILE_NAME_CHARS_MAX).collect();
    let actor = tx.ctx.actor.who.to_string();
    sql!(
        "INSERT INTO imports (storefront_id, kind, funnel_id, file_name, headings, state, actor, acts_for, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8) RETURNING id"
    )
    .bind(new.storefront)
    .bind(new.kind)
    .bind(funnel)
    .bind(name)
    .bind(serde_json::to_string(&new.headings)?)
    .bind(ImportState::Receiving)
    .bind(actor)
    .bind(tx.ctx.now)
    .one(tx.conn)
    .await?
    .get("id")
}

async fn add(tx: &mut Tx<'_>, id: ImportId, new: Vec<NewRow>) -> Result<()> {
    let import = receiving(tx, id).await?;
    let width = import.headings.len();
    if new.len() > CHUNK_ROWS_MAX || import.counts.total as usize + new.len() > ROWS_MAX {
        return Err(ImportFault::TooManyRows.into());
    }
    let row = sql!("SELECT COALESCE(MAX(place), 1) AS place FROM import_rows WHERE import_id = $1").bind(id);
    let mut last: i64 = row.one(tx.conn).await?.get("place")?;
    let count = new.len() as i64;
    let mut many = Many::of("import_rows", &["import_id", "place", "cells"]);
    for NewRow { row, mut cells } in new {
        if row <= last {
            return Err(ImportFault::OutOfOrder.into());
        }
        last = row;
        while cells.len() > width && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.len() > width {
            return Err(ImportFault::RowTooWide { row }.into());
        }
        fits(row, &cells)?;
        cells.resize(width, String::new());
        many.push([id.into(), row.into(), serde_json::to_string(&cells)?.into()]);
    }
    many.insert(tx.conn).await?;
    sql!("UPDATE imports SET total = total + $2 WHERE id = $1").bind(id).bind(count).run(tx.conn).await.map(drop)
}

async fn end(tx: &mut Tx<'_>, id: ImportId) -> Result<Import> {
    let import = receiving(tx, id).await?;
    if import.counts.total == 0 {
        return Err(ImportFault::NoRows.into());
    }
    let import = Import { state: ImportState::Uploaded, ..import };
    rows::keep(tx.conn, &import).await?;
    Ok(import)
}

async fn receiving(tx: &mut Tx<'_>, id: ImportId) -> Result<Import> {
    let import = rows::find_held(tx.conn, id).await?.ok_or(Refusal::NotFound)?;
    let import = allowed(&tx.ctx.actor, import)?;
    if import.state == ImportState::Receiving { Ok(import) } else { Err(ImportFault::NotNow.into()) }
}

fn fits(row: i64, cells: &[String]) -> Result<()> {
    // Bytes are quickly counted, and no text has more characters than bytes.
    let long = |text: &String| text.len() > CELL_CHARS_MAX && text.chars().count() > CELL_CHARS_MAX;
    match cells.iter().position(long) {
        Some(column) => Err(ImportFault::CellTooLong { row, column }.into()),
        None => Ok(()),
    }
}
