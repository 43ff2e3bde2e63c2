//! Of an order that has a status.

use super::{Millis, StatusId, StepState, of};
use super::{OrderWay, PublicStatus, order_steps};
use crate::orders::StatusKind::{self, *};
use StepState::{Ahead, Done, Now, Off};
use proptest::prelude::*;

/// By their place in this list, from 1. Packed, the delay of the second kind and the secret end are the team's own.
const STATUSES: [(StatusKind, Option<&str>); 13] = [
    (New, Some("Received")),
    (Processing, Some("Preparing")),
    (Picking, Some("Gathering")),
    (Packed, None),
    (Shipped, Some("Sent")),
    (InTransit, Some("On its way")),
    (Delivered, Some("Delivered")),
    (Cancelled, Some("Cancelled")),
    (Returned, Some("Returned")),
    (AwaitingPayment, Some("Waiting for payment")),
    (Delayed, Some("Delayed")),
    (Returning, Some("Coming back")),
    (Cancelled, None),
];
const PREPAID: [i64; 5] = [10, 2, 3, 5, 7];

fn statuses() -> Vec<PublicStatus> {
    let status = |(place, (kind, name)): (usize, &(StatusKind, Option<&str>))| PublicStatus {
        id: StatusId(place as i64 + 1),
        kind: *kind,
        name: name.map(Into::into),
        text: format!("Text {}", place + 1),
        retired: false,
    };
    STATUSES.iter().enumerate().map(status).collect()
}

/// It came into each of these at ten, twenty, thirty …; the last is where it is.
type Told = (Vec<(String, StepState, Option<Millis>)>, Option<StatusKind>);

fn told(scenario: &[i64], came: &[i64]) -> Told {
    let statuses = statuses();
    let scenario: Vec<StatusId> = scenario.iter().copied().map(StatusId).collect();
    let arrivals: Vec<(StatusId, Millis)> =
        came.iter().enumerate().map(|(n, id)| (StatusId(*id), (n as i64 + 1) * 10)).collect();
    let now = arrivals.last().map_or(StatusId(0), |(id, _)| *id);
    let way = OrderWay { now, statuses: &statuses, scenario: &scenario, arrivals: &arrivals };
    let told = order_steps(&way);
    (told.steps.into_iter().map(|step| (step.name, step.state, step.at)).collect(), told.kind)
}

#[test]
fn the_steps_are_those_of_the_scenario() {
    let (steps, kind) = told(&PREPAID, &[10, 2]);
    let expected = [
        of("Waiting for payment", Done, Some(10)),
        of("Preparing", Now, Some(20)),
        of("Gathering", Ahead, None),
        of("Sent", Ahead, None),
        of("Delivered", Ahead, None),
    ];
    assert_eq!((steps.as_slice(), kind), (&expected[..], Some(Processing)));
}

#[test]
fn without_a_scenario_they_are_what_every_order_goes_through() {
    let (steps, _) = told(&[], &[1]);
    let names: Vec<&str> = steps.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["Received", "Preparing", "Gathering", "Sent", "On its way", "Delivered"]);
    assert_eq!(told(&[], &[10]).0[1], of("Waiting for payment", Now, Some(10)), "this one did wait");
}

#[test]
fn what_it_went_through_besides_stands_in_its_place() {
    let (steps, kind) = told(&PREPAID, &[1, 2, 5, 6]);
    let expected = [
        of("Received", Done, Some(10)),
        of("Waiting for payment", Done, None),
        of("Preparing", Done, Some(20)),
        of("Gathering", Done, None),
        of("Sent", Done, Some(30)),
        of("On its way", Now, Some(40)),
        of("Delivered", Ahead, None),
    ];
    assert_eq!((steps.as_slice(), kind), (&expected[..], Some(InTransit)));
    let (steps, _) = told(&PREPAID, &[5, 6, 2]);
    assert!(steps.iter().all(|(name, ..)| name != "On its way"), "it went back before it: {steps:?}");
}

