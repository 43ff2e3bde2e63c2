//! What a door took in, rightly signed, but could not understand: kept as it came, shown to the admin, replayed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::auth::{Action, Actor, On, may};
use domain::board::{Limit, Refusal};
use domain::event::{Fact, Scope};
use domain::i18n::Lang;
use domain::ids::*;
pub use domain::intake::{Intake, Reason, Why};
use sha2::{Digest, Sha256};

use crate::deliveries::{Came, Outcome, Traces, record};
use crate::error::Result;
use crate::sql::{Row, sql};
use crate::tx::{hex, new_command};
use crate::{Ctx, Store, Tx};

const PAGE_MAX: i64 = 200;

/// A delivery to keep.
pub struct Kept {
    pub storefront: StorefrontId,
    pub door: &'static str,
    pub topic: String,
    pub body: Vec<u8>,
    pub reason: Reason,
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
    /// Keeps it once, however often it is sent; one that waits no more, or whose body has gone, waits again as it comes.
    pub async fn keep_intake(&self, now: Millis, kept: Kept) -> Result<IntakeId> {
        self.keep_of(now, kept, None).await
    }

    /// The same for an order out of a shop's past, which is no news when it is understood at last.
    pub async fn keep_history(&self, now: Millis, kept: Kept, lang: Lang) -> Result<IntakeId> {
        self.keep_of(now, kept, Some(lang)).await
    }

    async fn keep_of(&self, now: Millis, kept: Kept, history: Option<Lang>) -> Result<IntakeId> {
        let Kept { storefront, door, topic, body, reason } = kept;
        let ctx = Ctx { actor: Actor::shop(storefront), now };
        let came = Came { storefront, door, topic, intake: None };
        let digest = hex(&Sha256::digest(&body));
        let body = as_text(body);
        self.write(&ctx, new_command(), &digest.clone(), move |tx| {
            Box::pin(async move { keep(tx, &came, Unread { body, digest, reason, history }).await })
        })
        .await
    }

    /// What waits to be replayed, the newest first.
    pub async fn intake(&self, ctx: &Ctx) -> Result<Vec<Intake>> {
        if !may(&ctx.actor, Action::SeeIntake, On::Business) {
            return Err(Refusal::NotAllowed.into());
        }
        let rows = sql!(
            "SELECT id, storefront_id, door, topic, received_at, body, reason, emptied_at, history_lang FROM intake \
             WHERE replayed_at IS NULL AND dismissed_at IS NULL ORDER BY id DESC LIMIT $1"
        )
        .bind(PAGE_MAX)
        .all(&mut self.reader().await?)
        .await?;
        let all: Vec<Intake> = rows.iter().map(intake).collect::<Result<_>>()?;
        Ok(all.into_iter().filter(|one| ctx.actor.storefronts.contains(one.storefront)).collect())
    }

    /// One that waits and can be read, for whoever may replay it.
    pub async fn intake_to_replay(&self, ctx: &Ctx, id: IntakeId) -> Result<Intake> {
        let row = sql!(
            "SELECT id, storefront_id, door, topic, received_at, body, reason, emptied_at, history_lang FROM intake \
             WHERE id = $1 AND replayed_at IS NULL AND dismissed_at IS NULL"
        )
        .bind(id)
        .optional(&mut self.reader().await?)
        .await?;
        let found = row.as_ref().map(intake).transpose()?.ok_or(Refusal::NotFound)?;
        if !may(&ctx.actor, Action::ReplayIntake, On::Storefront(found.storefront)) {
            return Err(Refusal::NotAllowed.into());
        }
        if found.emptied { Err(Limit::IntakeEmptied.into()) } else { Ok(found) }
    }

    /// It was understood at last.
    pub async fn intake_replayed(&self, ctx: &Ctx, one: &Intake) -> Result<()> {
        let (id, storefront) = (one.id, one.storefront);
        self.write(ctx, new_command(), &id, move |tx| {
            Box::pin(async move {
                if !may(&tx.ctx.actor, Action::ReplayIntake, On::Storefront(storefront)) {
                    return Err(Refusal::NotAllowed.into());
                }
                let replayed = sql!(
                    "UPDATE intake SET replayed_at = $2 WHERE id = $1 AND replayed_at IS NULL AND dismissed_at IS NULL"
                );
                // Of two who replay it at once one says so; the other's has brought nothing new.
                if replayed.bind(id).bind(tx.ctx.now).run(tx.conn).await? > 0 {
                    let scope = Scope { storefront: Some(storefront), ..Scope::default() };
                    tx.record(scope, Fact::IntakeReplayed { intake: id });
                }
                Ok(())
            })
        })
        .await
    }

