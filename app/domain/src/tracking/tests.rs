mod order;

use super::*;
use StepState::*;

fn stage(id: i64, kind: StageKind, public: Option<&str>) -> Stage {
    let public_name = public.map(Into::into);
    Stage { id: StageId(id), name: format!("Stage {id}"), colour: Colour::Blue, kind, limit_hours: None, public_name }
}

/// New, an inner check that nobody outside sees, packed, paid; and lost.
fn funnel() -> Funnel {
    let stages = vec![
        stage(1, StageKind::Open, Some("Received")),
        stage(2, StageKind::Open, None),
        stage(3, StageKind::Open, Some("Packed")),
        stage(4, StageKind::Won, Some("Delivered")),
        stage(5, StageKind::Lost, Some("Cancelled")),
    ];
    Funnel { id: FunnelId(1), storefront: None, name: "Orders".into(), stages }
}

fn told(stage: i64, left: Option<i64>, arrivals: &[(i64, i64)]) -> Vec<(String, StepState, Option<i64>)> {
    let arrivals: Vec<(StageId, Millis)> = arrivals.iter().map(|(stage, at)| (StageId(*stage), *at)).collect();
    let way = Way { stage: StageId(stage), left: left.map(StageId), arrivals: &arrivals };
    steps(&funnel(), &way).into_iter().map(|step| (step.name, step.state, step.at)).collect()
}

fn of(name: &str, state: StepState, at: Option<i64>) -> (String, StepState, Option<i64>) {
    (name.into(), state, at)
}

#[test]
fn a_stage_inside_is_the_last_one_outside() {
    let expected = [of("Received", Now, Some(10)), of("Packed", Ahead, None), of("Delivered", Ahead, None)];
    assert_eq!(told(1, None, &[(1, 10)]), expected);
    assert_eq!(told(2, Some(1), &[(1, 10), (2, 20)]), expected);
}

#[test]
fn a_step_that_was_passed_by_has_no_time() {
    let expected = [of("Received", Done, Some(10)), of("Packed", Done, None), of("Delivered", Now, Some(30))];
    assert_eq!(told(4, Some(1), &[(1, 10), (4, 30)]), expected);
}

#[test]
fn a_deal_that_went_back_is_where_it_stands() {
    let expected = [of("Received", Now, Some(40)), of("Packed", Ahead, None), of("Delivered", Ahead, None)];
    assert_eq!(told(1, Some(3), &[(1, 10), (3, 20), (1, 40)]), expected);
}

#[test]
fn a_cancelled_order_ends_where_it_had_got() {
    let expected = [of("Received", Done, Some(10)), of("Packed", Done, Some(20)), of("Cancelled", Off, Some(30))];
    assert_eq!(told(5, Some(3), &[(1, 10), (3, 20), (5, 30)]), expected);
}
