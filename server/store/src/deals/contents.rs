//! A deal's contents in rows: its lines, what the card says of them, what a search finds.

use domain::ids::DealId;
use domain::orders::Line;

use crate::error::Result;
use crate::sql::{Conn, Row, sql};

pub(crate) fn line(row: &Row) -> Result<Line> {
    Ok(Line { name: row.get("name")?, sku: row.get("sku")?, quantity: row.get("quantity")?, price: row.get("price")? })
}

/// The card's words for the lines: the first, and how many more.
pub(crate) fn headline(lines: &[Line]) -> (String, i64) {
    let first = lines.first().map(|line| match line.quantity {
        1 => line.name.clone(),
        quantity => format!("{} × {quantity}", line.name),
    });
    (first.unwrap_or_default(), lines.len().saturating_sub(1) as i64)
}

/// What a search looks through besides the customer, in lower case: the number and the goods.
pub(crate) fn search(number: Option<&str>, lines: &[Line]) -> String {
    let goods = lines.iter().flat_map(|line| [line.name.as_str(), line.sku.as_str()]);
    let words: Vec<&str> = number.into_iter().chain(goods).filter(|part| !part.is_empty()).collect();
    words.join("\n").to_lowercase()
}

pub(crate) async fn write_deal_lines(conn: &mut Conn, deal: DealId, lines: &[Line]) -> Result<()> {
    sql!("DELETE FROM deal_lines WHERE deal_id = $1").bind(deal).run(conn).await?;
    for (place, line) in (0i64..).zip(lines) {
        sql!("INSERT INTO deal_lines (deal_id, place, name, sku, quantity, price) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(deal)
            .bind(place)
            .bind(&line.name)
            .bind(&line.sku)
            .bind(line.quantity)
            .bind(line.price)
            .run(conn)
            .await?;
    }
    Ok(())
}
