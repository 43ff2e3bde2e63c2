//! When a parcel may be expected.

use domain::carriers::{HISTORY_MOST, Past, ScanKind, estimate};
use domain::ids::*;
use domain::orders::Carrier;

use crate::error::Result;
use crate::sql::{Conn, sql};

/// Parcels that have ended, of all storefronts: a customer's page waits for no more of them.
const LOOKED_THROUGH_MAX: i64 = 2_000;

/// A parcel that is on its way.
pub(super) struct Sent<'a> {
    pub storefront: StorefrontId,
    pub carrier: Carrier,
    pub town: &'a str,
    pub sent_at: Millis,
    /// By the carrier.
    pub promised: Option<Millis>,
}

/// Of one parcel.
pub(crate) async fn estimate_of(conn: &mut Conn, shipment: ShipmentId, now: Millis) -> Result<Option<Millis>> {
    let row = sql!(
        "SELECT o.storefront_id, s.carrier, s.town, s.created_at, s.estimate_at, s.scan_kind, s.ended_at \
         FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.id = $1"
    )
    .bind(shipment)
    .one(conn)
    .await?;
    let kind = row.get::<Option<String>>("scan_kind")?.and_then(|kind| ScanKind::parse(&kind));
    if !is_coming(kind, row.get("ended_at")?) {
        return Ok(None);
    }
    let town: String = row.get("town")?;
    let sent = Sent {
        storefront: row.get("storefront_id")?,
        carrier: row.get("carrier")?,
        town: &town,
        sent_at: row.get("created_at")?,
        promised: row.get("estimate_at")?,
    };
    expected(conn, &sent, now).await
}

/// What waits for its customer, goes back or was given up is not expected.
pub(super) fn is_coming(kind: Option<ScanKind>, ended_at: Option<Millis>) -> bool {
    ended_at.is_none() && kind.is_none_or(ScanKind::is_coming)
}

/// By the carrier, else as long as it takes this storefront's parcels with the same carrier.
pub(super) async fn expected(conn: &mut Conn, sent: &Sent<'_>, now: Millis) -> Result<Option<Millis>> {
    let past = match sent.promised {
        Some(_) => Past::default(),
        None => past(conn, sent).await?,
    };
    Ok(estimate(sent.promised, sent.sent_at, &past, now))
}

/// The newest ones.
async fn past(conn: &mut Conn, sent: &Sent<'_>) -> Result<Past> {
    let rows = sql!(
        "SELECT s.ended_at - s.created_at AS took, s.town FROM (SELECT order_id, town, created_at, ended_at \
         FROM shipments WHERE carrier = $1 AND ended_at IS NOT NULL AND scan_kind = 'delivered' AND removed_at IS NULL \
         ORDER BY ended_at DESC LIMIT $3) s JOIN orders o ON o.id = s.order_id WHERE o.storefront_id = $2 \
         ORDER BY s.ended_at DESC"
    )
    .bind(sent.carrier)
    .bind(sent.storefront)
    .bind(LOOKED_THROUGH_MAX)
    .all(conn)
    .await?;
    let mut past = Past::default();
    for row in &rows {
        let (took, town): (Millis, String) = (row.get("took")?, row.get("town")?);
        let there = !town.is_empty() && town == sent.town;
        for list in [Some(&mut past.anywhere), there.then_some(&mut past.to_town)].into_iter().flatten() {
            if (list.len() as i64) < HISTORY_MOST {
                list.push(took);
            }
        }
    }
    Ok(past)
}
