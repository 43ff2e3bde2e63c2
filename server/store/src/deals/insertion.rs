//! New deals, one or a hundred at once: their rows, their goods, their facts.

use std::collections::HashMap;

use domain::board::Card;
use domain::event::Fact;
use domain::ids::*;

use super::commands::{NewDeal, Standing};
use super::contents::{headline, search};
use crate::auth::tokens::random_token;
use crate::error::{Error, Result};
use crate::many::Many;
use crate::{Tx, board};

/// A new deal with its place on its stage, which the transaction holds.
pub(crate) struct Placed<'a> {
    pub new: NewDeal<'a>,
    pub position: String,
    pub customer_name: String,
    pub standing: Standing,
}

const COLUMNS: [&str; 21] = [
    "version",
    "contents_version",
    "storefront_id",
    "funnel_id",
    "stage_id",
    "position",
    "customer_id",
    "first_line",
    "more_lines",
    "sum",
    "currency",
    "responsible_id",
    "source",
    "comment",
    "order_number",
    "since",
    "created_at",
    "search",
    "external_id",
    "tracking",
    "lost_reason_id",
];

/// Their cards, in the order in which they came.
pub(crate) async fn insert_all(tx: &mut Tx<'_>, deals: Vec<Placed<'_>>) -> Result<Vec<Card>> {
    let mut rows = Many::of("deals", &COLUMNS);
    let mut links = Vec::with_capacity(deals.len());
    for Placed { new, position, standing, .. } in &deals {
        let link = random_token();
        let (first_line, more_lines) = headline(new.lines);
        rows.push([
            1i64.into(),
            1i64.into(),
            new.storefront.into(),
            new.funnel.into(),
            new.stage.into(),
            position.into(),
            new.customer.into(),
            first_line.into(),
            more_lines.into(),
            new.sum.into(),
            new.currency.into(),
            new.responsible.into(),
            new.source.into(),
            new.comment.into(),
            new.order_number.clone().into(),
            standing.since.into(),
            new.created_at.into(),
            search(new.order_number.as_deref(), new.lines).into(),
            new.external_id.clone().into(),
            link.as_str().into(),
            standing.lost_reason.into(),
        ]);
        links.push(link);
    }
    let mut ids: HashMap<String, DealId> = HashMap::with_capacity(deals.len());
    for row in rows.insert_returning(tx.conn, "id, tracking").await? {
        ids.insert(row.get("tracking")?, row.get("id")?);
    }
    let mut cards = Vec::with_capacity(deals.len());
    let mut lines = Many::of("deal_lines", &["deal_id", "place", "name", "sku", "quantity", "price"]);
    for (Placed { new, position, customer_name, standing }, link) in deals.into_iter().zip(links) {
        let id = ids.remove(&link).ok_or_else(|| Error::Corrupt("a deal was made and is not there".into()))?;
        for (place, line) in (0i64..).zip(new.lines) {
            lines.push([
                id.into(),
                place.into(),
                (&line.name).into(),
                (&line.sku).into(),
                line.quantity.into(),
                line.price.into(),
            ]);
        }
        let (first_line, more_lines) = headline(new.lines);
        cards.push(Card {
            id,
            version: 1,
            storefront: new.storefront,
            funnel: new.funnel,
            stage: new.stage,
            position,
            customer: new.customer,
            customer_name,
            first_line,
            more_lines,
            sum: new.sum,
            currency: new.currency,
            responsible: new.responsible,
            source: new.source,
            order_number: new.order_number,
            since: standing.since,
            left: None,
            created_at: new.created_at,
            deleted_in_shop: false,
            status: None,
        });
    }
    lines.insert(tx.conn).await?;
    for card in &cards {
        let logged = Card { customer_name: String::new(), ..card.clone() };
        tx.record(board::scope_of(card), Fact::DealCreated { card: logged });
    }
    Ok(cards)
}
