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
    /// Empty: every storefront.
    pub storefronts: Vec<StorefrontId>,
    pub created_at: Millis,
    /// The name of whoever made it; None: it was made on the command line.
    pub created_by: Option<String>,
    pub expires_at: Option<Millis>,
    pub used_at: Option<Millis>,
}

impl TokenInfo {
    /// Whether it opens nothing any more, though nobody has revoked it.
    pub fn expired(&self, now: Millis) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }
}

/// A token as its page asks for it: how long it lasts, rather than until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenWish {
    pub name: String,
    pub role: Role,
    /// Empty: every storefront, for admins and owners only.
    pub storefronts: Vec<StorefrontId>,
    pub life: TokenLife,
}

impl TokenWish {
    pub fn at(self, now: Millis) -> NewToken {
        let Self { name, role, storefronts, life } = self;
        NewToken { name, role, storefronts, expires_at: life.ends_at(now) }
    }
}

/// How long a script's token opens doors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenLife {
    Month,
    #[default]
    Quarter,
    Year,
    Endless,
}

const DAY_MS: Millis = 86_400_000;

impl TokenLife {
    pub const ALL: [TokenLife; 4] = [TokenLife::Month, TokenLife::Quarter, TokenLife::Year, TokenLife::Endless];

    pub fn key(self) -> &'static str {
        match self {
            TokenLife::Month => "month",
            TokenLife::Quarter => "quarter",
            TokenLife::Year => "year",
            TokenLife::Endless => "endless",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|life| life.key() == key)
    }

    /// At the end of a day of UTC, so that a wish that is sent twice asks for the same token.
    pub fn ends_at(self, now: Millis) -> Option<Millis> {
        let days = match self {
            TokenLife::Month => 30,
            TokenLife::Quarter => 90,
            TokenLife::Year => 365,
            TokenLife::Endless => return None,
        };
        Some((now.div_euclid(DAY_MS) + days + 1) * DAY_MS)
    }
}

/// Whose unused link this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkOwner {
    pub user: UserId,
    pub name: String,
    pub email: String,
}
