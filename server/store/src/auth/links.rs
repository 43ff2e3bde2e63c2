//! One-time links: an invitation sets a password and signs in; an entrance, made on the command line, signs in.

use domain::auth::LinkOwner;
use domain::auth::Who;
use domain::board::{Limit, Refusal};
use domain::event::{Fact, Scope};
use domain::ids::*;
use serde::{Deserialize, Serialize};

use super::sessions::{SignedIn, user_as_author};
use super::tokens::{hashed, random_token};
use super::users;
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

const INVITE_MS: i64 = 7 * 86_400_000;
const ENTRANCE_MS: i64 = 86_400_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    Invite,
    Entrance,
}

impl LinkKind {
    fn key(self) -> &'static str {
        match self {
            LinkKind::Invite => "invite",
            LinkKind::Entrance => "entrance",
        }
    }
}

/// Makes a link within a command that holds the team; its token goes into an address.
pub(crate) async fn make(tx: &mut Tx<'_>, user: UserId, kind: LinkKind, token: &str) -> Result<()> {
    let lasts = match kind {
        LinkKind::Invite => INVITE_MS,
        LinkKind::Entrance => ENTRANCE_MS,
    };
    // A newer link replaces the older ones.
    sql!("DELETE FROM links WHERE user_id = $1 AND kind = $2").bind(user).bind(kind.key()).run(tx.conn).await?;
    sql!("INSERT INTO links (token_hash, kind, user_id, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(hashed(token))
        .bind(kind.key())
        .bind(user)
        .bind(tx.ctx.now + lasts)
        .run(tx.conn)
        .await
        .map(drop)
}

/// A new password, or leaving the team, ends every way in that was handed out before.
pub(crate) async fn drop_all(conn: &mut Conn, user: UserId) -> Result<()> {
    sql!("DELETE FROM links WHERE user_id = $1").bind(user).run(conn).await.map(drop)
}

async fn owner(conn: &mut Conn, kind: LinkKind, token: &str, now: Millis) -> Result<Option<LinkOwner>> {
    let row = sql!(
        "SELECT u.id, u.name, u.email FROM links l JOIN users u ON u.id = l.user_id WHERE l.token_hash = $1 \
         AND l.kind = $2 AND l.used_at IS NULL AND l.expires_at > $3 AND u.removed_at IS NULL"
    )
    .bind(hashed(token))
    .bind(kind.key())
    .bind(now)
    .optional(conn)
    .await?;
    row.map(|row| Ok(LinkOwner { user: row.get("id")?, name: row.get("name")?, email: row.get("email")? })).transpose()
}

/// Spends the link: of two at once, one wins.
async fn spend(tx: &mut Tx<'_>, kind: LinkKind, token: &str) -> Result<LinkOwner> {
    users::lock(tx.conn).await?;
    let owner = owner(tx.conn, kind, token, tx.ctx.now).await?.ok_or(Limit::LinkSpent)?;
    let spent = sql!("UPDATE links SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL")
        .bind(hashed(token))
        .bind(tx.ctx.now)
        .run(tx.conn)
        .await?;
    if spent == 0 { Err(Limit::LinkSpent.into()) } else { Ok(owner) }
}

impl Store {
    /// Who a link is for, without spending it.
    pub async fn link_owner(&self, kind: LinkKind, token: &str, now: Millis) -> Result<Option<LinkOwner>> {
        owner(&mut self.reader().await?, kind, token, now).await
    }

    /// The invited sets a password and is in.
    pub async fn accept_invite(&self, token: &str, password: &str, now: Millis) -> Result<SignedIn> {
        let owner = self.link_owner(LinkKind::Invite, token, now).await?.ok_or(Limit::LinkSpent)?;
        let hash = self.hash_password(password).await?;
        let ctx = Ctx { actor: user_as_author(owner.user), now };
        let token = token.to_owned();
        let user = self
            .write(&ctx, new_command(), &(), move |tx| {
                Box::pin(async move {
                    let owner = spend(tx, LinkKind::Invite, &token).await?;
                    let row = sql!("SELECT joined_at FROM users WHERE id = $1").bind(owner.user).one(tx.conn).await?;
                    let anew = row.get::<Option<i64>>("joined_at")?.is_some();
                    sql!("UPDATE users SET password_hash = $2, joined_at = COALESCE(joined_at, $3) WHERE id = $1")
                        .bind(owner.user)
                        .bind(hash)
                        .bind(tx.ctx.now)
                        .run(tx.conn)
                        .await?;
                    super::sessions::end_sessions(tx.conn, owner.user).await?;
                    // Somebody who was in already has set a forgotten password anew: their open sockets must hear of it.
                    let user = owner.user;
                    tx.record(
                        Scope::default(),
                        if anew { Fact::PasswordChanged { user } } else { Fact::UserJoined { user } },
                    );
                    Ok(user)
                })
            })
            .await?;
        self.start_session(user, now).await
    }

    /// A link that signs a user in once; for whoever holds the server's command line, and nobody else.
    pub async fn make_entrance(&self, ctx: &Ctx, user: UserId) -> Result<String> {
        let token = random_token();
        let kept = token.clone();
        self.write(ctx, new_command(), &user, move |tx| {
            Box::pin(async move {
                if tx.ctx.actor.who != Who::System {
                    return Err(Refusal::NotAllowed.into());
                }
                users::lock(tx.conn).await?;
                users::role_of(tx.conn, user).await?;
                make(tx, user, LinkKind::Entrance, &kept).await?;
                tx.record(Scope::default(), Fact::LinkMade { user });
                Ok(())
            })
        })
        .await?;
        Ok(token)
    }

    pub async fn enter(&self, token: &str, now: Millis) -> Result<SignedIn> {
        let ctx = Ctx { actor: user_as_author(UserId(0)), now };
        let token = token.to_owned();
        let user = self
            .write(&ctx, new_command(), &(), move |tx| {
                Box::pin(async move {
                    let user = spend(tx, LinkKind::Entrance, &token).await?.user;
                    sql!("UPDATE users SET joined_at = COALESCE(joined_at, $2) WHERE id = $1")
                        .bind(user)
                        .bind(tx.ctx.now)
                        .run(tx.conn)
                        .await?;
                    Ok(user)
                })
            })
            .await?;
        self.start_session(user, now).await
    }
}