    /// It was not understood this time either, perhaps for another reason.
    pub async fn intake_still_refused(&self, ctx: &Ctx, id: IntakeId, reason: Reason) -> Result<()> {
        self.intake_to_replay(ctx, id).await?;
        let reason = serde_json::to_string(&reason)?;
        self.write(ctx, new_command(), &(id, reason.clone()), move |tx| {
            Box::pin(async move {
                sql!("UPDATE intake SET reason = $2 WHERE id = $1").bind(id).bind(reason).run(tx.conn).await.map(drop)
            })
        })
        .await
    }

    /// Nobody needs it: what came is removed at once, and it waits no more.
    pub async fn dismiss_intake(&self, ctx: &Ctx, command: CommandId, id: IntakeId) -> Result<()> {
        self.write(ctx, command, &id, move |tx| Box::pin(async move { dismiss(tx, id).await })).await
    }
}

/// A delivery on its way into the table.
struct Unread {
    body: String,
    digest: String,
    reason: Reason,
    history: Option<Lang>,
}

async fn keep(tx: &mut Tx<'_>, came: &Came, unread: Unread) -> Result<IntakeId> {
    let Unread { body, digest, reason, history } = unread;
    let made = sql!(
        "INSERT INTO intake (storefront_id, door, topic, received_at, body, digest, reason, history_lang) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (storefront_id, door, topic, digest) DO UPDATE SET \
         replayed_at = NULL, dismissed_at = NULL, emptied_at = NULL, body = excluded.body, \
         received_at = excluded.received_at, reason = excluded.reason, history_lang = excluded.history_lang \
         WHERE intake.replayed_at IS NOT NULL OR intake.dismissed_at IS NOT NULL OR intake.emptied_at IS NOT NULL RETURNING id"
    )
    .bind(came.storefront)
    .bind(came.door)
    .bind(&came.topic)
    .bind(tx.ctx.now)
    .bind(body)
    .bind(&digest)
    .bind(serde_json::to_string(&reason)?)
    .bind(history.map(|lang| lang.code().to_owned()))
    .optional(tx.conn)
    .await?;
    let id: IntakeId = match made {
        Some(row) => {
            let id = row.get("id")?;
            let scope = Scope { storefront: Some(came.storefront), ..Scope::default() };
            tx.record(scope, Fact::IntakeRefused { intake: id, reason: reason.why.key().to_owned() });
            id
        }
        None => known(tx, came, (&digest, history)).await?,
    };
    record(tx, came, Outcome::Kept, Traces { intake: Some(id), ..Traces::default() }).await?;
    Ok(id)
}

/// The one that waits already. What the shop sends by itself is news, though its history had it before.
async fn known(tx: &mut Tx<'_>, came: &Came, (digest, history): (&str, Option<Lang>)) -> Result<IntakeId> {
    let id: IntakeId =
        sql!("SELECT id FROM intake WHERE storefront_id = $1 AND door = $2 AND topic = $3 AND digest = $4")
            .bind(came.storefront)
            .bind(came.door)
            .bind(&came.topic)
            .bind(digest)
            .one(tx.conn)
            .await?
            .get("id")?;
    if history.is_none() {
        sql!("UPDATE intake SET history_lang = NULL WHERE id = $1 AND history_lang IS NOT NULL")
            .bind(id)
            .run(tx.conn)
            .await?;
    }
    Ok(id)
}

async fn dismiss(tx: &mut Tx<'_>, id: IntakeId) -> Result<()> {
    let row = sql!("SELECT storefront_id FROM intake WHERE id = $1 AND replayed_at IS NULL AND dismissed_at IS NULL")
        .bind(id)
        .optional(tx.conn)
        .await?;
    let storefront: StorefrontId = row.ok_or(Refusal::NotFound)?.get("storefront_id")?;
    if !may(&tx.ctx.actor, Action::ReplayIntake, On::Storefront(storefront)) {
        return Err(Refusal::NotAllowed.into());
    }
    let dismissed = sql!(
        "UPDATE intake SET dismissed_at = $2, emptied_at = COALESCE(emptied_at, $2), body = '' \
         WHERE id = $1 AND replayed_at IS NULL AND dismissed_at IS NULL"
    )
    .bind(id)
    .bind(tx.ctx.now)
    .run(tx.conn)
    .await?;
    if dismissed == 0 {
        return Err(Refusal::NotFound.into());
    }
    tx.record(Scope { storefront: Some(storefront), ..Scope::default() }, Fact::IntakeDismissed { intake: id });
    Ok(())
}

fn intake(row: &Row) -> Result<Intake> {
    Ok(Intake {
        id: row.get("id")?,
        storefront: row.get("storefront_id")?,
        door: row.get("door")?,
        topic: row.get("topic")?,
        received_at: row.get("received_at")?,
        body: row.get("body")?,
        reason: Reason::read(&row.get::<String>("reason")?),
        emptied: row.get::<Option<i64>>("emptied_at")?.is_some(),
        history: row.get::<Option<String>>("history_lang")?.map(|code| Lang::parse(&code).unwrap_or_default()),
    })
}
