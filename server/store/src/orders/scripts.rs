//! Changes of status that scripts ask for: they need not know where an order stands.

use domain::auth::{Action, On, may};
use domain::board::Refusal;
use domain::ids::*;
use domain::orders::{ChangeStatus, OrderView, StatusDetails};
use serde::Serialize;

use super::status;
use crate::error::Result;
use crate::sql::sql;
use crate::{Ctx, Store, Tx};

/// Takes an order into a status. `seen`: the version that the script knows; None: whatever it is.
#[derive(Clone, Debug, Serialize)]
pub struct PutStatus {
    pub command: CommandId,
    pub order: OrderId,
    /// The status in which the script saw it; None: wherever it is.
    pub from: Option<StatusId>,
    pub seen: Option<i64>,
    pub to: StatusId,
    pub details: Option<StatusDetails>,
    pub override_reason: Option<String>,
}

impl Store {
    /// Answers with the order's page as it is then: a repetition too.
    pub async fn put_status(&self, ctx: &Ctx, asked: PutStatus) -> Result<OrderView> {
        let (content, id, order) = (asked.clone(), asked.command, asked.order);
        self.write(ctx, id, &content, move |tx| Box::pin(async move { put(tx, asked).await })).await?;
        self.order_page(ctx, order).await
    }
}

async fn put(tx: &mut Tx<'_>, asked: PutStatus) -> Result<()> {
    let PutStatus { command, order, from, seen, to, details, override_reason } = asked;
    let held = status::hold(tx.conn, order).await?.ok_or(Refusal::NotFound)?;
    // Whoever may not change it, or see it, learns that from the rule itself.
    if let Some(seen) = seen.filter(|_| may(&tx.ctx.actor, Action::MoveDeal, On::Storefront(held.storefront))) {
        let row = sql!("SELECT version FROM orders WHERE id = $1").bind(order).one(tx.conn).await?;
        let version: i64 = row.get("version")?;
        if seen != version {
            return Err(Refusal::Edited { version }.into());
        }
    }
    let from = from.or(held.status);
    status::change(tx, &held, &ChangeStatus { command, order, from, to, details, override_reason }).await
}
