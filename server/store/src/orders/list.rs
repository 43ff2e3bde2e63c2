//! The list of orders, a page at a time. A page begins where an index says: nothing is skipped row by row, and nothing
//! counts them all.

use domain::auth::{Action, On, may};
use domain::ids::*;
use domain::orders::{
    Flag, FlagFacts, OrderRow, OrdersAfter, OrdersAsked, OrdersFilter, OrdersOrder, OrdersPage, OrdersSort, Thresholds,
    flag,
};

use super::stays;
use crate::board::queries::{Wheres, day_start, escape_like};
use crate::error::Result;
use crate::sight::sight;
use crate::sql::{Row, Value, sql};
use crate::{Ctx, Store};

pub const LIST_MAX: i64 = 100;
const TEXT_CHARS_MAX: usize = domain::board::filter::TEXT_CHARS_MAX;

/// When it first left for its customer; NULL: not yet.
macro_rules! shipped_at {
    () => {
        "(SELECT MIN(y.began_at) FROM order_stays y JOIN statuses ys ON ys.id = y.status_id WHERE y.order_id = o.id \
         AND ys.kind IN ('shipped', 'in_transit', 'ready_for_pickup', 'delivered', 'returning', 'returned'))"
    };
}

macro_rules! tracked {
    () => {
        "EXISTS (SELECT 1 FROM shipments p WHERE p.order_id = o.id AND p.removed_at IS NULL)"
    };
}

/// Its carrier tells of trouble.
macro_rules! troubled {
    () => {
        "EXISTS (SELECT 1 FROM shipments e WHERE e.order_id = o.id AND e.removed_at IS NULL AND e.exception = 1)"
    };
}

macro_rules! left {
    () => {
        "s.kind IN ('shipped', 'in_transit', 'ready_for_pickup')"
    };
}

/// A flag's key as [`flag`] gives it, four times asked what time it is.
const FLAG_IS: &str = concat!(
    "CASE WHEN s.kind IN ('returning', 'returned') THEN 'returned' WHEN s.kind IN ('delivered', 'cancelled') THEN '' \
     WHEN ",
    troubled!(),
    " THEN 'exception' WHEN NOT (",
    left!(),
    ") AND ? - o.placed_at > COALESCE(f.unfulfilled_hours, 48) * 3600000 THEN 'unfulfilled' WHEN ",
    left!(),
    " AND NOT ",
    tracked!(),
    " AND ? - COALESCE(",
    shipped_at!(),
    ", o.status_since) > COALESCE(f.no_tracking_hours, 12) * 3600000 THEN 'no_tracking' \
     WHEN ? - o.status_since > COALESCE(f.stuck_hours, 72) * 3600000 THEN 'stuck' WHEN ",
    left!(),
    " AND ? - COALESCE(",
    shipped_at!(),
    ", o.status_since) > COALESCE(f.not_delivered_hours, 168) * 3600000 THEN 'not_delivered' ELSE '' END = ?"
);

const HEAD: &str = concat!(
    "SELECT o.id, o.number, o.storefront_id, f.name AS storefront_name, c.name AS customer_name, o.status_id, \
     s.name AS status_name, s.kind AS status_kind, s.colour AS status_colour, o.status_since, o.total, o.currency, \
     o.payment_method, o.paid, o.placed_at, o.deleted_at, d.responsible_id, f.unfulfilled_hours, f.no_tracking_hours, \
     f.stuck_hours, f.not_delivered_hours, CAST(CASE WHEN ",
    tracked!(),
    " THEN 1 ELSE 0 END AS BIGINT) AS tracked, CAST(CASE WHEN ",
    troubled!(),
    " THEN 1 ELSE 0 END AS BIGINT) AS troubled, ",
    shipped_at!(),
    " AS shipped_at FROM orders o JOIN storefronts f ON f.id = o.storefront_id \
     JOIN customers c ON c.id = o.customer_id LEFT JOIN statuses s ON s.id = o.status_id \
     LEFT JOIN deals d ON d.id = o.deal_id WHERE 1 = 1"
);

