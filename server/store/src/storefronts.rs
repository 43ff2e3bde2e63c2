//! Storefronts: the shops of one business, each with its currency and the address its hooks post to.

use domain::auth::{Action, Actor, On, may};
use domain::backfill::ShopKind;
use domain::board::{Limit, Refusal};
use domain::event::{Fact, Scope};
use domain::funnels::Colour;
use domain::i18n::Lang;
use domain::ids::*;
use domain::money::Currency;
pub use domain::storefronts::{NewStorefront, Storefront, StorefrontPatch};

use crate::auth::tokens::{hashed, is_token, random_token};
use crate::error::{Error, Result};
use crate::sql::{Row, sql};
use crate::statuses::install;
use crate::tx::new_command;
use crate::{Ctx, Store, Tx, names};

const NAME_CHARS_MAX: usize = 80;
const STOREFRONTS_MAX: i64 = 200;
const SECRET_CHARS_MAX: usize = 200;

/// What a door needs to check a hook's signature.
#[derive(Clone)]
pub struct HookDoor {
    pub storefront: StorefrontId,
    pub currency: Currency,
    pub woocommerce_secret: Option<String>,
    pub shopify_secret: Option<String>,
}

impl HookDoor {
    /// What the shop signs its deliveries with; empty where nobody has told, and nothing is signed with that.
    pub fn secret(&self, shop: ShopKind) -> &str {
        let secret = match shop {
            ShopKind::WooCommerce => &self.woocommerce_secret,
            ShopKind::Shopify => &self.shopify_secret,
        };
        secret.as_deref().unwrap_or_default()
    }
}

impl Store {
    /// The storefronts the actor belongs to.
    pub async fn storefronts(&self, ctx: &Ctx) -> Result<Vec<Storefront>> {
        let rows = sql!(
            "SELECT id, name, currency, hook_key, woocommerce_secret, shopify_secret, colour FROM storefronts ORDER BY id"
        )
        .all(&mut self.reader().await?)
        .await?;
        let all: Vec<Storefront> = rows.iter().map(|row| read(row, &ctx.actor)).collect::<Result<_>>()?;
        Ok(all.into_iter().filter(|one| ctx.actor.storefronts.contains(one.id)).collect())
    }

    /// Changes parts of a storefront. Answers with it as it is then.
    pub async fn patch_storefront(
        &self,
        ctx: &Ctx,
        id: CommandId,
        storefront: StorefrontId,
        patch: StorefrontPatch,
    ) -> Result<Storefront> {
        self.write(ctx, id, &("patch storefront", storefront, patch.clone()), move |tx| {
            Box::pin(async move { change(tx, storefront, patch).await })
        })
        .await
    }

    /// For the hook's door alone: whose key is this?
    pub async fn hook_door(&self, key: &str) -> Result<Option<HookDoor>> {
        if !is_token(key) {
            return Ok(None);
        }
        let row = sql!("SELECT id, currency, woocommerce_secret, shopify_secret FROM storefronts WHERE hook_key = $1")
            .bind(key)
            .optional(&mut self.reader().await?)
            .await?;
        row.map(|row| {
            Ok(HookDoor {
                storefront: row.get("id")?,
                currency: row.get("currency")?,
                woocommerce_secret: row.get("woocommerce_secret")?,
                shopify_secret: row.get("shopify_secret")?,
            })
        })
        .transpose()
    }

    /// What a storefront counts in, for a door that is told no currency.
    pub async fn currency_of(&self, storefront: StorefrontId) -> Result<Currency> {
        crate::deals::commands::currency_of(&mut self.reader().await?, storefront).await
    }

    /// Answers with the new storefront, its hook key included.
    pub async fn create_storefront(&self, ctx: &Ctx, id: CommandId, new: NewStorefront) -> Result<Storefront> {
        let hook_key = random_token();
        self.write(ctx, id, &new.clone(), move |tx| {
            Box::pin(async move {
                let lang = install::language_of(tx.conn, &tx.ctx.actor).await?;
                create(tx, new, hook_key, lang).await
            })
        })
        .await
    }

