//! The drawer's server functions.

use domain::board::Card;
use domain::deals::{CreateDeal, DealDetails, EditDeal};
use domain::event::Event;
use domain::ids::DealId;
use leptos::prelude::*;
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::ctx::{ctx, server};
use crate::error::AppError;

#[server(input = Json)]
pub async fn load_deal(deal: DealId) -> Result<(DealDetails, Vec<Event>), AppError> {
    let (ctx, store) = (ctx()?, server()?.store);
    Ok((store.deal(&ctx, deal).await?, store.deal_history(&ctx, deal).await?))
}

#[server(input = Json)]
pub async fn send_new(command: CreateDeal) -> Result<Card, AppError> {
    Ok(server()?.store.create_deal(&ctx()?, command).await?)
}

#[server(input = Json)]
pub async fn send_edit(command: EditDeal) -> Result<DealDetails, AppError> {
    Ok(server()?.store.edit_deal(&ctx()?, command).await?)
}
