//! Moves that scripts ask for: they need not know where a deal stands.

use std::collections::HashSet;

use domain::auth::{Action, On, may};
use domain::board::{Card, Limit, MoveDeal, Moved, Place, PlaceDeal, PlaceDeals, Refusal};
use domain::ids::DealId;

use super::card_for_update;
use super::commands::{BULK_MAX, lock_in_order, lock_stage, move_held};
use crate::deals::as_seen;
use crate::error::{Error, Result};
use crate::{Ctx, Store, Tx, orders};

impl Store {
    /// Answers with the deal's card as it is then.
    pub async fn place_deal(&self, ctx: &Ctx, command: PlaceDeal) -> Result<Card> {
        let content = command.clone();
        self.write(ctx, command.command, &content, move |tx| Box::pin(async move { place(tx, &command).await })).await
    }

    /// As [`Store::move_deals`]: each deal by itself.
    pub async fn place_deals(&self, ctx: &Ctx, command: PlaceDeals) -> Result<Moved> {
        if command.deals.len() > BULK_MAX {
            return Err(Limit::TooMany.into());
        }
        let content = command.clone();
        self.write(ctx, command.command, &content, move |tx| Box::pin(async move { place_all(tx, command).await }))
            .await
    }
}

async fn place(tx: &mut Tx<'_>, asked: &PlaceDeal) -> Result<Card> {
    orders::lock_orders(tx.conn, &[asked.deal], &[asked.to]).await?;
    lock_stage(tx.conn, asked.to).await?;
    let card = card_for_update(tx.conn, asked.deal).await?.ok_or(Refusal::NotFound)?;
    let on = On::Storefront(card.storefront);
    // Whoever may not move it, or see it, learns that from the rule itself.
    if may(&tx.ctx.actor, Action::MoveDeal, on) {
        as_seen(&card, asked.seen)?;
    }
    let command = MoveDeal {
        command: asked.command,
        deal: asked.deal,
        to: asked.to,
        place: asked.place,
        from: asked.from.unwrap_or(card.stage),
        reason: asked.reason,
        undoes: None,
        details: asked.details.clone(),
    };
    move_held(tx, &command, card).await
}

async fn place_all(tx: &mut Tx<'_>, asked: PlaceDeals) -> Result<Moved> {
    let PlaceDeals { command, deals, to, mut place, reason, details } = asked;
    let all: Vec<DealId> = deals.iter().map(|(deal, _)| *deal).collect();
    orders::lock_orders(tx.conn, &all, &[to]).await?;
    lock_in_order(tx.conn, to, all.clone()).await?;
    orders::lock_goods(tx.conn, &all, &[to]).await?;
    let mut answer = Moved::default();
    let mut known = HashSet::new();
    for (deal, from) in deals.into_iter().filter(|(deal, _)| known.insert(*deal)) {
        let details = details.clone();
        match self::place(tx, &PlaceDeal { command, deal, to, place, from, seen: None, reason, details }).await {
            Ok(_) => {
                answer.moved.push(deal);
                place = Place::After(deal);
            }
            // A refusal is found before the first write: the deals before it stay moved.
            Err(Error::Refused(refusal)) => answer.refused.push((deal, refusal)),
            Err(error) => return Err(error),
        }
    }
    Ok(answer)
}
