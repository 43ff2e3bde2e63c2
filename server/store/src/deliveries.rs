//! Deliveries of shops: taken in, and recorded in the transaction of what they brought. What was signed wrongly is
//! counted and nothing more.

use domain::auth::{Action, Actor, On, Storefronts, may};
use domain::board::Refusal;
use domain::ids::*;
pub use domain::intake::{Brought, Delivery, Forged, Outcome, RECORD_PAGE, RecordFilter};
use domain::orders::IncomingOrder;
use futures::future::BoxFuture;
use serde::Serialize;
use tokio::sync::oneshot;

use crate::error::{Error, Result};
use crate::orders::{self, Arrival, Received};
use crate::sql::{Conn, Row, Sql, Value, sql};
use crate::tx::new_command;
use crate::writer::Job;
use crate::{Ctx, Store, Tx};

const HOUR_MS: i64 = 3_600_000;
/// How far back wrong signatures are told of: older ones were noticed, or don't matter.
pub const FORGED_TOLD_MS: i64 = 7 * 86_400_000;
const FORGED_MAX: i64 = 600;

/// By which door something came, and what it called itself.
#[derive(Clone, Debug, Serialize)]
pub struct Came {
    pub storefront: StorefrontId,
    pub door: &'static str,
    pub topic: String,
    /// It was kept, and is read again.
    pub intake: Option<IntakeId>,
}

/// What a delivery says.
#[derive(Clone, Debug)]
pub enum Said {
    Order(Box<IncomingOrder>, Arrival),
    Deleted {
        external_id: String,
    },
    /// None of our business.
    Nothing,
}

/// What a delivery left behind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Traces {
    pub order: Option<OrderId>,
    pub deal: Option<DealId>,
    pub intake: Option<IntakeId>,
}

impl Store {
    /// Takes in what a shop sent, as the shop itself.
    pub async fn take_delivery(&self, now: Millis, came: Came, said: Said) -> Result<Received> {
        let ctx = Ctx { actor: Actor::shop(came.storefront), now };
        self.write(&ctx, new_command(), &came.clone(), move |tx| Box::pin(async move { take(tx, &came, said).await }))
            .await
    }

    /// Somebody who knows a hook's address, and not its secret.
    pub async fn count_forged(&self, now: Millis, storefront: StorefrontId, door: &'static str) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        self.submit(CountForged { storefront, door, now, result: Ok(()), reply: Some(reply) })?;
        answer.await.map_err(|_| Error::Closed)?
    }

    /// A page of the record, the newest first; `before` is the last of the page before it.
    pub async fn deliveries(
        &self,
        ctx: &Ctx,
        filter: &RecordFilter,
        before: Option<DeliveryId>,
    ) -> Result<Vec<Delivery>> {
        if !may(&ctx.actor, Action::SeeIntake, On::Business) {
            return Err(Refusal::NotAllowed.into());
        }
        let rows = page(ctx, filter, before).all(&mut self.reader().await?).await?;
        rows.iter().map(delivery).collect()
    }

    /// Wrong signatures of late, by storefront and door.
    pub async fn forged(&self, ctx: &Ctx) -> Result<Vec<Forged>> {
        if !may(&ctx.actor, Action::SeeIntake, On::Business) {
            return Err(Refusal::NotAllowed.into());
        }
        let rows = sql!(
            "SELECT storefront_id, door, CAST(SUM(times) AS BIGINT) AS n, CAST(MAX(last_at) AS BIGINT) AS latest \
             FROM forged WHERE last_at > $1 GROUP BY storefront_id, door ORDER BY latest DESC LIMIT $2"
        )
        .bind(ctx.now - FORGED_TOLD_MS)
        .bind(FORGED_MAX)
        .all(&mut self.reader().await?)
        .await?;
        let all: Vec<Forged> = rows.iter().map(forged).collect::<Result<_>>()?;
        Ok(all.into_iter().filter(|one| ctx.actor.storefronts.contains(one.storefront)).collect())
    }
}

async fn take(tx: &mut Tx<'_>, came: &Came, said: Said) -> Result<Received> {
    let (received, outcome) = match said {
        Said::Nothing => (Received { order: None, deal: None, unchanged: true }, Outcome::Ignored),
        Said::Order(order, arrival) => with_outcome(orders::receive(tx, came.storefront, *order, arrival).await?),
        Said::Deleted { external_id } => with_outcome(orders::delete(tx, came.storefront, external_id).await?),
    };
    let traces = Traces { order: received.order, deal: received.deal, intake: came.intake };
    record(tx, came, outcome, traces).await?;
    Ok(received)
}