    pub async fn rename_storefront(
        &self,
        ctx: &Ctx,
        id: CommandId,
        storefront: StorefrontId,
        name: &str,
    ) -> Result<()> {
        let name = checked_name(name)?;
        self.write(ctx, id, &(storefront, name.clone()), move |tx| {
            Box::pin(async move {
                allowed(tx, storefront)?;
                let renamed = sql!("UPDATE storefronts SET name = $2 WHERE id = $1")
                    .bind(storefront)
                    .bind(&name)
                    .run(tx.conn)
                    .await
                    .map_err(taken)?;
                if renamed == 0 {
                    return Err(Refusal::NotFound.into());
                }
                let scope = Scope { storefront: Some(storefront), ..Scope::default() };
                tx.record(scope, Fact::StorefrontChanged { name });
                Ok(())
            })
        })
        .await
    }

    /// The colour of its customers' pages.
    pub async fn colour_storefront(
        &self,
        ctx: &Ctx,
        id: CommandId,
        storefront: StorefrontId,
        colour: Colour,
    ) -> Result<()> {
        self.write(ctx, id, &(storefront, colour), move |tx| {
            Box::pin(async move {
                allowed(tx, storefront)?;
                let row = sql!("UPDATE storefronts SET colour = $2 WHERE id = $1 RETURNING name")
                    .bind(storefront)
                    .bind(colour)
                    .optional(tx.conn)
                    .await?
                    .ok_or(Refusal::NotFound)?;
                let scope = Scope { storefront: Some(storefront), ..Scope::default() };
                tx.record(scope, Fact::StorefrontChanged { name: row.get("name")? });
                Ok(())
            })
        })
        .await
    }

    /// A new secret for the shop's hooks; the old one stops at once. Answered once: it is not shown again. A repetition
    /// renews it once more, because an answer that was lost can't be told again, and a secret that the shop was never
    /// given must not be answered.
    pub async fn renew_secret(&self, ctx: &Ctx, id: CommandId, storefront: StorefrontId) -> Result<String> {
        let secret = random_token();
        let hash = hashed(&secret);
        if self.set_secret(ctx, id, storefront, secret.clone()).await? != hash {
            self.set_secret(ctx, new_command(), storefront, secret.clone()).await?;
        }
        Ok(secret)
    }

    /// The secret of the shop's Shopify app, as Shopify gave it; a blank one shuts that door.
    pub async fn set_shopify_secret(
        &self,
        ctx: &Ctx,
        id: CommandId,
        storefront: StorefrontId,
        secret: &str,
    ) -> Result<()> {
        let secret = secret.trim().to_owned();
        if secret.chars().count() > SECRET_CHARS_MAX || secret.contains(char::is_control) {
            return Err(Limit::NameTooLong.into());
        }
        self.write(ctx, id, &(storefront, hashed(&secret)), move |tx| {
            Box::pin(async move {
                allowed(tx, storefront)?;
                let row = sql!("UPDATE storefronts SET shopify_secret = $2 WHERE id = $1 RETURNING name")
                    .bind(storefront)
                    .bind(Some(secret).filter(|secret| !secret.is_empty()))
                    .optional(tx.conn)
                    .await?
                    .ok_or(Refusal::NotFound)?;
                let scope = Scope { storefront: Some(storefront), ..Scope::default() };
                tx.record(scope, Fact::SecretChanged { name: row.get("name")? });
                Ok(())
            })
        })
        .await
    }

    /// Answers with the hash of the secret that was set; answers are kept for days, secrets are not.
    async fn set_secret(&self, ctx: &Ctx, id: CommandId, storefront: StorefrontId, kept: String) -> Result<String> {
        self.write(ctx, id, &storefront, move |tx| {
            Box::pin(async move {
                let hash = hashed(&kept);
                allowed(tx, storefront)?;
                let row = sql!("UPDATE storefronts SET woocommerce_secret = $2 WHERE id = $1 RETURNING name")
                    .bind(storefront)
                    .bind(kept)
                    .optional(tx.conn)
                    .await?
                    .ok_or(Refusal::NotFound)?;
                let scope = Scope { storefront: Some(storefront), ..Scope::default() };
                tx.record(scope, Fact::SecretChanged { name: row.get("name")? });
                Ok(hash)
            })
        })
        .await
    }
}

