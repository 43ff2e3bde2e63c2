//! How it gets on. A server claims a run for one page; every order is a command of its own that also counts it and says
//! how far the run has got, so that one that is killed goes on at the next order. Whoever has lost its claim, because the
//! run was paused or stopped or another server took it, writes nothing more.

use domain::auth::Actor;
use domain::backfill::{BackfillState, BackfillWhy, ShopKind};
use domain::i18n::Lang;
use domain::ids::*;
use domain::orders::IncomingOrder;

use super::{end, told};
use crate::error::Result;
use crate::orders::{self, Arrival, Received};
use crate::sql::{Conn, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

/// How long a server that says nothing keeps its claim.
pub const LEASE_MS: Millis = 15_000;

/// A run that is this server's for now. It has no Debug: the shop's keys are in it.
#[derive(Clone)]
pub struct Claimed {
    pub storefront: StorefrontId,
    pub shop: ShopKind,
    pub address: String,
    pub key: String,
    pub secret: String,
    pub page: i64,
    /// The shop's number of the order that was taken last; those up to it are here.
    pub last_order: i64,
    pub total: Option<i64>,
    pub failures: i64,
    /// Of a lost reason that may have to be made.
    pub lang: Lang,
    holder: String,
}

/// Where the next page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    pub page: i64,
    pub total: Option<i64>,
    /// When it is asked for.
    pub next_at: Millis,
}

impl Claimed {
    fn ctx(&self, now: Millis) -> Ctx {
        Ctx { actor: Actor::shop(self.storefront), now }
    }
}

impl Store {
    /// The run that has waited longest, for the server with this name.
    pub async fn claim_backfill(&self, now: Millis, holder: &str) -> Result<Option<Claimed>> {
        // Looked for among the readers first: where nothing is to be done, nothing is written.
        if waiting(&mut self.reader().await?, now).await?.is_none() {
            return Ok(None);
        }
        let (ctx, holder) = (Ctx { actor: Actor::system(), now }, holder.to_owned());
        let name = holder.clone();
        let storefront = self
            .write(&ctx, new_command(), &holder.clone(), move |tx| Box::pin(async move { claim(tx, &holder).await }))
            .await?;
        match storefront {
            Some(storefront) => held_by(&mut self.reader().await?, storefront, name).await,
            None => Ok(None),
        }
    }

    /// Says that this server is still at it. False: it is so no longer.
    pub async fn hold_backfill(&self, now: Millis, claimed: &Claimed) -> Result<bool> {
        let of = claimed.clone();
        self.write(&claimed.ctx(now), new_command(), &now, move |tx| {
            Box::pin(async move { Ok(held(tx, &of).await?.is_some()) })
        })
        .await
    }

    /// Takes an order of the shop's history in. None: the run is not this server's any more.
    pub async fn take_backfilled(
        &self,
        now: Millis,
        claimed: &Claimed,
        order: IncomingOrder,
        number: i64,
    ) -> Result<Option<Received>> {
        let (of, content) = (claimed.clone(), (claimed.storefront, order.clone(), number));
        self.write(&claimed.ctx(now), new_command(), &content, move |tx| {
            Box::pin(async move {
                let Some(lang) = held(tx, &of).await? else { return Ok(None) };
                let received = orders::receive(tx, of.storefront, order, Arrival::History { lang }).await?;
                let (made, unchanged) = if received.unchanged { (0, 1) } else { (1, 0) };
                count(tx.conn, of.storefront, Counted { made, unchanged, kept: 0, number }).await?;
                Ok(Some(received))
            })
        })
        .await
    }

    /// Counts one that was not understood, and is kept already. False: the run is not this server's any more.
    pub async fn count_backfill_kept(&self, now: Millis, claimed: &Claimed, number: i64) -> Result<bool> {
        let of = claimed.clone();
        self.write(&claimed.ctx(now), new_command(), &number, move |tx| {
            Box::pin(async move {
                if held(tx, &of).await?.is_none() {
                    return Ok(false);
                }
                count(tx.conn, of.storefront, Counted { made: 0, unchanged: 0, kept: 1, number }).await?;
                Ok(true)
            })
        })
        .await
    }

    /// A page was read to its end: the claim is given back.
    pub async fn backfill_reached(&self, now: Millis, claimed: &Claimed, reached: Reached) -> Result<()> {
        let of = claimed.clone();
        let content = (reached.page, reached.total, reached.next_at);
        self.write(&claimed.ctx(now), new_command(), &content, move |tx| {
            Box::pin(async move {
                sql!(
                    "UPDATE backfills SET page = $3, total = $4, next_at = $5, failures = 0, why = NULL, holder = NULL \
                     WHERE storefront_id = $1 AND holder = $2 AND state = 'running'"
                )
                .bind(of.storefront)
                .bind(&of.holder)
                .bind(reached.page)
                .bind(reached.total)
                .bind(reached.next_at)
                .run(tx.conn)
                .await
                .map(drop)
            })
        })
        .await
    }