fn with_outcome(received: Received) -> (Received, Outcome) {
    let outcome = if received.unchanged { Outcome::Unchanged } else { Outcome::Taken };
    (received, outcome)
}

pub(crate) async fn record(tx: &mut Tx<'_>, came: &Came, outcome: Outcome, traces: Traces) -> Result<()> {
    sql!(
        "INSERT INTO deliveries (storefront_id, door, topic, received_at, outcome, order_id, deal_id, intake_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    )
    .bind(came.storefront)
    .bind(came.door)
    .bind(&came.topic)
    .bind(tx.ctx.now)
    .bind(outcome)
    .bind(traces.order)
    .bind(traces.deal)
    .bind(traces.intake)
    .run(tx.conn)
    .await
    .map(drop)
}

/// A deal that has gone, or whose funnel has, is no longer led to.
fn page(ctx: &Ctx, filter: &RecordFilter, before: Option<DeliveryId>) -> Sql {
    let mut conditions = String::new();
    let mut values: Vec<Value> = Vec::new();
    let mut and = |condition: &str, value: Value| {
        values.push(value);
        conditions.push_str(&format!(" AND {condition}").replace('?', &format!("${}", values.len())));
    };
    if let Storefronts::Some(list) = &ctx.actor.storefronts {
        let list: String = list.iter().map(|id| format!(",{id},")).collect();
        and("? LIKE '%,' || CAST(v.storefront_id AS TEXT) || ',%'", list.into());
    }
    if let Some(storefront) = filter.storefront {
        and("v.storefront_id = ?", storefront.into());
    }
    if let Some(outcome) = filter.outcome {
        and("v.outcome = ?", outcome.into());
    }
    if let Some(before) = before {
        and("v.id < ?", before.into());
    }
    let text = format!(
        "SELECT v.id, v.storefront_id, v.door, v.topic, v.received_at, v.outcome, l.id AS deal_id, \
         f.id AS funnel_id, l.order_number FROM deliveries v LEFT JOIN deals l ON l.id = v.deal_id \
         LEFT JOIN funnels f ON f.id = l.funnel_id AND f.archived_at IS NULL \
         WHERE 1 = 1{conditions} ORDER BY v.id DESC LIMIT {RECORD_PAGE}"
    );
    values.into_iter().fold(Sql::assembled(text), Sql::bind)
}

fn delivery(row: &Row) -> Result<Delivery> {
    let (deal, funnel): (Option<DealId>, Option<FunnelId>) = (row.get("deal_id")?, row.get("funnel_id")?);
    let number = row.get("order_number")?;
    let deal = deal.zip(funnel).map(|(deal, funnel)| Brought { deal, funnel, number });
    Ok(Delivery {
        id: row.get("id")?,
        storefront: row.get("storefront_id")?,
        door: row.get("door")?,
        topic: row.get("topic")?,
        received_at: row.get("received_at")?,
        outcome: row.get("outcome")?,
        deal,
    })
}

fn forged(row: &Row) -> Result<Forged> {
    Ok(Forged {
        storefront: row.get("storefront_id")?,
        door: row.get("door")?,
        times: row.get("n")?,
        last_at: row.get("latest")?,
    })
}

/// No command: whoever sends it again means another one, and each would leave its answer behind for days.
struct CountForged {
    storefront: StorefrontId,
    door: &'static str,
    now: Millis,
    result: Result<()>,
    reply: Option<oneshot::Sender<Result<()>>>,
}

impl Job for CountForged {
    fn run<'c>(&'c mut self, conn: &'c mut Conn) -> BoxFuture<'c, bool> {
        Box::pin(async move {
            let counted = sql!(
                "INSERT INTO forged (storefront_id, door, hour, times, last_at) VALUES ($1, $2, $3, 1, $4) \
                 ON CONFLICT (storefront_id, door, hour) DO UPDATE SET times = forged.times + 1, \
                 last_at = excluded.last_at"
            )
            .bind(self.storefront)
            .bind(self.door)
            .bind(self.now - self.now.rem_euclid(HOUR_MS))
            .bind(self.now)
            .run(conn)
            .await;
            self.result = counted.map(drop);
            self.result.is_ok()
        })
    }

    fn answer(self: Box<Self>, commit: Result<()>) {
        if let Some(reply) = self.reply {
            let _ = reply.send(self.result.and(commit));
        }
    }
}
