//! Users: invitations, roles, storefronts, preferences.

use domain::auth::{Action, Invite, On, Preferences, Role, User, UserChange, Who, may, may_set_role};
use domain::board::{Limit, Refusal};
use domain::deals::{Fault, Field};
use domain::event::{Fact, Scope};
use domain::ids::*;

use super::links::{self, LinkKind};
use super::sessions::{SignedIn, end_sessions};
use super::tokens::{self, hashed, random_token};
use crate::error::{Error, Result};
use crate::sql::{Conn, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx, names, turns};

const NAME_CHARS_MAX: usize = 80;
/// Every choice is a short word.
const PREFERENCE_BYTES_MAX: usize = 20;
const USERS_MAX: i64 = 5_000;

impl Store {
    /// Whether nobody has been created yet: the first-run page is open.
    pub async fn is_empty(&self) -> Result<bool> {
        Ok(count(&mut self.reader().await?).await? == 0)
    }

    /// Answers with the user and the token of a link on which they set their password. A repetition invites nobody
    /// twice, but makes a new link: the first one's token is not kept.
    pub async fn invite(&self, ctx: &Ctx, id: CommandId, invite: Invite) -> Result<(User, String)> {
        let token = random_token();
        let kept = token.clone();
        let content = invite.clone();
        let (user, known): (User, String) = self
            .write(ctx, id, &content, move |tx| {
                Box::pin(async move { Ok((create(tx, invite, &kept).await?, hashed(&kept))) })
            })
            .await?;
        if known != hashed(&token) {
            self.link_anew(ctx, new_command(), user.id, token.clone()).await?;
        }
        Ok((user, token))
    }

    /// A fresh invitation link for somebody; the earlier one ends. Also how a forgotten password is set anew.
    pub async fn invite_again(&self, ctx: &Ctx, id: CommandId, user: UserId) -> Result<String> {
        let token = random_token();
        if self.link_anew(ctx, id, user, token.clone()).await? != hashed(&token) {
            self.link_anew(ctx, new_command(), user, token.clone()).await?;
        }
        Ok(token)
    }

    /// Answers with the hash of the link's token, which is what the database keeps of it.
    async fn link_anew(&self, ctx: &Ctx, id: CommandId, user: UserId, token: String) -> Result<String> {
        self.write(ctx, id, &user, move |tx| {
            Box::pin(async move {
                lock(tx.conn).await?;
                let role = role_of(tx.conn, user).await?;
                allowed(tx, Some(role), Some(role))?;
                links::make(tx, user, LinkKind::Invite, &token).await?;
                tx.record(Scope::default(), Fact::LinkMade { user });
                Ok(hashed(&token))
            })
        })
        .await
    }

    pub async fn users(&self, ctx: &Ctx) -> Result<Vec<User>> {
        if !may(&ctx.actor, Action::ManageUsers, On::Business) {
            return Err(Refusal::NotAllowed.into());
        }
        let mut conn = self.reader().await?;
        let rows =
            sql!("SELECT id, name, email, role, joined_at FROM users WHERE removed_at IS NULL ORDER BY id LIMIT 5000")
                .all(&mut conn)
                .await?;
        let members =
            sql!("SELECT user_id, storefront_id FROM memberships ORDER BY storefront_id").all(&mut conn).await?;
        rows.iter()
            .map(|row| {
                let id: UserId = row.get("id")?;
                let mut storefronts = Vec::new();
                for member in &members {
                    if member.get::<UserId>("user_id")? == id {
                        storefronts.push(member.get("storefront_id")?);
                    }
                }
                Ok(User {
                    id,
                    name: row.get("name")?,
                    email: row.get("email")?,
                    role: row.get("role")?,
                    storefronts,
                    invited: row.get::<Option<i64>>("joined_at")?.is_none(),
                })
            })
            .collect()
    }

    pub async fn change_user(&self, ctx: &Ctx, id: CommandId, user: UserId, change: UserChange) -> Result<()> {
        self.write(ctx, id, &(user, change.clone()), move |tx| Box::pin(async move { apply(tx, user, change).await }))
            .await
    }

