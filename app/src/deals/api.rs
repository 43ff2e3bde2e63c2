//! The drawer's server functions.

use domain::board::Card;
use domain::deals::{CreateDeal, DealDetails, DeleteDeal, EditDeal};
use domain::event::Event;
use domain::ids::{CommandId, DealId};
use domain::tracking::LinkChange;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::ctx::{Server, ctx, server};
use crate::error::AppError;

/// What a drawer shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Loaded {
    pub details: DealDetails,
    pub events: Vec<Event>,
    /// The customer's link; None: it was ended.
    pub link: Option<String>,
}

#[server(input = Json)]
pub async fn load_deal(deal: DealId) -> Result<Loaded, AppError> {
    let (ctx, server) = (ctx()?, server()?);
    let details = server.store.deal(&ctx, deal).await?;
    let link = link_of(&server, &details);
    Ok(Loaded { link, events: server.store.deal_history(&ctx, deal).await?, details })
}

/// Answers with the customer's link as it is then.
#[server(input = Json)]
pub async fn change_link(command: CommandId, deal: DealId, change: LinkChange) -> Result<Option<String>, AppError> {
    let server = server()?;
    let details = server.store.change_link(&ctx()?, command, deal, change).await?;
    Ok(link_of(&server, &details))
}

#[cfg(feature = "ssr")]
fn link_of(server: &Server, details: &DealDetails) -> Option<String> {
    details.tracking.as_ref().map(|token| format!("{}/t/{token}", server.public_url))
}

#[server(input = Json)]
pub async fn send_new(command: CreateDeal) -> Result<Card, AppError> {
    Ok(server()?.store.create_deal(&ctx()?, command).await?)
}

#[server(input = Json)]
pub async fn send_edit(command: EditDeal) -> Result<DealDetails, AppError> {
    Ok(server()?.store.edit_deal(&ctx()?, command).await?)
}

#[server(input = Json)]
pub async fn send_delete(command: DeleteDeal) -> Result<(), AppError> {
    Ok(server()?.store.delete_deal(&ctx()?, command).await?)
}
