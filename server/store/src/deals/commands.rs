//! Making and editing deals by hand.

use domain::auth::{Action, On, Role, may};
use domain::board::{Card, Refusal};
use domain::deals::{AssignDeal, CreateDeal, DealContents, EditDeal, Fault, Faults, Field};
use domain::event::{Changed, DealEdited, Fact};
use domain::funnels::StageKind;
use domain::ids::*;
use domain::money::Currency;
use domain::orders::Line;

use super::contents::{headline, search, write_deal_lines};
use super::insertion::{Placed, insert_all};
use super::{DealDetails, details};
use crate::board::{card_for_update, queries::visible_funnel};
use crate::customers::{self, Contacts};
use crate::error::{Error, Result};
use crate::sql::{Conn, sql};
use crate::{Ctx, Store, Tx, board};

/// What a new deal needs, whoever makes it.
pub(crate) struct NewDeal<'a> {
    pub storefront: StorefrontId,
    pub funnel: FunnelId,
    pub stage: StageId,
    pub customer: CustomerId,
    pub lines: &'a [Line],
    pub sum: i64,
    pub currency: Currency,
    pub source: domain::deals::Source,
    pub responsible: Option<UserId>,
    pub comment: &'a str,
    pub order_number: Option<String>,
    pub external_id: Option<String>,
    pub created_at: Millis,
}

impl Store {
    pub async fn create_deal(&self, ctx: &Ctx, command: CreateDeal) -> Result<Card> {
        let content = command.clone();
        self.write(ctx, command.command, &content, move |tx| Box::pin(async move { create(tx, command).await })).await
    }

    pub async fn edit_deal(&self, ctx: &Ctx, command: EditDeal) -> Result<DealDetails> {
        let content = command.clone();
        self.write(ctx, command.command, &content, move |tx| Box::pin(async move { edit(tx, command).await })).await
    }

    pub async fn assign_deal(&self, ctx: &Ctx, command: AssignDeal) -> Result<Card> {
        let content = command.clone();
        self.write(ctx, command.command, &content, move |tx| Box::pin(async move { assign(tx, command).await })).await
    }
}

/// Where a new deal is wanted: on which stage of a funnel, and whose it is where the funnel is everybody's.
pub(super) struct Spot {
    pub funnel: FunnelId,
    pub stage: Option<StageId>,
    pub storefront: Option<StorefrontId>,
}

async fn create(tx: &mut Tx<'_>, command: CreateDeal) -> Result<Card> {
    let CreateDeal { funnel, stage, storefront, form, .. } = command;
    make(tx, Spot { funnel, stage, storefront }, move |currency| form.parse(currency)).await
}

/// Makes a deal of what `parse` reads in the storefront's currency, once it is known that the actor may.
pub(super) async fn make(
    tx: &mut Tx<'_>,
    spot: Spot,
    parse: impl FnOnce(Currency) -> Result<DealContents, Faults> + Send,
) -> Result<Card> {
    let funnel = visible_funnel(tx.conn, &tx.ctx.actor, spot.funnel).await?;
    let storefront = match (funnel.storefront, spot.storefront) {
        (Some(own), _) => own,
        (None, Some(chosen)) => chosen,
        (None, None) => return Err(Refusal::NotFound.into()),
    };
    if !tx.ctx.actor.storefronts.contains(storefront) {
        return Err(Refusal::NotFound.into());
    }
    if !may(&tx.ctx.actor, Action::CreateDeal, On::Storefront(storefront)) {
        return Err(Refusal::NotAllowed.into());
    }
    let currency = currency_of(tx.conn, storefront).await?;
    let contents = parse(currency).map_err(|faults| Refusal::Faults { faults })?;
    let contacts = contacts_of(&contents)?;
    check_responsible(tx.conn, contents.responsible, storefront).await?;
    let stage = match spot.stage {
        Some(stage) => funnel.stage(stage),
        None => funnel.entrance(),
    };
    let stage = stage.ok_or(Refusal::StageGone)?;
    // A deal that begins as lost has no reason that anybody was asked for.
    if stage.kind == StageKind::Lost {
        return Err(Refusal::ReasonNeeded.into());
    }
    let stage = stage.id;
    // Before the customer, as where a shop's order makes a deal: the two never wait for each other in a circle.
    if !board::lock_open_stage(tx.conn, stage).await? {
        return Err(Refusal::StageGone.into());
    }
    let customer = customers::find_or_create(tx, &contacts, storefront).await?;
    insert(
        tx,
        NewDeal {
            storefront,
            funnel: funnel.id,
            stage,
            customer,
            lines: &contents.lines,
            sum: contents.sum,
            currency,
            source: contents.source,
            responsible: contents.responsible,
            comment: &contents.comment,
            order_number: None,
            external_id: None,
            created_at: tx.ctx.now,
        },
    )
    .await
}

