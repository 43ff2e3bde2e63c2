//! What a carrier tells of a parcel, taken in: kept, told to the log, and followed by the order.

use domain::auth::Actor;
use domain::carriers::{Pace, Scan, ScanKind, Tracked, next_poll};
use domain::event::Fact;
use domain::ids::*;
use domain::orders::{Carrier, StatusKind};
use serde::{Deserialize, Serialize};

use super::answers;
use crate::error::Result;
use crate::orders::{follow_scans, funnel_of, status};
use crate::sql::{Conn, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

/// Of one parcel: the newest.
const SCANS_KEPT_MAX: i64 = 200;
/// Of one carrier.
const CODES_KEPT_MAX: i64 = 500;

/// What it did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Scans that were not known.
    pub news: usize,
    /// Where the order went.
    pub moved: Option<StatusKind>,
}

/// A parcel as it is known.
struct Known {
    carrier: Carrier,
    made_at: Millis,
    kind: Option<ScanKind>,
    code: Option<String>,
    scanned_at: Option<Millis>,
    ended_at: Option<Millis>,
}

impl Store {
    /// A scan older than the newest that is known changes nothing.
    pub async fn take_scans(&self, now: Millis, shipment: ShipmentId, told: Tracked, pace: Pace) -> Result<Taken> {
        let ctx = Ctx { actor: Actor::system(), now };
        let content = (shipment, told.clone());
        self.write(&ctx, new_command(), &content, move |tx| {
            Box::pin(async move { take(tx, shipment, told, pace).await })
        })
        .await
    }
}

async fn take(tx: &mut Tx<'_>, shipment: ShipmentId, told: Tracked, pace: Pace) -> Result<Taken> {
    let row = sql!("SELECT order_id FROM shipments WHERE id = $1").bind(shipment).optional(tx.conn).await?;
    let order: Option<OrderId> = row.map(|row| row.get("order_id")).transpose()?;
    let Some(order) = order else { return Ok(Taken::default()) };
    // Whoever changes the order by hand waits here, or has gone before: one of the two decides by what the other did.
    let Some(held) = status::hold(tx.conn, order).await? else { return Ok(Taken::default()) };
    let Some(known) = known(tx.conn, shipment).await? else { return Ok(Taken::default()) };
    if !told.raw.is_empty() {
        answers::keep(tx.conn, shipment, tx.ctx.now, &told.raw).await?;
    }
    let news = keep(tx, (shipment, known.carrier), news(&known, &told.scans)).await?;
    settle(tx, (shipment, &known), &told, (news.as_slice(), pace)).await?;
    let Some(last) = news.last() else { return Ok(Taken::default()) };
    // By its deal's board the news comes to whoever looks at the order just now.
    let funnel = funnel_of(tx.conn, held.deal).await?;
    tx.record(
        held.scope(funnel),
        Fact::ShipmentScanned { carrier: known.carrier, scan: last.kind, code: last.code.clone() },
    );
    let kinds: Vec<ScanKind> = news.iter().map(|scan| scan.kind).collect();
    Ok(Taken { news: news.len(), moved: follow_scans(tx, &held, &kinds).await? })
}

/// None of one that was taken back.
async fn known(conn: &mut Conn, shipment: ShipmentId) -> Result<Option<Known>> {
    let row = sql!(
        "SELECT carrier, created_at, scan_kind, scan_code, scanned_at, ended_at FROM shipments \
         WHERE id = $1 AND removed_at IS NULL"
    )
    .bind(shipment)
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Known {
        carrier: row.get("carrier")?,
        made_at: row.get("created_at")?,
        kind: row.get::<Option<String>>("scan_kind")?.and_then(|kind| ScanKind::parse(&kind)),
        code: row.get("scan_code")?,
        scanned_at: row.get("scanned_at")?,
        ended_at: row.get("ended_at")?,
    }))
}

/// A scan without a time is news if it is another than the last; where it stands, nobody else knows better.
fn news(known: &Known, scans: &[Scan]) -> Vec<Scan> {
    let is_news = |scan: &&Scan| match scan.dated {
        _ if scan.kind == ScanKind::NotFound => false,
        true => known.scanned_at.is_none_or(|last| scan.at >= last),
        false => known.code.as_ref() != Some(&scan.code),
    };
    scans.iter().filter(is_news).cloned().collect()
}

