//! The deal of a cart or an order: made once, found again, kept in step with the order until somebody works on it.

use domain::board::{Card, Refusal};
use domain::deals::DealContents;
use domain::event::Changed;
use domain::funnels::{Funnel, Stage, StageKind};
use domain::ids::*;
use domain::orders::{IncomingOrder, ShopStatus};

use super::{Arrival, Known, history};
use crate::Tx;
use crate::board::{self, card_for_update, lock_stage};
use crate::customers::{self, Contacts};
use crate::deals::commands::{NewDeal, Standing, Update, insert_standing, update};
use crate::deals::contents;
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::statuses::{self, bond::stage_for};

/// A stage that is removed just now is looked up again so often.
const LOOKS_MAX: u32 = 3;

/// The deal that the cart or the order has already made.
pub(super) async fn made(conn: &mut Conn, storefront: StorefrontId, external_id: &str) -> Result<Option<Card>> {
    let row = sql!("SELECT id FROM deals WHERE storefront_id = $1 AND external_id = $2")
        .bind(storefront)
        .bind(external_id)
        .optional(conn)
        .await?;
    match row {
        Some(row) => card_for_update(conn, row.get("id")?).await,
        None => Ok(None),
    }
}

/// The deal that its cart already made, else a new one in the storefront's order funnel, unless its orders make none.
pub(super) async fn find_or_make(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    order: &IncomingOrder,
    (arrival, status): (Arrival, Option<StatusId>),
) -> Result<Option<Card>> {
    let mut known = made(tx.conn, storefront, &order.external_id).await?;
    if let (None, Some(cart)) = (&known, &order.cart) {
        // One cart becomes one order; a second order of it is a deal of its own.
        known = made(tx.conn, storefront, cart).await?.filter(|card| card.order_number.is_none());
    }
    match known {
        Some(card) => become_order(tx, card, order).await.map(Some),
        None if !statuses::makes_deals(tx.conn, storefront).await? => Ok(None),
        None => make(tx, storefront, order, (arrival, status)).await.map(Some),
    }
}

pub(super) async fn make(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    order: &IncomingOrder,
    (arrival, status): (Arrival, Option<StatusId>),
) -> Result<Card> {
    let wanted = match arrival {
        Arrival::Sent | Arrival::Restored => StageKind::Open,
        Arrival::History { .. } => history::kind_of(order.status),
    };
    // What is long past stands where it ended, whatever is bonded now.
    let status = status.filter(|_| !matches!(arrival, Arrival::History { .. }));
    let (funnel, stage) = place(tx.conn, storefront, (wanted, status)).await?;
    let standing = match arrival {
        Arrival::Sent | Arrival::Restored => Standing { since: tx.ctx.now, lost_reason: None },
        Arrival::History { lang } => history::standing(tx, order, stage.kind, lang).await?,
    };
    let customer = customers::find_or_create(tx, &contacts(order), storefront).await?;
    let is_order = order.status != ShopStatus::Draft;
    let card = insert_standing(
        tx,
        NewDeal {
            storefront,
            funnel: funnel.id,
            stage: stage.id,
            customer,
            lines: &order.lines,
            sum: order.total,
            currency: order.currency,
            source: order.source,
            responsible: None,
            comment: &order.note,
            order_number: is_order.then(|| order.number.clone()),
            external_id: Some(order.external_id.clone()),
            created_at: order.placed_at.min(tx.ctx.now),
        },
        standing,
    )
    .await?;
    if !is_order {
        changed_in_shop(tx.conn, card.id, order.changed_at).await?;
    }
    Ok(card)
}

