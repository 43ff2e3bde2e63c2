//! Driving imports on: a process takes one up, works through it command by command, and another goes on where it stopped.

use std::sync::{Arc, Mutex, PoisonError};

use domain::auth::{Actor, Role, Storefronts};
use domain::event::Fact;
use domain::ids::*;
use domain::import::{Counts, Failure, Import, ImportState};
use serde::{Deserialize, Serialize};

use super::hold::Hold;
use super::plan::Seen;
use super::{batch, commands, rows};
use crate::auth::actor_now;
use crate::error::{Error, Result};
use crate::sql::sql;
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

/// PostgreSQL: for so long after its last word, nobody else takes over what a process drives.
pub const LEASE_MS: Millis = 30_000;

/// An import that this process drives.
pub struct Run {
    pub import: Import,
    /// It had been begun by a process that is no more.
    pub resumed: bool,
    driver: String,
    seen: Arc<Mutex<Seen>>,
    hold: Hold,
}

/// What a command answers: the import without its headings and its mapping, which do not change.
#[derive(Serialize, Deserialize)]
struct Step {
    state: ImportState,
    failure: Option<Failure>,
    counts: Counts,
    ended_at: Option<Millis>,
}

impl Store {
    /// The next import that has something to do and that nobody drives. `driver` is the process's own name.
    pub async fn claim_import(&self, driver: &str, now: Millis) -> Result<Option<Run>> {
        let going = sql!(
            "SELECT id FROM imports WHERE state IN ('checking', 'running', 'undoing') AND (driver IS NULL OR driver = $1 \
             OR driven_until < $2 OR CAST($3 AS BIGINT) = 1) LIMIT 1"
        );
        let going = going.bind(driver).bind(now).bind(!self.is_postgres());
        // Looked for among the readers first: an idle shop writes nothing.
        if going.optional(&mut self.reader().await?).await?.is_none() {
            return Ok(None);
        }
        let Some(hold) = Hold::take(self.db())? else { return Ok(None) };
        let ctx = Ctx { actor: Actor::system(), now };
        let name = driver.to_owned();
        let claimed: Option<(ImportId, bool)> =
            self.write(&ctx, new_command(), &driver, move |tx| Box::pin(async move { claim(tx, &name).await })).await?;
        let Some((id, resumed)) = claimed else { return Ok(None) };
        let import = rows::find(&mut self.reader().await?, id).await?;
        Ok(import.map(|import| Run { import, resumed, driver: driver.to_owned(), seen: Arc::default(), hold }))
    }

    /// Works through the next rows, for whoever started it, with the rights that they have now.
    pub async fn run_batch(&self, run: &mut Run, now: Millis) -> Result<Import> {
        let (driving, actor) = {
            let mut conn = self.reader().await?;
            let driving = rows::driving(&mut conn, run.import.id).await?;
            let actor = actor_now(&mut conn, driving.acts_for, now).await?;
            (driving, actor)
        };
        if driving.by_another(&run.driver, now) {
            // It was silent for too long, and somebody else has taken it over.
            return Err(Error::Busy);
        }
        if driving.driver.is_none() {
            // It was stopped and started anew since the last rows, perhaps by somebody else and with another mapping.
            run.seen = Arc::default();
        }
        let who = driving.acts_for;
        let actor = actor.unwrap_or(Actor { who, role: Role::Viewer, storefronts: Storefronts::Some(Vec::new()) });
        let ctx = Ctx { actor, now };
        let (id, driver, seen, zone) = (run.import.id, run.driver.clone(), run.seen.clone(), self.zone().clone());
        let step: Step = self
            .write(&ctx, new_command(), &("batch", id), move |tx| {
                Box::pin(async move {
                    // Taken out while it is worked with: an undone transaction's rows come again and know their places.
                    let mut met = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
                    let result = batch::step(tx, id, &zone, &mut met).await;
                    *seen.lock().unwrap_or_else(PoisonError::into_inner) = met;
                    let Import { state, failure, counts, ended_at, .. } = result?;
                    // Started anew between the look and this command: these rows are not for whom they were taken.
                    if rows::driving(tx.conn, id).await? != driving {
                        return Err(Error::Busy);
                    }
                    keep_lease(tx, id, &driver).await?;
                    Ok(Step { state, failure, counts, ended_at })
                })
            })
            .await?;
        let Step { state, failure, counts, ended_at } = step;
        run.import = Import { state, failure, counts, ended_at, ..run.import.clone() };
        if !run.import.state.is_going() {
            run.hold.let_go();
        }
        Ok(run.import.clone())
    }

