//! A status says where an order is, in the shop's own words and colours; its kind says what that means to the machine.

use serde::{Deserialize, Serialize};

use super::StatusFault;
use crate::funnels::Colour;
use crate::ids::*;

/// The most statuses one storefront may have.
pub const STATUSES_MAX: usize = 40;
pub const STATUS_NAME_CHARS_MAX: usize = 60;
pub const PUBLIC_TEXT_CHARS_MAX: usize = 200;

/// What a status means to the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    New,
    AwaitingConfirmation,
    AwaitingPayment,
    Paid,
    Processing,
    Delayed,
    Picking,
    Packed,
    Shipped,
    InTransit,
    ReadyForPickup,
    Delivered,
    Returning,
    Returned,
    Cancelled,
}

/// What must be told when an order comes into a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    Shipment,
    Delay,
    Cancellation,
    Return,
}

impl StatusKind {
    pub const ALL: [StatusKind; 15] = [
        StatusKind::New,
        StatusKind::AwaitingConfirmation,
        StatusKind::AwaitingPayment,
        StatusKind::Paid,
        StatusKind::Processing,
        StatusKind::Delayed,
        StatusKind::Picking,
        StatusKind::Packed,
        StatusKind::Shipped,
        StatusKind::InTransit,
        StatusKind::ReadyForPickup,
        StatusKind::Delivered,
        StatusKind::Returning,
        StatusKind::Returned,
        StatusKind::Cancelled,
    ];

    pub fn key(self) -> &'static str {
        match self {
            StatusKind::New => "new",
            StatusKind::AwaitingConfirmation => "awaiting_confirmation",
            StatusKind::AwaitingPayment => "awaiting_payment",
            StatusKind::Paid => "paid",
            StatusKind::Processing => "processing",
            StatusKind::Delayed => "delayed",
            StatusKind::Picking => "picking",
            StatusKind::Packed => "packed",
            StatusKind::Shipped => "shipped",
            StatusKind::InTransit => "in_transit",
            StatusKind::ReadyForPickup => "ready_for_pickup",
            StatusKind::Delivered => "delivered",
            StatusKind::Returning => "returning",
            StatusKind::Returned => "returned",
            StatusKind::Cancelled => "cancelled",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Nothing more is owed.
    pub fn ends(self) -> bool {
        matches!(self, StatusKind::Delivered | StatusKind::Returned | StatusKind::Cancelled)
    }

    pub fn asks(self) -> Option<Asked> {
        match self {
            StatusKind::Shipped => Some(Asked::Shipment),
            StatusKind::Delayed => Some(Asked::Delay),
            StatusKind::Cancelled => Some(Asked::Cancellation),
            StatusKind::Returned => Some(Asked::Return),
            StatusKind::New
            | StatusKind::AwaitingConfirmation
            | StatusKind::AwaitingPayment
            | StatusKind::Paid
            | StatusKind::Processing
            | StatusKind::Picking
            | StatusKind::Packed
            | StatusKind::InTransit
            | StatusKind::ReadyForPickup
            | StatusKind::Delivered
            | StatusKind::Returning => None,
        }
    }

    /// How far along the way of an order. A delayed one is no further than one that is being processed.
    pub fn rank(self) -> usize {
        let kind = if self == StatusKind::Delayed { StatusKind::Processing } else { self };
        Self::ALL.into_iter().position(|other| other == kind).unwrap_or(0)
    }

    /// It is with the customer's carrier, or further.
    pub fn has_left(self) -> bool {
        self.rank() >= StatusKind::Shipped.rank() && self != StatusKind::Cancelled
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub id: StatusId,
    pub storefront: StorefrontId,
    pub name: String,
    pub colour: Colour,
    pub kind: StatusKind,
    /// What customers call it, on the page of their order; None: they do not see it.
    pub public_name: Option<String>,
    /// What it means, for the customer; may be empty.
    pub public_text: String,
    /// Where an order may go from here.
    pub next: Vec<StatusId>,
}

/// A status as it is written down in the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusForm {
    pub name: String,
    pub colour: Colour,
    pub kind: StatusKind,
    /// Blank, but there: the status's own name.
    #[serde(default)]
    pub public_name: Option<String>,
    #[serde(default)]
    pub public_text: String,
    #[serde(default)]
    pub next: Vec<StatusId>,
}

impl StatusForm {
    /// Trimmed and within its limits. Whether the next ones are there, the store knows.
    pub fn checked(self) -> Result<Self, StatusFault> {
        let name = one_line(&self.name);
        if name.is_empty() {
            return Err(StatusFault::NameMissing);
        }
        if name.chars().count() > STATUS_NAME_CHARS_MAX {
            return Err(StatusFault::NameTooLong);
        }
        let public_name = match self.public_name.as_deref().map(one_line) {
            Some(public) if public.is_empty() => Some(name.clone()),
            Some(public) if public.chars().count() > STATUS_NAME_CHARS_MAX => {
                return Err(StatusFault::PublicNameTooLong);
            }
            public => public,
        };
        let public_text = one_line(&self.public_text);
        if public_text.chars().count() > PUBLIC_TEXT_CHARS_MAX {
            return Err(StatusFault::PublicTextTooLong);
        }
        if self.next.len() > STATUSES_MAX {
            return Err(StatusFault::Next);
        }
        let mut next = Vec::with_capacity(self.next.len());
        for status in self.next {
            if !next.contains(&status) {
                next.push(status);
            }
        }
        Ok(Self { name, colour: self.colour, kind: self.kind, public_name, public_text, next })
    }
}

/// What can be asked of a storefront's statuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum StatusChange {
    /// After the others.
    Add {
        storefront: StorefrontId,
        form: StatusForm,
    },
    Edit {
        status: StatusId,
        form: StatusForm,
    },
    /// Every status once, in the new order.
    Reorder {
        storefront: StorefrontId,
        order: Vec<StatusId>,
    },
    /// Offered no more. One that orders stand in says where they go.
    Retire {
        status: StatusId,
        to: Option<StatusId>,
    },
}

/// Without control characters, in one line.
pub(super) fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}
