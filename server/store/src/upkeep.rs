//! Keeping the database well: settings of the whole business, backup, restore, tidying, and the check that the log and
//! the rows agree.

mod backup;
mod check;
mod dump;
mod restore;
mod tables;
mod tidy;

pub use restore::restore;
pub use tables::{TABLES, Table};

use domain::auth::{Action, On, Who, may};
use domain::board::Refusal;
use domain::event::{Fact, Scope};
use domain::ids::CommandId;

use crate::error::Result;
use crate::sql::sql;
use crate::{Ctx, Store};

impl Store {
    /// Whether the demo's background customer is on; None: this is no demo shop.
    pub async fn demo(&self) -> Result<Option<bool>> {
        let row = sql!("SELECT value FROM settings WHERE key = 'demo'").optional(&mut self.reader().await?).await?;
        row.map(|row| Ok(row.get::<String>("value")? == "on")).transpose()
    }

    /// Switches the background customer; the system's first time marks the shop as a demo.
    pub async fn switch_demo(&self, ctx: &Ctx, id: CommandId, on: bool) -> Result<()> {
        self.write(ctx, id, &on, move |tx| {
            Box::pin(async move {
                if !may(&tx.ctx.actor, Action::RunDemo, On::Business) {
                    return Err(Refusal::NotAllowed.into());
                }
                let word = if on { "on" } else { "off" };
                // A demo's owner comes in by a link that every start prints: a real shop never becomes one.
                let known = sql!("UPDATE settings SET value = $1 WHERE key = 'demo'").bind(word).run(tx.conn).await?;
                if known == 0 && tx.ctx.actor.who == Who::System {
                    // Two servers of a new demo may start at once.
                    sql!(
                        "INSERT INTO settings (key, value) VALUES ('demo', $1) \
                         ON CONFLICT (key) DO UPDATE SET value = excluded.value"
                    )
                    .bind(word)
                    .run(tx.conn)
                    .await?;
                } else if known == 0 {
                    return Err(Refusal::NotFound.into());
                }
                tx.record(Scope::default(), Fact::DemoSwitched { on });
                Ok(())
            })
        })
        .await
    }
}
