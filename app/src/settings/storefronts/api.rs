//! What the storefronts' page asks of the server about orders that a shop already has.

use domain::backfill::{Backfill, BackfillChange, StartBackfill};
use domain::ids::*;
use leptos::prelude::*;
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::ctx::{ctx, server};
use crate::error::AppError;

/// The last of each storefront that the asker manages.
#[server]
pub async fn backfills() -> Result<Vec<Backfill>, AppError> {
    Ok(server()?.store.backfills(&ctx()?).await?)
}

#[server(input = Json)]
pub async fn run_backfill(command: CommandId, start: StartBackfill) -> Result<Backfill, AppError> {
    Ok(server()?.store.start_backfill(&ctx()?, command, start).await?)
}

#[server(input = Json)]
pub async fn change_backfill(
    command: CommandId,
    storefront: StorefrontId,
    change: BackfillChange,
) -> Result<Backfill, AppError> {
    Ok(server()?.store.change_backfill(&ctx()?, command, storefront, change).await?)
}
