//! The goods of a page of deals or orders, in one question.

use std::collections::HashMap;

use crate::error::Result;
use crate::sql::{Conn, Sql};

/// Names with their quantities, in their order.
pub type Goods = Vec<(String, i64)>;

#[derive(Clone, Copy)]
pub(super) enum Of {
    Deals,
    Orders,
}

pub(super) async fn of(conn: &mut Conn, what: Of, ids: &[i64]) -> Result<HashMap<i64, Goods>> {
    let mut found: HashMap<i64, Goods> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let (table, owner) = match what {
        Of::Deals => ("deal_lines", "deal_id"),
        Of::Orders => ("order_lines", "order_id"),
    };
    let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    let places = places.join(", ");
    let text = format!(
        "SELECT {owner} AS owner, name, quantity FROM {table} WHERE {owner} IN ({places}) ORDER BY {owner}, place"
    );
    let rows = ids.iter().fold(Sql::assembled(text), |sql, id| sql.bind(*id)).all(conn).await?;
    for row in &rows {
        found.entry(row.get("owner")?).or_default().push((row.get("name")?, row.get("quantity")?));
    }
    Ok(found)
}
