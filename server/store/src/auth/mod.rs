//! Who is there: users, their sessions, one-time links, tokens for scripts.

mod links;
mod password;
mod rights;
mod sessions;
mod set_up;
pub mod tokens;
mod users;

pub use domain::auth::{Invite, LinkOwner, NewToken, Preferences, TokenInfo, TokenLife, TokenWish, User, UserChange};
pub use links::LinkKind;
pub(crate) use rights::actor_now;
pub use sessions::{IDLE_MS_MAX, SESSION_SECONDS, Session, SignedIn};
pub use set_up::FirstRun;
