//! An order comes into another status: by its page, by its deal's move, by its shop's word.

use std::collections::HashSet;

use domain::auth::{Action, On, may};
use domain::board::{Limit, Refusal};
use domain::event::{Fact, Scope};
use domain::ids::*;
use domain::orders::{
    ChangeMany, ChangeStatus, ManyChanged, OrderFault, OrderView, ShopStatus, Situation, Status, StatusDetails,
    StatusMoved, decide_status, follows, named,
};

use super::{carry, stays};
use crate::catalog::{self, Goods, Turn};
use crate::error::{Error, Result};
use crate::sql::{Conn, sql};
use crate::{Ctx, Store, Tx, statuses};

/// Orders changed in one command at most.
pub const BULK_MAX: usize = 500;

impl Store {
    /// Answers with the order's page as it is then: a repetition too.
    pub async fn change_status(&self, ctx: &Ctx, command: ChangeStatus) -> Result<OrderView> {
        let (content, order) = (command.clone(), command.order);
        self.write(ctx, command.command, &content, move |tx| {
            Box::pin(async move {
                let held = hold(tx.conn, command.order).await?.ok_or(Refusal::NotFound)?;
                change(tx, &held, &command).await
            })
        })
        .await?;
        self.order_page(ctx, order).await
    }

    /// Each by itself, from wherever it is.
    pub async fn change_status_many(&self, ctx: &Ctx, command: ChangeMany) -> Result<ManyChanged> {
        if command.orders.len() > BULK_MAX {
            return Err(Limit::TooMany.into());
        }
        let content = command.clone();
        self.write(ctx, command.command, &content, move |tx| Box::pin(async move { change_many(tx, command).await }))
            .await
    }
}

/// An order as far as its status goes, held until the transaction ends.
pub(crate) struct Held {
    pub id: OrderId,
    pub storefront: StorefrontId,
    pub number: String,
    pub status: Option<StatusId>,
    pub deal: Option<DealId>,
    pub customer: Option<CustomerId>,
    pub has_shipment: bool,
}

impl Held {
    pub(crate) fn scope(&self, funnel: Option<FunnelId>) -> Scope {
        Scope {
            storefront: Some(self.storefront),
            funnel,
            deal: self.deal,
            order: Some(self.id),
            customer: self.customer,
        }
    }
}

pub(crate) async fn hold(conn: &mut Conn, order: OrderId) -> Result<Option<Held>> {
    let row = sql!(
        sqlite: "SELECT id, storefront_id, number, status_id, deal_id, customer_id FROM orders WHERE id = $1",
        postgres: "SELECT id, storefront_id, number, status_id, deal_id, customer_id FROM orders WHERE id = $1 \
                   FOR NO KEY UPDATE",
    )
    .bind(order)
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let parcel = sql!("SELECT id FROM shipments WHERE order_id = $1 AND removed_at IS NULL LIMIT 1");
    let has_shipment = parcel.bind(order).optional(conn).await?.is_some();
    Ok(Some(Held {
        id: row.get("id")?,
        storefront: row.get("storefront_id")?,
        number: row.get("number")?,
        status: row.get("status_id")?,
        deal: row.get("deal_id")?,
        customer: row.get("customer_id")?,
        has_shipment,
    }))
}

/// Decides by the rule that the page decides by.
pub(crate) fn decide(
    tx: &Tx<'_>,
    held: &Held,
    statuses: &[Status],
    change: &ChangeStatus,
) -> Result<Option<StatusMoved>> {
    let situation =
        Situation { storefront: held.storefront, now: held.status, statuses, has_shipment: held.has_shipment };
    let moved = decide_status(&tx.ctx.actor, change, &situation)?;
    // Nothing is known of it but that it was deleted.
    if moved.is_some() && held.customer.is_none() {
        return Err(OrderFault::Empty.into());
    }
    Ok(moved)
}

/// Decides, writes, and takes the deal along. A refusal is found before the first write.
pub(super) async fn change(tx: &mut Tx<'_>, held: &Held, change: &ChangeStatus) -> Result<()> {
    let statuses = statuses::live(tx.conn, held.storefront).await?;
    let Some(moved) = decide(tx, held, &statuses, change)? else { return Ok(()) };
    let funnel = carry::funnel_of(tx.conn, held.deal).await?;
    // Stages and deals are held before goods are.
    carry::lock_goals(tx.conn, moved.to).await?;
    carry::lock_deal(tx.conn, held.deal).await?;
    let goods = goods(tx, held, &statuses, (&moved, &[])).await?;
    write(tx, held, &statuses, (&moved, funnel)).await?;
    catalog::write_goods(tx, &goods, held.scope(funnel)).await?;
    carry::deal_along(tx, (held.deal, funnel), moved.to).await
}