impl Store {
    /// At most `limit`, and never more than [`LIST_MAX`], of the storefronts that the asker sees.
    pub async fn orders_list(&self, ctx: &Ctx, asked: &OrdersAsked, limit: i64) -> Result<OrdersPage> {
        let limit = limit.clamp(1, LIST_MAX);
        let mut wheres = Wheres::default();
        wheres.push(
            "(CAST(? AS TEXT) = '' OR CAST(? AS TEXT) LIKE '%,' || CAST(o.storefront_id AS TEXT) || ',%')",
            [sight(&ctx.actor.storefronts).into(), sight(&ctx.actor.storefronts).into()],
        );
        narrow(&mut wheres, self, ctx, &asked.filter);
        if let Some(OrdersAfter { key, id }) = asked.after {
            wheres.push(beyond(asked.order), [key.into(), id.into()]);
        }
        let tail = format!("ORDER BY {} LIMIT {}", order(asked.order), limit + 1);
        let rows = wheres.select(HEAD, &tail).all(&mut self.reader().await?).await?;
        let more = rows.len() as i64 > limit;
        let rows = rows.iter().take(limit as usize).map(|found| row(found, ctx.now)).collect::<Result<_>>()?;
        Ok(OrdersPage { rows, more })
    }

    /// The one order that is called so, or whose parcel is; None where there is none, or several.
    pub async fn order_named(&self, ctx: &Ctx, text: &str) -> Result<Option<OrderId>> {
        let text: String = text.trim().chars().take(TEXT_CHARS_MAX).collect();
        if text.is_empty() {
            return Ok(None);
        }
        let rows = sql!(
            "SELECT o.id, o.storefront_id FROM storefronts f JOIN orders o ON o.storefront_id = f.id \
             AND o.number IN ($1, $2) WHERE o.customer_id IS NOT NULL AND ($4 = '' OR $4 LIKE '%,' || CAST(f.id AS TEXT) || ',%') \
             UNION SELECT o.id, o.storefront_id FROM shipments p JOIN orders o ON o.id = p.order_id WHERE p.number = $3 \
             AND p.removed_at IS NULL AND ($4 = '' OR $4 LIKE '%,' || CAST(o.storefront_id AS TEXT) || ',%') LIMIT 2"
        )
        .bind(&text)
        .bind(text.trim_start_matches(['#', '№', ' ']))
        .bind(parcel(&text))
        .bind(sight(&ctx.actor.storefronts))
        .all(&mut self.reader().await?)
        .await?;
        let [one] = rows.as_slice() else { return Ok(None) };
        let seen = may(&ctx.actor, Action::SeeDeals, On::Storefront(one.get("storefront_id")?));
        if seen { Ok(Some(one.get("id")?)) } else { Ok(None) }
    }
}

fn narrow(wheres: &mut Wheres, store: &Store, ctx: &Ctx, filter: &OrdersFilter) {
    if let Some(storefront) = filter.storefront {
        wheres.push("o.storefront_id = ?", [storefront.into()]);
    }
    if let Some(status) = filter.status {
        wheres.push("o.status_id = ?", [status.into()]);
    }
    if let Some(kind) = filter.kind {
        // Most orders have ended: there the order's own index is the quicker way, and a plus keeps others out.
        let condition = match kind.ends() {
            true => "+o.status_id IN (SELECT id FROM statuses WHERE kind = ?)",
            false => "o.status_id IN (SELECT id FROM statuses WHERE kind = ?)",
        };
        wheres.push(condition, [kind.into()]);
    }
    if let Some(flag) = filter.flag {
        // Few orders are on their way at a time.
        let way = match flag {
            Flag::Returned => "o.status_id IN (SELECT id FROM statuses WHERE kind IN ('returning', 'returned'))",
            Flag::Exception | Flag::Unfulfilled | Flag::NoTracking | Flag::Stuck | Flag::NotDelivered => {
                "o.status_id IN (SELECT id FROM statuses \
                 WHERE kind NOT IN ('delivered', 'cancelled', 'returning', 'returned'))"
            }
        };
        wheres.push(way, []);
        let now = || Value::from(ctx.now);
        wheres.push(FLAG_IS, [now(), now(), now(), now(), flag.key().into()]);
    }
    if let Some(start) = filter.from.and_then(|day| day_start(store, day, 0)) {
        wheres.push("o.placed_at >= ?", [start.into()]);
    }
    if let Some(end) = filter.to.and_then(|day| day_start(store, day, 1)) {
        wheres.push("o.placed_at < ?", [end.into()]);
    }
    if !filter.text.is_empty() {
        let text: String = filter.text.chars().take(TEXT_CHARS_MAX).collect();
        let lower = format!("%{}%", escape_like(&text.to_lowercase()));
        wheres.push(
            "(o.number LIKE ? ESCAPE '\\' OR LOWER(o.number) LIKE ? ESCAPE '\\' OR o.customer_id IN \
             (SELECT id FROM customers WHERE search LIKE ? ESCAPE '\\') OR o.id IN \
             (SELECT order_id FROM shipments WHERE number = ? AND removed_at IS NULL))",
            [format!("%{}%", escape_like(&text)).into(), lower.clone().into(), lower.into(), parcel(&text).into()],
        );
    }
}

