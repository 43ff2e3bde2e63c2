//! Bringing in the orders that a shop already has: who may begin it and end it. [`runner`] is how it gets on.

mod runner;

use domain::auth::{Action, On, may};
pub use domain::backfill::{Backfill, BackfillChange, BackfillState, BackfillTurned, ShopKind, StartBackfill};
use domain::board::{Limit, Refusal};
use domain::event::{Fact, Scope};
use domain::ids::*;
use serde::Serialize;

pub use runner::{Claimed, LEASE_MS, Reached};

use crate::auth::tokens::hashed;
use crate::error::Result;
use crate::sql::{Conn, Row, sql};
use crate::{Ctx, Store, Tx};

/// What makes two sendings the same: the keys only as a digest, which tells nothing of them.
#[derive(Serialize)]
struct Content {
    start: StartBackfill,
    keys: String,
}

impl Store {
    /// The last one of each storefront that the actor manages.
    pub async fn backfills(&self, ctx: &Ctx) -> Result<Vec<Backfill>> {
        let rows = sql!(
            "SELECT storefront_id, shop, address, state, why, total, made, unchanged, kept, next_at, started_at, ended_at \
             FROM backfills ORDER BY storefront_id LIMIT 200"
        )
        .all(&mut self.reader().await?)
        .await?;
        let all: Vec<Backfill> = rows.iter().map(backfill).collect::<Result<_>>()?;
        let manages = |one: &Backfill| may(&ctx.actor, Action::ManageStorefronts, On::Storefront(one.storefront));
        Ok(all.into_iter().filter(manages).collect())
    }

    /// Begins it; one of the same shop that failed or was stopped goes on where it ended.
    pub async fn start_backfill(&self, ctx: &Ctx, id: CommandId, start: StartBackfill) -> Result<Backfill> {
        let start = start.checked()?;
        let keys = hashed(&format!("{} {}", start.key, start.secret));
        let content =
            Content { start: StartBackfill { key: String::new(), secret: String::new(), ..start.clone() }, keys };
        self.write(ctx, id, &content, move |tx| Box::pin(async move { begin(tx, start).await })).await
    }

    pub async fn change_backfill(
        &self,
        ctx: &Ctx,
        id: CommandId,
        storefront: StorefrontId,
        change: BackfillChange,
    ) -> Result<Backfill> {
        self.write(ctx, id, &(storefront, change), move |tx| {
            Box::pin(async move { apply(tx, storefront, change).await })
        })
        .await
    }
}

fn allowed(tx: &Tx<'_>, storefront: StorefrontId) -> Result<()> {
    if !tx.ctx.actor.storefronts.contains(storefront) {
        return Err(Refusal::NotFound.into());
    }
    if !may(&tx.ctx.actor, Action::ManageStorefronts, On::Storefront(storefront)) {
        return Err(Refusal::NotAllowed.into());
    }
    Ok(())
}

async fn begin(tx: &mut Tx<'_>, start: StartBackfill) -> Result<Backfill> {
    let storefront = start.storefront;
    allowed(tx, storefront)?;
    let known = sql!("SELECT id FROM storefronts WHERE id = $1").bind(storefront).optional(tx.conn).await?;
    known.ok_or(Refusal::NotFound)?;
    let last = locked(tx.conn, storefront).await?;
    if last.as_ref().is_some_and(|last| last.state.is_going()) {
        return Err(Limit::BackfillGoing.into());
    }
    let goes_on = last.as_ref().is_some_and(|last| {
        last.state != BackfillState::Done && last.shop == start.shop && last.address == start.address
    });
    // Only the row that is locked: with none, another's that has just begun would go.
    if last.is_some() && !goes_on {
        sql!("DELETE FROM backfills WHERE storefront_id = $1").bind(storefront).run(tx.conn).await?;
    }
    // Two who begin the first one at once: the second finds it going.
    let made = sql!(
        "INSERT INTO backfills (storefront_id, shop, address, shop_key, shop_secret, lang, state, page, last_order, made, \
         unchanged, kept, failures, next_at, lease_until, started_at) \
         VALUES ($1, $2, $3, $4, $5, $6, 'running', 1, 0, 0, 0, 0, 0, $7, 0, $7) \
         ON CONFLICT (storefront_id) DO UPDATE SET shop_key = excluded.shop_key, shop_secret = excluded.shop_secret, \
         lang = excluded.lang, state = 'running', why = NULL, failures = 0, next_at = excluded.next_at, holder = NULL, \
         page = CASE WHEN backfills.page > 1 THEN backfills.page - 1 ELSE 1 END, ended_at = NULL \
         WHERE backfills.state IN ('failed', 'stopped') RETURNING storefront_id"
    )
    .bind(storefront)
    .bind(start.shop)
    .bind(&start.address)
    .bind(&start.key)
    .bind(&start.secret)
    .bind(start.lang.code())
    .bind(tx.ctx.now)
    .optional(tx.conn)
    .await?;
    made.ok_or(Limit::BackfillGoing)?;
    told(tx, storefront).await
}

