//! The first run: the owner with their session, a storefront, and the funnel that its orders go through. All of it is
//! there or nothing, and once only.

use domain::auth::{Actor, Role};
use domain::board::Limit;
use domain::event::{Fact, Scope};
use domain::funnels::NewFunnel;
use domain::funnels::presets::Preset;
use domain::i18n::Lang;
use domain::ids::*;
use domain::storefronts::NewStorefront;

use super::sessions::{self, SignedIn};
use super::tokens::{hashed, random_token};
use super::users;
use crate::error::Result;
use crate::sql::sql;
use crate::tx::new_command;
use crate::{Ctx, Store, Tx, funnels, storefronts};

/// What the first page asks for, as it was typed.
#[derive(Clone)]
pub struct FirstRun {
    pub name: String,
    pub email: String,
    pub password: String,
    /// What the storefront is called.
    pub business: String,
    pub currency: String,
    /// Of the funnel's stages.
    pub lang: Lang,
}

/// What the database keeps of the secrets that are made for it.
#[derive(Clone)]
struct Kept {
    password_hash: String,
    session_hash: String,
    hook_key: String,
}

impl Store {
    /// Opens the business and lets its owner in. Of two at once, one wins.
    pub async fn set_up(&self, first: FirstRun, now: Millis) -> Result<SignedIn> {
        if !self.is_empty().await? {
            return Err(Limit::AlreadySetUp.into());
        }
        // Before a password is hashed for nothing.
        users::checked_name(&first.name)?;
        users::checked_email(&first.email)?;
        let password_hash = self.hash_password(&first.password).await?;
        let token = random_token();
        let kept = Kept { password_hash, session_hash: hashed(&token), hook_key: random_token() };
        let ctx = Ctx { actor: Actor::system(), now };
        // Nothing that was typed tells two sendings apart: the second one finds the business open.
        let user = self
            .write(&ctx, new_command(), &(), move |tx| Box::pin(async move { open(tx, first, kept).await }))
            .await?;
        Ok(SignedIn { token, user })
    }
}

async fn open(tx: &mut Tx<'_>, first: FirstRun, kept: Kept) -> Result<UserId> {
    users::lock(tx.conn).await?;
    if users::count(tx.conn).await? > 0 {
        return Err(Limit::AlreadySetUp.into());
    }
    let FirstRun { name, email, password: _, business, currency, lang } = first;
    let (name, email) = (users::checked_name(&name)?, users::checked_email(&email)?);
    let user = users::insert(tx, &name, &email, Role::Owner).await?;
    sql!("UPDATE users SET password_hash = $2, joined_at = $3 WHERE id = $1")
        .bind(user)
        .bind(kept.password_hash)
        .bind(tx.ctx.now)
        .run(tx.conn)
        .await?;
    tx.record(Scope::default(), Fact::UserJoined { user });
    sessions::insert(tx, user, &kept.session_hash).await?;
    let shop = NewStorefront { name: business, currency, woocommerce_secret: None };
    let shop = storefronts::create(tx, shop, kept.hook_key, lang).await?;
    let preset = Preset::Orders;
    let name = preset.name(lang).to_owned();
    let funnel = NewFunnel { name, storefront: Some(shop.id), preset: Some(preset), lang };
    let stages = funnels::to_begin_with(&funnel);
    funnels::create(tx, funnel, stages).await?;
    Ok(user)
}
