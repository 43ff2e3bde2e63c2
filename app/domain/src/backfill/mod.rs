//! The orders that a shop already has: brought in once, through the shop's own interface.

mod address;
mod state;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use address::{ADDRESS_CHARS_MAX, checked_address};
pub use state::{BackfillState, BackfillWhy, wait_ms};

use crate::board::Limit;
use crate::i18n::Lang;
use crate::ids::*;

pub const KEY_CHARS_MAX: usize = 200;

/// The shops that can be asked for what they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShopKind {
    WooCommerce,
    Shopify,
}

impl ShopKind {
    pub const ALL: [ShopKind; 2] = [ShopKind::WooCommerce, ShopKind::Shopify];

    /// The same word as its hooks' door.
    pub fn key(self) -> &'static str {
        match self {
            ShopKind::WooCommerce => "woocommerce",
            ShopKind::Shopify => "shopify",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shop| shop.key() == key)
    }

    pub fn name(self) -> &'static str {
        match self {
            ShopKind::WooCommerce => "WooCommerce",
            ShopKind::Shopify => "Shopify",
        }
    }
}

/// How far it has got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backfill {
    pub storefront: StorefrontId,
    pub shop: ShopKind,
    pub address: String,
    pub state: BackfillState,
    /// Why it failed, or what it waits for.
    pub why: Option<BackfillWhy>,
    /// As the shop counts them; None: it has not been asked yet.
    pub total: Option<i64>,
    /// Orders that were new here, or newer.
    pub made: i64,
    /// Orders that were here already as they are.
    pub unchanged: i64,
    /// Orders that were not understood: they wait in the intake.
    pub kept: i64,
    /// Where it waits: when the shop is asked again.
    pub next_at: Millis,
    pub started_at: Millis,
    pub ended_at: Option<Millis>,
}

impl Backfill {
    pub fn done(&self) -> i64 {
        self.made + self.unchanged + self.kept
    }

    /// Of a hundred. An order that was placed meanwhile must not make it more.
    pub fn percent(&self) -> i64 {
        match (self.state, self.total) {
            (BackfillState::Done, _) => 100,
            (_, Some(total)) if total > 0 => (self.done() * 100 / total).clamp(0, 100),
            (_, _) => 0,
        }
    }
}

/// Begins it, or goes on where one that failed or was stopped ended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartBackfill {
    pub storefront: StorefrontId,
    pub shop: ShopKind,
    pub address: String,
    /// WooCommerce's consumer key, Shopify's access token.
    pub key: String,
    /// WooCommerce's consumer secret; Shopify has none.
    pub secret: String,
    /// Of a lost reason that may have to be made.
    pub lang: Lang,
}

/// Without the keys.
impl fmt::Debug for StartBackfill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let StartBackfill { storefront, shop, address, .. } = self;
        f.debug_struct("StartBackfill")
            .field("storefront", storefront)
            .field("shop", shop)
            .field("address", address)
            .finish_non_exhaustive()
    }
}

impl StartBackfill {
    /// The same, fit to be sent to the shop.
    pub fn checked(self) -> Result<Self, Limit> {
        let address = checked_address(self.shop, &self.address).ok_or(Limit::ShopAddress)?;
        let key = checked_key(&self.key).ok_or(Limit::ShopKeys)?;
        let secret = match self.shop {
            ShopKind::WooCommerce => checked_key(&self.secret).ok_or(Limit::ShopKeys)?,
            ShopKind::Shopify => String::new(),
        };
        Ok(Self { address, key, secret, ..self })
    }
}

/// What goes into a header.
fn checked_key(typed: &str) -> Option<String> {
    let key = typed.trim();
    let fits = (1..=KEY_CHARS_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| key.to_owned())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackfillChange {
    Pause,
    Resume,
    /// For good: the keys are forgotten. What was brought in stays.
    Stop,
}

/// What the log tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackfillTurned {
    pub shop: ShopKind,
    pub to: BackfillState,
    pub made: i64,
    pub kept: i64,
}

#[cfg(test)]
mod tests;
