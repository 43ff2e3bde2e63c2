//! Writing what was planned: customers, deals and orders in a few statements, and what became of each row.

use std::collections::HashMap;

use domain::board::{Card, Place, position};
use domain::deals::Source;
use domain::event::{Fact, Scope};
use domain::funnels::StageKind;
use domain::ids::*;
use domain::import::{Import, Kind, Outcome};
use domain::orders::{IncomingCustomer, IncomingOrder, ShopStatus};

use super::around::Around;
use super::outcomes::RowOutcome;
use super::people::{Met, People, Person};
use super::plan::{Fate, Fitting};
use crate::customers::{self, Contacts};
use crate::deals::commands::{NewDeal, Standing};
use crate::deals::insertion::{self, Placed};
use crate::error::{Error, Result};
use crate::many::Many;
use crate::orders::{self, Filed, Ways};
use crate::{Tx, board};

/// What the fates of some entries made, by their index among these.
#[derive(Default)]
pub(super) struct Made {
    pub customers: HashMap<usize, CustomerId>,
    pub deals: HashMap<usize, DealId>,
    pub orders: HashMap<usize, OrderId>,
}

/// Writes all that is to be made; the stages are held.
pub(super) async fn make(
    tx: &mut Tx<'_>,
    import: &Import,
    around: &Around,
    fates: &[Fate],
    people: &mut People,
) -> Result<Made> {
    let mut made = Made::default();
    let ids = persons(tx, import.storefront, &mut people.all).await?;
    let mut placed = Vec::new();
    let mut bottoms = HashMap::new();
    for (index, fate) in fates.iter().enumerate() {
        match fate {
            Fate::Refused(_) | Fate::Left => {}
            Fate::Customer(met) => {
                made.customers.insert(index, ids[met.person]);
            }
            Fate::Deal(fitting, met) => {
                made.customers.insert(index, ids[met.person]);
                let deal = deal(tx, (import, around), fitting, (met, ids[met.person]), &mut bottoms).await?;
                placed.push((index, fitting, deal));
            }
        }
    }
    let (which, deals): (Vec<_>, Vec<_>) =
        placed.into_iter().map(|(index, fitting, deal)| ((index, fitting), deal)).unzip();
    let cards = insertion::insert_all(tx, deals).await?;
    made.deals = which.iter().zip(&cards).map(|((index, _), card)| (*index, card.id)).collect();
    if import.kind == Kind::Orders {
        let brought: Vec<IncomingOrder> =
            which.iter().zip(&cards).map(|((_, fitting), card)| order(around, fitting, card)).collect();
        let ways = Ways::of(tx.conn, import.storefront).await?;
        let now = tx.ctx.now;
        let pairs = brought.iter().zip(&cards);
        let all: Vec<Filed<'_>> = pairs.map(|(order, card)| filed(order, card, &ways, now)).collect();
        let ids = orders::insert_all(tx, import.storefront, &all).await?;
        made.orders = which.iter().zip(ids).map(|((index, _), id)| (*index, id)).collect();
    }
    Ok(made)
}

fn filed<'a>(order: &'a IncomingOrder, card: &'a Card, ways: &Ways, now: Millis) -> Filed<'a> {
    Filed { order, customer: card.customer, deal: Some(card), begins: ways.past(order, now) }
}

/// Makes those who are new and completes those who are known; everybody's id by their index.
async fn persons(tx: &mut Tx<'_>, storefront: StorefrontId, people: &mut [Person]) -> Result<Vec<CustomerId>> {
    let mut rows = Many::of("customers", &["name", "phone", "email", "search", "created_at"]);
    for person in people.iter().filter(|person| person.id.is_none()) {
        let Contacts { name, phone, email } = person.now.clone();
        rows.push([name.into(), phone.into(), email.into(), person.now.searched().into(), person.created_at.into()]);
    }
    // Those who are known alike in every way are told apart by nothing, and need not be.
    let mut new: HashMap<(Contacts, Millis), Vec<CustomerId>> = HashMap::new();
    for row in rows.insert_returning(tx.conn, "id, name, phone, email, created_at").await? {
        let contacts = Contacts { name: row.get("name")?, phone: row.get("phone")?, email: row.get("email")? };
        new.entry((contacts, row.get("created_at")?)).or_default().push(row.get("id")?);
    }
    for person in people.iter_mut() {
        match (person.id, &person.before) {
            (Some(id), Some(before)) => customers::write(tx, id, before, &person.now, Some(storefront)).await?,
            (Some(_), None) => {}
            (None, _) => {
                let found = new.get_mut(&(person.now.clone(), person.created_at)).and_then(Vec::pop);
                let id = found.ok_or_else(|| Error::Corrupt("a customer was made and is not there".into()))?;
                person.id = Some(id);
                let scope = Scope { storefront: Some(storefront), customer: Some(id), ..Scope::default() };
                tx.record(scope, Fact::CustomerCreated);
            }
        }
    }
    Ok(people.iter().filter_map(|person| person.id).collect())
}

