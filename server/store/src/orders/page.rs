//! An order with everything its page shows, as of one moment.

use domain::auth::{Action, Actor, On, may};
use domain::board::Refusal;
use domain::ids::*;
use domain::orders::{
    CustomerContacts, FlagFacts, Order, OrderView, OtherDeal, OtherOrder, Scenario, Shipment, Status, Stay, WholeOrder,
};

use super::{queries, stays};
use crate::error::Result;
use crate::sight::sight;
use crate::sql::{Conn, sql};
use crate::{Ctx, Store, customers, log, shipments, statuses};

/// Of the customer's other orders and deals.
const OTHERS_MAX: i64 = 20;

impl Store {
    pub async fn order_page(&self, ctx: &Ctx, order: OrderId) -> Result<OrderView> {
        let (actor, now) = (ctx.actor.clone(), ctx.now);
        self.snapshot(move |conn| Box::pin(async move { page(conn, &actor, (order, now)).await })).await
    }
}

async fn page(conn: &mut Conn, actor: &Actor, (id, now): (OrderId, Millis)) -> Result<OrderView> {
    let WholeOrder { order, lines } = match queries::whole(conn, id).await? {
        Some(whole) if may(actor, Action::SeeDeals, On::Storefront(whole.order.storefront)) => whole,
        Some(_) | None => return Err(Refusal::NotFound.into()),
    };
    let live = statuses::live(conn, order.storefront).await?;
    let scenario = match order.scenario {
        Some(scenario) => {
            let all = statuses::scenarios_of(conn, order.storefront).await?;
            all.into_iter().find(|one| one.id == scenario)
        }
        None => None,
    };
    let stays = stays::of(conn, id).await?;
    let shipments = stays::shipments(conn, id).await?;
    let trouble = shipments::in_trouble(conn, id).await?;
    let customer = match order.customer {
        Some(customer) => Some(contacts(conn, customer).await?),
        None => None,
    };
    Ok(OrderView {
        next: next(&order, &live, scenario.as_ref()),
        facts: facts(&order, &stays, &shipments, trouble),
        thresholds: statuses::thresholds(conn, order.storefront).await?,
        other_orders: other_orders(conn, actor, &order).await?,
        other_deals: other_deals(conn, actor, &order).await?,
        events: log::of_order(conn, id).await?,
        statuses: live,
        order,
        lines,
        scenario,
        stays,
        shipments,
        customer,
        now,
    })
}

/// The scenario's next step first. An order without a status may begin anywhere.
fn next(order: &Order, live: &[Status], scenario: Option<&Scenario>) -> Vec<StatusId> {
    let Some(now) = &order.status else { return live.iter().map(|status| status.id).collect() };
    let known = live.iter().find(|status| status.id == now.id);
    let mut next = known.map_or_else(Vec::new, |status| status.next.clone());
    let usual = scenario.and_then(|scenario| scenario.after(now.id));
    // Stable: the others keep their order.
    next.sort_by_key(|status| Some(*status) != usual);
    next
}

fn facts(order: &Order, stays: &[Stay], shipments: &[Shipment], trouble: bool) -> Option<FlagFacts> {
    let (status, since) = (order.status.as_ref()?, order.status_since?);
    Some(FlagFacts {
        kind: status.kind,
        since,
        placed_at: order.placed_at,
        shipped_at: stays.iter().find(|stay| stay.status.kind.has_left()).map(|stay| stay.began_at),
        has_tracking: !shipments.is_empty(),
        carrier_exception: trouble,
    })
}

async fn contacts(conn: &mut Conn, id: CustomerId) -> Result<CustomerContacts> {
    let customers::Contacts { name, phone, email } = customers::contacts_now(conn, id).await?;
    Ok(CustomerContacts { id, name, phone, email })
}

async fn other_orders(conn: &mut Conn, actor: &Actor, order: &Order) -> Result<Vec<OtherOrder>> {
    let rows = sql!(
        "SELECT o.id, o.number, o.total, o.currency, o.placed_at, o.status_id, st.name AS status_name, \
         st.kind AS status_kind, st.colour AS status_colour FROM orders o LEFT JOIN statuses st ON st.id = o.status_id \
         WHERE o.customer_id = $1 AND o.id <> $2 \
         AND ($3 = '' OR $3 LIKE '%,' || CAST(o.storefront_id AS TEXT) || ',%') \
         ORDER BY o.placed_at DESC, o.id DESC LIMIT $4"
    )
    .bind(order.customer)
    .bind(order.id)
    .bind(sight(&actor.storefronts))
    .bind(OTHERS_MAX)
    .all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(OtherOrder {
                id: row.get("id")?,
                number: row.get("number")?,
                status: stays::name(row)?,
                total: row.get("total")?,
                currency: row.get("currency")?,
                placed_at: row.get("placed_at")?,
            })
        })
        .collect()
}

async fn other_deals(conn: &mut Conn, actor: &Actor, order: &Order) -> Result<Vec<OtherDeal>> {
    let rows = sql!(
        "SELECT d.id, d.funnel_id, g.name AS stage, d.first_line, d.sum, d.currency, d.created_at FROM deals d \
         JOIN stages g ON g.id = d.stage_id WHERE d.customer_id = $1 \
         AND (CAST($2 AS BIGINT) IS NULL OR d.id <> $2) \
         AND ($3 = '' OR $3 LIKE '%,' || CAST(d.storefront_id AS TEXT) || ',%') \
         ORDER BY d.created_at DESC, d.id DESC LIMIT $4"
    )
    .bind(order.customer)
    .bind(order.deal)
    .bind(sight(&actor.storefronts))
    .bind(OTHERS_MAX)
    .all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(OtherDeal {
                id: row.get("id")?,
                funnel: row.get("funnel_id")?,
                stage: row.get("stage")?,
                first_line: row.get("first_line")?,
                sum: row.get("sum")?,
                currency: row.get("currency")?,
                created_at: row.get("created_at")?,
            })
        })
        .collect()
}
