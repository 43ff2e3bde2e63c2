//! Who may do what. One table, asked by the store before every write and by the page before it shows a button.

mod team;

use serde::{Deserialize, Serialize};

pub use team::{Invite, LinkOwner, NewToken, Preferences, TokenInfo, TokenLife, TokenWish, User, UserChange};

use crate::ids::{StorefrontId, TokenId, UserId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Viewer,
    Manager,
    Head,
    Admin,
    Owner,
}

impl Role {
    pub const ALL: [Role; 5] = [Role::Owner, Role::Admin, Role::Head, Role::Manager, Role::Viewer];

    pub fn key(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Admin => "admin",
            Role::Head => "head",
            Role::Manager => "manager",
            Role::Viewer => "viewer",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// Owners and admins belong to every storefront; the others to those they were given.
    pub fn sees_every_storefront(self) -> bool {
        matches!(self, Role::Owner | Role::Admin)
    }
}

/// Who acts, as the door found out; never as the caller says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub who: Who,
    pub role: Role,
    pub storefronts: Storefronts,
}

impl Actor {
    /// The machine itself: migrations, the command line, the demo's customer.
    pub fn system() -> Self {
        Self { who: Who::System, role: Role::Owner, storefronts: Storefronts::All }
    }

    /// A shop's hook, bounded to its storefront.
    pub fn shop(storefront: StorefrontId) -> Self {
        Self { who: Who::Shop(storefront), role: Role::Manager, storefronts: Storefronts::Some(vec![storefront]) }
    }

    pub fn user(&self) -> Option<UserId> {
        match self.who {
            Who::User(user) => Some(user),
            Who::Token(_) | Who::Shop(_) | Who::System => None,
        }
    }
}

/// The author of an event, as the log keeps it: "user:5".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    User(UserId),
    Token(TokenId),
    Shop(StorefrontId),
    System,
}

impl std::fmt::Display for Who {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Who::User(id) => write!(f, "user:{id}"),
            Who::Token(id) => write!(f, "token:{id}"),
            Who::Shop(id) => write!(f, "shop:{id}"),
            Who::System => f.write_str("system"),
        }
    }
}

impl std::str::FromStr for Who {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let Some((kind, id)) = text.split_once(':') else {
            return if text == "system" { Ok(Who::System) } else { Err(()) };
        };
        let id: i64 = id.parse().map_err(|_| ())?;
        match kind {
            "user" => Ok(Who::User(UserId(id))),
            "token" => Ok(Who::Token(TokenId(id))),
            "shop" => Ok(Who::Shop(StorefrontId(id))),
            _ => Err(()),
        }
    }
}

impl Serialize for Who {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Who {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom(format!("{text:?} is no author")))
    }
}

/// The storefronts someone belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Storefronts {
    All,
    Some(Vec<StorefrontId>),
}

impl Storefronts {
    pub fn contains(&self, storefront: StorefrontId) -> bool {
        match self {
            Storefronts::All => true,
            Storefronts::Some(list) => list.contains(&storefront),
        }
    }
}

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    SeeDeals,
    CreateDeal,
    MoveDeal,
    EditDeal,
    DeleteDeal,
    ManageFunnels,
    ManageLostReasons,
    SeeIntake,
    ReplayIntake,
    /// Take a list out as a file.
    Export,
    ManageStorefronts,
    ManageUsers,
    ManageTokens,
    ManageScreens,
    /// Take in a file of customers, deals or orders, and undo it.
    Import,
    ManageWebhooks,
    /// Products, warehouses, suppliers, and how stock is kept.
    ManageCatalog,
    /// Take goods in, count them, move them.
    KeepStock,
    /// What goods cost the shop itself.
    SeeCost,
    /// Seed or switch the demo's background customer.
    RunDemo,
}

/// What an action is asked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Storefront(StorefrontId),
    /// What belongs to the whole business.
    Business,
}

/// The table. `on` a storefront that the actor does not belong to is refused whatever the role.
pub fn may(actor: &Actor, action: Action, on: On) -> bool {
    let least = match action {
        Action::SeeDeals => Role::Viewer,
        Action::CreateDeal | Action::MoveDeal | Action::EditDeal | Action::KeepStock => Role::Manager,
        Action::DeleteDeal | Action::ManageFunnels | Action::ManageLostReasons => Role::Head,
        Action::Import | Action::Export | Action::ManageCatalog | Action::SeeCost => Role::Head,
        Action::SeeIntake | Action::ReplayIntake | Action::ManageStorefronts => Role::Admin,
        Action::ManageUsers | Action::ManageTokens | Action::ManageScreens | Action::RunDemo => Role::Admin,
        Action::ManageWebhooks => Role::Admin,
    };
    let belongs = match on {
        On::Storefront(storefront) => actor.storefronts.contains(storefront),
        On::Business => !of_the_whole(action) || actor.storefronts == Storefronts::All,
    };
    actor.role >= least && belongs
}

/// What reaches beyond any storefront: a script that was given some of them must not hand out the others.
fn of_the_whole(action: Action) -> bool {
    match action {
        Action::ManageStorefronts
        | Action::ManageUsers
        | Action::ManageTokens
        | Action::ManageScreens
        | Action::ManageWebhooks
        | Action::RunDemo => true,
        Action::SeeDeals
        | Action::CreateDeal
        | Action::MoveDeal
        | Action::EditDeal
        | Action::DeleteDeal
        | Action::ManageFunnels
        | Action::ManageLostReasons
        | Action::Export
        | Action::Import
        | Action::ManageCatalog
        | Action::KeepStock
        | Action::SeeCost
        | Action::SeeIntake
        | Action::ReplayIntake => false,
    }
}

/// Only an owner makes, changes or removes an owner; an admin may do so with everyone below.
pub fn may_set_role(actor: &Actor, from: Option<Role>, to: Option<Role>) -> bool {
    may(actor, Action::ManageUsers, On::Business)
        && (actor.role == Role::Owner || (from != Some(Role::Owner) && to != Some(Role::Owner)))
}

#[cfg(test)]
mod tests;
