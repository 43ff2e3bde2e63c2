//! What a customer may know of their order: where it is, in plain words. Made of what stands here and nothing else, so
//! that no telephone, note or colleague ever gets onto the page.

mod order;

use serde::{Deserialize, Serialize};

pub use order::{OrderSteps, OrderWay, PublicStatus, order_steps};

use crate::funnels::{Colour, Funnel, Stage, StageKind};
use crate::ids::*;
use crate::money::Currency;
use crate::orders::Carrier;

/// An order as its customer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracked {
    /// The storefront's name and colour.
    pub storefront: String,
    pub colour: Colour,
    pub number: Option<String>,
    pub steps: Vec<Step>,
    /// While it waits: until which day, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Once it has left.
    pub parcel: Option<Parcel>,
    pub goods: Vec<Goods>,
    /// Minor units.
    pub sum: i64,
    pub currency: Currency,
    /// When something last happened to it.
    pub changed_at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goods {
    pub name: String,
    pub quantity: i64,
    /// Of all of them, in minor units.
    pub total: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    pub carrier: Carrier,
    pub number: String,
    /// When it may be expected, while it is on its way.
    pub expected: Option<Millis>,
}

/// A stage or a status that the customer sees, by its public name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub name: String,
    /// What it means, in a sentence; may be empty.
    pub text: String,
    pub state: StepState,
    /// When the order came here; None where it has not, or passed it by.
    pub at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepState {
    Done,
    Now,
    Ahead,
    /// The order was called off: nothing comes after it.
    Off,
}

impl Tracked {
    /// Where the order is; None where the funnel shows its customers nothing yet.
    pub fn now(&self) -> Option<&Step> {
        self.steps.iter().rfind(|step| matches!(step.state, StepState::Now | StepState::Off))
    }
}

/// Where a deal stands and how it got there.
pub struct Way<'a> {
    pub stage: StageId,
    /// The stage that it left for the one where it stands.
    pub left: Option<StageId>,
    /// Each stage that it came to and when, in the order of time.
    pub arrivals: &'a [(StageId, Millis)],
}

/// The public steps of a funnel for one deal. A stage that the customer does not see counts as the last one before it
/// that they do: nothing moves while the team works inside.
pub fn steps(funnel: &Funnel, way: &Way<'_>) -> Vec<Step> {
    let place = |id: StageId| funnel.stages.iter().position(|stage| stage.id == id);
    let lost = funnel.stage(way.stage).filter(|stage| stage.kind == StageKind::Lost);
    // A lost deal had got as far as the stage it left.
    let reached = if lost.is_some() { way.left.and_then(place) } else { place(way.stage) };
    let public = |stage: &&Stage| stage.public_name.is_some() && stage.kind != StageKind::Lost;
    let line: Vec<(usize, &Stage)> = funnel.stages.iter().enumerate().filter(|(_, stage)| public(stage)).collect();
    let last = line.iter().rposition(|(index, _)| reached.is_some_and(|reached| *index <= reached));
    let won = funnel.stage(way.stage).is_some_and(|stage| stage.kind == StageKind::Won);
    let mut steps: Vec<Step> = line
        .iter()
        .enumerate()
        .map(|(index, (_, stage))| {
            let state = match last {
                Some(last) if index < last || (index == last && (lost.is_some() || won)) => StepState::Done,
                Some(last) if index == last => StepState::Now,
                Some(_) | None => StepState::Ahead,
            };
            let at = if state == StepState::Ahead { None } else { arrival(way, stage.id) };
            Step { name: stage.public_name.clone().unwrap_or_default(), text: String::new(), state, at }
        })
        .collect();
    // The end that was reached is also where the order is.
    if let Some(step) = last.filter(|_| won).and_then(|last| steps.get_mut(last)) {
        step.state = StepState::Now;
    }
    if let Some(stage) = lost {
        steps.retain(|step| step.state != StepState::Ahead);
        let name = stage.public_name.clone().unwrap_or_default();
        steps.push(Step { name, text: String::new(), state: StepState::Off, at: arrival(way, stage.id) });
    }
    steps
}

fn arrival(way: &Way<'_>, stage: StageId) -> Option<Millis> {
    way.arrivals.iter().rfind(|(to, _)| *to == stage).map(|(_, at)| *at)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkChange {
    /// A new link; the one before ends at once.
    Renew,
    /// No link at all.
    Revoke,
}

#[cfg(test)]
mod tests;