/// A parcel's number as it is kept, however it was typed.
fn parcel(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_ascii_uppercase()
}

fn order(order: OrdersOrder) -> &'static str {
    match (order.by, order.ascending) {
        (OrdersSort::Placed, true) => "o.placed_at, o.id",
        (OrdersSort::Placed, false) => "o.placed_at DESC, o.id DESC",
        (OrdersSort::Sum, true) => "o.total, o.id",
        (OrdersSort::Sum, false) => "o.total DESC, o.id DESC",
        (OrdersSort::Since, true) => "COALESCE(o.status_since, o.placed_at), o.id",
        (OrdersSort::Since, false) => "COALESCE(o.status_since, o.placed_at) DESC, o.id DESC",
    }
}

/// What comes after a value and, among its equals, after an id: compared as a pair, so that an index leads there.
fn beyond(order: OrdersOrder) -> &'static str {
    match (order.by, order.ascending) {
        (OrdersSort::Placed, true) => "(o.placed_at, o.id) > (?, ?)",
        (OrdersSort::Placed, false) => "(o.placed_at, o.id) < (?, ?)",
        (OrdersSort::Sum, true) => "(o.total, o.id) > (?, ?)",
        (OrdersSort::Sum, false) => "(o.total, o.id) < (?, ?)",
        (OrdersSort::Since, true) => "(COALESCE(o.status_since, o.placed_at), o.id) > (?, ?)",
        (OrdersSort::Since, false) => "(COALESCE(o.status_since, o.placed_at), o.id) < (?, ?)",
    }
}

fn row(row: &Row, now: Millis) -> Result<OrderRow> {
    let status = stays::name(row)?;
    let (since, placed_at) = (row.get::<Option<Millis>>("status_since")?, row.get("placed_at")?);
    let facts = match (&status, since) {
        (Some(status), Some(since)) => Some(FlagFacts {
            kind: status.kind,
            since,
            placed_at,
            shipped_at: row.get("shipped_at")?,
            has_tracking: row.get("tracked")?,
            carrier_exception: row.get("troubled")?,
        }),
        (Some(_) | None, _) => None,
    };
    let thresholds = thresholds(row)?;
    Ok(OrderRow {
        id: row.get("id")?,
        number: row.get("number")?,
        storefront: row.get("storefront_id")?,
        storefront_name: row.get("storefront_name")?,
        customer_name: row.get("customer_name")?,
        status,
        since,
        flag: facts.and_then(|facts| flag(&facts, &thresholds, now)),
        total: row.get("total")?,
        currency: row.get("currency")?,
        payment_method: row.get("payment_method")?,
        paid: row.get("paid")?,
        placed_at,
        responsible: row.get("responsible_id")?,
        deleted: row.get::<Option<i64>>("deleted_at")?.is_some(),
    })
}

fn thresholds(row: &Row) -> Result<Thresholds> {
    let usual = Thresholds::default();
    let hours = |name: &str, usual: i64| Ok::<_, crate::Error>(row.get::<Option<i64>>(name)?.unwrap_or(usual));
    Ok(Thresholds {
        unfulfilled_hours: hours("unfulfilled_hours", usual.unfulfilled_hours)?,
        no_tracking_hours: hours("no_tracking_hours", usual.no_tracking_hours)?,
        stuck_hours: hours("stuck_hours", usual.stuck_hours)?,
        not_delivered_hours: hours("not_delivered_hours", usual.not_delivered_hours)?,
    })
}
