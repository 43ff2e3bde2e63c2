//! A deal for an order that came without one, and an order out of a deal.

use domain::auth::Action;
use domain::board::{Limit, Refusal};
use domain::deals::Source;
use domain::funnels::StageKind;
use domain::ids::*;
use domain::orders::{IncomingCustomer, IncomingOrder, MakeDeal, MakeOrder, OrderFault, OrderView, ShopStatus};

use super::begin::Begins;
use super::{Filed, Ways, insert_all, leads, lock, queries, status};
use crate::board::card_for_update;
use crate::catalog;
use crate::customers::{self, Contacts};
use crate::deals::commands::{NewDeal, Standing, insert_standing};
use crate::deals::contents;
use crate::error::{Error, Result};
use crate::sql::sql;
use crate::statuses::bond::status_for;
use crate::{Ctx, Store, Tx};

const METHOD_CHARS_MAX: usize = 200;

impl Store {
    /// On the storefront's order funnel, where the order's status is bonded to. Answers with the order's page.
    pub async fn make_deal(&self, ctx: &Ctx, command: MakeDeal) -> Result<OrderView> {
        let MakeDeal { command: id, order } = command;
        self.write(ctx, id, &("make deal", command), move |tx| Box::pin(async move { deal(tx, order).await })).await?;
        self.order_page(ctx, order).await
    }

    /// Answers with the new order's page.
    pub async fn make_order(&self, ctx: &Ctx, command: MakeOrder) -> Result<OrderView> {
        let content = ("make order", command.clone());
        let made = self
            .write(ctx, command.command, &content, move |tx| Box::pin(async move { order(tx, command).await }))
            .await?;
        self.order_page(ctx, made).await
    }
}

async fn deal(tx: &mut Tx<'_>, id: OrderId) -> Result<()> {
    let held = status::hold(tx.conn, id).await?.ok_or(Refusal::NotFound)?;
    status::seen(tx, held.storefront, Action::CreateDeal)?;
    if let Some(deal) = held.deal {
        return Err(OrderFault::HasDeal { deal }.into());
    }
    let whole = queries::whole(tx.conn, id).await?.ok_or(Refusal::NotFound)?;
    let (order, lines) = (whole.order, whole.lines);
    let customer = order.customer.ok_or(OrderFault::Empty)?;
    // Its cart's lead, if it still has one by this name.
    if let Some(lead) = leads::made(tx.conn, held.storefront, &order.external_id).await? {
        return Err(OrderFault::HasDeal { deal: lead.id }.into());
    }
    let (funnel, stage) = leads::place(tx.conn, held.storefront, (StageKind::Open, held.status)).await?;
    let card = insert_standing(
        tx,
        NewDeal {
            storefront: held.storefront,
            funnel: funnel.id,
            stage: stage.id,
            customer,
            lines: &lines,
            sum: order.total,
            currency: order.currency,
            source: Source::Site,
            responsible: None,
            comment: &order.note,
            order_number: Some(order.number.clone()),
            external_id: Some(order.external_id.clone()),
            created_at: order.placed_at.min(tx.ctx.now),
        },
        Standing { since: tx.ctx.now, lost_reason: None },
    )
    .await?;
    sql!("UPDATE orders SET deal_id = $2 WHERE id = $1").bind(id).bind(card.id).run(tx.conn).await.map(drop)
}

async fn order(tx: &mut Tx<'_>, command: MakeOrder) -> Result<OrderId> {
    let MakeOrder { deal, payment_method, .. } = command;
    let payment_method: String = payment_method.trim().chars().filter(|c| !c.is_control()).collect();
    if payment_method.chars().count() > METHOD_CHARS_MAX {
        return Err(Limit::NameTooLong.into());
    }
    let external_id = format!("deal:{deal}");
    // Of two who make it at once, the second finds it made.
    let found = sql!("SELECT storefront_id FROM deals WHERE id = $1").bind(deal).optional(tx.conn).await?;
    let storefront: StorefrontId = found.ok_or(Refusal::NotFound)?.get("storefront_id")?;
    status::seen(tx, storefront, Action::CreateDeal)?;
    lock(tx.conn, storefront, &external_id).await?;
    let known =
        sql!("SELECT id FROM orders WHERE deal_id = $1 ORDER BY id LIMIT 1").bind(deal).optional(tx.conn).await?;
    if let Some(known) = known {
        return Err(OrderFault::HasOrder { order: known.get("id")? }.into());
    }
    let mut card = card_for_update(tx.conn, deal).await?.ok_or(Refusal::NotFound)?;
    let details = crate::deals::details(tx.conn, card.clone()).await?;
    let Contacts { name, phone, email } = customers::contacts(tx.conn, card.customer).await?;
    let number = format!("D-{deal}");
    let made = IncomingOrder {
        external_id,
        cart: None,
        number: number.clone(),
        shop_status: String::new(),
        status: ShopStatus::Unknown,
        currency: card.currency,
        total: card.sum,
        shipping_total: 0,
        discount_total: 0,
        payment_method,
        paid: false,
        placed_at: tx.ctx.now,
        changed_at: tx.ctx.now,
        customer: IncomingCustomer { name, phone, email },
        note: details.comment,
        lines: details.lines,
        source: card.source,
    };
    sql!("UPDATE deals SET order_number = $2, search = $3 WHERE id = $1")
        .bind(deal)
        .bind(&number)
        .bind(contents::search(Some(&number), &made.lines))
        .run(tx.conn)
        .await?;
    card.order_number = Some(number);
    // The deal has come some way: its order is where the stage says, else where orders begin.
    let anew = Ways::of(tx.conn, storefront).await?.anew(&made, tx.ctx.now);
    let bonded = status_for(tx.conn, card.stage, storefront).await?;
    let begins = Begins { status: bonded.or(anew.status), ..anew };
    let filed = Filed { order: &made, customer: card.customer, deal: Some(&card), begins };
    let ids = insert_all(tx, storefront, &[filed]).await?;
    let made = ids.first().copied().ok_or_else(|| Error::Corrupt("an order was made and is not there".into()))?;
    catalog::begin_order(tx, made).await?;
    Ok(made)
}
