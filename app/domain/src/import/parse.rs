//! Rows into a customer, a deal or an order, or everything that is wrong with them.

use super::row::{Row, read};
use super::{Entry, Field, Kind, Mapping, Why, Wrong, status};
use crate::deals::LINES_MAX;
use crate::funnels::{LostReason, Stage, StageKind};
use crate::ids::*;
use crate::money::{Currency, MINOR_MAX};

/// What the shop knows and a file speaks of.
pub struct Context<'a> {
    pub currency: Currency,
    pub now: Millis,
    /// Of the funnel that the deals go to, in order.
    pub stages: &'a [Stage],
    /// Those who can be responsible in this storefront.
    pub team: &'a [Colleague],
    pub lost_reasons: &'a [LostReason],
    /// The moment at which the shop's clock on the wall shows this.
    pub moment: &'a (dyn Fn(Millis) -> Millis + Send + Sync),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub id: UserId,
    pub name: String,
    pub email: String,
}

/// `rows` are those of one entry, as [`super::entries`] tells them. What is wrong comes with the index of its row; a
/// row that is right by itself is refused with the others.
pub fn parse(rows: &[Vec<String>], mapping: &Mapping, context: &Context<'_>) -> Result<Entry, Vec<(usize, Wrong)>> {
    let mut wrong = Vec::new();
    if rows.len() > LINES_MAX {
        return Err(every(rows.len(), mapping, Why::TooManyLines));
    }
    let mut whole = Row::default();
    for (index, cells) in rows.iter().enumerate() {
        let (row, found) = read(cells, mapping, context);
        wrong.extend(found.into_iter().map(|wrong| (index, wrong)));
        let contradicts = matches!((whole.sum, row.sum), (Some(one), Some(other)) if one != other);
        if contradicts {
            wrong.push((index, at(mapping, cells, Field::Sum, Why::Contradiction)));
        }
        whole.join(row);
    }
    if whole.lines.len() > LINES_MAX {
        return Err(every(rows.len(), mapping, Why::TooManyLines));
    }
    let first = rows.first().map(Vec::as_slice).unwrap_or_default();
    match finish(whole, mapping, context) {
        Ok(entry) if wrong.is_empty() => return Ok(entry),
        // Where a cell could not be read, what is missing without it is no news.
        Err((field, why)) if wrong.is_empty() => wrong.push((0, at(mapping, first, field, why))),
        Ok(_) | Err(_) => {}
    }
    let bad: Vec<usize> = wrong.iter().map(|(index, _)| *index).collect();
    let others = every(rows.len(), mapping, Why::OrderRefused);
    wrong.extend(others.into_iter().filter(|(index, _)| !bad.contains(index)));
    wrong.sort_by_key(|(index, wrong)| (*index, wrong.column));
    Err(wrong)
}

/// What the rows must be together.
fn finish(row: Row, mapping: &Mapping, context: &Context<'_>) -> Result<Entry, (Field, Why)> {
    let nobody = row.name.is_empty() && row.phone.is_none() && row.email.is_none();
    if nobody && mapping.kind != Kind::Orders {
        let field = [Field::Name, Field::Phone, Field::Email].into_iter().find(|field| mapping.has(*field));
        return Err((field.unwrap_or(Field::Name), Why::Nobody));
    }
    if mapping.kind == Kind::Orders && row.order_number.is_none() && row.external_id.is_none() {
        let numbered = mapping.has(Field::OrderNumber);
        return Err((if numbered { Field::OrderNumber } else { Field::ExternalId }, Why::Missing));
    }
    let mut lines = row.lines;
    // Whatever sum the file gives: a form that could not be saved again would come of them.
    let goods = lines.iter().try_fold(0i64, |sum, line| sum.checked_add(line.total()?));
    let goods = goods.filter(|goods| *goods <= MINOR_MAX).ok_or((Field::Price, Why::TooBig))?;
    let (shipping, discount) = (row.shipping_total.unwrap_or(0), row.discount_total.unwrap_or(0));
    let sum = row.sum.unwrap_or_else(|| goods.saturating_add(shipping).saturating_sub(discount).max(0));
    if mapping.kind == Kind::Orders && row.sum.is_none() && lines.is_empty() {
        return Err((if mapping.has(Field::Sum) { Field::Sum } else { Field::Price }, Why::Missing));
    }
    if sum > MINOR_MAX {
        return Err((if row.sum.is_some() { Field::Sum } else { Field::Price }, Why::TooBig));
    }
    // A file without prices that says what the whole costs says what its one product costs.
    if let ([line], false) = (lines.as_mut_slice(), mapping.has(Field::Price))
        && shipping == 0
        && discount == 0
        && sum % line.quantity == 0
    {
        line.price = sum / line.quantity;
    }
    let named = row.stage.and_then(|id| context.stages.iter().find(|stage| stage.id == id));
    let stage = match mapping.kind {
        Kind::Customers => None,
        Kind::Deals | Kind::Orders => status::stage(context.stages, named, row.status),
    };
    if row.lost_reason.is_some() && stage.is_none_or(|stage| stage.kind != StageKind::Lost) {
        return Err((Field::LostReason, Why::ReasonWithoutLoss));
    }
    Ok(Entry {
        name: row.name,
        phone: row.phone,
        email: row.email,
        order_number: row.order_number,
        external_id: row.external_id,
        stage: stage.map(|stage| stage.id),
        status: row.status,
        shop_status: row.shop_status,
        sum,
        shipping_total: shipping,
        discount_total: discount,
        payment_method: row.payment_method,
        paid: row.paid.unwrap_or(false),
        lines,
        source: row.source,
        responsible: row.responsible,
        lost_reason: row.lost_reason,
        comment: row.comment,
        created_at: row.created_at,
    })
}

/// The same of every row, at what makes them one order.
fn every(rows: usize, mapping: &Mapping, why: Why) -> Vec<(usize, Wrong)> {
    let field = if mapping.has(Field::OrderNumber) { Field::OrderNumber } else { Field::ExternalId };
    let column = mapping.columns_of(field).next();
    (0..rows).map(|index| (index, Wrong { column, field, why })).collect()
}

fn at(mapping: &Mapping, cells: &[String], field: Field, why: Why) -> Wrong {
    let column = mapping.cell(cells, field).map(|(column, _)| column).or_else(|| mapping.columns_of(field).next());
    Wrong { column, field, why }
}
