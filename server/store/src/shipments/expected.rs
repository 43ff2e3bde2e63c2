//! When a parcel may be expected.

use domain::carriers::{HISTORY_MOST, Past, estimate};
use domain::ids::*;
use domain::orders::Carrier;

use crate::error::Result;
use crate::sql::{Conn, Row, sql};

/// A parcel that is on its way.
pub(super) struct Sent<'a> {
    pub storefront: StorefrontId,
    pub carrier: Carrier,
    pub town: &'a str,
    pub sent_at: Millis,
    /// By the carrier.
    pub promised: Option<Millis>,
}

/// By the carrier, else as long as it takes this storefront's parcels with the same carrier.
pub(super) async fn expected(conn: &mut Conn, sent: &Sent<'_>, now: Millis) -> Result<Option<Millis>> {
    let past = match sent.promised {
        Some(_) => Past::default(),
        None => past(conn, sent).await?,
    };
    Ok(estimate(sent.promised, sent.sent_at, &past, now))
}

async fn past(conn: &mut Conn, sent: &Sent<'_>) -> Result<Past> {
    let anywhere = sql!(
        "SELECT s.ended_at - s.created_at AS took FROM shipments s JOIN orders o ON o.id = s.order_id \
         WHERE s.carrier = $1 AND s.ended_at IS NOT NULL AND s.scan_kind = 'delivered' AND s.removed_at IS NULL \
         AND o.storefront_id = $2 ORDER BY s.ended_at DESC LIMIT $3"
    )
    .bind(sent.carrier)
    .bind(sent.storefront)
    .bind(HISTORY_MOST)
    .all(conn)
    .await?;
    if sent.town.is_empty() {
        return Ok(Past { to_town: Vec::new(), anywhere: took(&anywhere)? });
    }
    let to_town = sql!(
        "SELECT s.ended_at - s.created_at AS took FROM shipments s JOIN orders o ON o.id = s.order_id \
         WHERE s.carrier = $1 AND s.ended_at IS NOT NULL AND s.scan_kind = 'delivered' AND s.removed_at IS NULL \
         AND o.storefront_id = $2 AND s.town = $4 ORDER BY s.ended_at DESC LIMIT $3"
    )
    .bind(sent.carrier)
    .bind(sent.storefront)
    .bind(HISTORY_MOST)
    .bind(sent.town)
    .all(conn)
    .await?;
    Ok(Past { to_town: took(&to_town)?, anywhere: took(&anywhere)? })
}

fn took(rows: &[Row]) -> Result<Vec<Millis>> {
    rows.iter().map(|row| row.get("took")).collect()
}
