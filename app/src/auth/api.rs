//! The doors' server functions. Each form works before the WASM is there: see [`super::leaving`].

use domain::auth::LinkOwner;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::leaving::lead;
#[cfg(feature = "ssr")]
use super::next::safe_next;
#[cfg(feature = "ssr")]
use crate::ctx::{limited, now, server, start_session};
use crate::error::AppError;
#[cfg(feature = "ssr")]
use domain::board::Limit;
#[cfg(feature = "ssr")]
use domain::i18n::Lang;
#[cfg(feature = "ssr")]
use store::auth::{FirstRun, LinkKind};

/// Whether the first-run page is open: nobody has been created yet.
#[server]
pub async fn is_first_run() -> Result<bool, AppError> {
    Ok(server()?.store.is_empty().await?)
}

/// Who an invitation is for; None: used or expired.
#[server]
pub async fn invited(token: String) -> Result<Option<LinkOwner>, AppError> {
    limited("link_look")?;
    Ok(server()?.store.link_owner(LinkKind::Invite, &token, now()).await?)
}

/// Who an entrance link is for; None: used or expired.
#[server]
pub async fn entering(token: String) -> Result<Option<LinkOwner>, AppError> {
    limited("link_look")?;
    Ok(server()?.store.link_owner(LinkKind::Entrance, &token, now()).await?)
}

/// Each of the doors below answers with the address that comes next.
#[server]
pub async fn sign_in(email: String, password: String, next: String) -> Result<String, AppError> {
    limited("sign_in")?;
    let found = server()?.store.sign_in(&email, &password, now()).await?;
    start_session(&found.ok_or(store::Error::from(Limit::WrongPassword))?)?;
    Ok(lead(safe_next(&next)))
}

#[server]
pub async fn set_up(
    name: String,
    email: String,
    password: String,
    business: String,
    currency: String,
    lang: String,
) -> Result<String, AppError> {
    limited("setup")?;
    let lang = Lang::parse(&lang).unwrap_or_default();
    let first = FirstRun { name, email, password, business, currency, lang };
    start_session(&server()?.store.set_up(first, now()).await?)?;
    Ok(lead("/"))
}

#[server]
pub async fn accept_invite(token: String, password: String) -> Result<String, AppError> {
    limited("link")?;
    let signed_in = server()?.store.accept_invite(&token, &password, now()).await?;
    start_session(&signed_in)?;
    Ok(lead("/"))
}

/// Spends an entrance link. Only a button does so: a messenger that looks ahead at links must not.
#[server]
pub async fn enter(token: String) -> Result<String, AppError> {
    limited("link")?;
    let signed_in = server()?.store.enter(&token, now()).await?;
    start_session(&signed_in)?;
    Ok(lead("/"))
}
