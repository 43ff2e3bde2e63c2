//! Whose export a file is.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// Nobody's whom we know.
    #[default]
    Plain,
    WooCommerce,
    Shopify,
    KeyCrm,
    LpCrm,
    Pipedrive,
}

impl Preset {
    pub const ALL: [Preset; 6] =
        [Preset::Plain, Preset::WooCommerce, Preset::Shopify, Preset::KeyCrm, Preset::LpCrm, Preset::Pipedrive];

    pub fn key(self) -> &'static str {
        match self {
            Preset::Plain => "plain",
            Preset::WooCommerce => "woo_commerce",
            Preset::Shopify => "shopify",
            Preset::KeyCrm => "key_crm",
            Preset::LpCrm => "lp_crm",
            Preset::Pipedrive => "pipedrive",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.key() == key)
    }

    /// A proper name is the same in every language; a plain file has none.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Preset::Plain => None,
            Preset::WooCommerce => Some("WooCommerce"),
            Preset::Shopify => Some("Shopify"),
            Preset::KeyCrm => Some("KeyCRM"),
            Preset::LpCrm => Some("LP-CRM"),
            Preset::Pipedrive => Some("Pipedrive"),
        }
    }
}
