//! The way of an order that the team gives statuses, as its customer sees it.

use super::{Step, StepState};
use crate::ids::*;
use crate::orders::StatusKind;

/// What customers may know of a status. What the team calls it is not here, so that it gets onto no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicStatus {
    pub id: StatusId,
    pub kind: StatusKind,
    /// None: they do not see it.
    pub name: Option<String>,
    /// What it means; may be empty.
    pub text: String,
    pub retired: bool,
}

/// Where an order is and how it got there.
pub struct OrderWay<'a> {
    pub now: StatusId,
    /// All of the storefront, in their order.
    pub statuses: &'a [PublicStatus],
    /// The steps of its scenario; empty without one.
    pub scenario: &'a [StatusId],
    /// Each status that it came into and when, in the order of time.
    pub arrivals: &'a [(StatusId, Millis)],
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderSteps {
    pub steps: Vec<Step>,
    /// Of the status that the customer sees it in; None: they see none yet.
    pub kind: Option<StatusKind>,
}

/// The public steps of one order. A status that the customer does not see counts as the last one before it that they do.
/// What is beside the way (a delay, a return, the end that nobody wished) stands after as much of it as was walked.
pub fn order_steps(way: &OrderWay<'_>) -> OrderSteps {
    let Some(now) = way.status(way.now) else { return OrderSteps::default() };
    let aside = way.is_beside(now);
    let here = if aside { way.came().rev().find(|status| !way.is_beside(status)) } else { Some(now) };
    let path = way.path(here);
    let public = |(_, status): &(usize, &PublicStatus)| status.name.is_some();
    let line: Vec<(usize, &PublicStatus)> = path.iter().copied().enumerate().filter(public).collect();
    let reached = here.and_then(|here| path.iter().position(|status| status.id == here.id));
    let last = line.iter().rposition(|(index, _)| reached.is_some_and(|reached| *index <= reached));
    // A cancelled order is cancelled, however secret its status is.
    let told = aside && (now.name.is_some() || now.kind == StatusKind::Cancelled);
    let mut steps: Vec<Step> = line
        .iter()
        .enumerate()
        .map(|(index, (_, status))| match last {
            Some(last) if index < last || (index == last && told) => way.step(status, StepState::Done),
            Some(last) if index == last => way.step(status, StepState::Now),
            Some(_) | None => way.step(status, StepState::Ahead),
        })
        .collect();
    if !told {
        return OrderSteps { steps, kind: last.and_then(|last| line.get(last)).map(|(_, status)| status.kind) };
    }
    let walked = last.map_or(0, |last| last + 1);
    match now.kind {
        StatusKind::Cancelled => {
            steps.truncate(walked);
            steps.push(way.step(now, StepState::Off));
        }
        StatusKind::Returned => {
            steps.truncate(walked);
            let back = way.came().rev().find(|status| status.kind == StatusKind::Returning && status.name.is_some());
            steps.extend(back.map(|back| way.step(back, StepState::Done)));
            steps.push(way.step(now, StepState::Now));
        }
        StatusKind::Returning => {
            steps.truncate(walked);
            steps.push(way.step(now, StepState::Now));
        }
        // After a delay it goes on.
        _ => steps.insert(walked, way.step(now, StepState::Now)),
    }
    OrderSteps { steps, kind: Some(now.kind) }
}

impl<'a> OrderWay<'a> {
    fn status(&self, id: StatusId) -> Option<&'a PublicStatus> {
        self.statuses.iter().find(|status| status.id == id)
    }

    /// What it came into, in the order of time.
    fn came(&self) -> impl DoubleEndedIterator<Item = &'a PublicStatus> {
        self.arrivals.iter().filter_map(|(id, _)| self.status(*id))
    }

    fn is_beside(&self, status: &PublicStatus) -> bool {
        match status.kind {
            StatusKind::Returning | StatusKind::Returned | StatusKind::Cancelled => true,
            StatusKind::Delayed => !self.scenario.contains(&status.id),
            _ => false,
        }
    }

    /// How far along: by what it means, then by the storefront's order.
    fn place(&self, status: &PublicStatus) -> (usize, usize) {
        let place = self.statuses.iter().position(|other| other.id == status.id);
        (status.kind.rank(), place.unwrap_or(usize::MAX))
    }

    /// The steps of its scenario; without one, what every order goes through. Between them stands what it went through
    /// besides, as far as it has got.
    fn path(&self, here: Option<&'a PublicStatus>) -> Vec<&'a PublicStatus> {
        let mut path: Vec<&PublicStatus> = if self.scenario.is_empty() {
            let usual = |status: &&PublicStatus| !status.retired && !self.is_beside(status) && is_usual(status.kind);
            let mut usual: Vec<&PublicStatus> = self.statuses.iter().filter(usual).collect();
            usual.sort_by_key(|status| self.place(status));
            usual
        } else {
            let steps = self.scenario.iter().filter_map(|id| self.status(*id));
            steps.filter(|status| !self.is_beside(status)).collect()
        };
        let Some(here) = here else { return path };
        for status in self.came().chain([here]).filter(|status| !self.is_beside(status)) {
            if path.iter().any(|other| other.id == status.id) || self.place(status) > self.place(here) {
                continue;
            }
            let further = path.iter().position(|other| self.place(other) > self.place(status));
            path.insert(further.unwrap_or(path.len()), status);
        }
        path
    }

    fn step(&self, status: &PublicStatus, state: StepState) -> Step {
        let came = self.arrivals.iter().rfind(|(to, _)| *to == status.id).map(|(_, at)| *at);
        let at = came.filter(|_| state != StepState::Ahead);
        let (name, text) = match &status.name {
            Some(name) => (name.clone(), status.text.clone()),
            None => (String::new(), String::new()),
        };
        Step { name, text, state, at }
    }
}

/// Nobody who pays at the door waits for a payment.
fn is_usual(kind: StatusKind) -> bool {
    !matches!(kind, StatusKind::AwaitingConfirmation | StatusKind::AwaitingPayment | StatusKind::Paid)
}