/// How a new deal stands on its stage.
#[derive(Clone, Copy)]
pub(crate) struct Standing {
    pub since: Millis,
    pub lost_reason: Option<LostReasonId>,
}

/// Puts a deal on top of its stage and records it.
pub(crate) async fn insert(tx: &mut Tx<'_>, new: NewDeal<'_>) -> Result<Card> {
    let standing = Standing { since: tx.ctx.now, lost_reason: None };
    insert_standing(tx, new, standing).await
}

/// The same for one that has stood there for a while.
pub(crate) async fn insert_standing(tx: &mut Tx<'_>, new: NewDeal<'_>, standing: Standing) -> Result<Card> {
    let position = board::top_of(tx.conn, new.stage).await?;
    let customer_name = customers::name_of(tx.conn, new.customer).await?;
    let made = insert_all(tx, vec![Placed { new, position, customer_name, standing }]).await?;
    made.into_iter().next().ok_or_else(|| Error::Corrupt("a deal was made and is not there".into()))
}

async fn edit(tx: &mut Tx<'_>, command: EditDeal) -> Result<DealDetails> {
    let card = for_change(tx, command.deal, Action::EditDeal).await?;
    let before = details(tx.conn, card).await?;
    if command.seen != before.contents_version {
        return Err(Refusal::Edited { version: before.contents_version }.into());
    }
    let contents = command.form.parse(before.card.currency).map_err(|faults| Refusal::Faults { faults })?;
    rewrite(tx, before, contents).await
}

/// Gives a deal these contents; nothing is written where they are what it has.
pub(super) async fn rewrite(tx: &mut Tx<'_>, before: DealDetails, contents: DealContents) -> Result<DealDetails> {
    let contacts = contacts_of(&contents)?;
    if contents.responsible != before.card.responsible {
        check_responsible(tx.conn, contents.responsible, before.card.storefront).await?;
    }
    let customer = customers::change(tx, before.card.customer, &contacts, before.card.storefront).await?;
    let parts = changes(&before, &contents, &contacts, customer);
    if parts.is_empty() {
        return Ok(before);
    }
    let card = update(tx, &before.card, Update { contents: &contents, customer, parts }).await?;
    details(tx.conn, card).await
}

pub(crate) struct Update<'a> {
    pub contents: &'a DealContents,
    pub customer: CustomerId,
    pub parts: Vec<Changed>,
}

/// Writes a deal's new contents and records what changed.
pub(crate) async fn update(tx: &mut Tx<'_>, before: &Card, with: Update<'_>) -> Result<Card> {
    let Update { contents, customer, parts } = with;
    let (first_line, more_lines) = headline(&contents.lines);
    let name = customers::name_of(tx.conn, customer).await?;
    let search = search(before.order_number.as_deref(), &contents.lines);
    let version = before.version + 1;
    sql!(
        "UPDATE deals SET version = $2, contents_version = $2, customer_id = $3, first_line = $4, more_lines = $5, \
         sum = $6, responsible_id = $7, source = $8, comment = $9, search = $10 WHERE id = $1"
    )
    .bind(before.id)
    .bind(version)
    .bind(customer)
    .bind(&first_line)
    .bind(more_lines)
    .bind(contents.sum)
    .bind(contents.responsible)
    .bind(contents.source)
    .bind(&contents.comment)
    .bind(search)
    .run(tx.conn)
    .await?;
    write_deal_lines(tx.conn, before.id, &contents.lines).await?;
    let card = Card {
        version,
        customer,
        customer_name: name,
        first_line: first_line.clone(),
        more_lines,
        sum: contents.sum,
        responsible: contents.responsible,
        source: contents.source,
        ..before.clone()
    };
    let fact = DealEdited {
        stage: before.stage,
        sum_before: before.sum,
        sum: contents.sum,
        currency: before.currency,
        first_line,
        more_lines,
        source: contents.source,
        responsible: contents.responsible,
        changed: parts,
        version,
    };
    tx.record(board::scope_of(&card), Fact::DealEdited(fact));
    Ok(card)
}

