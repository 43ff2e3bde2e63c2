//! The way of a deal's order, as far as its customer may know it: public names, times, a parcel's number, a day. Why
//! something happened and who did it stays inside.

use domain::ids::*;
use domain::orders::{StatusDetails, StatusKind};
use domain::tracking::{OrderWay, Parcel, PublicStatus, order_steps};

use super::Told;
use crate::error::Result;
use crate::shipments;
use crate::sql::{Conn, Row, sql};

/// The last ones of an order that goes back and forth.
const STAYS_MAX: i64 = 200;

/// With when it came to where it is. None: the deal has no order that has a status.
pub(super) async fn of_deal(conn: &mut Conn, (deal, at): (DealId, Millis)) -> Result<Option<(Told, Millis)>> {
    let row = sql!(
        "SELECT id, storefront_id, status_id, status_since, scenario_id, placed_at FROM orders \
         WHERE deal_id = $1 AND status_id IS NOT NULL ORDER BY id DESC LIMIT 1"
    )
    .bind(deal)
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (order, now): (OrderId, StatusId) = (row.get("id")?, row.get("status_id")?);
    let since = row.get::<Option<Millis>>("status_since")?;
    let since = since.map_or_else(|| row.get("placed_at"), Ok)?;
    let statuses = statuses(conn, row.get("storefront_id")?).await?;
    let scenario = match row.get::<Option<ScenarioId>>("scenario_id")? {
        Some(scenario) => steps(conn, scenario).await?,
        None => Vec::new(),
    };
    let stays = stays(conn, order).await?;
    let mut arrivals: Vec<(StatusId, Millis)> = stays.iter().map(|stay| (stay.status, stay.began_at)).collect();
    if arrivals.last().is_none_or(|(last, _)| *last != now) {
        arrivals.push((now, since));
    }
    let way = OrderWay { now, statuses: &statuses, scenario: &scenario, arrivals: &arrivals };
    let told = order_steps(&way);
    let until = match stays.into_iter().next_back().and_then(|stay| stay.details) {
        Some(StatusDetails::Delay { until, .. }) if told.kind == Some(StatusKind::Delayed) => Some(until),
        Some(_) | None => None,
    };
    let parcel = match told.kind.filter(|kind| kind.has_left()) {
        Some(kind) => parcel(conn, order, (kind, at)).await?,
        None => None,
    };
    Ok(Some((Told { steps: told.steps, until, parcel }, since)))
}

async fn statuses(conn: &mut Conn, storefront: StorefrontId) -> Result<Vec<PublicStatus>> {
    let rows = sql!(
        "SELECT id, kind, public_name, public_text, retired_at FROM statuses WHERE storefront_id = $1 ORDER BY place, id"
    )
    .bind(storefront)
    .all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(PublicStatus {
                id: row.get("id")?,
                kind: row.get("kind")?,
                name: row.get("public_name")?,
                text: row.get("public_text")?,
                retired: row.get::<Option<Millis>>("retired_at")?.is_some(),
            })
        })
        .collect()
}

async fn steps(conn: &mut Conn, scenario: ScenarioId) -> Result<Vec<StatusId>> {
    let rows = sql!("SELECT status_id FROM scenario_steps WHERE scenario_id = $1 ORDER BY place")
        .bind(scenario)
        .all(conn)
        .await?;
    rows.iter().map(|row| row.get("status_id")).collect()
}

struct Stay {
    status: StatusId,
    began_at: Millis,
    details: Option<StatusDetails>,
}

/// The oldest first.
async fn stays(conn: &mut Conn, order: OrderId) -> Result<Vec<Stay>> {
    let rows =
        sql!("SELECT status_id, began_at, details FROM order_stays WHERE order_id = $1 ORDER BY id DESC LIMIT $2")
            .bind(order)
            .bind(STAYS_MAX)
            .all(conn)
            .await?;
    rows.iter().rev().map(stay).collect()
}

fn stay(row: &Row) -> Result<Stay> {
    let details: Option<String> = row.get("details")?;
    let details = details.map(|details| serde_json::from_str(&details)).transpose()?;
    Ok(Stay { status: row.get("status_id")?, began_at: row.get("began_at")?, details })
}

/// The last that was sent. Of one that waits for its customer, or goes back, nothing is expected.
async fn parcel(conn: &mut Conn, order: OrderId, (kind, at): (StatusKind, Millis)) -> Result<Option<Parcel>> {
    let row = sql!(
        "SELECT id, carrier, number FROM shipments WHERE order_id = $1 AND removed_at IS NULL ORDER BY id DESC LIMIT 1"
    )
    .bind(order)
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let expected = match kind {
        StatusKind::Shipped | StatusKind::InTransit => shipments::estimate_of(conn, row.get("id")?, at).await?,
        _ => None,
    };
    Ok(Some(Parcel { carrier: row.get("carrier")?, number: row.get("number")?, expected }))
}
