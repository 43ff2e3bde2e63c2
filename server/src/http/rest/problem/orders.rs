//! What can be wrong with an order's status and with the settings of statuses, field by field.

use domain::orders::{Asked, BondFault, OrderFault, StatusFault};
use http::StatusCode;
use serde_json::{Value, json};

use super::Problem;

impl Problem {
    pub(super) fn of_order(fault: OrderFault) -> Self {
        match fault {
            OrderFault::Stale { now } => {
                Self::new(StatusCode::CONFLICT, "stale", "It has been changed meanwhile").with("current", now)
            }
            OrderFault::StatusGone => Self::invalid("to", "unknown"),
            OrderFault::NotNext { next } => Self::invalid("to", "not_next").with("allowed", next),
            OrderFault::DetailsNeeded { asked, .. } => {
                Self::invalid("details", "missing").with("asked", asked).with("needed", needed(asked))
            }
            OrderFault::Detail { detail } => {
                Self::invalid(&format!("details.{}", detail.field.key()), detail.wrong.key())
            }
            OrderFault::OverrideReason => Self::invalid("override_reason", "out_of_range"),
            OrderFault::HasDeal { deal } => {
                Self::new(StatusCode::CONFLICT, "has-deal", "It has a deal already").with("deal", deal)
            }
            OrderFault::HasOrder { order } => {
                Self::new(StatusCode::CONFLICT, "has-order", "It has an order already").with("order", order)
            }
            OrderFault::Empty => Self::new(StatusCode::CONFLICT, "empty", "Nothing is known of it"),
        }
    }

    pub(super) fn of_statuses(fault: StatusFault) -> Self {
        match fault {
            StatusFault::NameMissing => Self::invalid("name", "missing"),
            StatusFault::NameTooLong => Self::invalid("name", "too_long"),
            StatusFault::NameTaken => Self::invalid("name", "taken"),
            StatusFault::PublicNameTooLong => Self::invalid("public_name", "too_long"),
            StatusFault::PublicTextTooLong => Self::invalid("public_text", "too_long"),
            StatusFault::Next => Self::invalid("next", "unknown"),
            StatusFault::Full => Self::invalid("name", "too_many"),
            StatusFault::Last => Self::invalid("status", "last"),
            StatusFault::HasOrders { orders } => Self::invalid("to", "missing").with("orders", orders),
            StatusFault::To => Self::invalid("to", "unknown"),
            StatusFault::Gone => Self::not_found(),
            StatusFault::Steps => Self::invalid("steps", "unknown"),
            StatusFault::Hours => Self::invalid("thresholds", "out_of_range"),
            StatusFault::Bond { faults } => {
                let errors: Vec<Value> = faults.into_iter().filter_map(of_bond).collect();
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Some values can't be taken")
                    .with("errors", errors)
            }
        }
    }
}

/// The members of what a status asks for.
fn needed(asked: Asked) -> [&'static str; 2] {
    match asked {
        Asked::Shipment => ["carrier", "number"],
        Asked::Delay => ["reason", "until"],
        Asked::Cancellation => ["by", "reason"],
        Asked::Return => ["reason", "condition"],
    }
}

/// None: a hint.
fn of_bond(fault: BondFault) -> Option<Value> {
    let (fault, detail) = match fault {
        BondFault::Loop { stage, status, back_to } => {
            ("loop", format!("stage {stage} leads to status {status}, and that to stage {back_to}"))
        }
        BondFault::Unknown { stage, status } => {
            ("unknown", format!("stage {stage} or status {status} is not there, or leads to two things"))
        }
        BondFault::Gap { .. } | BondFault::GapStage { .. } | BondFault::Asks { .. } => return None,
    };
    Some(json!({ "pointer": "/to_status", "fault": fault, "detail": detail }))
}
