//! What the pages of imports ask of the server. Files come and go by a door of their own: /import.

use domain::board::Person;
use domain::funnels::Funnel;
use domain::ids::*;
use domain::import::{Draft, Import, RefusedRow, StartImport};
use domain::storefronts::Storefront;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::ctx::{ctx, server};
use crate::error::AppError;

/// By so many rows a file's columns are guessed.
#[cfg(feature = "ssr")]
const SAMPLE_ROWS: i64 = 1_000;
/// Refused rows that a page shows at once.
pub const ROWS_AT_ONCE: i64 = 50;

/// The imports, and what another one is made with.
#[derive(Clone, Serialize, Deserialize)]
pub struct ImportsData {
    pub imports: Vec<Import>,
    pub storefronts: Vec<Storefront>,
    pub funnels: Vec<Funnel>,
    pub people: Vec<Person>,
}

/// An import; while it may be started, what its columns seem to mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportData {
    pub import: Import,
    pub draft: Option<Draft>,
}

#[server]
pub async fn imports() -> Result<ImportsData, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    let (imports, storefronts) = (store.imports(&ctx).await?, store.storefronts(&ctx).await?);
    Ok(ImportsData { imports, storefronts, funnels: store.funnels(&ctx.actor).await?, people: store.people().await? })
}

#[server]
pub async fn one_import(import: ImportId) -> Result<ImportData, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    let found = store.import(&ctx, import).await?;
    if !found.state.may_start() || found.emptied {
        return Ok(ImportData { import: found, draft: None });
    }
    let rows = store.sample_rows(&ctx, import, SAMPLE_ROWS).await?;
    let remembered = store.remembered_mapping(&ctx, import).await?;
    Ok(ImportData { import: found.clone(), draft: Some(Draft::new(found, &rows, remembered)) })
}

/// How far it is.
#[server]
pub async fn import_progress(import: ImportId) -> Result<Import, AppError> {
    Ok(server()?.store.import(&ctx()?, import).await?)
}

/// The next ones after a row.
#[server]
pub async fn refused_rows(import: ImportId, after: i64) -> Result<Vec<RefusedRow>, AppError> {
    Ok(server()?.store.refused_rows(&ctx()?, import, after, ROWS_AT_ONCE).await?)
}

#[server(input = Json)]
pub async fn run_import(command: CommandId, start: StartImport) -> Result<Import, AppError> {
    let server = server()?;
    let started = server.store.start_import(&ctx()?, command, start).await?;
    server.imports.notify_one();
    Ok(started)
}

#[server]
pub async fn stop_import(command: CommandId, import: ImportId) -> Result<Import, AppError> {
    Ok(server()?.store.stop_import(&ctx()?, command, import).await?)
}

/// A file that nobody started.
#[server]
pub async fn delete_import(command: CommandId, import: ImportId) -> Result<(), AppError> {
    Ok(server()?.store.delete_import(&ctx()?, command, import).await?)
}

#[server]
pub async fn undo_import(command: CommandId, import: ImportId) -> Result<Import, AppError> {
    let server = server()?;
    let undone = server.store.undo_import(&ctx()?, command, import).await?;
    server.imports.notify_one();
    Ok(undone)
}