fn changes(before: &DealDetails, after: &DealContents, contacts: &Contacts, customer: CustomerId) -> Vec<Changed> {
    let parts = [
        (Changed::Customer, before.card.customer != customer || before.card.customer_name != contacts.name),
        (Changed::Contacts, before.phone != contacts.phone || before.email != contacts.email),
        (Changed::Lines, before.lines != after.lines),
        (Changed::Sum, before.card.sum != after.sum),
        (Changed::Source, before.card.source != after.source),
        (Changed::Responsible, before.card.responsible != after.responsible),
        (Changed::Comment, before.comment != after.comment),
    ];
    parts.into_iter().filter(|(_, changed)| *changed).map(|(part, _)| part).collect()
}

async fn assign(tx: &mut Tx<'_>, command: AssignDeal) -> Result<Card> {
    let card = for_change(tx, command.deal, Action::EditDeal).await?;
    hand_over(tx, card, command.to).await
}

pub(super) async fn hand_over(tx: &mut Tx<'_>, mut card: Card, to: Option<UserId>) -> Result<Card> {
    if card.responsible == to {
        return Ok(card);
    }
    check_responsible(tx.conn, to, card.storefront).await?;
    let from = card.responsible;
    card.version += 1;
    card.responsible = to;
    sql!("UPDATE deals SET version = $2, contents_version = $2, responsible_id = $3 WHERE id = $1")
        .bind(card.id)
        .bind(card.version)
        .bind(card.responsible)
        .run(tx.conn)
        .await?;
    tx.record(board::scope_of(&card), Fact::DealAssigned { from, to, version: card.version });
    Ok(card)
}

/// A deal's card, held until the transaction ends, for an actor who may do this to it.
pub(super) async fn for_change(tx: &mut Tx<'_>, deal: DealId, action: Action) -> Result<Card> {
    let card = card_for_update(tx.conn, deal).await?.ok_or(Refusal::NotFound)?;
    let on = On::Storefront(card.storefront);
    if !may(&tx.ctx.actor, Action::SeeDeals, on) {
        return Err(Refusal::NotFound.into());
    }
    if !may(&tx.ctx.actor, action, on) {
        return Err(Refusal::NotAllowed.into());
    }
    Ok(card)
}

/// Contacts with the phone normalised; a phone that is no phone is a fault of the form.
pub(crate) fn contacts_of(contents: &DealContents) -> Result<Contacts> {
    let phone = match contents.phone.as_str() {
        "" => None,
        text => match customers::normal_phone(text, None) {
            Some(phone) => Some(phone),
            None => return Err(Refusal::Faults { faults: vec![(Field::Phone, Fault::NotAPhone)] }.into()),
        },
    };
    Ok(Contacts { name: contents.customer_name.clone(), phone, email: contents.email.clone() })
}

/// Only somebody who can see the deal can be responsible for it.
async fn check_responsible(conn: &mut Conn, user: Option<UserId>, storefront: StorefrontId) -> Result<()> {
    let Some(user) = user else { return Ok(()) };
    let row = sql!(
        "SELECT u.role, (SELECT COUNT(*) FROM memberships m WHERE m.user_id = u.id AND m.storefront_id = $2) AS member \
         FROM users u WHERE u.id = $1 AND u.removed_at IS NULL"
    )
    .bind(user)
    .bind(storefront)
    .optional(conn)
    .await?;
    let fits = match row {
        Some(row) => row.get::<Role>("role")?.sees_every_storefront() || row.get::<i64>("member")? > 0,
        None => false,
    };
    if fits { Ok(()) } else { Err(Refusal::Faults { faults: vec![(Field::Responsible, Fault::Unknown)] }.into()) }
}

pub(crate) async fn currency_of(conn: &mut Conn, storefront: StorefrontId) -> Result<Currency> {
    let row = sql!("SELECT currency FROM storefronts WHERE id = $1").bind(storefront).optional(conn).await?;
    row.ok_or(Refusal::NotFound)?.get("currency")
}