/// Those that were really not there yet.
async fn keep(tx: &mut Tx<'_>, (shipment, carrier): (ShipmentId, Carrier), scans: Vec<Scan>) -> Result<Vec<Scan>> {
    let mut kept = Vec::new();
    for scan in scans {
        let new = sql!(
            "INSERT INTO scans (shipment_id, at, code, kind, place, text) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (shipment_id, at, code) DO NOTHING"
        )
        .bind(shipment)
        .bind(scan.at)
        .bind(&scan.code)
        .bind(scan.kind)
        .bind(&scan.place)
        .bind(&scan.text)
        .run(tx.conn)
        .await?;
        if new == 0 {
            continue;
        }
        if scan.kind == ScanKind::Unknown {
            count_unknown(tx.conn, carrier, &scan, tx.ctx.now).await?;
        }
        kept.push(scan);
    }
    if !kept.is_empty() {
        forget_oldest(tx.conn, shipment).await?;
    }
    Ok(kept)
}

async fn forget_oldest(conn: &mut Conn, shipment: ShipmentId) -> Result<()> {
    sql!(
        "DELETE FROM scans WHERE shipment_id = $1 AND at < \
         (SELECT s.at FROM scans s WHERE s.shipment_id = $1 ORDER BY s.at DESC LIMIT 1 OFFSET $2)"
    )
    .bind(shipment)
    .bind(SCANS_KEPT_MAX - 1)
    .run(conn)
    .await
    .map(drop)
}

async fn count_unknown(conn: &mut Conn, carrier: Carrier, scan: &Scan, now: Millis) -> Result<()> {
    let row = sql!("SELECT COUNT(*) AS n FROM unknown_codes WHERE carrier = $1 AND code <> $2")
        .bind(carrier)
        .bind(&scan.code)
        .one(conn)
        .await?;
    // A carrier that says something else each time says nothing.
    if row.get::<i64>("n")? >= CODES_KEPT_MAX {
        return Ok(());
    }
    sql!(
        "INSERT INTO unknown_codes (carrier, code, first_at, last_at, count, text) VALUES ($1, $2, $3, $3, 1, $4) \
         ON CONFLICT (carrier, code) DO UPDATE SET last_at = excluded.last_at, count = unknown_codes.count + 1, \
         text = excluded.text"
    )
    .bind(carrier)
    .bind(&scan.code)
    .bind(now)
    .bind(&scan.text)
    .run(conn)
    .await
    .map(drop)
}

/// What is known of the parcel now, and when its carrier is asked again.
async fn settle(
    tx: &mut Tx<'_>,
    (shipment, known): (ShipmentId, &Known),
    told: &Tracked,
    (news, pace): (&[Scan], Pace),
) -> Result<()> {
    let now = tx.ctx.now;
    let unknown = told.scans.iter().any(|scan| scan.kind == ScanKind::NotFound).then_some(ScanKind::NotFound);
    let last = news.last();
    let kind = last.map(|scan| scan.kind).or(known.kind).or(unknown);
    let next = next_poll(known.made_at, kind, now, pace);
    let ended_at = match (next, last) {
        (Some(_), _) => None,
        (None, Some(last)) if last.kind.ends() => Some(last.at.min(now)),
        (None, _) => known.ended_at.or(Some(now)),
    };
    let scanned_at = news.iter().filter(|scan| scan.dated).map(|scan| scan.at).max();
    sql!(
        "UPDATE shipments SET failures = 0, next_poll_at = $2, ended_at = $3, scan_kind = $4, \
         scan_code = COALESCE($5, scan_code), scanned_at = COALESCE($6, scanned_at), \
         exception = COALESCE($7, exception), estimate_at = COALESCE($8, estimate_at), \
         town = CASE WHEN $9 = '' THEN town ELSE $9 END WHERE id = $1"
    )
    .bind(shipment)
    .bind(next.unwrap_or(now))
    .bind(ended_at)
    .bind(kind.map(|kind| kind.key().to_owned()))
    .bind(last.map(|scan| scan.code.clone()))
    .bind(scanned_at)
    .bind(last.map(|scan| i64::from(scan.exception)))
    .bind(told.estimate)
    .bind(&told.town)
    .run(tx.conn)
    .await
    .map(drop)
}
