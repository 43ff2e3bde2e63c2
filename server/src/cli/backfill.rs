//! The orders that a shop already has, from the command line. It may be stopped at any time: begun again, or with a server
//! that runs, it goes on where it was.

use std::io::BufRead;
use std::time::Duration;

use app::ctx::now;
use clap::Args;
use domain::backfill::{Backfill, BackfillState, ShopKind, StartBackfill};
use domain::i18n::Lang;
use domain::ids::{CommandId, StorefrontId};
use serde_json::json;
use store::{Ctx, Store};

use super::{Answer, shops};
use crate::config::Config;
use crate::failure::Failure;
use crate::guard::outward::Outward;
use crate::shops::backfill::runner;

const LOOK_EVERY: Duration = Duration::from_millis(500);

#[derive(Args)]
pub struct BackfillCommand {
    /// Name or number of the storefront
    #[arg(long)]
    pub storefront: String,
    /// woocommerce or shopify
    #[arg(long, value_parser = shop_kind)]
    pub shop: ShopKind,
    /// Where the shop is, such as https://shop.example
    #[arg(long)]
    pub address: String,
    /// The language of a lost reason that may have to be made: uk, en or ru
    #[arg(long, default_value = "uk", value_parser = shops::lang)]
    pub lang: Lang,
}

fn shop_kind(key: &str) -> Result<ShopKind, String> {
    ShopKind::parse(key).ok_or_else(|| "a shop is one of woocommerce, shopify".to_owned())
}

pub async fn backfill(store: &Store, ctx: &Ctx, config: &Config, command: BackfillCommand) -> Result<Answer, Failure> {
    let BackfillCommand { storefront, shop, address, lang } = command;
    let found = shops::find_storefronts(store, ctx, &[storefront]).await?;
    let storefront = found.into_iter().next().ok_or_else(|| Failure::new("a storefront is missing"))?;
    let key = secret("SHOP_KEY")?;
    let secret = if shop == ShopKind::WooCommerce { secret("SHOP_SECRET")? } else { String::new() };
    let start = StartBackfill { storefront, shop, address, key, secret, lang };
    store.start_backfill(ctx, CommandId::new_v4(), start).await?;
    let driving = tokio::spawn(runner::drive(store.clone(), Outward::new(config.webhooks_insecure)));
    let ended = watch(store, ctx, storefront).await;
    driving.abort();
    let ended = ended?;
    if ended.state == BackfillState::Failed {
        let why = ended.why.map_or("it failed", |why| why.words(Lang::En));
        return Err(Failure::new(format!("{why} ({} orders were taken)", ended.done())));
    }
    let Backfill { made, unchanged, kept, .. } = ended;
    Ok(Answer {
        words: format!(
            "{}: {made} orders are new or newer, {unchanged} were here already, {kept} wait in the intake.",
            ended.state.words(Lang::En)
        ),
        json: json!({ "state": ended.state, "made": made, "unchanged": unchanged, "kept": kept }),
    })
}

/// Tells how far it is whenever it is further; ends with it.
async fn watch(store: &Store, ctx: &Ctx, storefront: StorefrontId) -> Result<Backfill, Failure> {
    let mut told = String::new();
    loop {
        let all = store.backfills(&Ctx { now: now(), ..ctx.clone() }).await?;
        let fill = all.into_iter().find(|fill| fill.storefront == storefront);
        let fill = fill.ok_or_else(|| Failure::new("it is not there any more"))?;
        let words = progress(&fill);
        if words != told {
            eprintln!("{words}");
            told = words;
        }
        if !fill.state.is_going() {
            return Ok(fill);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn progress(fill: &Backfill) -> String {
    let total = fill.total.map_or_else(|| "?".to_owned(), |total| total.to_string());
    let why = fill.why.map(|why| format!(". {}", why.words(Lang::En))).unwrap_or_default();
    format!("{} of {total}{why}", fill.done())
}

/// Not from a flag: other users of the machine see those.
fn secret(name: &str) -> Result<String, Failure> {
    if let Ok(value) = std::env::var(name)
        && !value.trim().is_empty()
    {
        return Ok(value);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(Failure::while_doing("reading the shop's keys"))?;
    if line.trim().is_empty() { Err(Failure::new(format!("{name} is not set, and stdin is empty"))) } else { Ok(line) }
}
