//! Who is there: users, their sessions, one-time links, tokens for scripts.

mod links;
mod password;
mod sessions;
pub mod tokens;
mod users;

pub use links::{LinkKind, LinkOwner};
pub use sessions::{SESSION_SECONDS, Session, SignedIn};
pub use tokens::{NewToken, TokenInfo};
pub use users::{Invite, Preferences, User, UserChange};
