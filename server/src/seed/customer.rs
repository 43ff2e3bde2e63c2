//! The demo's background customer: while it is switched on, an order comes or a deal moves every few seconds, so that
//! a board lives before anybody has touched it.

use std::time::Duration;

use app::ctx::now;
use domain::auth::{Action, Actor, On, Role, Storefronts, Who, may};
use domain::board::{Card, Filter, MoveDeal, Place};
use domain::deals::AssignDeal;
use domain::funnels::{Funnel, Stage, StageKind};
use domain::ids::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use store::orders::Arrival;
use store::storefronts::Storefront;
use store::{Ctx, Result, Store};

use super::goods::Shop;
use super::{people, story, words};

/// Between two happenings, ms.
const PAUSE_MS: std::ops::Range<u64> = 8_000..25_000;

/// Runs as long as the server; does nothing in a shop that is no demo, or where it is switched off.
pub async fn keep_ordering(store: Store) {
    let mut rng = ChaCha8Rng::seed_from_u64(rand::random());
    loop {
        tokio::time::sleep(Duration::from_millis(rng.random_range(PAUSE_MS))).await;
        let happened = match store.demo().await {
            Ok(Some(true)) => happen(&store, &mut rng).await,
            Ok(Some(false)) => Ok(()),
            // A shop becomes a demo before it is served, or never.
            Ok(None) => return,
            Err(error) => Err(error),
        };
        match happened {
            Ok(()) => {}
            Err(store::Error::Closed) => return,
            // A colleague was faster, or changed the funnel: the next one goes better.
            Err(store::Error::Refused(refusal)) => tracing::debug!(?refusal, "the background customer was refused"),
            Err(error) => tracing::warn!(%error, "the background customer failed"),
        }
    }
}

async fn happen(store: &Store, rng: &mut ChaCha8Rng) -> Result<()> {
    let ctx = Ctx { actor: Actor::system(), now: now() };
    // As many deals go as come, in the long run: a journey is four moves long.
    if rng.random_ratio(22, 100) { order(store, &ctx, rng).await } else { step(store, &ctx, rng).await }
}

async fn order(store: &Store, ctx: &Ctx, rng: &mut ChaCha8Rng) -> Result<()> {
    let all = store.storefronts(ctx).await?;
    let Some((shop, storefront)) = pick(rng, &demo_shops(&all)) else { return Ok(()) };
    // Far above the numbers of the seed, and never the same twice.
    let number = 20_000 + ctx.now / 1_000 % 10_000_000;
    let person = people::person(rng);
    let order = story::order(rng, shop, person, (number, ctx.now));
    store.receive_order(storefront, ctx.now, order, Arrival::Sent).await?;
    Ok(())
}

fn demo_shops(all: &[Storefront]) -> Vec<(Shop, StorefrontId)> {
    let shops = Shop::ALL.into_iter();
    shops.filter_map(|shop| Some((shop, all.iter().find(|one| one.name == shop.name())?.id))).collect()
}

/// Some deal that is not closed yet goes a step on, or is lost.
async fn step(store: &Store, ctx: &Ctx, rng: &mut ChaCha8Rng) -> Result<()> {
    let storefronts: Vec<StorefrontId> =
        demo_shops(&store.storefronts(ctx).await?).into_iter().map(|(_, storefront)| storefront).collect();
    let mut funnels = store.funnels(&ctx.actor).await?;
    funnels.retain(|funnel| funnel.storefront.is_some_and(|storefront| storefronts.contains(&storefront)));
    let Some(funnel) = pick(rng, &funnels) else { return Ok(()) };
    let data = store.board(ctx, funnel.id, &Filter::default()).await?;
    let cards: Vec<Card> = data.board.cards.into_values().filter(|card| is_open(&funnel, card.stage)).collect();
    let Some(card) = pick_oldest(rng, cards) else { return Ok(()) };
    let Some(to) = next_stage(&funnel, card.stage, rng.random_ratio(12, 100)) else { return Ok(()) };
    let reasons: Vec<LostReasonId> = data.reasons.iter().map(|reason| reason.id).collect();
    let reason = if to.kind == StageKind::Lost { pick(rng, &reasons) } else { None };
    let Some(manager) = manager(store, ctx, rng, &card).await? else { return Ok(()) };
    let ctx = Ctx { actor: manager, now: ctx.now };
    if card.responsible.is_none() {
        let command = AssignDeal { command: CommandId::new_v4(), deal: card.id, to: ctx.actor.user() };
        store.assign_deal(&ctx, command).await?;
    }
    let (deal, from) = (card.id, card.stage);
    let bond = store.bond(&ctx, funnel.id, card.storefront).await?;
    let statuses = store.statuses(&ctx, card.storefront).await?;
    let status = bond.status_of(to.id).and_then(|id| statuses.iter().find(|status| status.id == id));
    let details = status.and_then(|status| status.kind.asks()).map(|asked| words::told(asked, deal.0, ctx.now));
    let command = MoveDeal {
        command: CommandId::new_v4(),
        deal,
        to: to.id,
        place: Place::Top,
        from,
        reason,
        undoes: None,
        details,
    };
    store.move_deal(&ctx, command).await?;
    Ok(())
}

fn is_open(funnel: &Funnel, stage: StageId) -> bool {
    // After the purchase a deal stays where it is: nobody in the demo asks for it back.
    let won = funnel.stages.iter().position(|stage| stage.kind == StageKind::Won).unwrap_or(funnel.stages.len());
    funnel.stages.iter().take(won).any(|one| one.id == stage && one.kind == StageKind::Open)
}

fn next_stage(funnel: &Funnel, stage: StageId, lost: bool) -> Option<Stage> {
    let stages = &funnel.stages;
    if lost && let Some(stage) = stages.iter().find(|stage| stage.kind == StageKind::Lost) {
        return Some(stage.clone());
    }
    let place = stages.iter().position(|one| one.id == stage)?;
    stages.get(place + 1).cloned()
}

/// The responsible person, else any manager of the deal's shop.
async fn manager(store: &Store, ctx: &Ctx, rng: &mut ChaCha8Rng, card: &Card) -> Result<Option<Actor>> {
    let users = store.users(ctx).await?;
    let fitting: Vec<Actor> = users
        .into_iter()
        .filter(|user| card.responsible.map_or(user.role == Role::Manager, |responsible| responsible == user.id))
        .map(|user| Actor {
            who: Who::User(user.id),
            role: user.role,
            storefronts: if user.role.sees_every_storefront() {
                Storefronts::All
            } else {
                Storefronts::Some(user.storefronts)
            },
        })
        .filter(|actor| may(actor, Action::MoveDeal, On::Storefront(card.storefront)))
        .collect();
    Ok(pick(rng, &fitting))
}

fn pick<T: Clone>(rng: &mut ChaCha8Rng, of: &[T]) -> Option<T> {
    if of.is_empty() { None } else { of.get(rng.random_range(0..of.len())).cloned() }
}

/// What has waited longest goes on first, mostly.
fn pick_oldest(rng: &mut ChaCha8Rng, mut cards: Vec<Card>) -> Option<Card> {
    cards.sort_by_key(|card| (card.since, card.id));
    let eldest = cards.len().div_ceil(3);
    cards.truncate(eldest);
    pick(rng, &cards)
}