/// At the bottom of its stage, in the order of the file: what is worked on now stays on top.
async fn deal<'f>(
    tx: &mut Tx<'_>,
    (import, around): (&Import, &Around),
    fitting: &'f Fitting,
    (met, customer): (&Met, CustomerId),
    bottoms: &mut HashMap<StageId, String>,
) -> Result<Placed<'f>> {
    let funnel = around.funnel.as_ref().ok_or(domain::board::Refusal::StageGone)?;
    let stage = fitting.entry.stage.ok_or(domain::board::Refusal::StageGone)?;
    let last = match bottoms.remove(&stage) {
        Some(last) => Some(last),
        None => board::place_at(tx.conn, stage, Place::Bottom, DealId(0)).await?.0,
    };
    let position = position::between(last.as_deref(), None);
    bottoms.insert(stage, position.clone());
    let entry = &fitting.entry;
    let source = match import.kind {
        Kind::Orders => Source::Site,
        Kind::Customers | Kind::Deals => Source::Other,
    };
    let new = NewDeal {
        storefront: import.storefront,
        funnel: funnel.id,
        stage,
        customer,
        lines: &entry.lines,
        sum: entry.sum,
        currency: around.currency,
        source: entry.source.unwrap_or(source),
        responsible: entry.responsible,
        comment: &entry.comment,
        order_number: fitting.number.clone(),
        external_id: fitting.external_id.clone(),
        created_at: entry.created_at.unwrap_or(tx.ctx.now),
    };
    let standing = Standing { since: tx.ctx.now, lost_reason: entry.lost_reason };
    Ok(Placed { new, position, customer_name: met.after.name.clone(), standing })
}

/// As a shop would have sent it, but long ago: whatever the shop itself says later is newer.
fn order(around: &Around, fitting: &Fitting, card: &Card) -> IncomingOrder {
    let entry = &fitting.entry;
    let kind = around.funnel.as_ref().and_then(|funnel| funnel.stage(card.stage)).map(|stage| stage.kind);
    let status = entry.status.unwrap_or(match kind {
        Some(StageKind::Won) => ShopStatus::Completed,
        Some(StageKind::Lost) => ShopStatus::Cancelled,
        Some(StageKind::Open) | None => ShopStatus::AwaitingConfirmation,
    });
    IncomingOrder {
        external_id: fitting.external_id.clone().unwrap_or_default(),
        cart: None,
        number: fitting.number.clone().unwrap_or_default(),
        shop_status: entry.shop_status.clone(),
        status,
        currency: around.currency,
        total: entry.sum,
        shipping_total: entry.shipping_total,
        discount_total: entry.discount_total,
        payment_method: entry.payment_method.clone(),
        paid: entry.paid,
        placed_at: card.created_at,
        changed_at: 0,
        customer: IncomingCustomer {
            name: entry.name.clone(),
            phone: fitting.contacts.phone.clone(),
            email: fitting.contacts.email.clone(),
        },
        note: entry.comment.clone(),
        lines: entry.lines.clone(),
        source: entry.source.unwrap_or(Source::Site),
    }
}

/// What became of each row of an entry.
pub(super) fn outcomes(places: &[i64], fate: &Fate, index: usize, made: &Made) -> Result<Vec<RowOutcome>> {
    let mut rows: Vec<RowOutcome> = places.iter().map(|place| RowOutcome::of(*place, Outcome::Joined)).collect();
    if let Fate::Refused(wrongs) = fate {
        for (row, outcome) in rows.iter_mut().enumerate() {
            let wrong: Vec<_> = wrongs.iter().filter(|(at, _)| *at == row).map(|(_, wrong)| wrong).collect();
            outcome.outcome = Outcome::Refused.key();
            outcome.wrong = Some(serde_json::to_string(&wrong)?);
        }
        return Ok(rows);
    }
    let Some(first) = rows.first_mut() else { return Ok(rows) };
    let (outcome, met) = match fate {
        Fate::Refused(_) | Fate::Left => (Outcome::Left, None),
        Fate::Customer(met) if met.before.is_some() => (Outcome::Changed, Some(met)),
        Fate::Customer(met) | Fate::Deal(_, met) => (Outcome::Made, Some(met)),
    };
    first.outcome = outcome.key();
    first.deal = made.deals.get(&index).copied();
    first.order = made.orders.get(&index).copied();
    first.customer = made.customers.get(&index).copied();
    if let Some(met) = met.filter(|met| met.changed()) {
        first.before = met.before.as_ref().map(serde_json::to_string).transpose()?;
        first.after = Some(serde_json::to_string(&met.after)?);
    }
    Ok(rows)
}