/// A cart changed before it was ordered: its lead follows, until somebody works on it. True: nothing was written.
pub(super) async fn refresh(tx: &mut Tx<'_>, card: Card, order: &IncomingOrder) -> Result<(Card, bool)> {
    let row = sql!("SELECT shop_changed_at FROM deals WHERE id = $1").bind(card.id).one(tx.conn).await?;
    let known: Option<Millis> = row.get("shop_changed_at")?;
    let news = known.is_none_or(|known| order.changed_at > known);
    if card.order_number.is_some() || !news || edited_by_hand(tx.conn, card.id).await? {
        return Ok((card, true));
    }
    let version = card.version;
    let known = introduce(tx, &card, order).await?;
    let card = take(tx, card, order, Taken { known, goods: true }).await?;
    changed_in_shop(tx.conn, card.id, order.changed_at).await?;
    let unchanged = card.version == version;
    Ok((card, unchanged))
}

async fn changed_in_shop(conn: &mut Conn, deal: DealId, at: Millis) -> Result<()> {
    sql!("UPDATE deals SET shop_changed_at = $2 WHERE id = $1").bind(deal).bind(at).run(conn).await.map(drop)
}

async fn edited_by_hand(conn: &mut Conn, deal: DealId) -> Result<bool> {
    let row =
        sql!("SELECT seq FROM events WHERE deal_id = $1 AND kind = 'deal_edited' AND actor NOT LIKE 'shop:%' LIMIT 1");
    Ok(row.bind(deal).optional(conn).await?.is_some())
}

/// The deal follows its order: its goods as long as nobody has changed them by hand (then the order's new lines stay on
/// the order, and the colleague's work stays on the deal), its customer as long as they are reached as the order said.
/// True: it was a cart's until now.
pub(super) async fn follow(tx: &mut Tx<'_>, card: Card, known: &Known, order: &IncomingOrder) -> Result<(Card, bool)> {
    if card.order_number.is_none() && order.status != ShopStatus::Draft {
        return Ok((become_order(tx, card, order).await?, true));
    }
    let details = crate::deals::details(tx.conn, card.clone()).await?;
    let goods = details.lines == known.lines && card.sum == known.total;
    let known = reached_anew(tx, &card, known, order).await?;
    Ok((take(tx, card, order, Taken { known, goods }).await?, false))
}

/// Who the deal's customer is now, and what of them changed.
type Customer = (CustomerId, Vec<Changed>);

/// The shop gave the order other contacts. They are the deal's too, unless somebody has reached the customer otherwise.
async fn reached_anew(tx: &mut Tx<'_>, card: &Card, known: &Known, order: &IncomingOrder) -> Result<Customer> {
    let given = contacts(order);
    let Some(said) = known.contacts.as_ref().filter(|said| **said != given) else {
        return Ok((card.customer, Vec::new()));
    };
    let now = customers::contacts(tx.conn, card.customer).await?;
    if now.phone != said.phone || now.email != said.email {
        return Ok((card.customer, Vec::new()));
    }
    let name = if now.name == said.name { given.name.clone() } else { now.name.clone() };
    let after = Contacts { name, ..given.or(&now) };
    let customer = customers::change(tx, card.customer, &after, card.storefront).await?;
    Ok((customer, differences(tx, (card.customer, &now), customer).await?))
}

/// A cart's customer is often nobody yet.
async fn introduce(tx: &mut Tx<'_>, card: &Card, order: &IncomingOrder) -> Result<Customer> {
    let before = customers::contacts(tx.conn, card.customer).await?;
    let customer = customers::introduce(tx, card.customer, &contacts(order), card.storefront).await?;
    Ok((customer, differences(tx, (card.customer, &before), customer).await?))
}

async fn differences(
    tx: &mut Tx<'_>,
    (was, before): (CustomerId, &Contacts),
    customer: CustomerId,
) -> Result<Vec<Changed>> {
    let after = customers::contacts(tx.conn, customer).await?;
    let mut parts = Vec::new();
    if customer != was || before.name != after.name {
        parts.push(Changed::Customer);
    }
    if before.phone != after.phone || before.email != after.email {
        parts.push(Changed::Contacts);
    }
    Ok(parts)
}

