//! Rows into the board's types.

use domain::board::Card;
use domain::funnels::{Funnel, Stage};
use domain::ids::*;

use crate::error::Result;
use crate::sql::{Conn, Row, sql};

/// A card's columns: `deals d` joined with `customers c`.
pub const CARD: &str = "d.id, d.version AS version, d.storefront_id, d.funnel_id, d.stage_id, d.position, d.customer_id, \
    c.name AS customer_name, d.first_line, d.more_lines, d.sum, d.currency, d.responsible_id, d.source, d.order_number, \
    d.since, d.left_stage_id, d.created_at, d.deleted_in_shop, (SELECT o.status_id FROM orders o \
    WHERE o.deal_id = d.id AND o.status_id IS NOT NULL ORDER BY o.status_since DESC, o.id DESC LIMIT 1) AS status_id";

pub fn card(row: &Row) -> Result<Card> {
    Ok(Card {
        id: row.get("id")?,
        version: row.get("version")?,
        storefront: row.get("storefront_id")?,
        funnel: row.get("funnel_id")?,
        stage: row.get("stage_id")?,
        position: row.get("position")?,
        customer: row.get("customer_id")?,
        customer_name: row.get("customer_name")?,
        first_line: row.get("first_line")?,
        more_lines: row.get("more_lines")?,
        sum: row.get("sum")?,
        currency: row.get("currency")?,
        responsible: row.get("responsible_id")?,
        source: row.get("source")?,
        order_number: row.get("order_number")?,
        status: row.get("status_id")?,
        since: row.get("since")?,
        left: row.get("left_stage_id")?,
        created_at: row.get("created_at")?,
        deleted_in_shop: row.get("deleted_in_shop")?,
    })
}

/// A funnel that is not archived, with its stages in order.
pub async fn funnel(conn: &mut Conn, id: FunnelId) -> Result<Option<Funnel>> {
    let rows = sql!(
        "SELECT f.storefront_id, f.name AS funnel_name, s.id, s.name, s.colour, s.kind, s.limit_hours, s.public_name FROM funnels f \
         LEFT JOIN stages s ON s.funnel_id = f.id AND s.removed_at IS NULL \
         WHERE f.id = $1 AND f.archived_at IS NULL ORDER BY s.place, s.id"
    )
    .bind(id)
    .all(conn)
    .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let mut funnel =
        Funnel { id, storefront: first.get("storefront_id")?, name: first.get("funnel_name")?, stages: Vec::new() };
    for row in &rows {
        if row.get::<Option<StageId>>("id")?.is_some() {
            funnel.stages.push(stage(row)?);
        }
    }
    Ok(Some(funnel))
}

/// A funnel's stages in order, an archived funnel's too.
pub async fn stages(conn: &mut Conn, funnel: FunnelId) -> Result<Vec<Stage>> {
    sql!("SELECT id, name, colour, kind, limit_hours, public_name FROM stages WHERE funnel_id = $1 AND removed_at IS NULL ORDER BY place, id")
        .bind(funnel)
        .all(conn)
        .await?
        .iter()
        .map(stage)
        .collect()
}

pub fn stage(row: &Row) -> Result<Stage> {
    Ok(Stage {
        id: row.get("id")?,
        name: row.get("name")?,
        colour: row.get("colour")?,
        kind: row.get("kind")?,
        limit_hours: row.get("limit_hours")?,
        public_name: row.get("public_name")?,
    })
}