    /// One's own password; every session ends, and a new one begins here.
    pub async fn change_password(&self, ctx: &Ctx, current: &str, new: &str) -> Result<SignedIn> {
        let user = ctx.actor.user().ok_or(Error::SignedOut)?;
        let row =
            sql!("SELECT password_hash FROM users WHERE id = $1").bind(user).one(&mut self.reader().await?).await?;
        // Somebody who came in by the command line's link has no password yet.
        let hash: Option<String> = row.get("password_hash")?;
        if hash.is_some() && !self.verify_password(current, hash.clone()).await? {
            return Err(Limit::WrongPassword.into());
        }
        let (proven, hash) = (hash, self.hash_password(new).await?);
        self.write(ctx, new_command(), &(), move |tx| {
            Box::pin(async move {
                lock(tx.conn).await?;
                // Hashing takes long: what was proven may be the password no more, and its owner no more in the team.
                let changed = sql!(
                    "UPDATE users SET password_hash = $2, joined_at = COALESCE(joined_at, $3) WHERE id = $1 \
                     AND removed_at IS NULL AND COALESCE(password_hash, '') = COALESCE(CAST($4 AS TEXT), '')"
                )
                .bind(user)
                .bind(hash)
                .bind(tx.ctx.now)
                .bind(proven)
                .run(tx.conn)
                .await?;
                if changed == 0 {
                    return Err(Limit::WrongPassword.into());
                }
                end_sessions(tx.conn, user).await?;
                links::drop_all(tx.conn, user).await?;
                tx.record(Scope::default(), Fact::PasswordChanged { user });
                Ok(())
            })
        })
        .await?;
        self.start_session(user, ctx.now).await
    }

    pub async fn set_preferences(&self, ctx: &Ctx, preferences: Preferences) -> Result<()> {
        let user = ctx.actor.user().ok_or(Error::SignedOut)?;
        let short = |choice: Option<String>| choice.filter(|word| word.len() <= PREFERENCE_BYTES_MAX);
        let preferences = Preferences {
            lang: short(preferences.lang),
            theme: short(preferences.theme),
            density: short(preferences.density),
        };
        self.write(ctx, new_command(), &preferences.clone(), move |tx| {
            Box::pin(async move {
                sql!("UPDATE users SET lang = $2, theme = $3, density = $4 WHERE id = $1")
                    .bind(user)
                    .bind(preferences.lang)
                    .bind(preferences.theme)
                    .bind(preferences.density)
                    .run(tx.conn)
                    .await
                    .map(drop)
            })
        })
        .await
    }
}

async fn create(tx: &mut Tx<'_>, invite: Invite, token: &str) -> Result<User> {
    allowed(tx, None, Some(invite.role))?;
    lock(tx.conn).await?;
    let (name, email) = (checked_name(&invite.name)?, checked_email(&invite.email)?);
    if count(tx.conn).await? >= USERS_MAX {
        return Err(Limit::TooMany.into());
    }
    let id = insert(tx, &name, &email, invite.role).await?;
    let storefronts = write_memberships(tx, id, &invite.storefronts).await?;
    links::make(tx, id, LinkKind::Invite, token).await?;
    Ok(User { id, name, email, role: invite.role, storefronts, invited: true })
}

pub(super) async fn insert(tx: &mut Tx<'_>, name: &str, email: &str, role: Role) -> Result<UserId> {
    let id: UserId = sql!("INSERT INTO users (email, name, role, created_at) VALUES ($1, $2, $3, $4) RETURNING id")
        .bind(email)
        .bind(name)
        .bind(role)
        .bind(tx.ctx.now)
        .one(tx.conn)
        .await
        .map_err(
            |error| {
                if error.violates("users_email_taken", "users.email") { Limit::NameTaken.into() } else { error }
            },
        )?
        .get("id")?;
    tx.record(Scope::default(), Fact::UserInvited { user: id, name: name.to_owned(), role });
    Ok(id)
}