/// A cart's lead that was ordered: it gets its number, its customer, and the goods as ordered.
async fn become_order(tx: &mut Tx<'_>, mut card: Card, order: &IncomingOrder) -> Result<Card> {
    if order.status == ShopStatus::Draft {
        return Ok(card);
    }
    let known = introduce(tx, &card, order).await?;
    // The log learns of the number from the order's own fact.
    card.order_number = Some(order.number.clone());
    let lines = crate::deals::details(tx.conn, card.clone()).await?.lines;
    sql!("UPDATE deals SET order_number = $2, search = $3 WHERE id = $1")
        .bind(card.id)
        .bind(&order.number)
        .bind(contents::search(Some(&order.number), &lines))
        .run(tx.conn)
        .await?;
    take(tx, card, order, Taken { known, goods: true }).await
}

/// What a deal takes over from its order.
struct Taken {
    known: Customer,
    goods: bool,
}

/// Goods and sum as ordered, in the deal's own currency only, and a customer who may have become known.
async fn take(tx: &mut Tx<'_>, card: Card, order: &IncomingOrder, taken: Taken) -> Result<Card> {
    let Taken { known: (customer, mut parts), goods } = taken;
    let details = crate::deals::details(tx.conn, card.clone()).await?;
    let (mut lines, mut sum) = (details.lines, card.sum);
    if goods && card.currency == order.currency {
        if lines != order.lines {
            parts.push(Changed::Lines);
            lines.clone_from(&order.lines);
        }
        if sum != order.total {
            parts.push(Changed::Sum);
            sum = order.total;
        }
    }
    if parts.is_empty() {
        return Ok(card);
    }
    let contents = DealContents {
        customer_name: card.customer_name.clone(),
        phone: String::new(),
        email: None,
        source: card.source,
        responsible: card.responsible,
        comment: details.comment,
        lines,
        sum,
    };
    update(tx, &card, Update { contents: &contents, customer, parts }).await
}

pub(super) fn contacts(order: &IncomingOrder) -> Contacts {
    let name = match order.customer.name.trim() {
        "" => format!("{}{}", customers::UNNAMED, order.number),
        name => name.to_owned(),
    };
    Contacts { name, phone: order.customer.phone.clone(), email: order.customer.email.clone() }
}

/// Where the storefront's orders arrive: on the stage that the order's status is bonded to, else on the first of this
/// kind, else where every deal begins. Held until the deal stands there.
pub(super) async fn place(
    conn: &mut Conn,
    storefront: StorefrontId,
    (kind, status): (StageKind, Option<StatusId>),
) -> Result<(Funnel, Stage)> {
    for _ in 0..LOOKS_MAX {
        let funnel = order_funnel(conn, storefront).await?;
        let of_kind = funnel.stages.iter().find(|stage| stage.kind == kind);
        let bonded = match status {
            Some(status) => stage_for(conn, funnel.id, status).await?,
            None => None,
        };
        let bonded = bonded.and_then(|stage| funnel.stage(stage));
        let stage = bonded.or(of_kind).or(funnel.entrance()).cloned().ok_or(Refusal::StageGone)?;
        if lock_stage(conn, stage.id).await? {
            return Ok((funnel, stage));
        }
    }
    Err(Refusal::StageGone.into())
}

pub(crate) async fn order_funnel(conn: &mut Conn, storefront: StorefrontId) -> Result<Funnel> {
    let row = sql!(
        "SELECT id FROM funnels WHERE archived_at IS NULL AND (storefront_id = $1 OR storefront_id IS NULL) \
         ORDER BY CASE WHEN storefront_id IS NULL THEN 1 ELSE 0 END, takes_orders DESC, id LIMIT 1"
    )
    .bind(storefront)
    .optional(conn)
    .await?
    .ok_or(Refusal::StageGone)?;
    Ok(board::rows::funnel(conn, row.get("id")?).await?.ok_or(Refusal::StageGone)?)
}
