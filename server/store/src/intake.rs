//! What a door took in, rightly signed, but could not understand: kept as it came, shown to the admin, replayed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::auth::{Action, Actor, On, may};
use domain::board::Refusal;
use domain::event::{Fact, Scope};
use domain::ids::*;
pub use domain::intake::Intake;
use sha2::{Digest, Sha256};

use crate::error::Result;
use crate::sql::sql;
use crate::tx::{hex, new_command};
use crate::{Ctx, Store};

const PAGE_MAX: i64 = 200;

/// A delivery to keep.
pub struct Kept {
    pub storefront: StorefrontId,
    pub door: &'static str,
    pub topic: String,
    pub body: Vec<u8>,
    pub reason: String,
}

/// Before a body that is no text, which is kept in base64.
const BINARY: &str = "base64:";

/// As text, whatever it was: PostgreSQL's TEXT takes no NUL, and neither database takes what is no UTF-8.
fn as_text(body: Vec<u8>) -> String {
    match String::from_utf8(body) {
        Ok(text) if !text.contains('\0') && !text.starts_with(BINARY) => text,
        Ok(text) => format!("{BINARY}{}", STANDARD.encode(text)),
        Err(bytes) => format!("{BINARY}{}", STANDARD.encode(bytes.into_bytes())),
    }
}

/// The bytes of a kept body as they came.
pub fn as_sent(body: &str) -> Vec<u8> {
    let binary = body.strip_prefix(BINARY).and_then(|text| STANDARD.decode(text).ok());
    binary.unwrap_or_else(|| body.as_bytes().to_vec())
}

impl Store {
    /// Keeps it once, however often it is sent; one that was understood and comes again as it was waits again.
    pub async fn keep_intake(&self, now: Millis, kept: Kept) -> Result<IntakeId> {
        let ctx = Ctx { actor: Actor::shop(kept.storefront), now };
        let digest = hex(&Sha256::digest(&kept.body));
        let body = as_text(kept.body);
        self.write(&ctx, new_command(), &digest.clone(), move |tx| {
            Box::pin(async move {
                let made = sql!(
                    "INSERT INTO intake (storefront_id, door, topic, received_at, body, digest, reason) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (storefront_id, door, topic, digest) DO UPDATE SET \
                     replayed_at = NULL, received_at = excluded.received_at, reason = excluded.reason \
                     WHERE intake.replayed_at IS NOT NULL RETURNING id"
                )
                .bind(kept.storefront)
                .bind(kept.door)
                .bind(&kept.topic)
                .bind(tx.ctx.now)
                .bind(body)
                .bind(&digest)
                .bind(&kept.reason)
                .optional(tx.conn)
                .await?;
                let Some(row) = made else {
                    return sql!(
                        "SELECT id FROM intake WHERE storefront_id = $1 AND door = $2 AND topic = $3 AND digest = $4"
                    )
                    .bind(kept.storefront)
                    .bind(kept.door)
                    .bind(&kept.topic)
                    .bind(&digest)
                    .one(tx.conn)
                    .await?
                    .get("id");
                };
                let id: IntakeId = row.get("id")?;
                let scope = Scope { storefront: Some(kept.storefront), ..Scope::default() };
                tx.record(scope, Fact::IntakeRefused { intake: id, reason: kept.reason });
                Ok(id)
            })
        })
        .await
    }

    /// What waits to be replayed, the newest first.
    pub async fn intake(&self, ctx: &Ctx) -> Result<Vec<Intake>> {
        if !may(&ctx.actor, Action::SeeIntake, On::Business) {
            return Err(Refusal::NotAllowed.into());
        }
        let rows = sql!("SELECT id, storefront_id, door, topic, received_at, body, reason FROM intake WHERE replayed_at IS NULL ORDER BY id DESC LIMIT $1")
            .bind(PAGE_MAX)
            .all(&mut self.reader().await?)
            .await?;
        let all: Vec<Intake> = rows.iter().map(intake).collect::<Result<_>>()?;
        Ok(all.into_iter().filter(|one| ctx.actor.storefronts.contains(one.storefront)).collect())
    }

    /// One that waits, for whoever may replay it.
    pub async fn intake_to_replay(&self, ctx: &Ctx, id: IntakeId) -> Result<Intake> {
        let row = sql!("SELECT id, storefront_id, door, topic, received_at, body, reason FROM intake WHERE id = $1 AND replayed_at IS NULL")
            .bind(id)
            .optional(&mut self.reader().await?)
            .await?;
        let found = row.as_ref().map(intake).transpose()?.ok_or(Refusal::NotFound)?;
        if may(&ctx.actor, Action::ReplayIntake, On::Storefront(found.storefront)) {
            Ok(found)
        } else {
            Err(Refusal::NotAllowed.into())
        }
    }

    /// It was understood at last.
    pub async fn intake_replayed(&self, ctx: &Ctx, one: &Intake) -> Result<()> {
        let (id, storefront) = (one.id, one.storefront);
        self.write(ctx, new_command(), &id, move |tx| {
            Box::pin(async move {
                if !may(&tx.ctx.actor, Action::ReplayIntake, On::Storefront(storefront)) {
                    return Err(Refusal::NotAllowed.into());
                }
                sql!("UPDATE intake SET replayed_at = $2 WHERE id = $1").bind(id).bind(tx.ctx.now).run(tx.conn).await?;
                tx.record(
                    Scope { storefront: Some(storefront), ..Scope::default() },
                    Fact::IntakeReplayed { intake: id },
                );
                Ok(())
            })
        })
        .await
    }

    /// It was not understood this time either, perhaps for another reason.
    pub async fn intake_still_refused(&self, ctx: &Ctx, id: IntakeId, reason: String) -> Result<()> {
        self.intake_to_replay(ctx, id).await?;
        self.write(ctx, new_command(), &(id, reason.clone()), move |tx| {
            Box::pin(async move {
                sql!("UPDATE intake SET reason = $2 WHERE id = $1").bind(id).bind(reason).run(tx.conn).await.map(drop)
            })
        })
        .await
    }
}

fn intake(row: &crate::sql::Row) -> Result<Intake> {
    Ok(Intake {
        id: row.get("id")?,
        storefront: row.get("storefront_id")?,
        door: row.get("door")?,
        topic: row.get("topic")?,
        received_at: row.get("received_at")?,
        body: row.get("body")?,
        reason: row.get("reason")?,
    })
}
