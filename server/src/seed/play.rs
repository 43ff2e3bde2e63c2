//! Plays the stories to the store. Happenings go in order of time, in batches in which no deal comes twice: the
//! commands of a batch are queued in their order and share commits.

use std::collections::HashSet;

use domain::auth::Actor;
use domain::board::{Card, MoveDeal, Place};
use domain::deals::{AssignDeal, CreateDeal, DealForm, EditDeal, LineForm};
use domain::i18n::Lang;
use domain::ids::*;
use domain::money;
use domain::orders::{Asked, ChangeMany, IncomingOrder, ShopStatus, StatusKind};
use futures::future::join_all;
use store::orders::Arrival;
use store::{Ctx, Store};

use super::habits::{CANCELLED, SHIPPED};
use super::opening::{Counter, Team};
use super::story::{Door, Happening, Story, What};
use super::words::told_with;
use crate::failure::Failure;

/// A store takes a few thousand queued commands; a group of its writer takes some hundreds.
const BATCH_MAX: usize = 200;

/// Where a deal stands by now.
#[derive(Clone, Copy)]
struct Standing {
    deal: DealId,
    stage: StageId,
    /// None: it was written down by hand.
    order: Option<OrderId>,
}

pub async fn play(store: &Store, team: &Team, stories: Vec<Story>, happenings: Vec<Happening>) -> Result<(), Failure> {
    let mut standings: Vec<Option<Standing>> = vec![None; stories.len()];
    let mut rest = happenings.as_slice();
    while !rest.is_empty() {
        let mut seen = HashSet::new();
        let fits = rest.iter().take(BATCH_MAX).take_while(|happening| seen.insert(happening.deal)).count();
        let (batch, after) = rest.split_at(fits);
        rest = after;
        let played = batch.iter().map(|happening| {
            let scene = Scene { store, team, story: &stories[happening.deal], at: happening.at };
            scene.play(&happening.what, standings[happening.deal])
        });
        let played = join_all(played).await;
        for (happening, standing) in batch.iter().zip(played) {
            standings[happening.deal] = standing?;
        }
    }
    Ok(())
}

struct Scene<'a> {
    store: &'a Store,
    team: &'a Team,
    story: &'a Story,
    at: Millis,
}