#[test]
fn a_status_of_the_team_s_own_is_the_last_public_one() {
    let (steps, kind) = told(&PREPAID, &[10, 2, 3, 4]);
    assert_eq!((steps[2].clone(), kind), (of("Gathering", Now, Some(30)), Some(Picking)));
    assert!(steps.iter().all(|(name, ..)| !name.is_empty()));
}

#[test]
fn the_end_is_where_it_is() {
    let (steps, kind) = told(&PREPAID, &[10, 2, 3, 5, 7]);
    assert_eq!((steps[4].clone(), kind), (of("Delivered", Now, Some(50)), Some(Delivered)));
    assert!(steps[..4].iter().all(|(_, state, _)| *state == Done));
}

#[test]
fn a_delay_stands_where_it_came_and_the_way_goes_on_after_it() {
    let (steps, kind) = told(&PREPAID, &[10, 2, 11]);
    let expected = [
        of("Waiting for payment", Done, Some(10)),
        of("Preparing", Done, Some(20)),
        of("Delayed", Now, Some(30)),
        of("Gathering", Ahead, None),
        of("Sent", Ahead, None),
        of("Delivered", Ahead, None),
    ];
    assert_eq!((steps.as_slice(), kind), (&expected[..], Some(Delayed)));
    let (steps, _) = told(&PREPAID, &[10, 2, 11, 3]);
    assert!(steps.iter().all(|(name, ..)| name != "Delayed"), "it is over: {steps:?}");
    let (steps, _) = told(&[2, 11, 3], &[2, 11, 3]);
    assert_eq!(steps[1], of("Delayed", Done, Some(20)), "a step of the scenario stays one");
}

#[test]
fn a_cancelled_order_ends_where_it_had_got() {
    let (steps, kind) = told(&PREPAID, &[10, 2, 8]);
    let expected =
        [of("Waiting for payment", Done, Some(10)), of("Preparing", Done, Some(20)), of("Cancelled", Off, Some(30))];
    assert_eq!((steps.as_slice(), kind), (&expected[..], Some(Cancelled)));
    let (steps, _) = told(&PREPAID, &[10, 13]);
    assert_eq!(steps.last(), Some(&of("", Off, Some(20))), "the page has its own word for it");
}

#[test]
fn what_came_back_says_so() {
    let (steps, kind) = told(&PREPAID, &[10, 2, 3, 5, 12, 9]);
    let end = [of("Sent", Done, Some(40)), of("Coming back", Done, Some(50)), of("Returned", Now, Some(60))];
    assert_eq!((&steps[3..], kind), (&end[..], Some(Returned)));
}

#[test]
fn what_is_not_there_has_no_steps() {
    assert_eq!(told(&PREPAID, &[99]), (vec![], None));
    assert_eq!(told(&PREPAID, &[]), (vec![], None));
}

proptest! {
    #[test]
    fn wherever_it_went_there_is_one_place_where_it_is(
        scenario in proptest::collection::vec(1i64..=12, 0..6), came in proptest::collection::vec(1i64..=13, 1..12),
    ) {
        let (steps, kind) = told(&scenario, &came);
        let now = steps.iter().filter(|(_, state, _)| matches!(state, Now | Off)).count();
        prop_assert_eq!(now, usize::from(kind.is_some()), "{:?}", steps);
        let rank = |state: &StepState| match state { Done => 0u8, Now | Off => 1, Ahead => 2 };
        let ranks: Vec<u8> = steps.iter().map(|(_, state, _)| rank(state)).collect();
        prop_assert!(ranks.is_sorted(), "{:?}", steps);
        prop_assert!(steps.iter().all(|(name, state, _)| !name.is_empty() || *state == Off), "{:?}", steps);
        prop_assert!(steps.iter().all(|(_, state, at)| *state != Ahead || at.is_none()), "{:?}", steps);
    }
}
