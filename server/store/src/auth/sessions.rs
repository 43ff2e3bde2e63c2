//! Sessions: signing in and out. The cookie's token is 256 random bits; the database has its hash.

use domain::auth::{Actor, Preferences, Role, Storefronts, Who};
use domain::event::{Fact, Scope};
use domain::ids::*;

use super::tokens::{hashed, random_token};
use crate::error::{Error, Result};
use crate::sql::{Conn, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

/// A session nobody uses for so long ends.
pub const IDLE_MS_MAX: i64 = 14 * 86_400_000;
/// However it is used, a session ends after so long; the cookie lasts as long.
pub const SESSION_SECONDS: i64 = 60 * 86_400;
const AGE_MS_MAX: i64 = SESSION_SECONDS * 1_000;
/// `seen_at` is written at most this often.
const SEEN_EVERY_MS: i64 = 3_600_000;

/// A new session's token, for the cookie.
pub struct SignedIn {
    pub token: String,
    pub user: UserId,
}

/// Who a cookie belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub actor: Actor,
    pub preferences: Preferences,
    /// To find the session again without its token.
    pub hash: String,
}

impl Store {
    /// None: no such user, or not their password; the two take equally long.
    pub async fn sign_in(&self, email: &str, password: &str, now: Millis) -> Result<Option<SignedIn>> {
        let email = email.trim().to_lowercase();
        let row = sql!(
            "SELECT id, password_hash FROM users WHERE email = $1 AND removed_at IS NULL AND joined_at IS NOT NULL"
        )
        .bind(email)
        .optional(&mut self.reader().await?)
        .await?;
        let (user, hash) = match &row {
            Some(row) => (Some(row.get::<UserId>("id")?), row.get::<Option<String>>("password_hash")?),
            None => (None, None),
        };
        let right = self.verify_password(password, hash.clone()).await?;
        match user.filter(|_| right) {
            Some(user) => self.start_proven(user, hash, now).await,
            None => Ok(None),
        }
    }

    /// Unless the password that was proven has been changed, or its owner removed, while it was being hashed.
    async fn start_proven(&self, user: UserId, proven: Option<String>, now: Millis) -> Result<Option<SignedIn>> {
        let token = random_token();
        let hash = hashed(&token);
        let ctx = Ctx { actor: user_as_author(user), now };
        let started = self.write(&ctx, new_command(), &user, move |tx| {
            Box::pin(async move {
                let row = sql!(
                    sqlite: "SELECT password_hash FROM users WHERE id = $1 AND removed_at IS NULL",
                    postgres: "SELECT password_hash FROM users WHERE id = $1 AND removed_at IS NULL FOR NO KEY UPDATE",
                );
                let now = row.bind(user).optional(tx.conn).await?;
                let still = match now {
                    Some(row) => row.get::<Option<String>>("password_hash")? == proven,
                    None => false,
                };
                if still {
                    insert(tx, user, &hash).await?;
                }
                Ok(still)
            })
        });
        Ok(started.await?.then_some(SignedIn { token, user }))
    }

    pub(crate) async fn start_session(&self, user: UserId, now: Millis) -> Result<SignedIn> {
        let token = random_token();
        let hash = hashed(&token);
        let ctx = Ctx { actor: user_as_author(user), now };
        self.write(&ctx, new_command(), &user, move |tx| Box::pin(async move { insert(tx, user, &hash).await }))
            .await?;
        Ok(SignedIn { token, user })
    }

    /// Who the cookie's token belongs to now: roles and storefronts are read anew each time.
    pub async fn session(&self, token: &str, now: Millis) -> Result<Option<Session>> {
        self.session_by_hash(&hashed(token), now).await
    }

