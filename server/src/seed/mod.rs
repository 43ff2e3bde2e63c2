//! The deterministic demo shop: the same people, goods and habits every time, with dates that end now. Everything is
//! done by the store's own commands, each at its moment in the past, so the log tells the truth.

pub mod customer;
pub mod goods;
pub mod habits;
pub mod people;

mod opening;
mod play;
mod story;
mod words;

use std::time::{Duration, Instant};

use domain::auth::Actor;
use domain::ids::{CommandId, Millis};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use store::{Ctx, Store};

use crate::failure::Failure;

const SEED: u64 = 20_251;
const DAY_MS: i64 = 86_400_000;

#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub deals: usize,
    pub days: u32,
}

impl Default for Size {
    fn default() -> Self {
        Self { deals: 1_500, days: 90 }
    }
}

pub struct Seeded {
    pub deals: usize,
    pub events: i64,
    pub took: Duration,
}

/// Fills an empty database; whoever calls has looked that it is empty.
pub async fn seed(store: &Store, size: Size, now: Millis) -> Result<Seeded, Failure> {
    let begun = Instant::now();
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    let from = now - i64::from(size.days) * DAY_MS;
    // The day before the first order comes.
    let team = opening::open(store, from - DAY_MS).await?;
    let (stories, happenings) = story::write(&mut rng, size.deals, from, now);
    play::play(store, &team, stories, happenings).await?;
    let ctx = Ctx { actor: Actor::system(), now };
    store.switch_demo(&ctx, CommandId::new_v4(), true).await?;
    Ok(Seeded { deals: size.deals, events: store.log_end().await?.0, took: begun.elapsed() })
}
