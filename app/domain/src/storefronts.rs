//! Storefronts: the shops of one business.

use serde::{Deserialize, Serialize};

use crate::deals::patch::stated;
use crate::funnels::Colour;
use crate::ids::*;
use crate::money::Currency;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storefront {
    pub id: StorefrontId,
    pub name: String,
    pub currency: Currency,
    /// The last part of its hooks' address. Only those who manage storefronts are told.
    pub hook_key: Option<String>,
    pub has_secret: bool,
    pub has_shopify_secret: bool,
    /// Of its customers' pages.
    pub colour: Colour,
}

/// Parts of a storefront; what is not named stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StorefrontPatch {
    #[serde(deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub colour: Option<Colour>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewStorefront {
    pub name: String,
    pub currency: String,
    /// What the shop signs its hooks with; without one no hook is accepted.
    pub woocommerce_secret: Option<String>,
}
