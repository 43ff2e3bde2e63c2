//! Secrets that are handed out once and kept as SHA-256: sessions, links, and the tokens of scripts.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::auth::{Action, Actor, NewToken, On, Storefronts, TokenInfo, Who, may};
use domain::board::{Limit, Refusal};
use domain::event::{Fact, Scope};
use domain::ids::*;
use sha2::{Digest, Sha256};

use super::users;
use crate::error::{Error, Result};
use crate::sql::{Conn, Row, sql};
use crate::tx::{hex, new_command};
use crate::{Ctx, Store, Tx, names};

const NAME_CHARS_MAX: usize = 80;
/// Not revoked. A list shows them all: one that is not shown could not be revoked.
const TOKENS_MAX: i64 = 500;
/// `used_at` is written at most this often.
const USED_EVERY_MS: i64 = 600_000;

/// 256 bits from the system's generator, as 43 characters that fit an address.
pub fn random_token() -> String {
    let mut bytes = [0u8; 32];
    // Without randomness there is no security: stopping is the only right answer.
    #[expect(clippy::expect_used, reason = "an operating system without randomness can't run a server")]
    getrandom::fill(&mut bytes).expect("the system's random generator works");
    URL_SAFE_NO_PAD.encode(bytes)
}

/// 240 bits that sign webhooks, in the form of Standard Webhooks: so many need no padding, which some decoders mind.
pub(crate) fn random_secret() -> String {
    let mut bytes = [0u8; 30];
    #[expect(clippy::expect_used, reason = "an operating system without randomness can't run a server")]
    getrandom::fill(&mut bytes).expect("the system's random generator works");
    format!("whsec_{}", STANDARD.encode(bytes))
}

/// Whether it may be a secret of ours; anything else is none, and no database need be asked.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// A few characters of an alphabet, to be read out and typed in. Each is one of at most 256.
pub(crate) fn random_code(alphabet: &[u8], chars: usize) -> String {
    let mut bytes = vec![0u8; chars];
    #[expect(clippy::expect_used, reason = "an operating system without randomness can't run a server")]
    getrandom::fill(&mut bytes).expect("the system's random generator works");
    bytes.iter().map(|byte| char::from(alphabet[usize::from(*byte) % alphabet.len()])).collect()
}

