//! What the settings pages ask of the server.

mod intake;

pub use intake::*;

use domain::auth::{Invite, User, UserChange};
use domain::funnels::{Colour, Funnel, FunnelChange, LostReason, NewFunnel, ReasonChange};
use domain::ids::*;
use domain::screens::Screen;
use domain::storefronts::{NewStorefront, Storefront};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

pub mod tokens;

#[cfg(feature = "ssr")]
use crate::auth::lead;
#[cfg(feature = "ssr")]
use crate::ctx::{cookie_token, ctx, end_session, limited, server, start_session};
use crate::error::AppError;
#[cfg(feature = "ssr")]
use domain::auth::Preferences;
#[cfg(feature = "ssr")]
use domain::board::Refusal;

#[server]
pub async fn save_preferences(lang: String, theme: String, density: String) -> Result<String, AppError> {
    use crate::boot::{Density, Theme};
    let preferences = Preferences {
        lang: domain::i18n::Lang::parse(&lang).map(|lang| lang.code().to_owned()),
        theme: Theme::parse(&theme).map(|theme| theme.key().to_owned()),
        density: Density::parse(&density).map(|density| density.key().to_owned()),
    };
    server()?.store.set_preferences(&ctx()?, preferences).await?;
    Ok(lead("/settings"))
}

#[server]
pub async fn change_password(current: String, password: String) -> Result<(), AppError> {
    limited("password")?;
    let signed_in = server()?.store.change_password(&ctx()?, &current, &password).await?;
    start_session(&signed_in)
}

#[server]
pub async fn sign_out() -> Result<String, AppError> {
    let server = server()?;
    let token = use_context::<http::request::Parts>().and_then(|parts| cookie_token(&parts, server.secure()));
    if let (Some(token), Ok(ctx)) = (token, ctx()) {
        server.store.sign_out(&ctx, &token).await?;
    }
    end_session()?;
    Ok(lead("/sign-in"))
}

#[server]
pub async fn sign_out_everywhere() -> Result<String, AppError> {
    server()?.store.sign_out_everywhere(&ctx()?).await?;
    end_session()?;
    Ok(lead("/sign-in"))
}

#[server]
pub async fn funnels() -> Result<(Vec<Funnel>, Vec<Storefront>), AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    Ok((store.funnels(&ctx.actor).await?, store.storefronts(&ctx).await?))
}

#[server]
pub async fn one_funnel(funnel: FunnelId) -> Result<Funnel, AppError> {
    let funnels = server()?.store.funnels(&ctx()?.actor).await?;
    let found = funnels.into_iter().find(|one| one.id == funnel);
    Ok(found.ok_or(store::Error::from(Refusal::NotFound))?)
}

#[server(input = Json)]
pub async fn create_funnel(command: CommandId, new: NewFunnel) -> Result<Funnel, AppError> {
    Ok(server()?.store.create_funnel(&ctx()?, command, new).await?)
}

#[server(input = Json)]
pub async fn change_funnel(command: CommandId, funnel: FunnelId, change: FunnelChange) -> Result<Funnel, AppError> {
    Ok(server()?.store.change_funnel(&ctx()?, command, funnel, change).await?)
}

#[server]
pub async fn deals_per_stage(funnel: FunnelId) -> Result<Vec<(StageId, i64)>, AppError> {
    Ok(server()?.store.deals_per_stage(&ctx()?, funnel).await?)
}

#[server]
pub async fn lost_reasons() -> Result<Vec<LostReason>, AppError> {
    ctx()?;
    Ok(server()?.store.lost_reasons().await?)
}

#[server(input = Json)]
pub async fn change_lost_reasons(command: CommandId, change: ReasonChange) -> Result<Vec<LostReason>, AppError> {
    Ok(server()?.store.change_lost_reasons(&ctx()?, command, change).await?)
}

