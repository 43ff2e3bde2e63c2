//! The business before its first order: two shops, their funnels, six people, the reasons for which deals are lost.

use domain::auth::{Actor, Role, Storefronts, Who};
use domain::funnels::presets::Preset;
use domain::funnels::{Funnel, StageKind};
use domain::i18n::Lang;
use domain::ids::*;
use domain::orders::{Status, suggest};
use store::auth::tokens::random_token;
use store::auth::{Invite, User};
use store::funnels::{NewFunnel, ReasonChange};
use store::storefronts::NewStorefront;
use store::{Ctx, Store};

use super::goods::Shop;
use super::habits::LOST_REASONS_UK;
use super::people::TEAM;
use crate::failure::Failure;

/// Places in [`TEAM`].
const HEAD: usize = 2;
const MANAGER_OF_HOME: usize = 3;
const MANAGER_OF_BOTH: usize = 4;
const VIEWER: usize = 5;

/// Who is there and where they work.
pub struct Team {
    /// In the order of [`Shop::ALL`].
    pub shops: [Counter; 2],
    pub reasons: Vec<LostReasonId>,
}

/// One shop's side of the business.
pub struct Counter {
    pub storefront: StorefrontId,
    pub orders: Funnel,
    pub sales: Funnel,
    pub statuses: Vec<Status>,
    /// Who works on its deals; the first on most.
    pub workers: [Actor; 2],
    pub head: Actor,
}

impl Counter {
    /// The stage for a step of a journey: open stages and the purchase in order, and the last for a lost deal.
    pub fn stage(funnel: &Funnel, step: usize) -> Option<StageId> {
        let stage = match step {
            super::habits::CANCELLED => funnel.stages.iter().find(|stage| stage.kind == StageKind::Lost),
            step => funnel.stages.get(step),
        };
        stage.map(|stage| stage.id)
    }
}

pub async fn open(store: &Store, now: Millis) -> Result<Team, Failure> {
    let ctx = Ctx { actor: Actor::system(), now };
    // Before the first funnel, which would bring the reasons of a beginner.
    let mut reasons = Vec::new();
    for name in LOST_REASONS_UK {
        let change = ReasonChange::Add { name: name.into() };
        let known = store.change_lost_reasons(&ctx, CommandId::new_v4(), change).await?;
        reasons.extend(known.iter().find(|reason| reason.name == name).map(|reason| reason.id));
    }
    let mut shops = Vec::new();
    for shop in Shop::ALL {
        let new = NewStorefront { name: shop.name().into(), currency: "UAH".into(), woocommerce_secret: None };
        let storefront = store.create_storefront(&ctx, CommandId::new_v4(), new).await?.id;
        let orders = funnel(store, &ctx, storefront, Preset::Orders).await?;
        let sales = funnel(store, &ctx, storefront, Preset::Sales).await?;
        let statuses = store.statuses(&ctx, storefront).await?;
        // Cards and orders go together.
        store.set_bond(&ctx, CommandId::new_v4(), suggest(storefront, &statuses, &orders)).await?;
        shops.push((storefront, orders, sales, statuses));
    }
    let storefronts = [shops[0].0, shops[1].0];
    let mut team = Vec::new();
    for place in 0..TEAM.len() {
        team.push(invite(store, &ctx, place, storefronts).await?);
    }
    let both = |first: usize, second: usize| [actor(&team[first]), actor(&team[second])];
    let mut workers = [both(MANAGER_OF_HOME, MANAGER_OF_BOTH), both(MANAGER_OF_BOTH, HEAD)].into_iter();
    let counters: Vec<Counter> = shops
        .into_iter()
        .zip(&mut workers)
        .map(|((storefront, orders, sales, statuses), workers)| Counter {
            storefront,
            orders,
            sales,
            statuses,
            workers,
            head: actor(&team[HEAD]),
        })
        .collect();
    let shops = counters.try_into().map_err(|_| Failure::new("the demo has two shops"))?;
    Ok(Team { shops, reasons })
}

async fn funnel(store: &Store, ctx: &Ctx, storefront: StorefrontId, preset: Preset) -> Result<Funnel, Failure> {
    let new = NewFunnel {
        name: preset.name(Lang::Uk).to_owned(),
        storefront: Some(storefront),
        preset: Some(preset),
        lang: Lang::Uk,
    };
    Ok(store.create_funnel(ctx, CommandId::new_v4(), new).await?)
}

async fn invite(store: &Store, ctx: &Ctx, place: usize, shops: [StorefrontId; 2]) -> Result<User, Failure> {
    let (name, local, role) = TEAM[place];
    let role = Role::parse(role).ok_or_else(|| Failure::new(format!("{role} is no role")))?;
    let storefronts = match place {
        MANAGER_OF_HOME => vec![shops[0]],
        VIEWER => vec![shops[1]],
        HEAD | MANAGER_OF_BOTH => shops.to_vec(),
        // Owners and admins belong everywhere.
        _ => Vec::new(),
    };
    let invite = Invite { name: name.into(), email: format!("{local}@voronka.example"), role, storefronts };
    let (user, token) = store.invite(ctx, CommandId::new_v4(), invite).await?;
    // The owner comes in by the link that the server prints and sets a password then; nobody knows the others'.
    if role != Role::Owner {
        store.accept_invite(&token, &random_token(), ctx.now).await?;
    }
    Ok(user)
}

fn actor(user: &User) -> Actor {
    let storefronts = match user.role.sees_every_storefront() {
        true => Storefronts::All,
        false => Storefronts::Some(user.storefronts.clone()),
    };
    Actor { who: Who::User(user.id), role: user.role, storefronts }
}
