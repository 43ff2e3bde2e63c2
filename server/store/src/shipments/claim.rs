//! Whose turn it is. A server claims a storefront's account with a carrier for a while, so that each carrier is asked one
//! thing at a time for each, whatever number of servers there are; nothing is held while the carrier thinks.

use domain::auth::Actor;
use domain::carriers::{Breaker, CarrierWhy, Pace};
use domain::ids::*;
use domain::orders::Carrier;
use serde::Serialize;

use super::answers;
use crate::error::Result;
use crate::sql::{Conn, Row, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

/// How long a server that says nothing keeps its claim.
pub const LEASE_MS: Millis = 5 * 60_000;

/// An account that is this server's to ask with for now. It has no Debug: the keys are in it.
#[derive(Clone)]
pub struct Claimed {
    pub storefront: StorefrontId,
    pub carrier: Carrier,
    pub key: String,
    pub secret: String,
    /// Those that have waited longest.
    pub parcels: Vec<Parcel>,
    holder: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    pub id: ShipmentId,
    pub number: String,
    /// In a row.
    pub failures: i64,
}

/// The carrier gave no answer.
#[derive(Clone, Debug, Serialize)]
pub struct Failed {
    pub why: CarrierWhy,
    /// How much patience the carrier asked for.
    pub asked: Option<Millis>,
    /// Whose questions were not answered.
    pub parcels: Vec<ShipmentId>,
    /// What it said instead, where that could not be read.
    pub said: String,
}

impl Store {
    /// The account that was served longest ago and has parcels to ask for. `most` is how many its carrier takes at once;
    /// one that is tried again after a while is tried with a single one. `holder` is a name that nobody else has.
    pub async fn claim_shipments(
        &self,
        now: Millis,
        holder: &str,
        most: &(dyn Fn(Carrier) -> i64 + Send + Sync),
    ) -> Result<Option<Claimed>> {
        // Looked for among the readers first: where nothing is to be done, nothing is written.
        if waiting(&mut self.reader().await?, now).await?.is_none() {
            return Ok(None);
        }
        let (ctx, name) = (Ctx { actor: Actor::system(), now }, holder.to_owned());
        let of =
            self.write(&ctx, new_command(), &holder, move |tx| Box::pin(async move { claim(tx, &name).await })).await?;
        match of {
            Some(of) => held_by(&mut self.reader().await?, of, (holder, now, most)).await,
            None => Ok(None),
        }
    }

    /// Where this process is the only one, nobody else can hold a claim when it starts: what a server that was killed had
    /// begun is taken up at once.
    pub async fn release_carriers(&self, now: Millis) -> Result<()> {
        if self.is_postgres() {
            return Ok(());
        }
        let ctx = Ctx { actor: Actor::system(), now };
        self.write(&ctx, new_command(), &now, |tx| {
            Box::pin(async move {
                sql!("UPDATE carrier_accounts SET holder = NULL, lease_until = 0 WHERE holder IS NOT NULL")
                    .run(tx.conn)
                    .await
                    .map(drop)
            })
        })
        .await
    }

    /// The carrier answered: whatever it failed in before is forgiven.
    pub async fn carrier_answered(&self, now: Millis, claimed: &Claimed) -> Result<()> {
        let ctx = Ctx { actor: Actor::system(), now };
        let (storefront, carrier, holder) = (claimed.storefront, claimed.carrier, claimed.holder.clone());
        self.write(&ctx, new_command(), &claimed.holder, move |tx| {
            Box::pin(async move {
                sql!(
                    "UPDATE carrier_accounts SET failures = 0, open_until = NULL, answered_at = $4, holder = NULL, \
                     lease_until = 0 WHERE storefront_id = $1 AND carrier = $2 AND holder = $3"
                )
                .bind(storefront)
                .bind(carrier)
                .bind(holder)
                .bind(tx.ctx.now)
                .run(tx.conn)
                .await
                .map(drop)
            })
        })
        .await
    }

    /// It did not: it is left alone for a while, and so are the parcels that it was asked for.
    pub async fn carrier_failed(&self, now: Millis, claimed: &Claimed, failed: Failed, pace: Pace) -> Result<()> {
        let ctx = Ctx { actor: Actor::system(), now };
        let (content, of) = (failed.clone(), claimed.clone());
        self.write(&ctx, new_command(), &content, move |tx| Box::pin(async move { fail(tx, &of, failed, pace).await }))
            .await
    }
}

async fn waiting(conn: &mut Conn, now: Millis) -> Result<Option<(StorefrontId, Carrier)>> {
    let row = sql!(
        "SELECT a.storefront_id, a.carrier FROM carrier_accounts a WHERE a.lease_until <= $1 \
         AND COALESCE(a.open_until, 0) <= $1 AND EXISTS (SELECT 1 FROM shipments s JOIN orders o ON o.id = s.order_id \
         WHERE s.carrier = a.carrier AND s.next_poll_at <= $1 AND s.ended_at IS NULL AND s.removed_at IS NULL \
         AND o.storefront_id = a.storefront_id) ORDER BY a.served_at, a.storefront_id, a.carrier LIMIT 1"
    )
    .bind(now)
    .optional(conn)
    .await?;
    row.map(|row| Ok((row.get("storefront_id")?, row.get("carrier")?))).transpose()
}

async fn claim(tx: &mut Tx<'_>, holder: &str) -> Result<Option<(StorefrontId, Carrier)>> {
    let now = tx.ctx.now;
    let Some((storefront, carrier)) = waiting(tx.conn, now).await? else { return Ok(None) };
    let claimed = sql!(
        "UPDATE carrier_accounts SET holder = $3, lease_until = $4, served_at = $5 WHERE storefront_id = $1 \
         AND carrier = $2 AND lease_until <= $5 AND COALESCE(open_until, 0) <= $5"
    )
    .bind(storefront)
    .bind(carrier)
    .bind(holder)
    .bind(now + LEASE_MS)
    .bind(now)
    .run(tx.conn)
    .await?;
    Ok((claimed > 0).then_some((storefront, carrier)))
}

/// The keys never pass through the answer of a command, which is kept for days.
async fn held_by(
    conn: &mut Conn,
    (storefront, carrier): (StorefrontId, Carrier),
    (holder, now, most): (&str, Millis, &(dyn Fn(Carrier) -> i64 + Send + Sync)),
) -> Result<Option<Claimed>> {
    let row = sql!(
        "SELECT api_key, api_secret, open_until FROM carrier_accounts \
         WHERE storefront_id = $1 AND carrier = $2 AND holder = $3"
    )
    .bind(storefront)
    .bind(carrier)
    .bind(holder)
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let trial = row.get::<Option<i64>>("open_until")?.is_some();
    let limit = if trial { 1 } else { most(carrier) };
    let parcels = sql!(
        "SELECT s.id, s.number, s.failures FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.carrier = $2 \
         AND s.next_poll_at <= $3 AND s.ended_at IS NULL AND s.removed_at IS NULL AND o.storefront_id = $1 \
         ORDER BY s.next_poll_at, s.id LIMIT $4"
    )
    .bind(storefront)
    .bind(carrier)
    .bind(now)
    .bind(limit)
    .all(conn)
    .await?;
    Ok(Some(Claimed {
        storefront,
        carrier,
        key: row.get("api_key")?,
        secret: row.get("api_secret")?,
        parcels: parcels.iter().map(parcel).collect::<Result<_>>()?,
        holder: holder.to_owned(),
    }))
}

fn parcel(row: &Row) -> Result<Parcel> {
    Ok(Parcel { id: row.get("id")?, number: row.get("number")?, failures: row.get("failures")? })
}

async fn fail(tx: &mut Tx<'_>, of: &Claimed, failed: Failed, pace: Pace) -> Result<()> {
    let now = tx.ctx.now;
    let row = sql!(
        sqlite: "SELECT failures, open_until FROM carrier_accounts \
                 WHERE storefront_id = $1 AND carrier = $2 AND holder = $3",
        postgres: "SELECT failures, open_until FROM carrier_accounts \
                   WHERE storefront_id = $1 AND carrier = $2 AND holder = $3 FOR UPDATE",
    )
    .bind(of.storefront)
    .bind(of.carrier)
    .bind(&of.holder)
    .optional(tx.conn)
    .await?;
    // The keys were changed meanwhile, or another server took over.
    let Some(row) = row else { return Ok(()) };
    let before = Breaker { failures: row.get("failures")?, open_until: row.get("open_until")? };
    let after = before.failed(failed.why, failed.asked, now, pace);
    sql!(
        "UPDATE carrier_accounts SET failures = $3, open_until = $4, last_failure = $5, last_failure_at = $6, \
         holder = NULL, lease_until = 0 WHERE storefront_id = $1 AND carrier = $2"
    )
    .bind(of.storefront)
    .bind(of.carrier)
    .bind(after.failures)
    .bind(after.open_until)
    .bind(failed.why.key())
    .bind(now)
    .run(tx.conn)
    .await?;
    let mut said = failed.said;
    for parcel in of.parcels.iter().filter(|parcel| failed.parcels.contains(&parcel.id)) {
        let next = now + pace.after_failures(parcel.failures + 1, failed.asked);
        let waits = sql!("UPDATE shipments SET failures = failures + 1, next_poll_at = $2 WHERE id = $1")
            .bind(parcel.id)
            .bind(next)
            .run(tx.conn)
            .await?;
        // Once is enough: it was one answer for all of them.
        if waits > 0 && !said.is_empty() {
            answers::keep(tx.conn, parcel.id, now, &std::mem::take(&mut said)).await?;
        }
    }
    Ok(())
}