#[server]
pub async fn team() -> Result<(Vec<User>, Vec<Storefront>), AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    Ok((store.users(&ctx).await?, store.storefronts(&ctx).await?))
}

/// Answers with the user and the address on which they set their password.
#[server(input = Json)]
pub async fn invite_user(command: CommandId, invite: Invite) -> Result<(User, String), AppError> {
    let server = server()?;
    let (user, token) = server.store.invite(&ctx()?, command, invite).await?;
    Ok((user, format!("{}/invite/{token}", server.public_url)))
}

/// Answers with the address of a fresh invitation; the earlier one ends.
#[server]
pub async fn invite_again(command: CommandId, user: UserId) -> Result<String, AppError> {
    let server = server()?;
    let token = server.store.invite_again(&ctx()?, command, user).await?;
    Ok(format!("{}/invite/{token}", server.public_url))
}

/// Answers with the team as it is then.
#[server(input = Json)]
pub async fn change_user(command: CommandId, user: UserId, change: UserChange) -> Result<Vec<User>, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    store.change_user(&ctx, command, user, change).await?;
    Ok(store.users(&ctx).await?)
}

/// With the address that the hooks' addresses begin with.
#[server]
pub async fn storefronts() -> Result<(Vec<Storefront>, String), AppError> {
    let server = server()?;
    Ok((server.store.storefronts(&ctx()?).await?, server.public_url.to_string()))
}

#[server(input = Json)]
pub async fn create_storefront(command: CommandId, new: NewStorefront) -> Result<Storefront, AppError> {
    Ok(server()?.store.create_storefront(&ctx()?, command, new).await?)
}

#[server]
pub async fn rename_storefront(command: CommandId, storefront: StorefrontId, name: String) -> Result<(), AppError> {
    Ok(server()?.store.rename_storefront(&ctx()?, command, storefront, &name).await?)
}

/// Answers with the secret, once.
#[server]
pub async fn renew_secret(command: CommandId, storefront: StorefrontId) -> Result<String, AppError> {
    Ok(server()?.store.renew_secret(&ctx()?, command, storefront).await?)
}

#[server(input = Json)]
pub async fn colour_storefront(command: CommandId, storefront: StorefrontId, colour: Colour) -> Result<(), AppError> {
    Ok(server()?.store.colour_storefront(&ctx()?, command, storefront, colour).await?)
}

/// As Shopify shows it; it is not shown again here. Blank: Shopify's hooks are accepted no more.
#[server]
pub async fn set_shopify_secret(command: CommandId, storefront: StorefrontId, secret: String) -> Result<(), AppError> {
    Ok(server()?.store.set_shopify_secret(&ctx()?, command, storefront, &secret).await?)
}

/// The screens, and what another one is paired with: the funnels to choose from, the address that its page stands on.
#[derive(Clone, Serialize, Deserialize)]
pub struct ScreensData {
    pub screens: Vec<Screen>,
    pub funnels: Vec<Funnel>,
    pub public_url: String,
    /// The server's clock: what a screen was seen by.
    pub now: Millis,
}

#[server]
pub async fn screens() -> Result<ScreensData, AppError> {
    let (server, ctx) = (server()?, ctx()?);
    let (screens, funnels) = (server.store.screens(&ctx).await?, server.store.funnels(&ctx.actor).await?);
    Ok(ScreensData { screens, funnels, public_url: server.public_url.to_string(), now: ctx.now })
}

/// Answers with the screens as they are then.
#[server(input = Json)]
pub async fn pair_screen(command: CommandId, pair: domain::screens::PairScreen) -> Result<Vec<Screen>, AppError> {
    Ok(server()?.store.pair_screen(&ctx()?, command, pair).await?)
}

/// Answers with the screens that are left.
#[server]
pub async fn unpair_screen(command: CommandId, screen: ScreenId) -> Result<Vec<Screen>, AppError> {
    Ok(server()?.store.unpair_screen(&ctx()?, command, screen).await?)
}
