//! What the page of carriers asks of the server.

use domain::carriers::{CarrierAccount, SetCarrierAccount, UnknownCode};
use domain::ids::*;
use domain::orders::Carrier;
use domain::storefronts::Storefront;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::ctx::{ctx, server};
use crate::error::AppError;

#[derive(Clone, Serialize, Deserialize)]
pub struct CarriersData {
    pub accounts: Vec<CarrierAccount>,
    pub storefronts: Vec<Storefront>,
    pub codes: Vec<UnknownCode>,
}

#[server]
pub async fn carriers() -> Result<CarriersData, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    let codes = store.unknown_codes(&ctx).await?;
    let accounts = store.carrier_accounts(&ctx).await?;
    Ok(CarriersData { accounts, storefronts: store.storefronts(&ctx).await?, codes })
}

/// How it goes with each account; their keys stay where they are.
#[server]
pub async fn carrier_accounts() -> Result<Vec<CarrierAccount>, AppError> {
    Ok(server()?.store.carrier_accounts(&ctx()?).await?)
}

/// The keys of a new account, or other ones of an old one.
#[server(input = Json)]
pub async fn set_carrier(command: CommandId, set: SetCarrierAccount) -> Result<CarrierAccount, AppError> {
    Ok(server()?.store.set_carrier_account(&ctx()?, command, set).await?)
}

#[server(input = Json)]
pub async fn remove_carrier(command: CommandId, storefront: StorefrontId, carrier: Carrier) -> Result<(), AppError> {
    Ok(server()?.store.remove_carrier_account(&ctx()?, command, storefront, carrier).await?)
}