    /// It can't go on because of something on our side.
    pub async fn fail_import(&self, run: &Run, now: Millis) -> Result<()> {
        let ctx = Ctx { actor: Actor::system(), now };
        let id = run.import.id;
        self.write(&ctx, new_command(), &("fail", id), move |tx| {
            Box::pin(async move {
                match rows::find_held(tx.conn, id).await? {
                    Some(import) if import.state.is_going() => {
                        commands::fail(tx, import, Failure::Broken).await.map(drop)
                    }
                    Some(_) | None => Ok(()),
                }
            })
        })
        .await?;
        run.hold.let_go();
        Ok(())
    }

    /// Somebody else may take it over at once.
    pub async fn release_import(&self, run: &Run, now: Millis) -> Result<()> {
        let ctx = Ctx { actor: Actor::system(), now };
        let (id, driver) = (run.import.id, run.driver.clone());
        self.write(&ctx, new_command(), &("release", id), move |tx| {
            Box::pin(async move {
                sql!("UPDATE imports SET driven_until = 0 WHERE id = $1 AND driver = $2")
                    .bind(id)
                    .bind(driver)
                    .run(tx.conn)
                    .await
                    .map(drop)
            })
        })
        .await?;
        run.hold.let_go();
        Ok(())
    }
}

/// Takes the first one up. One that had a driver before is gone on with.
async fn claim(tx: &mut Tx<'_>, driver: &str) -> Result<Option<(ImportId, bool)>> {
    let row = sql!(
        sqlite: "SELECT id, driver FROM imports WHERE state IN ('checking', 'running', 'undoing') AND $1 <> '' AND $2 > 0 \
                 ORDER BY id LIMIT 1",
        postgres: "SELECT id, driver FROM imports WHERE state IN ('checking', 'running', 'undoing') AND (driver IS NULL \
                   OR driver = $1 OR driven_until < $2) ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED",
    );
    let Some(row) = row.bind(driver).bind(tx.ctx.now).optional(tx.conn).await? else { return Ok(None) };
    let id: ImportId = row.get("id")?;
    let before: Option<String> = row.get("driver")?;
    let resumed = before.is_some_and(|before| before != driver);
    sql!("UPDATE imports SET driver = $2, driven_until = $3, resumed = resumed + $4 WHERE id = $1")
        .bind(id)
        .bind(driver)
        .bind(tx.ctx.now + LEASE_MS)
        .bind(resumed)
        .run(tx.conn)
        .await?;
    let Some(import) = rows::find(tx.conn, id).await? else { return Ok(None) };
    if import.state == ImportState::Checking {
        // What a check has met is remembered by its driver alone: a new one begins anew, and has lost nothing.
        let counts = Counts { total: import.counts.total, ..Counts::default() };
        rows::keep(tx.conn, &Import { counts, ..import }).await?;
        sql!("UPDATE imports SET at_place = 0 WHERE id = $1").bind(id).run(tx.conn).await?;
    } else if resumed {
        let done = import.counts.done;
        commands::tell(tx, &import, Fact::ImportResumed { import: id, done });
    }
    Ok(Some((id, resumed)))
}

async fn keep_lease(tx: &mut Tx<'_>, id: ImportId, driver: &str) -> Result<()> {
    sql!("UPDATE imports SET driver = $2, driven_until = $3 WHERE id = $1")
        .bind(id)
        .bind(driver)
        .bind(tx.ctx.now + LEASE_MS)
        .run(tx.conn)
        .await
        .map(drop)
}