/// How a secret is stored.
pub(crate) fn hashed(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

impl Store {
    /// A script's token; the text is answered once and never shown again. A repetition gives the same token another
    /// text: the first one is not kept, and nobody is told a text that opens nothing.
    pub async fn create_token(&self, ctx: &Ctx, id: CommandId, new: NewToken) -> Result<(TokenInfo, String)> {
        let token = format!("vk_{}", random_token());
        let hash = hashed(&token);
        let content = new.clone();
        let kept = hash.clone();
        let (info, known): (TokenInfo, String) = self
            .write(ctx, id, &content, move |tx| Box::pin(async move { Ok((create(tx, new, &hash).await?, hash)) }))
            .await?;
        if known != kept {
            let (id, content) = (info.id, info.clone());
            self.write(ctx, new_command(), &content, move |tx| {
                Box::pin(async move {
                    sql!("UPDATE tokens SET token_hash = $2 WHERE id = $1 AND revoked_at IS NULL")
                        .bind(id)
                        .bind(kept)
                        .run(tx.conn)
                        .await
                        .map(drop)
                })
            })
            .await?;
        }
        Ok((info, token))
    }

    pub async fn tokens(&self, ctx: &Ctx) -> Result<Vec<TokenInfo>> {
        if !may(&ctx.actor, Action::ManageTokens, On::Business) {
            return Err(Refusal::NotAllowed.into());
        }
        let mut conn = self.reader().await?;
        let rows = sql!(
            "SELECT t.id, t.name, t.role, t.created_at, t.expires_at, t.used_at, u.name AS maker FROM tokens t \
             LEFT JOIN users u ON u.id = t.created_by WHERE t.revoked_at IS NULL ORDER BY t.id LIMIT $1"
        )
        .bind(TOKENS_MAX)
        .all(&mut conn)
        .await?;
        let mut tokens = rows.iter().map(info).collect::<Result<Vec<_>>>()?;
        let belong = sql!(
            "SELECT b.token_id, b.storefront_id FROM token_storefronts b JOIN tokens t ON t.id = b.token_id \
             WHERE t.revoked_at IS NULL ORDER BY b.token_id, b.storefront_id"
        )
        .all(&mut conn)
        .await?;
        for row in &belong {
            let (token, storefront): (TokenId, StorefrontId) = (row.get("token_id")?, row.get("storefront_id")?);
            // They come in the order of their ids.
            if let Ok(place) = tokens.binary_search_by_key(&token, |token| token.id) {
                tokens[place].storefronts.push(storefront);
            }
        }
        Ok(tokens)
    }

    pub async fn revoke_token(&self, ctx: &Ctx, id: CommandId, token: TokenId) -> Result<()> {
        self.write(ctx, id, &token, move |tx| {
            Box::pin(async move {
                if !may(&tx.ctx.actor, Action::ManageTokens, On::Business) {
                    return Err(Refusal::NotAllowed.into());
                }
                let row = sql!("UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING name")
                    .bind(token)
                    .bind(tx.ctx.now)
                    .optional(tx.conn)
                    .await?
                    .ok_or(Refusal::NotFound)?;
                tx.record(Scope::default(), Fact::TokenRevoked { token, name: row.get("name")? });
                Ok(())
            })
        })
        .await
    }

    /// Who a script's token speaks for; None for one that is unknown, revoked or expired.
    pub async fn actor_of_token(&self, token: &str, now: Millis) -> Result<Option<Actor>> {
        let mut conn = self.reader().await?;
        let row = sql!("SELECT id, role, used_at FROM tokens WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)")
            .bind(hashed(token))
            .bind(now)
            .optional(&mut conn)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let id: TokenId = row.get("id")?;
        let storefronts = storefronts_of(&mut conn, id).await?;
        drop(conn);
        let actor = Actor { who: Who::Token(id), role: row.get("role")?, storefronts };
        if row.get::<Option<i64>>("used_at")?.is_none_or(|used| now - used > USED_EVERY_MS) {
            self.note_use(&actor, id, now).await;
        }
        Ok(Some(actor))
    }

    async fn note_use(&self, actor: &Actor, token: TokenId, now: Millis) {
        let ctx = Ctx { actor: actor.clone(), now };
        let noted = self.write(&ctx, new_command(), &token, move |tx| {
            Box::pin(async move {
                sql!("UPDATE tokens SET used_at = $2 WHERE id = $1").bind(token).bind(now).run(tx.conn).await.map(drop)
            })
        });
        // Who may read goes on reading where nothing can be written.
        if let Err(error) = noted.await {
            tracing::warn!(%error, "a token's last use was not noted");
        }
    }
}

/// Whoever leaves takes no key along.
pub(super) async fn revoke_all(tx: &mut Tx<'_>, user: UserId) -> Result<()> {
    let rows =
        sql!("UPDATE tokens SET revoked_at = $2 WHERE created_by = $1 AND revoked_at IS NULL RETURNING id, name")
            .bind(user)
            .bind(tx.ctx.now)
            .all(tx.conn)
            .await?;
    for row in &rows {
        tx.record(Scope::default(), Fact::TokenRevoked { token: row.get("id")?, name: row.get("name")? });
    }
    Ok(())
}

/// Without its storefronts, which have rows of their own.
fn info(row: &Row) -> Result<TokenInfo> {
    Ok(TokenInfo {
        id: row.get("id")?,
        name: row.get("name")?,
        role: row.get("role")?,
        storefronts: Vec::new(),
        created_at: row.get("created_at")?,
        created_by: row.get("maker")?,
        expires_at: row.get("expires_at")?,
        used_at: row.get("used_at")?,
    })
}

pub(crate) async fn storefronts_of(conn: &mut Conn, token: TokenId) -> Result<Storefronts> {
    let rows = sql!("SELECT storefront_id FROM token_storefronts WHERE token_id = $1").bind(token).all(conn).await?;
    if rows.is_empty() {
        return Ok(Storefronts::All);
    }
    Ok(Storefronts::Some(rows.iter().map(|row| row.get("storefront_id")).collect::<Result<_>>()?))
}

async fn create(tx: &mut Tx<'_>, mut new: NewToken, hash: &str) -> Result<TokenInfo> {
    new.storefronts.sort();
    new.storefronts.dedup();
    let actor = &tx.ctx.actor;
    // Nobody hands out more than they have.
    if !may(actor, Action::ManageTokens, On::Business) || new.role > actor.role {
        return Err(Refusal::NotAllowed.into());
    }
    if new.storefronts.is_empty() && !new.role.sees_every_storefront() {
        return Err(Refusal::NotFound.into());
    }
    for storefront in &new.storefronts {
        let known = sql!("SELECT id FROM storefronts WHERE id = $1").bind(*storefront).optional(tx.conn).await?;
        if known.is_none() || !tx.ctx.actor.storefronts.contains(*storefront) {
            return Err(Refusal::NotFound.into());
        }
    }
    let name = names::checked(&new.name, NAME_CHARS_MAX)?;
    users::lock(tx.conn).await?;
    let created_by = match tx.ctx.actor.user() {
        Some(user) => Some(maker(tx.conn, user).await?),
        None => None,
    };
    let count = sql!("SELECT COUNT(*) AS n FROM tokens WHERE revoked_at IS NULL").one(tx.conn).await?;
    if count.get::<i64>("n")? >= TOKENS_MAX {
        return Err(Limit::TooMany.into());
    }
    let id: TokenId = sql!(
        "INSERT INTO tokens (name, token_hash, role, created_at, expires_at, created_by) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id"
    )
    .bind(&name)
    .bind(hash)
    .bind(new.role)
    .bind(tx.ctx.now)
    .bind(new.expires_at)
    .bind(tx.ctx.actor.user())
    .one(tx.conn)
    .await?
    .get("id")?;
    for storefront in &new.storefronts {
        sql!("INSERT INTO token_storefronts (token_id, storefront_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(id)
            .bind(*storefront)
            .run(tx.conn)
            .await?;
    }
    tx.record(Scope::default(), Fact::TokenCreated { token: id, name: name.clone(), role: new.role });
    Ok(TokenInfo {
        id,
        name,
        role: new.role,
        storefronts: new.storefronts,
        created_at: tx.ctx.now,
        created_by,
        expires_at: new.expires_at,
        used_at: None,
    })
}

/// Who makes a token must still be there: one that was made while they were being removed would outlive them.
async fn maker(conn: &mut Conn, user: UserId) -> Result<String> {
    let row = sql!("SELECT name FROM users WHERE id = $1 AND removed_at IS NULL").bind(user).optional(conn).await?;
    row.ok_or(Error::SignedOut)?.get("name")
}
