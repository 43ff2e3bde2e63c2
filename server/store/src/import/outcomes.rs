//! What became of each row, written in one statement.

use domain::ids::*;
use domain::import::{Counts, Outcome};
use serde::Serialize;

use crate::error::Result;
use crate::sql::{Conn, sql};

#[derive(Serialize)]
pub(super) struct RowOutcome {
    place: i64,
    pub outcome: &'static str,
    pub wrong: Option<String>,
    pub deal: Option<DealId>,
    #[serde(rename = "bought")]
    pub order: Option<OrderId>,
    pub customer: Option<CustomerId>,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl RowOutcome {
    pub fn of(place: i64, outcome: Outcome) -> Self {
        let outcome = outcome.key();
        Self { place, outcome, wrong: None, deal: None, order: None, customer: None, before: None, after: None }
    }
}

pub(super) fn count(counts: &mut Counts, rows: &[RowOutcome]) {
    for row in rows {
        counts.done += 1;
        match Outcome::parse(row.outcome) {
            Some(Outcome::Made) => counts.made += 1,
            Some(Outcome::Changed) => counts.changed += 1,
            Some(Outcome::Left) => counts.left += 1,
            Some(Outcome::Refused) => counts.refused += 1,
            Some(Outcome::Joined) | None => {}
        }
    }
}

pub(super) async fn write(conn: &mut Conn, import: ImportId, rows: &[RowOutcome]) -> Result<()> {
    sql!(
        sqlite: "UPDATE import_rows SET outcome = json_extract(v.value, '$.outcome'), \
                 wrong = json_extract(v.value, '$.wrong'), deal_id = json_extract(v.value, '$.deal'), \
                 order_id = json_extract(v.value, '$.bought'), customer_id = json_extract(v.value, '$.customer'), \
                 customer_before = json_extract(v.value, '$.before'), customer_after = json_extract(v.value, '$.after') \
                 FROM json_each($2) AS v \
                 WHERE import_rows.import_id = $1 AND import_rows.place = json_extract(v.value, '$.place')",
        postgres: "UPDATE import_rows SET outcome = v.outcome, wrong = v.wrong, deal_id = v.deal, order_id = v.bought, \
                   customer_id = v.customer, customer_before = v.before, customer_after = v.after \
                   FROM json_to_recordset(CAST($2 AS JSON)) AS v(place BIGINT, outcome TEXT, wrong TEXT, deal BIGINT, \
                   bought BIGINT, customer BIGINT, before TEXT, after TEXT) \
                   WHERE import_rows.import_id = $1 AND import_rows.place = v.place",
    )
    .bind(import)
    .bind(serde_json::to_string(rows)?)
    .run(conn)
    .await
    .map(drop)
}
