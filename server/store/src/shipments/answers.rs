//! What carriers said, as they said it: the last answers of each parcel, for whoever has to find out what went wrong.

use domain::ids::*;

use crate::error::Result;
use crate::sql::{Conn, sql};

/// Of one parcel.
pub(crate) const ANSWERS_KEPT_MAX: i64 = 20;

/// The same said again is kept once, with its latest time.
pub(super) async fn keep(conn: &mut Conn, shipment: ShipmentId, at: Millis, body: &str) -> Result<()> {
    let last = sql!("SELECT id, body FROM carrier_answers WHERE shipment_id = $1 ORDER BY id DESC LIMIT 1")
        .bind(shipment)
        .optional(conn)
        .await?;
    if let Some(last) = &last
        && last.get::<String>("body")? == body
    {
        let id: i64 = last.get("id")?;
        return sql!("UPDATE carrier_answers SET at = $2 WHERE id = $1").bind(id).bind(at).run(conn).await.map(drop);
    }
    sql!("INSERT INTO carrier_answers (shipment_id, at, body) VALUES ($1, $2, $3)")
        .bind(shipment)
        .bind(at)
        .bind(body)
        .run(conn)
        .await?;
    sql!(
        "DELETE FROM carrier_answers WHERE shipment_id = $1 AND id NOT IN \
         (SELECT id FROM carrier_answers WHERE shipment_id = $1 ORDER BY id DESC LIMIT $2)"
    )
    .bind(shipment)
    .bind(ANSWERS_KEPT_MAX)
    .run(conn)
    .await
    .map(drop)
}

/// Whether some are older than this.
pub(crate) async fn old(conn: &mut Conn, before: Millis) -> Result<bool> {
    let row = sql!("SELECT id FROM carrier_answers WHERE at < $1 LIMIT 1").bind(before).optional(conn).await?;
    Ok(row.is_some())
}

pub(crate) async fn forget(conn: &mut Conn, before: Millis, most: i64) -> Result<u64> {
    sql!("DELETE FROM carrier_answers WHERE id IN (SELECT id FROM carrier_answers WHERE at < $1 ORDER BY at LIMIT $2)")
        .bind(before)
        .bind(most)
        .run(conn)
        .await
}
