//! The list of reasons for which a deal can be lost: one for the whole business.

use domain::auth::{Action, On, may};
use domain::board::{Limit, Refusal};
use domain::event::{Fact, Scope};
use domain::funnels::{LostReason, ReasonChange};
use domain::ids::*;

use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Seen, Store, Tx, names, turns};

const NAME_CHARS_MAX: usize = 80;
const REASONS_MAX: usize = 100;

impl Store {
    pub async fn lost_reasons(&self) -> Result<Vec<LostReason>> {
        lost_reasons(&mut self.reader().await?).await
    }

    /// Answers with the list as it is then.
    pub async fn change_lost_reasons(&self, ctx: &Ctx, id: CommandId, change: ReasonChange) -> Result<Vec<LostReason>> {
        self.change_lost_reasons_seen(ctx, id, (change, Seen::Any)).await
    }

    /// The same for whoever knows a state of the reason that they change.
    pub async fn change_lost_reasons_seen(
        &self,
        ctx: &Ctx,
        id: CommandId,
        (change, seen): (ReasonChange, Seen),
    ) -> Result<Vec<LostReason>> {
        self.write(ctx, id, &change.clone(), move |tx| Box::pin(async move { apply(tx, change, &seen).await })).await
    }
}

pub(crate) async fn lost_reasons(conn: &mut Conn) -> Result<Vec<LostReason>> {
    let rows =
        sql!("SELECT id, name FROM lost_reasons WHERE retired_at IS NULL ORDER BY id LIMIT 100").all(conn).await?;
    rows.iter().map(|row| Ok(LostReason { id: row.get("id")?, name: row.get("name")? })).collect()
}

/// PostgreSQL: whoever adds to the list or changes it does so alone, so that no name comes twice.
pub(crate) async fn lock_reasons(conn: &mut Conn) -> Result<()> {
    turns::take(conn, "lost reasons").await
}

/// The first funnel with a lost stage brings a list to begin with; one that was emptied on purpose stays empty.
pub(super) async fn begin(tx: &mut Tx<'_>, lang: domain::i18n::Lang) -> Result<()> {
    lock_reasons(tx.conn).await?;
    let ever: i64 = sql!("SELECT COUNT(*) AS n FROM lost_reasons").one(tx.conn).await?.get("n")?;
    if ever > 0 {
        return Ok(());
    }
    for name in domain::funnels::presets::lost_reasons(lang) {
        let row = sql!("INSERT INTO lost_reasons (name) VALUES ($1) RETURNING id").bind(name).one(tx.conn).await?;
        tx.record(Scope::default(), Fact::LostReasonAdded { reason: row.get("id")?, name: name.to_owned() });
    }
    Ok(())
}

async fn apply(tx: &mut Tx<'_>, change: ReasonChange, seen: &Seen) -> Result<Vec<LostReason>> {
    if !may(&tx.ctx.actor, Action::ManageLostReasons, On::Business) {
        return Err(Refusal::NotAllowed.into());
    }
    lock_reasons(tx.conn).await?;
    let known = lost_reasons(tx.conn).await?;
    let fact = match change {
        ReasonChange::Add { name } => {
            let name = checked(&name, &known, None)?;
            if known.len() >= REASONS_MAX {
                return Err(Limit::TooMany.into());
            }
            let row = sql!("INSERT INTO lost_reasons (name) VALUES ($1) RETURNING id").bind(&name).one(tx.conn).await?;
            Fact::LostReasonAdded { reason: row.get("id")?, name }
        }
        ReasonChange::Rename { reason, name } => {
            seen.holds(find(&known, reason)?)?;
            let name = checked(&name, &known, Some(reason))?;
            sql!("UPDATE lost_reasons SET name = $2 WHERE id = $1").bind(reason).bind(&name).run(tx.conn).await?;
            Fact::LostReasonRenamed { reason, name }
        }
        ReasonChange::Retire { reason } => {
            let retired = find(&known, reason)?;
            seen.holds(retired)?;
            let name = retired.name.clone();
            let now = tx.ctx.now;
            sql!("UPDATE lost_reasons SET retired_at = $2 WHERE id = $1").bind(reason).bind(now).run(tx.conn).await?;
            Fact::LostReasonRetired { reason, name }
        }
    };
    tx.record(Scope::default(), fact);
    lost_reasons(tx.conn).await
}

fn find(known: &[LostReason], reason: LostReasonId) -> Result<&LostReason> {
    Ok(known.iter().find(|known| known.id == reason).ok_or(Refusal::NotFound)?)
}

fn checked(name: &str, known: &[LostReason], except: Option<LostReasonId>) -> Result<String> {
    let name = names::checked(name, NAME_CHARS_MAX)?;
    if known.iter().any(|reason| Some(reason.id) != except && reason.name == name) {
        return Err(Limit::NameTaken.into());
    }
    Ok(name)
}
