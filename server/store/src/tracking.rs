//! The links by which customers see their orders: 256 random bits each, ended whenever somebody wishes.

mod order;

use domain::auth::{Action, On, may};
use domain::board::{Card, Refusal};
use domain::event::Fact;
use domain::funnels::Colour;
use domain::ids::*;
use domain::tracking::{Goods, Parcel, Step, Way, steps};
pub use domain::tracking::{LinkChange, Tracked};

use crate::auth::tokens::{is_token, random_token};
use crate::board::{self, card_for_update, rows};
use crate::deals::{DealDetails, contents, details};
use crate::error::Result;
use crate::log;
use crate::sql::{Conn, sql};
use crate::{Ctx, Store};

/// No link of ours is longer.
const TOKEN_CHARS_MAX: usize = 64;

impl Store {
    /// The order behind a link, and the deal to listen for; None for a link that opens nothing.
    pub async fn tracked(&self, token: &str, now: Millis) -> Result<Option<(DealId, Tracked)>> {
        if token.len() > TOKEN_CHARS_MAX || !is_token(token) {
            return Ok(None);
        }
        let token = token.to_owned();
        self.snapshot(move |conn| Box::pin(async move { read(conn, &token, now).await })).await
    }

    /// Makes a deal's link anew, or ends it. Answers with the deal as it is then.
    pub async fn change_link(&self, ctx: &Ctx, id: CommandId, deal: DealId, change: LinkChange) -> Result<DealDetails> {
        let token = random_token();
        self.write(ctx, id, &(deal, change), move |tx| {
            Box::pin(async move {
                let card = card_for_update(tx.conn, deal).await?.ok_or(Refusal::NotFound)?;
                if !may(&tx.ctx.actor, Action::SeeDeals, On::Storefront(card.storefront)) {
                    return Err(Refusal::NotFound.into());
                }
                if !may(&tx.ctx.actor, Action::EditDeal, On::Storefront(card.storefront)) {
                    return Err(Refusal::NotAllowed.into());
                }
                let token = Some(token).filter(|_| change == LinkChange::Renew);
                let open = token.is_some();
                sql!("UPDATE deals SET tracking = $2 WHERE id = $1").bind(deal).bind(token).run(tx.conn).await?;
                tx.record(board::scope_of(&card), Fact::LinkChanged { open });
                details(tx.conn, card).await
            })
        })
        .await
    }
}

async fn read(conn: &mut Conn, token: &str, now: Millis) -> Result<Option<(DealId, Tracked)>> {
    let row = sql!(
        "SELECT d.id, s.name AS storefront, s.colour AS storefront_colour FROM deals d \
         JOIN storefronts s ON s.id = d.storefront_id WHERE d.tracking = $1"
    )
    .bind(token)
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let deal: DealId = row.get("id")?;
    let Some(card) = board::card_of(conn, deal).await? else { return Ok(None) };
    let shop = (row.get("storefront")?, row.get("storefront_colour")?);
    Ok(Some((deal, tracked(conn, (card, now), shop).await?)))
}

async fn tracked(
    conn: &mut Conn,
    (card, now): (Card, Millis),
    (storefront, colour): (String, Colour),
) -> Result<Tracked> {
    let (way, changed_at) = way(conn, &card, now).await?;
    let Told { steps, until, parcel } = way;
    let lines = sql!("SELECT name, sku, quantity, price FROM deal_lines WHERE deal_id = $1 ORDER BY place")
        .bind(card.id)
        .all(conn)
        .await?;
    let mut goods = Vec::new();
    for row in &lines {
        let line = contents::line(row)?;
        let total = line.total().unwrap_or(0);
        goods.push(Goods { name: line.name, quantity: line.quantity, total });
    }
    let Card { order_number: number, sum, currency, .. } = card;
    Ok(Tracked { storefront, colour, number, steps, until, parcel, goods, sum, currency, changed_at })
}

/// What is told of the way.
#[derive(Default)]
struct Told {
    steps: Vec<Step>,
    until: Option<String>,
    parcel: Option<Parcel>,
}

/// By the statuses of its order, where that has one; else by the stages of its funnel. And when it last changed.
async fn way(conn: &mut Conn, card: &Card, now: Millis) -> Result<(Told, Millis)> {
    let mut moves = log::arrivals(conn, card.id).await?;
    let moved_at = moves.last().map_or(card.created_at, |(_, at)| *at);
    if let Some((told, changed_at)) = order::of_deal(conn, (card.id, now)).await? {
        return Ok((told, changed_at.max(moved_at)));
    }
    let first = log::first_stage(conn, card.id).await?.unwrap_or(card.stage);
    moves.insert(0, (first, card.created_at));
    let way = Way { stage: card.stage, left: card.left, arrivals: &moves };
    // An archived funnel's deals have no steps any more.
    let steps = rows::funnel(conn, card.funnel).await?.map(|funnel| steps(&funnel, &way)).unwrap_or_default();
    Ok((Told { steps, ..Told::default() }, moved_at))
}
