//! Orders and their ways: the last word of the log is where the row is, and one stay is open, that one.

use std::collections::HashMap;

use domain::ids::*;

use super::Problems;
use crate::error::Result;
use crate::sql::{Conn, sql};

/// `told`: the status that the log last took each order to.
pub(super) async fn compare(conn: &mut Conn, told: &HashMap<OrderId, StatusId>, problems: &mut Problems) -> Result<()> {
    let rows = sql!(
        "SELECT o.id, o.status_id, (SELECT COUNT(*) FROM order_stays y WHERE y.order_id = o.id AND y.ended_at IS NULL) \
         AS open, (SELECT COUNT(*) FROM order_stays y WHERE y.order_id = o.id AND y.ended_at IS NULL \
         AND y.status_id = o.status_id AND y.began_at = o.status_since) AS own, \
         (SELECT COUNT(*) FROM statuses s WHERE s.id = o.status_id AND s.storefront_id = o.storefront_id) AS fits \
         FROM orders o ORDER BY o.id"
    )
    .all(conn)
    .await?;
    for row in &rows {
        let (order, status): (OrderId, Option<StatusId>) = (row.get("id")?, row.get("status_id")?);
        let (open, own, fits): (i64, i64, i64) = (row.get("open")?, row.get("own")?, row.get("fits")?);
        if let Some(told) = told.get(&order)
            && status != Some(*told)
        {
            problems.tell(format!("Order {order} has another status in the rows than in the log."));
        }
        let expected = i64::from(status.is_some());
        if (open, own) != (expected, expected) {
            problems.tell(format!("The stays of order {order} do not lead to its status."));
        }
        if fits != expected {
            problems.tell(format!("Order {order} has a status of another storefront."));
        }
    }
    Ok(())
}