/// What a decided change asks of the stock; refused where there is too little. `pending`: what other changes of this
/// transaction have been promised.
pub(super) async fn goods(
    tx: &mut Tx<'_>,
    held: &Held,
    statuses: &[Status],
    (moved, pending): (&StatusMoved, &[Goods]),
) -> Result<Goods> {
    let condition = match &moved.details {
        Some(StatusDetails::Return { condition, .. }) => Some(*condition),
        Some(StatusDetails::Shipment { .. } | StatusDetails::Delay { .. } | StatusDetails::Cancellation { .. })
        | None => None,
    };
    let from = held.status.and_then(|now| statuses.iter().find(|status| status.id == now));
    let from = from.map(|status| status.kind);
    let turn = Turn { order: held.id, storefront: held.storefront, from, to: moved.kind, condition };
    catalog::prepare(tx, turn, pending).await
}

/// Rows and fact of a decided change.
pub(crate) async fn write(
    tx: &mut Tx<'_>,
    held: &Held,
    statuses: &[Status],
    (moved, funnel): (&StatusMoved, Option<FunnelId>),
) -> Result<()> {
    let name = |id: StatusId| statuses.iter().find(|status| status.id == id).map(|status| status.name.clone());
    let fact = Fact::OrderStatusChanged {
        number: held.number.clone(),
        from: moved.from.and_then(name),
        to: name(moved.to).unwrap_or_default(),
        status: moved.to,
        kind: moved.kind,
        overridden: moved.overridden(),
    };
    stays::write(tx, held.id, moved).await?;
    tx.record(held.scope(funnel), fact);
    Ok(())
}

async fn change_many(tx: &mut Tx<'_>, command: ChangeMany) -> Result<ManyChanged> {
    let ChangeMany { command, orders, to, details, override_reason } = command;
    carry::lock_for_many(tx.conn, &orders, to).await?;
    let mut answer = ManyChanged::default();
    let mut known = HashSet::new();
    for order in orders.into_iter().filter(|order| known.insert(*order)) {
        let Some(held) = hold(tx.conn, order).await? else {
            answer.refused.push((order, Refusal::NotFound));
            continue;
        };
        let one = ChangeStatus {
            command,
            order,
            from: held.status,
            to,
            details: details.clone(),
            override_reason: override_reason.clone(),
        };
        match change(tx, &held, &one).await {
            Ok(()) => answer.changed.push(order),
            Err(Error::Refused(refusal)) => answer.refused.push((order, refusal)),
            Err(error) => return Err(error),
        }
    }
    Ok(answer)
}

/// The shop's word has changed: its order follows, as far as the word is news to us. The shop is not bound by what may
/// follow what. Where the order stands then, its deal goes too, unless all this is long past.
pub(super) async fn follow_word(tx: &mut Tx<'_>, order: OrderId, word: ShopStatus, past: bool) -> Result<()> {
    let Some(held) = hold(tx.conn, order).await? else { return Ok(()) };
    let statuses = statuses::live(tx.conn, held.storefront).await?;
    let Some(to) = named(word, &statuses) else { return Ok(()) };
    let now = held.status.and_then(|now| statuses.iter().find(|status| status.id == now));
    if now.is_some_and(|now| now.id == to.id || !follows(now.kind, to.kind)) {
        return Ok(());
    }
    let moved = StatusMoved { from: held.status, to: to.id, kind: to.kind, details: None, override_reason: None };
    let funnel = carry::funnel_of(tx.conn, held.deal).await?;
    write(tx, &held, &statuses, (&moved, funnel)).await?;
    if past {
        return Ok(());
    }
    carry::deal_along(tx, (held.deal, funnel), moved.to).await?;
    carry::lock_deal(tx.conn, held.deal).await?;
    let goods = goods(tx, &held, &statuses, (&moved, &[])).await?;
    catalog::write_goods(tx, &goods, held.scope(funnel)).await
}

/// Whoever may not see an order is told that there is none.
pub(super) fn seen(tx: &Tx<'_>, storefront: StorefrontId, action: Action) -> Result<()> {
    let on = On::Storefront(storefront);
    if !may(&tx.ctx.actor, Action::SeeDeals, on) {
        return Err(Refusal::NotFound.into());
    }
    if may(&tx.ctx.actor, action, on) { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}