async fn apply(tx: &mut Tx<'_>, storefront: StorefrontId, change: BackfillChange) -> Result<Backfill> {
    allowed(tx, storefront)?;
    let now = locked(tx.conn, storefront).await?.ok_or(Refusal::NotFound)?;
    let to = match change {
        BackfillChange::Pause => BackfillState::Paused,
        BackfillChange::Resume => BackfillState::Running,
        BackfillChange::Stop => BackfillState::Stopped,
    };
    // It ended meanwhile, or somebody else has pressed the same button.
    if now.state == to || !now.state.is_going() {
        return Ok(now);
    }
    // Whoever works at it loses it, and takes no other order.
    let turn = sql!(
        "UPDATE backfills SET state = $2, why = NULL, failures = 0, next_at = $3, holder = NULL, \
         page = CASE WHEN page > 1 THEN page - 1 ELSE 1 END WHERE storefront_id = $1"
    );
    match to {
        BackfillState::Stopped => end(tx.conn, storefront, (to, None), tx.ctx.now).await?,
        BackfillState::Paused | BackfillState::Running | BackfillState::Done | BackfillState::Failed => {
            turn.bind(storefront).bind(to).bind(tx.ctx.now).run(tx.conn).await?;
        }
    }
    told(tx, storefront).await
}

/// The keys go with it.
async fn end(
    conn: &mut Conn,
    storefront: StorefrontId,
    (state, why): (BackfillState, Option<&'static str>),
    now: Millis,
) -> Result<()> {
    sql!(
        "UPDATE backfills SET state = $2, why = $3, shop_key = NULL, shop_secret = NULL, holder = NULL, failures = 0, \
         ended_at = $4 WHERE storefront_id = $1"
    )
    .bind(storefront)
    .bind(state)
    .bind(why.map(str::to_owned))
    .bind(now)
    .run(conn)
    .await
    .map(drop)
}

/// As it is now, told to the log.
async fn told(tx: &mut Tx<'_>, storefront: StorefrontId) -> Result<Backfill> {
    let now = locked(tx.conn, storefront).await?.ok_or(Refusal::NotFound)?;
    let turned = BackfillTurned { shop: now.shop, to: now.state, made: now.made, kept: now.kept };
    tx.record(Scope { storefront: Some(storefront), ..Scope::default() }, Fact::BackfillTurned(turned));
    Ok(now)
}

/// Held until the transaction ends. SQLite has one writer and needs no lock.
async fn locked(conn: &mut Conn, storefront: StorefrontId) -> Result<Option<Backfill>> {
    let row = sql!(
        sqlite: "SELECT storefront_id, shop, address, state, why, total, made, unchanged, kept, next_at, started_at, \
                 ended_at FROM backfills WHERE storefront_id = $1",
        postgres: "SELECT storefront_id, shop, address, state, why, total, made, unchanged, kept, next_at, started_at, \
                   ended_at FROM backfills WHERE storefront_id = $1 FOR UPDATE",
    )
    .bind(storefront)
    .optional(conn)
    .await?;
    row.as_ref().map(backfill).transpose()
}

fn backfill(row: &Row) -> Result<Backfill> {
    Ok(Backfill {
        storefront: row.get("storefront_id")?,
        shop: row.get("shop")?,
        address: row.get("address")?,
        state: row.get("state")?,
        // A reason that an older version knew is better left out than in the way.
        why: row.get::<Option<String>>("why")?.and_then(|why| domain::backfill::BackfillWhy::parse(&why)),
        total: row.get("total")?,
        made: row.get("made")?,
        unchanged: row.get("unchanged")?,
        kept: row.get("kept")?,
        next_at: row.get("next_at")?,
        started_at: row.get("started_at")?,
        ended_at: row.get("ended_at")?,
    })
}
