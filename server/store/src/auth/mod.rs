//! Who is there: users, their sessions, one-time links, tokens for scripts.

mod links;
mod password;
mod sessions;
mod set_up;
pub mod tokens;
mod users;

pub use domain::auth::{Invite, LinkOwner, NewToken, Preferences, TokenInfo, TokenLife, TokenWish, User, UserChange};
pub use links::LinkKind;
pub(crate) use sessions::storefronts_of as storefronts_of_user;
pub use sessions::{IDLE_MS_MAX, SESSION_SECONDS, Session, SignedIn};
pub use set_up::FirstRun;
pub(crate) use tokens::storefronts_of as storefronts_of_token;