impl Scene<'_> {
    /// Answers with where the deal stands then.
    async fn play(self, what: &What, standing: Option<Standing>) -> Result<Option<Standing>, Failure> {
        let Some(now) = standing else {
            return match what {
                What::Born => self.born().await.map(Some),
                _ => Ok(None),
            };
        };
        match what {
            What::Born => {}
            What::Assigned => self.assign(now.deal).await?,
            What::Moved { step, reason } => return self.go(now, *step, *reason).await.map(Some),
            What::Stands(kind) => return self.stand(now, *kind).await.map(Some),
            What::Told(status) => self.told(*status).await?,
            What::Commented(words) => self.comment(now.deal, words).await?,
        }
        Ok(Some(now))
    }

    fn counter(&self) -> &Counter {
        &self.team.shops[self.story.shop]
    }

    fn worker(&self) -> &Actor {
        let workers = &self.counter().workers;
        workers.get(self.story.worker).unwrap_or(&workers[0])
    }

    fn ctx(&self, actor: &Actor) -> Ctx {
        Ctx { actor: actor.clone(), now: self.at }
    }

    async fn born(&self) -> Result<Standing, Failure> {
        let counter = self.counter();
        let funnel = if self.story.door == Door::Question { &counter.sales } else { &counter.orders };
        if self.story.door == Door::Order {
            let (storefront, order) = (counter.storefront, self.story.order.clone());
            let received = self.store.receive_order(storefront, self.at, order, Arrival::Sent).await?;
            let deal = received.deal.ok_or_else(|| Failure::new("an order of the demo made no deal"))?;
            let card = self.store.card(&self.ctx(self.worker()), deal).await?;
            return Ok(standing(&card, received.order));
        }
        let command = CreateDeal {
            command: CommandId::new_v4(),
            funnel: funnel.id,
            stage: None,
            storefront: None,
            form: form(&self.story.order, self.worker().user()),
        };
        Ok(standing(&self.store.create_deal(&self.ctx(self.worker()), command).await?, None))
    }

    /// Mostly a manager takes an order; now and then the head hands it out.
    async fn assign(&self, deal: DealId) -> Result<(), Failure> {
        let by = if self.story.order.total % 5 == 0 && self.story.worker == 1 {
            &self.counter().head
        } else {
            self.worker()
        };
        let command = AssignDeal { command: CommandId::new_v4(), deal, to: self.worker().user() };
        self.store.assign_deal(&self.ctx(by), command).await?;
        Ok(())
    }

    async fn go(&self, from: Standing, step: usize, reason: Option<usize>) -> Result<Standing, Failure> {
        let counter = self.counter();
        let funnel = if self.story.door == Door::Question { &counter.sales } else { &counter.orders };
        let Some(to) = Counter::stage(funnel, step).filter(|to| *to != from.stage) else { return Ok(from) };
        let asked = match step {
            SHIPPED => Some(Asked::Shipment),
            CANCELLED => Some(Asked::Cancellation),
            _ => None,
        };
        let command = MoveDeal {
            command: CommandId::new_v4(),
            deal: from.deal,
            to,
            place: Place::Top,
            from: from.stage,
            reason: reason.and_then(|place| self.team.reasons.get(place).copied()),
            undoes: None,
            details: asked.map(|asked| told_with(asked, &self.story.order)),
        };
        Ok(standing(&self.store.move_deal(&self.ctx(self.worker()), command).await?, from.order))
    }

    /// Where it may go by itself; where it may not, it stays.
    async fn stand(&self, now: Standing, kind: StatusKind) -> Result<Standing, Failure> {
        let to = self.counter().statuses.iter().find(|status| status.kind == kind);
        let (Some(order), Some(to)) = (now.order, to) else { return Ok(now) };
        let ctx = self.ctx(self.worker());
        let command = ChangeMany {
            command: CommandId::new_v4(),
            orders: vec![order],
            to: to.id,
            details: kind.asks().map(|asked| told_with(asked, &self.story.order)),
            override_reason: None,
        };
        self.store.change_status_many(&ctx, command).await?;
        Ok(standing(&self.store.card(&ctx, now.deal).await?, now.order))
    }

    async fn told(&self, status: ShopStatus) -> Result<(), Failure> {
        let order = IncomingOrder {
            shop_status: status.key().to_owned(),
            status,
            paid: self.story.order.paid || status == ShopStatus::Completed,
            changed_at: self.at,
            ..self.story.order.clone()
        };
        self.store.receive_order(self.counter().storefront, self.at, order, Arrival::Sent).await?;
        Ok(())
    }

    async fn comment(&self, deal: DealId, words: &str) -> Result<(), Failure> {
        let ctx = self.ctx(self.worker());
        let details = self.store.deal(&ctx, deal).await?;
        let comment = match details.comment.as_str() {
            "" => words.to_owned(),
            before => format!("{before}\n{words}"),
        };
        let form = DealForm { comment, ..form(&self.story.order, details.card.responsible) };
        // The store may know this customer by another name by now.
        let sum = money::editable(details.card.sum, details.card.currency, Lang::En);
        let form = DealForm { customer_name: details.card.customer_name, sum, ..form };
        let command = EditDeal { command: CommandId::new_v4(), deal, seen: details.contents_version, form };
        self.store.edit_deal(&ctx, command).await?;
        Ok(())
    }
}

fn standing(card: &Card, order: Option<OrderId>) -> Standing {
    Standing { deal: card.id, stage: card.stage, order }
}

/// What a manager types.
fn form(order: &IncomingOrder, responsible: Option<UserId>) -> DealForm {
    DealForm {
        customer_name: order.customer.name.clone(),
        phone: order.customer.phone.clone().unwrap_or_default(),
        email: order.customer.email.clone().unwrap_or_default(),
        source: order.source.key().to_owned(),
        responsible,
        comment: order.note.clone(),
        lines: order
            .lines
            .iter()
            .map(|line| LineForm {
                name: line.name.clone(),
                sku: line.sku.clone(),
                quantity: line.quantity.to_string(),
                price: money::editable(line.price, order.currency, Lang::En),
            })
            .collect(),
        sum: String::new(),
    }
}
