use super::{SHOP, statuses};
use crate::auth::{Actor, Role, Storefronts, Who};
use crate::board::Refusal;
use crate::ids::*;
use crate::orders::{
    Asked, CancelledBy, Carrier, ChangeStatus, DetailField, DetailWrong, OrderFault, Situation, Status, StatusDetails,
    StatusKind, StatusMoved, StatusSet, decide_status,
};

fn actor(role: Role) -> Actor {
    Actor { who: Who::User(UserId(1)), role, storefronts: Storefronts::Some(vec![SHOP]) }
}

fn id(statuses: &[Status], kind: StatusKind) -> StatusId {
    statuses.iter().find(|status| status.kind == kind).expect("the set has it").id
}

/// From one kind to another, by this role.
struct Try {
    from: Option<StatusKind>,
    to: StatusKind,
    role: Role,
    details: Option<StatusDetails>,
    reason: Option<&'static str>,
    has_shipment: bool,
}

fn of(from: StatusKind, to: StatusKind) -> Try {
    Try { from: Some(from), to, role: Role::Manager, details: None, reason: None, has_shipment: false }
}

impl Try {
    fn go(self) -> Result<Option<StatusMoved>, Refusal> {
        let statuses = statuses(StatusSet::Eleven);
        let from = self.from.map(|kind| id(&statuses, kind));
        let change = ChangeStatus {
            command: CommandId::nil(),
            order: OrderId(1),
            from,
            to: id(&statuses, self.to),
            details: self.details,
            override_reason: self.reason.map(str::to_owned),
        };
        let situation = Situation { storefront: SHOP, now: from, statuses: &statuses, has_shipment: self.has_shipment };
        decide_status(&actor(self.role), &change, &situation)
    }

    fn fault(self) -> OrderFault {
        match self.go() {
            Err(Refusal::Order { fault }) => fault,
            other => panic!("{other:?}"),
        }
    }
}

fn parcel() -> Option<StatusDetails> {
    Some(StatusDetails::Shipment { carrier: Carrier::NovaPoshta, number: " 2045 0000-000 001 ".into() })
}

#[test]
fn managers_may_and_viewers_may_not() {
    for (role, may) in [(Role::Viewer, false), (Role::Manager, true), (Role::Head, true), (Role::Owner, true)] {
        let result = Try { role, ..of(StatusKind::New, StatusKind::Processing) }.go();
        assert_eq!(result.is_ok(), may, "{role:?}");
        if !may {
            assert_eq!(result, Err(Refusal::NotAllowed));
        }
    }
}

#[test]
fn to_a_stranger_the_order_does_not_exist() {
    let statuses = statuses(StatusSet::Eight);
    let stranger = Actor { storefronts: Storefronts::Some(vec![StorefrontId(2)]), ..actor(Role::Head) };
    let (from, to) = (Some(statuses[0].id), statuses[1].id);
    let change =
        ChangeStatus { command: CommandId::nil(), order: OrderId(1), from, to, details: None, override_reason: None };
    let situation = Situation { storefront: SHOP, now: from, statuses: &statuses, has_shipment: false };
    assert_eq!(decide_status(&stranger, &change, &situation), Err(Refusal::NotFound));
}

#[test]
fn a_change_is_decided_by_what_its_maker_saw() {
    let statuses = statuses(StatusSet::Eleven);
    let [new, processing, picking] =
        [StatusKind::New, StatusKind::Processing, StatusKind::Picking].map(|kind| id(&statuses, kind));
    let decide = |from: Option<StatusId>, to: StatusId, now: Option<StatusId>| {
        let change = ChangeStatus {
            command: CommandId::nil(),
            order: OrderId(1),
            from,
            to,
            details: None,
            override_reason: None,
        };
        decide_status(
            &actor(Role::Manager),
            &change,
            &Situation { storefront: SHOP, now, statuses: &statuses, has_shipment: false },
        )
    };
    let stale = Refusal::Order { fault: OrderFault::Stale { now: Some(processing) } };
    assert_eq!(decide(Some(new), picking, Some(processing)), Err(stale));
    assert_eq!(decide(Some(new), processing, Some(processing)), Ok(None), "two who want the same have it");
    let gone = Refusal::Order { fault: OrderFault::StatusGone };
    assert_eq!(decide(Some(new), StatusId(999), Some(new)), Err(gone));
    assert!(
        decide(None, picking, None).is_ok_and(|moved| moved.is_some()),
        "an order without a status may begin anywhere"
    );
}

#[test]
fn past_the_rules_goes_a_head_with_a_reason() {
    let back = || of(StatusKind::Packed, StatusKind::New);
    assert!(matches!(back().fault(), OrderFault::NotNext { next } if !next.is_empty()));
    assert!(
        matches!(Try { reason: Some("помилка"), ..back() }.fault(), OrderFault::NotNext { .. }),
        "a manager may not"
    );
    assert!(matches!(Try { role: Role::Head, ..back() }.fault(), OrderFault::NotNext { .. }), "nor a head in silence");
    assert_eq!(Try { role: Role::Head, reason: Some(" \n"), ..back() }.fault(), OrderFault::OverrideReason);
    let moved = Try { role: Role::Head, reason: Some(" помилка "), ..back() }.go().expect("may").expect("moves");
    assert!(moved.overridden());
    assert_eq!(moved.override_reason.as_deref(), Some("помилка"));
    let allowed =
        Try { role: Role::Head, reason: Some("про всяк"), ..of(StatusKind::New, StatusKind::Processing) };
    assert!(!allowed.go().expect("may").expect("moves").overridden(), "what is allowed overrides nothing");
}

#[test]
fn what_a_status_asks_for_is_told() {
    let ship = || of(StatusKind::Packed, StatusKind::Shipped);
    assert!(matches!(ship().fault(), OrderFault::DetailsNeeded { asked: Asked::Shipment, .. }));
    let moved = Try { details: parcel(), ..ship() }.go().expect("may").expect("moves");
    let told = StatusDetails::Shipment { carrier: Carrier::NovaPoshta, number: "20450000000001".into() };
    assert_eq!(moved.details, Some(told));
    let known = Try { has_shipment: true, ..ship() }.go().expect("may").expect("moves");
    assert_eq!(known.details, None, "a parcel that is known is not asked for again");
    let off = StatusDetails::Cancellation { by: CancelledBy::Customer, reason: "передумав".into() };
    let Refusal::Order { fault: OrderFault::Detail { detail } } =
        Try { details: Some(off.clone()), ..ship() }.go().expect_err("other details")
    else {
        panic!("another refusal")
    };
    assert_eq!((detail.field, detail.wrong), (DetailField::Asked, DetailWrong::NotAsked));
    assert!(matches!(of(StatusKind::New, StatusKind::Cancelled).fault(), OrderFault::DetailsNeeded { .. }));
    let cancelled = Try { details: Some(off.clone()), ..of(StatusKind::New, StatusKind::Cancelled) };
    assert_eq!(cancelled.go().expect("may").expect("moves").details, Some(off));
    let plain = Try { details: parcel(), ..of(StatusKind::New, StatusKind::Processing) };
    assert_eq!(plain.go().expect("may").expect("moves").details, None, "what nobody asked for is not kept");
}
