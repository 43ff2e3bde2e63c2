//! What a business has from its first minute: a storefront, and the funnel that its orders go through.

use domain::auth::{Actor, Role, Storefronts, Who};
use domain::board::Limit;
use domain::funnels::NewFunnel;
use domain::funnels::presets::Preset;
use domain::i18n::Lang;
use domain::money::Currency;
use domain::storefronts::NewStorefront;
use store::Ctx;
use store::auth::SignedIn;

use crate::ctx::{now, server};
use crate::error::AppError;
use crate::kit::new_command;

const NAME_CHARS_MAX: usize = 80;

/// Checked before the owner is created, who can be created only once.
pub fn shop(name: &str, currency: &str) -> Result<NewStorefront, AppError> {
    let (name, currency) = (name.trim(), currency.trim().to_uppercase());
    let limit = match name.chars().count() {
        0 => Some(Limit::NameMissing),
        chars if chars > NAME_CHARS_MAX => Some(Limit::NameTooLong),
        _ => Currency::parse(&currency).is_none().then_some(Limit::UnknownCurrency),
    };
    match limit {
        Some(limit) => Err(store::Error::from(limit).into()),
        None => Ok(NewStorefront { name: name.to_owned(), currency, woocommerce_secret: None }),
    }
}

pub async fn open(owner: &SignedIn, shop: NewStorefront, lang: &str) -> Result<(), AppError> {
    let store = server()?.store;
    let actor = Actor { who: Who::User(owner.user), role: Role::Owner, storefronts: Storefronts::All };
    let ctx = Ctx { actor, now: now() };
    let storefront = store.create_storefront(&ctx, new_command(), shop).await?;
    let lang = Lang::parse(lang).unwrap_or_default();
    let preset = Preset::Orders;
    let name = preset.name(lang).to_owned();
    let funnel = NewFunnel { name, storefront: Some(storefront.id), preset: Some(preset), lang };
    store.create_funnel(&ctx, new_command(), funnel).await?;
    Ok(())
}
