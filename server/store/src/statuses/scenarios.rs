//! Changing a storefront's scenarios.

use domain::board::Refusal;
use domain::ids::*;
use domain::orders::{PaymentKind, SCENARIOS_MAX, Scenario, ScenarioChange, ScenarioForm, StatusFault};

use super::settings::tell;
use super::{allowed, install, live, lock, scenarios_of};
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Store, Tx};

impl Store {
    /// Answers with the scenarios as they are then.
    pub async fn change_scenario(&self, ctx: &Ctx, id: CommandId, change: ScenarioChange) -> Result<Vec<Scenario>> {
        let content = change.clone();
        self.write(ctx, id, &content, move |tx| Box::pin(async move { apply(tx, change).await })).await
    }
}

async fn apply(tx: &mut Tx<'_>, change: ScenarioChange) -> Result<Vec<Scenario>> {
    let storefront = match &change {
        ScenarioChange::Add { storefront, .. } | ScenarioChange::Install { storefront, .. } => *storefront,
        ScenarioChange::Edit { scenario, .. } | ScenarioChange::Remove { scenario } => {
            let row = sql!("SELECT storefront_id FROM scenarios WHERE id = $1 AND removed_at IS NULL").bind(*scenario);
            row.optional(tx.conn).await?.ok_or(Refusal::NotFound)?.get("storefront_id")?
        }
    };
    allowed(&tx.ctx.actor, storefront)?;
    lock(tx.conn, storefront).await?;
    let known = scenarios_of(tx.conn, storefront).await?;
    let full = known.len() >= SCENARIOS_MAX;
    match change {
        ScenarioChange::Add { .. } | ScenarioChange::Install { .. } if full => return Err(StatusFault::Full.into()),
        ScenarioChange::Add { form, .. } => {
            let form = checked(tx.conn, (storefront, known.as_slice(), None), form).await?;
            insert(tx.conn, storefront, &form.name, form.payment, &form.steps).await?;
        }
        ScenarioChange::Edit { scenario, form } => {
            let form = checked(tx.conn, (storefront, known.as_slice(), Some(scenario)), form).await?;
            sql!("UPDATE scenarios SET name = $2, payment = $3 WHERE id = $1")
                .bind(scenario)
                .bind(&form.name)
                .bind(form.payment.map(|payment| payment.key().to_owned()))
                .run(tx.conn)
                .await?;
            write_steps(tx.conn, scenario, &form.steps).await?;
        }
        ScenarioChange::Remove { scenario } => {
            sql!("UPDATE scenarios SET removed_at = $2 WHERE id = $1")
                .bind(scenario)
                .bind(tx.ctx.now)
                .run(tx.conn)
                .await?;
        }
        ScenarioChange::Install { preset, lang, .. } => {
            if known.iter().any(|scenario| scenario.name == preset.name(lang)) {
                return Err(StatusFault::NameTaken.into());
            }
            install::scenario(tx, storefront, preset, lang).await?;
        }
    }
    tell(tx, storefront);
    scenarios_of(tx.conn, storefront).await
}

async fn checked(
    conn: &mut Conn,
    (storefront, known, own): (StorefrontId, &[Scenario], Option<ScenarioId>),
    form: ScenarioForm,
) -> Result<ScenarioForm> {
    let form = form.checked(&live(conn, storefront).await?)?;
    let name = form.name.to_lowercase();
    let taken = known.iter().any(|scenario| Some(scenario.id) != own && scenario.name.to_lowercase() == name);
    if taken { Err(StatusFault::NameTaken.into()) } else { Ok(form) }
}

pub(super) async fn insert(
    conn: &mut Conn,
    storefront: StorefrontId,
    name: &str,
    payment: Option<PaymentKind>,
    steps: &[StatusId],
) -> Result<ScenarioId> {
    let id = sql!("INSERT INTO scenarios (storefront_id, name, payment) VALUES ($1, $2, $3) RETURNING id")
        .bind(storefront)
        .bind(name)
        .bind(payment.map(|payment| payment.key().to_owned()))
        .one(conn)
        .await?
        .get("id")?;
    write_steps(conn, id, steps).await?;
    Ok(id)
}

async fn write_steps(conn: &mut Conn, scenario: ScenarioId, steps: &[StatusId]) -> Result<()> {
    sql!("DELETE FROM scenario_steps WHERE scenario_id = $1").bind(scenario).run(conn).await?;
    for (place, status) in (0i64..).zip(steps) {
        sql!("INSERT INTO scenario_steps (scenario_id, place, status_id) VALUES ($1, $2, $3)")
            .bind(scenario)
            .bind(place)
            .bind(*status)
            .run(conn)
            .await?;
    }
    Ok(())
}