async fn apply(tx: &mut Tx<'_>, user: UserId, change: UserChange) -> Result<()> {
    lock(tx.conn).await?;
    let role = role_of(tx.conn, user).await?;
    match change {
        UserChange::Role(to) => {
            allowed(tx, Some(role), Some(to))?;
            if to == role {
                return Ok(());
            }
            keep_an_owner(tx.conn, role).await?;
            sql!("UPDATE users SET role = $2 WHERE id = $1").bind(user).bind(to).run(tx.conn).await?;
            tx.record(Scope::default(), Fact::UserRoleChanged { user, from: role, to });
        }
        UserChange::Storefronts(list) => {
            allowed(tx, Some(role), Some(role))?;
            let storefronts = write_memberships(tx, user, &list).await?;
            tx.record(Scope::default(), Fact::UserStorefrontsChanged { user, storefronts });
        }
        UserChange::Remove => {
            allowed(tx, Some(role), None)?;
            if tx.ctx.actor.who == Who::User(user) {
                return Err(Limit::Yourself.into());
            }
            keep_an_owner(tx.conn, role).await?;
            // The address is free again; the name stays in histories.
            sql!("UPDATE users SET removed_at = $2, password_hash = NULL, email = 'removed:' || CAST(id AS TEXT) WHERE id = $1")
                .bind(user)
                .bind(tx.ctx.now)
                .run(tx.conn)
                .await?;
            end_sessions(tx.conn, user).await?;
            links::drop_all(tx.conn, user).await?;
            tokens::revoke_all(tx, user).await?;
            tx.record(Scope::default(), Fact::UserRemoved { user });
        }
    }
    Ok(())
}

async fn write_memberships(tx: &mut Tx<'_>, user: UserId, list: &[StorefrontId]) -> Result<Vec<StorefrontId>> {
    let mut list = list.to_vec();
    list.sort();
    list.dedup();
    sql!("DELETE FROM memberships WHERE user_id = $1").bind(user).run(tx.conn).await?;
    for storefront in &list {
        let known = sql!("SELECT id FROM storefronts WHERE id = $1").bind(*storefront).optional(tx.conn).await?;
        if known.is_none() {
            return Err(Refusal::NotFound.into());
        }
        sql!("INSERT INTO memberships (user_id, storefront_id) VALUES ($1, $2)")
            .bind(user)
            .bind(*storefront)
            .run(tx.conn)
            .await?;
    }
    Ok(list)
}

fn allowed(tx: &Tx<'_>, from: Option<Role>, to: Option<Role>) -> Result<()> {
    if may_set_role(&tx.ctx.actor, from, to) { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

pub(super) async fn role_of(conn: &mut Conn, user: UserId) -> Result<Role> {
    let row = sql!("SELECT role FROM users WHERE id = $1 AND removed_at IS NULL").bind(user).optional(conn).await?;
    row.ok_or(Refusal::NotFound)?.get("role")
}

/// Taking the last owner's role away would lock everyone out.
async fn keep_an_owner(conn: &mut Conn, losing: Role) -> Result<()> {
    if losing != Role::Owner {
        return Ok(());
    }
    let row = sql!("SELECT COUNT(*) AS n FROM users WHERE role = 'owner' AND removed_at IS NULL").one(conn).await?;
    if row.get::<i64>("n")? > 1 { Ok(()) } else { Err(Limit::LastOwner.into()) }
}

pub(super) async fn count(conn: &mut Conn) -> Result<i64> {
    sql!("SELECT COUNT(*) AS n FROM users").one(conn).await?.get("n")
}

pub(super) fn checked_name(name: &str) -> Result<String> {
    names::checked(name, NAME_CHARS_MAX)
}

pub(super) fn checked_email(email: &str) -> Result<String> {
    let fault = || Refusal::Faults { faults: vec![(Field::Email, Fault::NotAnEmail)] };
    Ok(domain::customers::normal_email(email).ok_or_else(fault)?)
}

/// PostgreSQL: one change of the team, of its ways in or of its tokens at a time.
pub(super) async fn lock(conn: &mut Conn) -> Result<()> {
    turns::take(conn, "team").await
}
