//! People and scripts as their settings pages know them.

use serde::{Deserialize, Serialize};

use super::Role;
use crate::ids::*;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub storefronts: Vec<StorefrontId>,
    /// Invited, but has not set a password yet.
    pub invited: bool,
}

/// What a person chose for themselves; None: as the browser says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    pub lang: Option<String>,
    pub theme: Option<String>,
    pub density: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub storefronts: Vec<StorefrontId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserChange {
    Role(Role),
    Storefronts(Vec<StorefrontId>),
    /// Cannot sign in any more; deals and history stay.
    Remove,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewToken {
    pub name: String,
    pub role: Role,
    /// Empty: every storefront, for admins and owners only.
    pub storefronts: Vec<StorefrontId>,
    pub expires_at: Option<Millis>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenInfo {
    pub id: TokenId,
    pub name: String,
    pub role: Role,
    pub expires_at: Option<Millis>,
    pub used_at: Option<Millis>,
}

/// Whose unused link this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkOwner {
    pub user: UserId,
    pub name: String,
    pub email: String,
}
