//! A storefront's statuses and scenarios, the bond with a funnel, and when an order is late.

pub(crate) mod bond;
pub(crate) mod install;
mod order_settings;
mod retire;
mod scenarios;
mod settings;

use std::collections::HashMap;

use domain::auth::{Action, Actor, On, may};
use domain::board::Refusal;
use domain::ids::*;
use domain::orders::{Scenario, Status};

pub(crate) use order_settings::{makes_deals, thresholds};

use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Store};

impl Store {
    /// The live ones, in order.
    pub async fn statuses(&self, ctx: &Ctx, storefront: StorefrontId) -> Result<Vec<Status>> {
        seen(&ctx.actor, storefront)?;
        self.snapshot(move |conn| Box::pin(async move { live(conn, storefront).await })).await
    }

    pub async fn scenarios(&self, ctx: &Ctx, storefront: StorefrontId) -> Result<Vec<Scenario>> {
        seen(&ctx.actor, storefront)?;
        self.snapshot(move |conn| Box::pin(async move { scenarios_of(conn, storefront).await })).await
    }
}

pub(crate) async fn live(conn: &mut Conn, storefront: StorefrontId) -> Result<Vec<Status>> {
    let steps = sql!(
        "SELECT st.from_id, st.to_id FROM status_steps st JOIN statuses f ON f.id = st.from_id \
         WHERE f.storefront_id = $1 ORDER BY st.from_id, st.place"
    )
    .bind(storefront)
    .all(conn)
    .await?;
    let mut next: HashMap<StatusId, Vec<StatusId>> = HashMap::new();
    for row in &steps {
        next.entry(row.get("from_id")?).or_default().push(row.get("to_id")?);
    }
    let rows = sql!(
        "SELECT id, name, colour, kind, public_name, public_text FROM statuses \
         WHERE storefront_id = $1 AND retired_at IS NULL ORDER BY place, id"
    )
    .bind(storefront)
    .all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let id: StatusId = row.get("id")?;
            Ok(Status {
                id,
                storefront,
                name: row.get("name")?,
                colour: row.get("colour")?,
                kind: row.get("kind")?,
                public_name: row.get("public_name")?,
                public_text: row.get("public_text")?,
                next: next.remove(&id).unwrap_or_default(),
            })
        })
        .collect()
}

pub(crate) async fn scenarios_of(conn: &mut Conn, storefront: StorefrontId) -> Result<Vec<Scenario>> {
    let steps = sql!(
        "SELECT ss.scenario_id, ss.status_id FROM scenario_steps ss JOIN scenarios s ON s.id = ss.scenario_id \
         WHERE s.storefront_id = $1 AND s.removed_at IS NULL ORDER BY ss.scenario_id, ss.place"
    )
    .bind(storefront)
    .all(conn)
    .await?;
    let mut of: HashMap<ScenarioId, Vec<StatusId>> = HashMap::new();
    for row in &steps {
        of.entry(row.get("scenario_id")?).or_default().push(row.get("status_id")?);
    }
    let rows =
        sql!("SELECT id, name, payment FROM scenarios WHERE storefront_id = $1 AND removed_at IS NULL ORDER BY id")
            .bind(storefront)
            .all(conn)
            .await?;
    rows.iter()
        .map(|row| {
            let id: ScenarioId = row.get("id")?;
            let payment = match row.get::<Option<String>>("payment")? {
                Some(_) => Some(row.get("payment")?),
                None => None,
            };
            let steps = of.remove(&id).unwrap_or_default();
            Ok(Scenario { id, storefront, name: row.get("name")?, payment, steps })
        })
        .collect()
}

pub(crate) fn seen(actor: &Actor, storefront: StorefrontId) -> Result<()> {
    if may(actor, Action::SeeDeals, On::Storefront(storefront)) { Ok(()) } else { Err(Refusal::NotFound.into()) }
}

/// Whoever may change a storefront's funnels may change how its orders go.
pub(crate) fn allowed(actor: &Actor, storefront: StorefrontId) -> Result<()> {
    seen(actor, storefront)?;
    let may_so = may(actor, Action::ManageFunnels, On::Storefront(storefront));
    if may_so { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

/// PostgreSQL: one change of a storefront's statuses at a time. The storefront must be there.
pub(crate) async fn lock(conn: &mut Conn, storefront: StorefrontId) -> Result<()> {
    let row = sql!(
        sqlite: "SELECT id FROM storefronts WHERE id = $1",
        postgres: "SELECT id FROM storefronts WHERE id = $1 FOR NO KEY UPDATE",
    );
    row.bind(storefront).optional(conn).await?.ok_or(Refusal::NotFound)?;
    Ok(())
}