    pub async fn session_by_hash(&self, hash: &str, now: Millis) -> Result<Option<Session>> {
        let mut conn = self.reader().await?;
        let found = read(&mut conn, hash, now).await?;
        drop(conn);
        let Some((session, seen_at)) = found else { return Ok(None) };
        if now - seen_at > SEEN_EVERY_MS {
            let ctx = Ctx { actor: session.actor.clone(), now };
            let hash = hash.to_owned();
            let seen = self.write(&ctx, new_command(), &(), move |tx| {
                Box::pin(async move {
                    sql!("UPDATE sessions SET seen_at = $2 WHERE token_hash = $1")
                        .bind(hash)
                        .bind(tx.ctx.now)
                        .run(tx.conn)
                        .await
                        .map(drop)
                })
            });
            // Who may read goes on reading where nothing can be written: the disk is full, the queue is.
            if let Err(error) = seen.await {
                tracing::warn!(%error, "a session's last use was not noted");
            }
        }
        Ok(Some(session))
    }

    pub async fn sign_out(&self, ctx: &Ctx, token: &str) -> Result<()> {
        let user = ctx.actor.user().ok_or(Error::SignedOut)?;
        let hash = hashed(token);
        self.write(ctx, new_command(), &hash.clone(), move |tx| {
            Box::pin(async move {
                sql!("DELETE FROM sessions WHERE token_hash = $1 AND user_id = $2")
                    .bind(hash)
                    .bind(user)
                    .run(tx.conn)
                    .await?;
                tx.record(Scope::default(), Fact::SignedOut { user });
                Ok(())
            })
        })
        .await
    }

    /// Ends every session of the actor, this one too.
    pub async fn sign_out_everywhere(&self, ctx: &Ctx) -> Result<()> {
        let user = ctx.actor.user().ok_or(Error::SignedOut)?;
        self.write(ctx, new_command(), &user, move |tx| {
            Box::pin(async move {
                end_sessions(tx.conn, user).await?;
                tx.record(Scope::default(), Fact::SignedOutEverywhere { user });
                Ok(())
            })
        })
        .await
    }
}

pub(super) async fn insert(tx: &mut Tx<'_>, user: UserId, hash: &str) -> Result<()> {
    sql!("DELETE FROM sessions WHERE expires_at < $1").bind(tx.ctx.now).run(tx.conn).await?;
    sql!("INSERT INTO sessions (token_hash, user_id, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)")
        .bind(hash)
        .bind(user)
        .bind(tx.ctx.now)
        .bind(tx.ctx.now + AGE_MS_MAX)
        .run(tx.conn)
        .await?;
    tx.record(Scope::default(), Fact::SignedIn { user });
    Ok(())
}

pub(crate) async fn end_sessions(conn: &mut Conn, user: UserId) -> Result<()> {
    sql!("DELETE FROM sessions WHERE user_id = $1").bind(user).run(conn).await.map(drop)
}

async fn read(conn: &mut Conn, hash: &str, now: Millis) -> Result<Option<(Session, Millis)>> {
    let row = sql!(
        "SELECT u.id, u.name, u.email, u.role, u.lang, u.theme, u.density, s.seen_at FROM sessions s \
         JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at > $3 \
         AND u.removed_at IS NULL"
    )
    .bind(hash)
    .bind(now)
    .bind(now - IDLE_MS_MAX)
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let user: UserId = row.get("id")?;
    let role: Role = row.get("role")?;
    let session = Session {
        user,
        name: row.get("name")?,
        email: row.get("email")?,
        actor: Actor { who: Who::User(user), role, storefronts: storefronts_of(conn, user, role).await? },
        preferences: Preferences { lang: row.get("lang")?, theme: row.get("theme")?, density: row.get("density")? },
        hash: hash.to_owned(),
    };
    Ok(Some((session, row.get("seen_at")?)))
}

pub(crate) async fn storefronts_of(conn: &mut Conn, user: UserId, role: Role) -> Result<Storefronts> {
    if role.sees_every_storefront() {
        return Ok(Storefronts::All);
    }
    let rows = sql!("SELECT storefront_id FROM memberships WHERE user_id = $1 ORDER BY storefront_id")
        .bind(user)
        .all(conn)
        .await?;
    Ok(Storefronts::Some(rows.iter().map(|row| row.get("storefront_id")).collect::<Result<_>>()?))
}

/// An author for facts about oneself, with no rights: the commands that use it ask for none.
pub(crate) fn user_as_author(user: UserId) -> Actor {
    Actor { who: Who::User(user), role: Role::Viewer, storefronts: Storefronts::Some(Vec::new()) }
}
