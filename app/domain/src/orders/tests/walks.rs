//! Whatever allowed changes follow each other, an order ends as orders end.

use proptest::prelude::*;

use super::{SHOP, statuses};
use crate::auth::{Actor, Role, Storefronts, Who};
use crate::ids::*;
use crate::orders::{
    Asked, CancelledBy, Carrier, ChangeStatus, Condition, Situation, Status, StatusDetails, StatusSet, decide_status,
};

fn details(asked: Asked) -> StatusDetails {
    match asked {
        Asked::Shipment => StatusDetails::Shipment { carrier: Carrier::NovaPoshta, number: "20450000000001".into() },
        Asked::Delay => StatusDetails::Delay { reason: "склад".into(), until: "2026-12-01".into() },
        Asked::Cancellation => {
            StatusDetails::Cancellation { by: CancelledBy::Customer, reason: "передумав".into() }
        }
        Asked::Return => StatusDetails::Return { reason: "розмір".into(), condition: Condition::AsNew },
    }
}

fn of(statuses: &[Status], id: StatusId) -> &Status {
    statuses.iter().find(|status| status.id == id).expect("known")
}

proptest! {
    #[test]
    fn a_walk_goes_forward_and_ends(eleven: bool, steps in prop::collection::vec(any::<prop::sample::Index>(), 1..60)) {
        let statuses = statuses(if eleven { StatusSet::Eleven } else { StatusSet::Eight });
        let manager =
            Actor { who: Who::User(UserId(1)), role: Role::Manager, storefronts: Storefronts::Some(vec![SHOP]) };
        let mut now = statuses[0].id;
        let mut moves = 0;
        for step in steps {
            let to = step.get(&statuses).id;
            let change = ChangeStatus {
                command: CommandId::nil(),
                order: OrderId(1),
                from: Some(now),
                to,
                details: of(&statuses, to).kind.asks().map(details),
                override_reason: None,
            };
            let situation =
                Situation { storefront: SHOP, now: Some(now), statuses: &statuses, has_shipment: false };
            let allowed = of(&statuses, now).next.contains(&to);
            match decide_status(&manager, &change, &situation) {
                Ok(Some(moved)) => {
                    prop_assert!(allowed && !moved.overridden());
                    prop_assert!(of(&statuses, to).kind.rank() >= of(&statuses, now).kind.rank());
                    now = moved.to;
                    moves += 1;
                }
                Ok(None) => prop_assert_eq!(now, to),
                Err(_) => prop_assert!(!allowed),
            }
        }
        prop_assert!(moves < statuses.len(), "a set has no circle");
        let end = of(&statuses, now);
        prop_assert_eq!(end.next.is_empty(), matches!(end.kind, crate::orders::StatusKind::Returned | crate::orders::StatusKind::Cancelled));
    }
}
