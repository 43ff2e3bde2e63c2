//! Deals across funnels, a page at a time, in the order that a script asks for.

use domain::board::sort::{Cursor, Sort, SortBy};
use domain::board::{Card, Filter};
use domain::ids::*;

use super::queries::{PAGE_MAX, Wheres};
use super::rows::{self, CARD};
use crate::error::Result;
use crate::sql::Sql;
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
        let rows = self.sorted(ctx, asked, limit).all(&mut self.reader().await?).await?;
        rows.iter().map(rows::card).collect()
    }

    /// How SQLite finds them, a step a line.
    pub async fn plan_of_sorted(&self, ctx: &Ctx, asked: &DealsAsked) -> Result<Vec<String>> {
        let steps = self.sorted(ctx, asked, PAGE_MAX).plan().all(&mut self.reader().await?).await?;
        steps.iter().map(|step| step.get("detail")).collect()
    }

    fn sorted(&self, ctx: &Ctx, asked: &DealsAsked, limit: i64) -> Sql {
        let mut wheres = Wheres::new(self, ctx, &asked.filter);
        if let Some(funnel) = asked.funnel {
            wheres.push("d.funnel_id = ?", [funnel.into()]);
        }
        if let Some(stage) = asked.stage {
            wheres.push("d.stage_id = ?", [stage.into()]);
        }
        if let Some(Cursor { value, deal }) = asked.after {
            match beyond(asked.sort) {
                Beyond::Id(condition) => wheres.push(condition, [deal.into()]),
                Beyond::Both(condition) => wheres.push(condition, [value.into(), deal.into()]),
            }
        }
        let limit = limit.clamp(1, PAGE_MAX);
        let head = format!(
            "SELECT {CARD} FROM deals d JOIN customers c ON c.id = d.customer_id LEFT JOIN stages s ON s.id = d.stage_id \
             WHERE 1 = 1"
        );
        wheres.select(&head, &format!("ORDER BY {} LIMIT {limit}", order(asked.sort)))
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

/// What comes after a place in an order. Said as one comparison, an index begins there.
enum Beyond {
    Id(&'static str),
    /// After a value and, among its equals, after an id.
    Both(&'static str),
}

fn beyond(sort: Sort) -> Beyond {
    match (sort.by, sort.descending) {
        (SortBy::Id, false) => Beyond::Id("d.id > ?"),
        (SortBy::Id, true) => Beyond::Id("d.id < ?"),
        (SortBy::Created, false) => Beyond::Both("(d.created_at, d.id) > (?, ?)"),
        (SortBy::Created, true) => Beyond::Both("(d.created_at, d.id) < (?, ?)"),
        (SortBy::Sum, false) => Beyond::Both("(d.sum, d.id) > (?, ?)"),
        (SortBy::Sum, true) => Beyond::Both("(d.sum, d.id) < (?, ?)"),
        (SortBy::Since, false) => Beyond::Both("(d.since, d.id) > (?, ?)"),
        (SortBy::Since, true) => Beyond::Both("(d.since, d.id) < (?, ?)"),
    }
}
