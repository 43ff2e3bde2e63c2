//! Storefronts from the command line.

use clap::Subcommand;
use domain::funnels::presets::Preset;
use domain::i18n::Lang;
use domain::ids::{CommandId, StorefrontId};
use serde_json::json;
use store::funnels::NewFunnel;
use store::storefronts::NewStorefront;
use store::{Ctx, Store};

use super::Answer;
use crate::failure::Failure;

#[derive(Subcommand)]
pub enum StorefrontCommand {
    /// Add a shop; prints the address that its hooks post to
    Create {
        #[arg(long)]
        name: String,
        /// Three letters, such as UAH
        #[arg(long)]
        currency: String,
        /// What the shop signs its hooks with; without one no hook is accepted
        #[arg(long, env = "WOOCOMMERCE_SECRET", hide_env_values = true)]
        woocommerce_secret: Option<String>,
        /// The secret of the shop's Shopify app, as Shopify shows it
        #[arg(long, env = "SHOPIFY_SECRET", hide_env_values = true)]
        shopify_secret: Option<String>,
        /// orders, journey, dropshipping, sales, marketing, shop, or none
        #[arg(long, default_value = "orders", value_parser = preset)]
        funnel_preset: FunnelPreset,
        /// The language of the funnel's and the statuses' names: uk, en or ru
        #[arg(long, default_value = "uk", value_parser = lang)]
        lang: Lang,
    },
}

/// The funnel that a new shop begins with.
#[derive(Clone, Copy, Debug)]
pub struct FunnelPreset(Option<Preset>);

fn preset(key: &str) -> Result<FunnelPreset, String> {
    match key {
        "none" => Ok(FunnelPreset(None)),
        key => Preset::parse(key).map(|preset| FunnelPreset(Some(preset))).ok_or_else(|| {
            let known: Vec<&str> = Preset::ALL.into_iter().map(Preset::key).collect();
            format!("a preset is one of {}, none", known.join(", "))
        }),
    }
}

pub fn lang(key: &str) -> Result<Lang, String> {
    Lang::parse(key).ok_or_else(|| "a language is one of uk, en, ru".to_owned())
}

pub async fn storefront(store: &Store, ctx: &Ctx, url: &str, command: StorefrontCommand) -> Result<Answer, Failure> {
    let StorefrontCommand::Create { name, currency, woocommerce_secret, shopify_secret, funnel_preset, lang } = command;
    let woocommerce_secret = woocommerce_secret.filter(|secret| !secret.is_empty());
    let new = NewStorefront { name, currency, woocommerce_secret };
    let made = store.create_storefront_in(ctx, CommandId::new_v4(), new, lang).await?;
    if let Some(secret) = shopify_secret {
        store.set_shopify_secret(ctx, CommandId::new_v4(), made.id, &secret).await?;
    }
    let mut funnel = None;
    if let Some(preset) = funnel_preset.0 {
        let new =
            NewFunnel { name: preset.name(lang).to_owned(), storefront: Some(made.id), preset: Some(preset), lang };
        funnel = Some(store.create_funnel(ctx, CommandId::new_v4(), new).await?.id);
    }
    let key = made.hook_key.unwrap_or_default();
    let hook_url = format!("{url}/hooks/woocommerce/{key}");
    let unsigned = if made.has_secret { "" } else { "\nIt has no secret yet, so no hook is accepted." };
    Ok(Answer {
        words: format!("{} has the number {}. Its hooks post to\n{hook_url}{unsigned}", made.name, made.id),
        json: json!({
            "id": made.id, "name": made.name, "currency": made.currency, "hook_key": key, "hook_url": hook_url,
            "shopify_url": format!("{url}/hooks/shopify/{key}"), "landing_url": format!("{url}/api/addNewOrder.html"),
            "funnel": funnel,
        }),
    })
}

/// By name or number.
pub async fn find_storefronts(store: &Store, ctx: &Ctx, asked: &[String]) -> Result<Vec<StorefrontId>, Failure> {
    let known = store.storefronts(ctx).await?;
    let find = |asked: &String| {
        let number: Option<i64> = asked.trim().parse().ok();
        known
            .iter()
            .find(|one| one.name == asked.trim())
            .or_else(|| known.iter().find(|one| Some(one.id.0) == number))
            .map(|one| one.id)
            .ok_or_else(|| Failure::new(format!("there is no storefront {asked:?}")))
    };
    asked.iter().map(find).collect()
}
