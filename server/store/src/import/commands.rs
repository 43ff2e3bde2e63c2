//! Setting an import going, stopping it, taking it back. The work itself is done in the background: see `drive`.

use domain::board::Refusal;
use domain::event::{Fact, Scope};
use domain::ids::*;
use domain::import::{Counts, Failure, Import, ImportFault, ImportState, Mapping, Purpose, StartImport};

use super::{allowed, rows};
use crate::board::queries::visible_funnel;
use crate::error::Result;
use crate::orders::order_funnel;
use crate::sql::sql;
use crate::{Ctx, Store, Tx, turns};

impl Store {
    pub async fn start_import(&self, ctx: &Ctx, id: CommandId, start: StartImport) -> Result<Import> {
        let content = start.clone();
        self.write(ctx, id, &content, move |tx| Box::pin(async move { begin(tx, start).await })).await
    }

    /// What it has made stays. A check that is stopped has made nothing.
    pub async fn stop_import(&self, ctx: &Ctx, id: CommandId, import: ImportId) -> Result<Import> {
        self.write(ctx, id, &import, move |tx| Box::pin(async move { stop(tx, import).await })).await
    }

    /// Takes back what the import made, but for what somebody has worked on since.
    pub async fn undo_import(&self, ctx: &Ctx, id: CommandId, import: ImportId) -> Result<Import> {
        let content = ("undo", import);
        self.write(ctx, id, &content, move |tx| Box::pin(async move { undo(tx, import).await })).await
    }
}

async fn begin(tx: &mut Tx<'_>, start: StartImport) -> Result<Import> {
    let import = find(tx, start.import).await?;
    if import.emptied {
        return Err(ImportFault::Emptied.into());
    }
    if !import.state.may_start() {
        return Err(ImportFault::NotNow.into());
    }
    let mapping = Mapping { kind: import.kind, ..start.mapping };
    let faults = mapping.faults(import.headings.len());
    if !faults.is_empty() {
        return Err(ImportFault::Mapping(faults).into());
    }
    alone(tx, &import).await?;
    let funnel = match import.funnel {
        _ if !import.kind.needs_funnel() => None,
        Some(funnel) => Some(visible_funnel(tx.conn, &tx.ctx.actor, funnel).await?.id),
        None => Some(order_funnel(tx.conn, import.storefront).await?.id),
    };
    let total = import.counts.total;
    let import = Import {
        funnel,
        mapping: Some(mapping),
        state: match start.purpose {
            Purpose::Check => ImportState::Checking,
            Purpose::Import => ImportState::Running,
        },
        counts: Counts { total, ..Counts::default() },
        started_at: Some(tx.ctx.now),
        ended_at: None,
        failure: None,
        resumed: 0,
        ..import
    };
    rows::keep(tx.conn, &import).await?;
    sql!(
        "UPDATE imports SET funnel_id = $2, mapping = $3, started_at = $4, acts_for = $5, at_place = 0, undo_place = NULL, \
         driver = NULL, driven_until = NULL, resumed = 0 WHERE id = $1"
    )
    .bind(import.id)
    .bind(import.funnel)
    .bind(import.mapping.as_ref().map(serde_json::to_string).transpose()?)
    .bind(import.started_at)
    .bind(tx.ctx.actor.who.to_string())
    .run(tx.conn)
    .await?;
    if let (ImportState::Running, Some(mapping)) = (import.state, &import.mapping) {
        remember(tx, &import, mapping).await?;
        tell(tx, &import, Fact::ImportStarted { import: import.id, rows: total });
    }
    Ok(import)
}

/// One at a time in a storefront: two that go through the same customers would only wait for each other.
async fn alone(tx: &mut Tx<'_>, import: &Import) -> Result<()> {
    // PostgreSQL: of two that begin at once, the second sees the first.
    turns::take(tx.conn, &format!("imports {}", import.storefront)).await?;
    let going = sql!(
        "SELECT id FROM imports WHERE storefront_id = $1 AND id <> $2 AND state IN ('checking', 'running', 'undoing') LIMIT 1"
    );
    match going.bind(import.storefront).bind(import.id).optional(tx.conn).await? {
        Some(_) => Err(ImportFault::AnotherIsGoing.into()),
        None => Ok(()),
    }
}

/// The next file with these headings is read the same way.
async fn remember(tx: &mut Tx<'_>, import: &Import, mapping: &Mapping) -> Result<()> {
    sql!(
        "INSERT INTO import_mappings (storefront_id, digest, mapping, used_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (storefront_id, digest) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at"
    )
    .bind(import.storefront)
    .bind(rows::digest(import))
    .bind(serde_json::to_string(mapping)?)
    .bind(tx.ctx.now)
    .run(tx.conn)
    .await
    .map(drop)
}

async fn stop(tx: &mut Tx<'_>, id: ImportId) -> Result<Import> {
    let import = find(tx, id).await?;
    match import.state {
        ImportState::Checking => {
            let total = import.counts.total;
            let counts = Counts { total, ..Counts::default() };
            let import = Import { state: ImportState::Uploaded, counts, ..import };
            sql!("UPDATE imports SET at_place = 0 WHERE id = $1").bind(id).run(tx.conn).await?;
            rows::keep(tx.conn, &import).await?;
            Ok(import)
        }
        ImportState::Running => fail(tx, import, Failure::Stopped).await,
        ImportState::Receiving
        | ImportState::Uploaded
        | ImportState::Checked
        | ImportState::Done
        | ImportState::Failed
        | ImportState::Undoing
        | ImportState::Undone => Err(ImportFault::NotNow.into()),
    }
}

/// It ends before its last row; a check, which made nothing, waits again.
pub(super) async fn fail(tx: &mut Tx<'_>, import: Import, failure: Failure) -> Result<Import> {
    let checking = import.state == ImportState::Checking;
    let state = if checking { ImportState::Uploaded } else { ImportState::Failed };
    let import = Import { state, failure: Some(failure), ended_at: Some(tx.ctx.now), ..import };
    rows::keep(tx.conn, &import).await?;
    if !checking {
        tell(tx, &import, Fact::ImportFailed { import: import.id, failure, counts: import.counts });
    }
    Ok(import)
}

async fn undo(tx: &mut Tx<'_>, id: ImportId) -> Result<Import> {
    let import = find(tx, id).await?;
    if import.emptied {
        return Err(ImportFault::Emptied.into());
    }
    if !import.state.may_undo() {
        return Err(ImportFault::NotNow.into());
    }
    alone(tx, &import).await?;
    let (at, _) = rows::places(tx.conn, id).await?;
    let counts = Counts { spared: 0, ..import.counts };
    let import = Import { state: ImportState::Undoing, failure: None, ended_at: None, counts, ..import };
    rows::keep(tx.conn, &import).await?;
    sql!("UPDATE imports SET undo_place = $2, acts_for = $3, driver = NULL, driven_until = NULL WHERE id = $1")
        .bind(id)
        .bind(at + 1)
        .bind(tx.ctx.actor.who.to_string())
        .run(tx.conn)
        .await?;
    Ok(import)
}

async fn find(tx: &mut Tx<'_>, id: ImportId) -> Result<Import> {
    let import = rows::find_held(tx.conn, id).await?.ok_or(Refusal::NotFound)?;
    allowed(&tx.ctx.actor, import)
}

pub(super) fn tell(tx: &mut Tx<'_>, import: &Import, fact: Fact) {
    tx.record(Scope { storefront: Some(import.storefront), ..Scope::default() }, fact);
}
