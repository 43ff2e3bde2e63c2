//! What the settings of orders ask of the server: a storefront's statuses and scenarios, its limits, its bonds.

use domain::i18n::Lang;
use domain::ids::*;
use domain::orders::{
    Bond, DealMaker, OrderSettings, Scenario, ScenarioChange, Status, StatusChange, StatusSet, Thresholds,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::ctx::{ctx, server};
use crate::error::AppError;

/// How a storefront's orders go. A change of one part may be seen in another: each change answers with all.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Ways {
    pub statuses: Vec<Status>,
    pub scenarios: Vec<Scenario>,
    pub settings: OrderSettings,
}

#[server]
pub async fn storefront_ways(storefront: StorefrontId) -> Result<Ways, AppError> {
    ways(&server()?.store, &ctx()?, storefront).await
}

#[server(input = Json)]
pub async fn change_statuses(
    command: CommandId,
    storefront: StorefrontId,
    change: StatusChange,
) -> Result<Ways, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    store.change_statuses(&ctx, command, change).await?;
    ways(&store, &ctx, storefront).await
}

#[server(input = Json)]
pub async fn take_status_set(
    command: CommandId,
    storefront: StorefrontId,
    set: StatusSet,
    lang: Lang,
) -> Result<Ways, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    store.apply_set(&ctx, command, storefront, set, lang).await?;
    ways(&store, &ctx, storefront).await
}

#[server(input = Json)]
pub async fn change_scenarios(
    command: CommandId,
    storefront: StorefrontId,
    change: ScenarioChange,
) -> Result<Ways, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    store.change_scenario(&ctx, command, change).await?;
    ways(&store, &ctx, storefront).await
}

/// The rest of the storefront's settings stays as it is.
#[server(input = Json)]
pub async fn set_order_limits(
    command: CommandId,
    storefront: StorefrontId,
    thresholds: Thresholds,
) -> Result<OrderSettings, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    let now = store.order_settings(&ctx, storefront).await?;
    Ok(store.set_order_settings(&ctx, command, OrderSettings { thresholds, ..now }).await?)
}

/// The rest of the storefront's settings stays as it is.
#[server(input = Json)]
pub async fn set_makes_deals(
    command: CommandId,
    storefront: StorefrontId,
    makes_deals: bool,
) -> Result<OrderSettings, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    let now = store.order_settings(&ctx, storefront).await?;
    Ok(store.set_order_settings(&ctx, command, OrderSettings { makes_deals, ..now }).await?)
}

/// The storefronts that belong to a funnel, and where their new orders go.
#[server]
pub async fn deal_makers(funnel: FunnelId) -> Result<Vec<DealMaker>, AppError> {
    Ok(server()?.store.deal_makers(&ctx()?, funnel).await?)
}

/// With the statuses that it is made of.
#[server]
pub async fn storefront_bond(funnel: FunnelId, storefront: StorefrontId) -> Result<(Bond, Vec<Status>), AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    Ok((store.bond(&ctx, funnel, storefront).await?, store.statuses(&ctx, storefront).await?))
}

#[server(input = Json)]
pub async fn save_bond(command: CommandId, bond: Bond) -> Result<Bond, AppError> {
    Ok(server()?.store.set_bond(&ctx()?, command, bond).await?)
}

#[cfg(feature = "ssr")]
async fn ways(store: &store::Store, ctx: &store::Ctx, storefront: StorefrontId) -> Result<Ways, AppError> {
    Ok(Ways {
        statuses: store.statuses(ctx, storefront).await?,
        scenarios: store.scenarios(ctx, storefront).await?,
        settings: store.order_settings(ctx, storefront).await?,
    })
}