    /// The shop could not answer; it is asked again.
    pub async fn backfill_waits(&self, now: Millis, claimed: &Claimed, why: BackfillWhy, until: Millis) -> Result<()> {
        let of = claimed.clone();
        self.write(&claimed.ctx(now), new_command(), &(why, until), move |tx| {
            Box::pin(async move {
                sql!(
                    "UPDATE backfills SET failures = failures + 1, why = $3, next_at = $4, holder = NULL \
                     WHERE storefront_id = $1 AND holder = $2 AND state = 'running'"
                )
                .bind(of.storefront)
                .bind(&of.holder)
                .bind(why.key())
                .bind(until)
                .run(tx.conn)
                .await
                .map(drop)
            })
        })
        .await
    }

    /// None: every order is here. Otherwise it failed.
    pub async fn end_backfill(&self, now: Millis, claimed: &Claimed, why: Option<BackfillWhy>) -> Result<()> {
        let of = claimed.clone();
        self.write(&claimed.ctx(now), new_command(), &why, move |tx| {
            Box::pin(async move {
                if held(tx, &of).await?.is_none() {
                    return Ok(());
                }
                let state = if why.is_some() { BackfillState::Failed } else { BackfillState::Done };
                end(tx.conn, of.storefront, (state, why.map(BackfillWhy::key)), tx.ctx.now).await?;
                told(tx, of.storefront).await.map(drop)
            })
        })
        .await
    }
}

async fn waiting(conn: &mut Conn, now: Millis) -> Result<Option<StorefrontId>> {
    let row = sql!(
        "SELECT storefront_id FROM backfills WHERE state = 'running' AND next_at <= $1 \
         AND (holder IS NULL OR lease_until < $1) ORDER BY next_at, storefront_id LIMIT 1"
    )
    .bind(now)
    .optional(conn)
    .await?;
    row.map(|row| row.get("storefront_id")).transpose()
}

/// One that somebody else left in the middle begins a page earlier: orders may have gone from the shop meanwhile, and
/// those after them have moved up.
async fn claim(tx: &mut Tx<'_>, holder: &str) -> Result<Option<StorefrontId>> {
    let now = tx.ctx.now;
    let Some(storefront) = waiting(tx.conn, now).await? else { return Ok(None) };
    let row = sql!(
        "UPDATE backfills SET page = CASE WHEN holder IS NOT NULL AND page > 1 THEN page - 1 ELSE page END, holder = $2, \
         lease_until = $3 WHERE storefront_id = $1 AND state = 'running' AND next_at <= $4 \
         AND (holder IS NULL OR lease_until < $4) RETURNING storefront_id"
    )
    .bind(storefront)
    .bind(holder)
    .bind(now + LEASE_MS)
    .bind(now)
    .optional(tx.conn)
    .await?;
    row.map(|row| row.get("storefront_id")).transpose()
}

/// Its keys never pass through the answer of a command, which is kept for days.
async fn held_by(conn: &mut Conn, storefront: StorefrontId, holder: String) -> Result<Option<Claimed>> {
    let row = sql!(
        "SELECT shop, address, shop_key, shop_secret, page, last_order, total, failures, lang FROM backfills \
         WHERE storefront_id = $1 AND holder = $2 AND state = 'running' AND shop_key IS NOT NULL"
    )
    .bind(storefront)
    .bind(&holder)
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Claimed {
        storefront,
        shop: row.get("shop")?,
        address: row.get("address")?,
        key: row.get("shop_key")?,
        secret: row.get::<Option<String>>("shop_secret")?.unwrap_or_default(),
        page: row.get("page")?,
        last_order: row.get("last_order")?,
        total: row.get("total")?,
        failures: row.get("failures")?,
        lang: Lang::parse(&row.get::<String>("lang")?).unwrap_or_default(),
        holder,
    }))
}

/// Renews the claim and keeps the run from being paused until the transaction ends. None: it is not this server's.
async fn held(tx: &mut Tx<'_>, claimed: &Claimed) -> Result<Option<Lang>> {
    let row = sql!(
        "UPDATE backfills SET lease_until = $3 WHERE storefront_id = $1 AND holder = $2 AND state = 'running' \
         RETURNING lang"
    )
    .bind(claimed.storefront)
    .bind(&claimed.holder)
    .bind(tx.ctx.now + LEASE_MS)
    .optional(tx.conn)
    .await?;
    row.map(|row| Ok(Lang::parse(&row.get::<String>("lang")?).unwrap_or_default())).transpose()
}

struct Counted {
    made: i64,
    unchanged: i64,
    kept: i64,
    number: i64,
}

async fn count(conn: &mut Conn, storefront: StorefrontId, counted: Counted) -> Result<()> {
    sql!(
        "UPDATE backfills SET made = made + $2, unchanged = unchanged + $3, kept = kept + $4, last_order = $5 \
         WHERE storefront_id = $1"
    )
    .bind(storefront)
    .bind(counted.made)
    .bind(counted.unchanged)
    .bind(counted.kept)
    .bind(counted.number)
    .run(conn)
    .await
    .map(drop)
}
