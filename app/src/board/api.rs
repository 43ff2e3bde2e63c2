//! The board's server functions.

use domain::board::{BoardData, Card, Filter, MoveDeal, MoveDeals, Moved, SavedView};
use domain::funnels::Funnel;
use domain::ids::*;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::ctx::{ctx, server};
use crate::error::AppError;

/// A board's page: the board itself, the other boards, this person's views of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageData {
    pub data: BoardData,
    pub funnels: Vec<(FunnelId, String)>,
    pub views: Vec<SavedView>,
    /// Whether the demo's customer is on; None: no demo shop.
    pub demo: Option<bool>,
}

#[server(input = Json)]
pub async fn load_page(funnel: FunnelId, filter: Filter) -> Result<PageData, AppError> {
    let (ctx, store) = (ctx()?, server()?.store);
    let data = store.board(&ctx, funnel, &filter).await?;
    let funnels = store.funnels(&ctx.actor).await?.into_iter().map(|funnel| (funnel.id, funnel.name)).collect();
    Ok(PageData { data, funnels, views: store.views(&ctx, funnel).await?, demo: store.demo().await? })
}

#[server(input = Json)]
pub async fn load_board(funnel: FunnelId, filter: Filter) -> Result<BoardData, AppError> {
    Ok(server()?.store.board(&ctx()?, funnel, &filter).await?)
}

#[server(input = Json)]
pub async fn load_column(
    funnel: FunnelId,
    stage: StageId,
    filter: Filter,
    below: String,
) -> Result<(Vec<Card>, bool, Seq), AppError> {
    Ok(server()?.store.column_page(&ctx()?, (funnel, stage), &filter, &below).await?)
}

#[server(input = Json)]
pub async fn load_funnels() -> Result<Vec<Funnel>, AppError> {
    Ok(server()?.store.funnels(&ctx()?.actor).await?)
}

#[server(input = Json)]
pub async fn send_move(command: MoveDeal) -> Result<Card, AppError> {
    Ok(server()?.store.move_deal(&ctx()?, command).await?)
}

#[server(input = Json)]
pub async fn send_moves(command: MoveDeals) -> Result<Moved, AppError> {
    Ok(server()?.store.move_deals(&ctx()?, command).await?)
}

#[server(input = Json)]
pub async fn save_view(
    command: CommandId,
    funnel: FunnelId,
    name: String,
    filter: Filter,
) -> Result<Vec<SavedView>, AppError> {
    let (ctx, store) = (ctx()?, server()?.store);
    store.save_view(&ctx, command, funnel, &name, &filter).await?;
    Ok(store.views(&ctx, funnel).await?)
}

#[server(input = Json)]
pub async fn remove_view(command: CommandId, funnel: FunnelId, view: ViewId) -> Result<Vec<SavedView>, AppError> {
    let (ctx, store) = (ctx()?, server()?.store);
    store.remove_view(&ctx, command, view).await?;
    Ok(store.views(&ctx, funnel).await?)
}

#[server(input = Json)]
pub async fn switch_demo(command: CommandId, on: bool) -> Result<(), AppError> {
    Ok(server()?.store.switch_demo(&ctx()?, command, on).await?)
}

#[server(input = Json)]
pub async fn set_density(density: String) -> Result<(), AppError> {
    let ctx = ctx()?;
    let mut preferences = crate::ctx::session().ok_or(AppError::SignedOut)?.preferences;
    preferences.density = Some(density).filter(|key| crate::boot::Density::parse(key).is_some());
    Ok(server()?.store.set_preferences(&ctx, preferences).await?)
}