/// The language is that of the statuses that it begins with.
pub(crate) async fn create(tx: &mut Tx<'_>, new: NewStorefront, hook_key: String, lang: Lang) -> Result<Storefront> {
    if !may(&tx.ctx.actor, Action::ManageStorefronts, On::Business) {
        return Err(Refusal::NotAllowed.into());
    }
    let name = checked_name(&new.name)?;
    let currency = Currency::parse(new.currency.trim().to_uppercase().as_str()).ok_or(Limit::UnknownCurrency)?;
    // An empty secret would let everybody sign.
    let secret = new.woocommerce_secret.filter(|secret| !secret.trim().is_empty());
    let count: i64 = sql!("SELECT COUNT(*) AS n FROM storefronts").one(tx.conn).await?.get("n")?;
    if count >= STOREFRONTS_MAX {
        return Err(Limit::TooMany.into());
    }
    let id: StorefrontId = sql!(
        "INSERT INTO storefronts (name, currency, hook_key, woocommerce_secret, created_at) VALUES ($1, $2, $3, $4, $5) \
         RETURNING id"
    )
    .bind(&name)
    .bind(currency)
    .bind(&hook_key)
    .bind(secret.clone())
    .bind(tx.ctx.now)
    .one(tx.conn)
    .await
    .map_err(taken)?
    .get("id")?;
    let scope = Scope { storefront: Some(id), ..Scope::default() };
    tx.record(scope, Fact::StorefrontCreated { name: name.clone(), currency });
    install::begin(tx, id, lang).await?;
    Ok(Storefront {
        id,
        name,
        currency,
        hook_key: Some(hook_key),
        has_secret: secret.is_some(),
        has_shopify_secret: false,
        colour: Colour::Blue,
    })
}

async fn change(tx: &mut Tx<'_>, id: StorefrontId, patch: StorefrontPatch) -> Result<Storefront> {
    allowed(tx, id)?;
    let row = sql!(
        "SELECT id, name, currency, hook_key, woocommerce_secret, shopify_secret, colour FROM storefronts WHERE id = $1"
    )
    .bind(id)
    .optional(tx.conn)
    .await?;
    let before = read(&row.ok_or(Refusal::NotFound)?, &tx.ctx.actor)?;
    let mut after = before.clone();
    if let Some(name) = patch.name {
        after.name = checked_name(&name)?;
    }
    after.colour = patch.colour.unwrap_or(before.colour);
    if after != before {
        sql!("UPDATE storefronts SET name = $2, colour = $3 WHERE id = $1")
            .bind(id)
            .bind(&after.name)
            .bind(after.colour)
            .run(tx.conn)
            .await
            .map_err(taken)?;
        let scope = Scope { storefront: Some(id), ..Scope::default() };
        tx.record(scope, Fact::StorefrontChanged { name: after.name.clone() });
    }
    Ok(after)
}

fn read(row: &Row, actor: &Actor) -> Result<Storefront> {
    let id: StorefrontId = row.get("id")?;
    let manages = may(actor, Action::ManageStorefronts, On::Storefront(id));
    Ok(Storefront {
        id,
        name: row.get("name")?,
        currency: row.get("currency")?,
        hook_key: if manages { Some(row.get("hook_key")?) } else { None },
        has_secret: row.get::<Option<String>>("woocommerce_secret")?.is_some(),
        has_shopify_secret: row.get::<Option<String>>("shopify_secret")?.is_some(),
        colour: row.get("colour")?,
    })
}

fn allowed(tx: &Tx<'_>, storefront: StorefrontId) -> Result<()> {
    if !tx.ctx.actor.storefronts.contains(storefront) {
        return Err(Refusal::NotFound.into());
    }
    if !may(&tx.ctx.actor, Action::ManageStorefronts, On::Storefront(storefront)) {
        return Err(Refusal::NotAllowed.into());
    }
    Ok(())
}

fn checked_name(name: &str) -> Result<String> {
    names::checked(name, NAME_CHARS_MAX)
}

fn taken(error: Error) -> Error {
    if error.violates("storefronts_name_taken", "storefronts.name") { Limit::NameTaken.into() } else { error }
}
