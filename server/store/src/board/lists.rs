//! Deals across funnels, a page at a time, in the order that a script asks for.

use domain::board::sort::{Cursor, Sort, SortBy};
use domain::board::{Card, Filter};
use domain::ids::*;

use super::queries::{PAGE_MAX, Wheres};
use super::rows::{self, CARD};
use crate::error::Result;
use crate::{Ctx, Store};

/// Which deals, in which order, from where on.
#[derive(Clone, Debug, Default)]
pub struct DealsAsked {
    pub funnel: Option<FunnelId>,
    pub stage: Option<StageId>,
    pub filter: Filter,
    pub sort: Sort,
    /// None: from the first.
    pub after: Option<Cursor>,
}

impl Store {
    /// At most `limit`, and never more than [`PAGE_MAX`].
    pub async fn deals_sorted(&self, ctx: &Ctx, asked: &DealsAsked, limit: i64) -> Result<Vec<Card>> {
        let mut wheres = Wheres::new(self, ctx, &asked.filter);
        if let Some(funnel) = asked.funnel {
            wheres.push("d.funnel_id = ?", [funnel.into()]);
        }
        if let Some(stage) = asked.stage {
            wheres.push("d.stage_id = ?", [stage.into()]);
        }
        if let Some(Cursor { value, deal }) = asked.after {
            wheres.push(beyond(asked.sort), [value.into(), value.into(), deal.into()]);
        }
        let limit = limit.clamp(1, PAGE_MAX);
        let head = format!(
            "SELECT {CARD} FROM deals d JOIN customers c ON c.id = d.customer_id LEFT JOIN stages s ON s.id = d.stage_id \
             WHERE 1 = 1"
        );
        let tail = format!("ORDER BY {} LIMIT {limit}", order(asked.sort));
        let mut conn = self.reader().await?;
        wheres.select(&head, &tail).all(&mut conn).await?.iter().map(rows::card).collect()
    }
}

fn order(sort: Sort) -> &'static str {
    match (sort.by, sort.descending) {
        (SortBy::Id, false) => "d.id",
        (SortBy::Id, true) => "d.id DESC",
        (SortBy::Created, false) => "d.created_at, d.id",
        (SortBy::Created, true) => "d.created_at DESC, d.id DESC",
        (SortBy::Sum, false) => "d.sum, d.id",
        (SortBy::Sum, true) => "d.sum DESC, d.id DESC",
        (SortBy::Since, false) => "d.since, d.id",
        (SortBy::Since, true) => "d.since DESC, d.id DESC",
    }
}

/// What comes after a value and, among its equals, after an id.
fn beyond(sort: Sort) -> &'static str {
    match (sort.by, sort.descending) {
        (SortBy::Id, false) => "(d.id > ? OR (d.id = ? AND d.id > ?))",
        (SortBy::Id, true) => "(d.id < ? OR (d.id = ? AND d.id < ?))",
        (SortBy::Created, false) => "(d.created_at > ? OR (d.created_at = ? AND d.id > ?))",
        (SortBy::Created, true) => "(d.created_at < ? OR (d.created_at = ? AND d.id < ?))",
        (SortBy::Sum, false) => "(d.sum > ? OR (d.sum = ? AND d.id > ?))",
        (SortBy::Sum, true) => "(d.sum < ? OR (d.sum = ? AND d.id < ?))",
        (SortBy::Since, false) => "(d.since > ? OR (d.since = ? AND d.id > ?))",
        (SortBy::Since, true) => "(d.since < ? OR (d.since = ? AND d.id < ?))",
    }
}
