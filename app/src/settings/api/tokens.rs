//! The keys of scripts: listed, made, revoked.

use domain::auth::{TokenInfo, TokenWish};
use domain::ids::{CommandId, Millis, TokenId};
use domain::storefronts::Storefront;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::ctx::{ctx, server};
use crate::error::AppError;

#[derive(Clone, Serialize, Deserialize)]
pub struct TokensData {
    pub tokens: Vec<TokenInfo>,
    pub storefronts: Vec<Storefront>,
    /// The server's clock: what a token expires by.
    pub now: Millis,
}

#[server]
pub async fn tokens() -> Result<TokensData, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    let (tokens, storefronts) = (store.tokens(&ctx).await?, store.storefronts(&ctx).await?);
    Ok(TokensData { tokens, storefronts, now: ctx.now })
}

/// Answers with the token's text, once.
#[server(input = Json)]
pub async fn create_token(command: CommandId, wish: TokenWish) -> Result<(TokenInfo, String), AppError> {
    let ctx = ctx()?;
    let new = wish.at(ctx.now);
    Ok(server()?.store.create_token(&ctx, command, new).await?)
}

/// Answers with the tokens that are left.
#[server]
pub async fn revoke_token(command: CommandId, token: TokenId) -> Result<Vec<TokenInfo>, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    store.revoke_token(&ctx, command, token).await?;
    Ok(store.tokens(&ctx).await?)
}
