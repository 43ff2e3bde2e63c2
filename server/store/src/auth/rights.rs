//! What somebody may by now. Work that goes on for a while asks again.

use domain::auth::{Actor, Role, Storefronts, Who};
use domain::ids::Millis;

use super::{sessions, tokens};
use crate::error::Result;
use crate::sql::{Conn, sql};

/// Somebody with the rights that they have now; None: they have left.
pub(crate) async fn actor_now(conn: &mut Conn, who: Who, now: Millis) -> Result<Option<Actor>> {
    let (role, storefronts): (Role, Storefronts) = match who {
        Who::System => return Ok(Some(Actor::system())),
        Who::Shop(storefront) => return Ok(Some(Actor::shop(storefront))),
        Who::User(user) => {
            let row = sql!("SELECT role FROM users WHERE id = $1 AND removed_at IS NULL").bind(user);
            let Some(row) = row.optional(conn).await? else { return Ok(None) };
            let role = row.get("role")?;
            (role, sessions::storefronts_of(conn, user, role).await?)
        }
        Who::Token(token) => {
            let row = sql!(
                "SELECT role FROM tokens WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)"
            );
            let Some(row) = row.bind(token).bind(now).optional(conn).await? else { return Ok(None) };
            (row.get("role")?, tokens::storefronts_of(conn, token).await?)
        }
    };
    Ok(Some(Actor { who, role, storefronts }))
}
