//! How long an order is in which status: the stay that it is in ends, and the next begins.

use domain::ids::*;
use domain::orders::{Shipment, StatusDetails, StatusMoved, StatusName, Stay};

use crate::Tx;
use crate::error::{Error, Result};
use crate::many::Many;
use crate::sql::{Conn, Row, sql};

/// Writes a decided change: the order's row, its stays, what was told, its parcel.
pub(crate) async fn write(tx: &mut Tx<'_>, order: OrderId, moved: &StatusMoved) -> Result<()> {
    let now = tx.ctx.now;
    sql!("UPDATE orders SET status_id = $2, status_since = $3, version = version + 1 WHERE id = $1")
        .bind(order)
        .bind(moved.to)
        .bind(now)
        .run(tx.conn)
        .await?;
    sql!("UPDATE order_stays SET ended_at = $2 WHERE order_id = $1 AND ended_at IS NULL")
        .bind(order)
        .bind(now)
        .run(tx.conn)
        .await?;
    let details = moved.details.as_ref().map(serde_json::to_string).transpose()?;
    sql!(
        "INSERT INTO order_stays (order_id, status_id, began_at, actor, details, override_reason) \
         VALUES ($1, $2, $3, $4, $5, $6)"
    )
    .bind(order)
    .bind(moved.to)
    .bind(now)
    .bind(tx.ctx.actor.who.to_string())
    .bind(details)
    .bind(moved.override_reason.clone())
    .run(tx.conn)
    .await?;
    if let Some(StatusDetails::Shipment { carrier, number }) = &moved.details {
        sql!("INSERT INTO shipments (order_id, carrier, number, created_at) VALUES ($1, $2, $3, $4)")
            .bind(order)
            .bind(*carrier)
            .bind(number)
            .bind(now)
            .run(tx.conn)
            .await?;
    }
    Ok(())
}

/// The first stays of new orders; their rows hold the status already.
pub(super) async fn begin_all(tx: &mut Tx<'_>, begun: &[(OrderId, StatusId, Millis)]) -> Result<()> {
    let actor = tx.ctx.actor.who.to_string();
    let mut rows = Many::of("order_stays", &["order_id", "status_id", "began_at", "actor"]);
    for (order, status, since) in begun {
        rows.push([(*order).into(), (*status).into(), (*since).into(), actor.as_str().into()]);
    }
    rows.insert(tx.conn).await
}

/// All that an order's way has left, for one that goes altogether.
pub(crate) async fn forget(conn: &mut Conn, order: OrderId) -> Result<()> {
    sql!("DELETE FROM order_stays WHERE order_id = $1").bind(order).run(conn).await?;
    sql!("DELETE FROM shipments WHERE order_id = $1").bind(order).run(conn).await?;
    Ok(())
}

/// The oldest first.
pub(super) async fn of(conn: &mut Conn, order: OrderId) -> Result<Vec<Stay>> {
    let rows = sql!(
        "SELECT y.began_at, y.ended_at, y.actor, y.details, y.override_reason, s.id AS status_id, \
         s.name AS status_name, s.kind AS status_kind, s.colour AS status_colour FROM order_stays y \
         JOIN statuses s ON s.id = y.status_id WHERE y.order_id = $1 ORDER BY y.id"
    )
    .bind(order)
    .all(conn)
    .await?;
    rows.iter().map(stay).collect()
}

fn stay(row: &Row) -> Result<Stay> {
    let actor: String = row.get("actor")?;
    let details: Option<String> = row.get("details")?;
    Ok(Stay {
        status: name(row)?.ok_or_else(|| Error::Corrupt("a stay has no status".into()))?,
        began_at: row.get("began_at")?,
        ended_at: row.get("ended_at")?,
        actor: actor.parse().map_err(|()| Error::Corrupt(format!("{actor:?} is no author")))?,
        details: details.map(|details| serde_json::from_str(&details)).transpose()?,
        override_reason: row.get("override_reason")?,
    })
}

/// Of columns that begin with `status_`; a join may have found none.
pub(super) fn name(row: &Row) -> Result<Option<StatusName>> {
    let Some(id) = row.get::<Option<StatusId>>("status_id")? else { return Ok(None) };
    let name = StatusName {
        id,
        name: row.get("status_name")?,
        kind: row.get("status_kind")?,
        colour: row.get("status_colour")?,
    };
    Ok(Some(name))
}

/// Where an order was before it came to where it is, if it came there at this moment.
pub(super) async fn before(conn: &mut Conn, order: OrderId, came_at: Millis) -> Result<Option<StatusId>> {
    let rows =
        sql!("SELECT status_id, began_at, ended_at FROM order_stays WHERE order_id = $1 ORDER BY id DESC LIMIT 2")
            .bind(order)
            .all(conn)
            .await?;
    let [now, before] = rows.as_slice() else { return Ok(None) };
    let came = now.get::<i64>("began_at")? == came_at && before.get::<Option<i64>>("ended_at")? == Some(came_at);
    if came { Ok(Some(before.get("status_id")?)) } else { Ok(None) }
}

/// Those that were not taken back, the oldest first.
pub(super) async fn shipments(conn: &mut Conn, order: OrderId) -> Result<Vec<Shipment>> {
    let rows = sql!(
        "SELECT id, carrier, number, created_at FROM shipments WHERE order_id = $1 AND removed_at IS NULL ORDER BY id"
    )
    .bind(order)
    .all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Shipment {
                id: row.get("id")?,
                carrier: row.get("carrier")?,
                number: row.get("number")?,
                created_at: row.get("created_at")?,
            })
        })
        .collect()
}
