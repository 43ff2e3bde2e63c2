//! Carriers, asked for parcels: one file each, which knows where its carrier answers, how many parcels it takes at once
//! and how it wants to be asked; what it answers is read in the crate `formats`. `ask` is one question, `runner` is what
//! becomes of the answers. A new carrier is a file that implements [`Asks`] and a line in [`Carriers::of`].

mod ask;
mod dhl;
mod fedex;
mod nova_poshta;
pub mod runner;
mod ukrposhta;

use std::time::Duration;

use domain::carriers::{CarrierWhy, Pace, Tracked};
use domain::ids::Millis;
use domain::orders::Carrier;
use futures::future::BoxFuture;

use crate::config::Config;
use crate::guard::outward::Outward;
use ask::{Asker, Trouble};

/// Where nothing is to be done.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Questions that one claim may come to, where a carrier refuses some parcels and takes the others with them.
const QUESTIONS_MAX: u32 = 16;

/// How carriers are asked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// For tests: where every carrier answers.
    url: Option<String>,
    time_max: Duration,
    /// For tests: every wait.
    again: Option<Millis>,
}

impl Settings {
    pub fn of(config: &Config) -> Self {
        Self {
            url: config.carriers_url.clone().map(|url| url.trim_end_matches('/').to_owned()),
            time_max: Duration::from_millis(config.carriers_wait_ms),
            again: config.carriers_again_ms,
        }
    }

    /// How often a parcel's turn may have come.
    fn look_every(&self) -> Duration {
        let again = self.again.map(|again| Duration::from_millis(again.unsigned_abs().max(10)));
        again.map_or(LOOK_EVERY, |again| again.min(LOOK_EVERY))
    }

    fn pace(&self) -> Pace {
        Pace { set: self.again, chance: rand::random_range(0..=1_000) }
    }

    /// Where a carrier answers; `own` is its own address.
    fn base(&self, carrier: Carrier, own: &str) -> String {
        self.url.as_ref().map_or_else(|| own.to_owned(), |url| format!("{url}/{}", carrier.key()))
    }
}

/// It has no Debug: the keys are in it.
#[derive(Clone, Copy)]
struct Question<'a> {
    key: &'a str,
    secret: &'a str,
    numbers: &'a [String],
    now: Millis,
}

/// What came of a question. Numbers of which nothing is told were not answered if there was trouble; else the carrier had
/// nothing to say of them.
#[derive(Default)]
struct Asked {
    told: Vec<Tracked>,
    trouble: Option<Trouble>,
}

trait Asks: Send + Sync {
    /// Parcels at once.
    fn most(&self) -> i64;

    fn ask<'a>(&'a self, asker: &'a Asker, question: Question<'a>) -> BoxFuture<'a, Asked>;
}

/// All that we can ask.
struct Carriers {
    asker: Asker,
    nova_poshta: nova_poshta::NovaPoshta,
    ukrposhta: ukrposhta::Ukrposhta,
    dhl: dhl::Dhl,
    fedex: fedex::FedEx,
}

impl Carriers {
    fn new(settings: &Settings) -> Result<Self, reqwest::Error> {
        let outward = Outward::new(settings.url.is_some());
        Ok(Self {
            asker: Asker::new(&outward, settings.time_max)?,
            nova_poshta: nova_poshta::NovaPoshta::at(settings.base(Carrier::NovaPoshta, nova_poshta::OWN)),
            ukrposhta: ukrposhta::Ukrposhta::at(settings.base(Carrier::Ukrposhta, ukrposhta::OWN)),
            dhl: dhl::Dhl::at(settings.base(Carrier::Dhl, dhl::OWN)),
            fedex: fedex::FedEx::at(settings.base(Carrier::FedEx, fedex::OWN)),
        })
    }

    fn of(&self, carrier: Carrier) -> Option<&dyn Asks> {
        match carrier {
            Carrier::NovaPoshta => Some(&self.nova_poshta),
            Carrier::Ukrposhta => Some(&self.ukrposhta),
            Carrier::Dhl => Some(&self.dhl),
            Carrier::FedEx => Some(&self.fedex),
            Carrier::Other => None,
        }
    }
}

/// One number that a carrier does not take refuses all that are asked for with it: they are asked for in halves, until it
/// is alone.
async fn in_halves<'a, F>(numbers: &'a [String], mut ask: F) -> Asked
where
    F: FnMut(&'a [String]) -> BoxFuture<'a, Result<Vec<Tracked>, Trouble>> + Send,
{
    let (mut asked, mut waiting, mut left) = (Asked::default(), vec![numbers], QUESTIONS_MAX);
    while let Some(some) = waiting.pop() {
        if some.is_empty() {
            continue;
        }
        left = left.saturating_sub(1);
        match (ask(some).await, some) {
            (Ok(told), _) => asked.told.extend(told),
            (Err(trouble), [one]) if trouble.why == CarrierWhy::Refuses => {
                asked.told.push(Tracked { raw: trouble.said, ..nothing_of(one) });
            }
            (Err(trouble), several) if trouble.why == CarrierWhy::Refuses && left > 0 => {
                let (first, second) = several.split_at(several.len() / 2);
                waiting.extend([second, first]);
            }
            (Err(trouble), _) => {
                asked.trouble = Some(trouble);
                break;
            }
        }
    }
    asked
}

/// A parcel of which a carrier has nothing to say.
fn nothing_of(number: &str) -> Tracked {
    Tracked { number: number.to_owned(), scans: Vec::new(), estimate: None, town: String::new(), raw: String::new() }
}

#[cfg(test)]
mod tests;
