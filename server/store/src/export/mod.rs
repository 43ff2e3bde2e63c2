//! Lists as they are taken out: page by page, each a short read of its own that begins after the last row of the one
//! before, so that a hundred thousand rows hold neither memory nor a transaction.

mod customers;
mod deals;
mod events;
mod goods;
mod orders;
mod products;

pub use customers::CustomerRow;
pub use deals::DealRow;
pub use goods::Goods;
pub use orders::OrderRow;
pub use products::ProductRow;

use domain::auth::{Action, On, Storefronts, may};
use domain::board::{Filter, Refusal};
use domain::event::{Fact, Scope};
use domain::export::List;
use domain::ids::*;
use serde::Serialize;

use crate::auth::actor_now;
use crate::board::queries::{day_start, visible_funnel};
use crate::error::Result;
use crate::sql::sql;
use crate::tx::new_command;
use crate::{Ctx, Store, Tx, log};

/// Rows of one page.
pub const PAGE: i64 = 500;

/// What is asked for. Deals are narrowed down as on a board; the other lists by storefront and days alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wanted {
    pub list: List,
    pub funnel: Option<FunnelId>,
    pub filter: Filter,
}

/// A list on its way out. Only [`Store::begin_export`] makes one: whoever has it was allowed to, and it is in the log.
pub struct Export {
    ctx: Ctx,
    wanted: Wanted,
    /// The last row's id.
    after: i64,
    /// Where the log ended when it began.
    end: Seq,
}

impl Store {
    pub async fn begin_export(&self, ctx: &Ctx, wanted: Wanted) -> Result<Export> {
        let asked = wanted.clone();
        let end =
            self.write(ctx, new_command(), &wanted, move |tx| Box::pin(async move { begin(tx, &asked).await })).await?;
        Ok(Export { ctx: ctx.clone(), wanted, after: 0, end })
    }
}

async fn begin(tx: &mut Tx<'_>, wanted: &Wanted) -> Result<Seq> {
    if !may(&tx.ctx.actor, Action::Export, On::Business) {
        return Err(Refusal::NotAllowed.into());
    }
    let storefront = wanted.filter.storefront;
    if let Some(id) = storefront {
        let known = sql!("SELECT id FROM storefronts WHERE id = $1").bind(id).optional(tx.conn).await?;
        if known.is_none() || !may(&tx.ctx.actor, Action::Export, On::Storefront(id)) {
            return Err(Refusal::NotFound.into());
        }
    }
    if let Some(funnel) = wanted.funnel {
        visible_funnel(tx.conn, &tx.ctx.actor, funnel).await?;
    }
    let end = log::last(tx.conn).await?;
    tx.record(Scope { storefront, ..Scope::default() }, Fact::Exported { list: wanted.list });
    Ok(end)
}

impl Export {
    pub fn list(&self) -> List {
        self.wanted.list
    }

    /// A file may be taken for half an hour: whoever has left meanwhile, or sees less than when it began, gets no more
    /// of it.
    pub async fn still_allowed(&self, store: &Store) -> Result<()> {
        let Ctx { actor: then, now } = &self.ctx;
        let actor = actor_now(&mut store.reader().await?, then.who, *now).await?;
        let allowed = actor.is_some_and(|actor| {
            let sees = actor.role >= then.role && covers(&actor.storefronts, &then.storefronts);
            sees && may(&actor, Action::Export, On::Business)
        });
        if allowed { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
    }

    /// From the first day's first millisecond to before the last day's end.
    fn days(&self, store: &Store) -> (Millis, Millis) {
        let from = self.wanted.filter.from.and_then(|day| day_start(store, day, 0));
        let to = self.wanted.filter.to.and_then(|day| day_start(store, day, 1));
        (from.unwrap_or(Millis::MIN), to.unwrap_or(Millis::MAX))
    }

    /// 0 for every storefront that the actor sees.
    fn storefront(&self) -> i64 {
        self.wanted.filter.storefront.map_or(0, |id| id.0)
    }
}

/// Whether somebody who sees these storefronts now sees all that they saw then.
fn covers(now: &Storefronts, then: &Storefronts) -> bool {
    match then {
        Storefronts::All => *now == Storefronts::All,
        Storefronts::Some(list) => list.iter().all(|storefront| now.contains(*storefront)),
    }
}
