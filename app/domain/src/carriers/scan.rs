//! What a carrier tells of a parcel, in no carrier's wire format.

use serde::{Deserialize, Serialize};

use crate::i18n::{Lang, t};
use crate::ids::Millis;

pub const CODE_CHARS_MAX: usize = 40;
pub const PLACE_CHARS_MAX: usize = 120;
pub const TEXT_CHARS_MAX: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanKind {
    /// A code that we do not know: it is kept, and never guessed.
    Unknown,
    /// The label is printed, the parcel still with the shop.
    LabelMade,
    Accepted,
    InTransit,
    ReadyForPickup,
    Delivered,
    Returning,
    /// Back with the shop.
    Returned,
    /// Something that a person should look at.
    Exception,
    /// The carrier knows nothing of it, as before the first scan.
    NotFound,
}

impl ScanKind {
    pub const ALL: [ScanKind; 10] = [
        ScanKind::Unknown,
        ScanKind::LabelMade,
        ScanKind::Accepted,
        ScanKind::InTransit,
        ScanKind::ReadyForPickup,
        ScanKind::Delivered,
        ScanKind::Returning,
        ScanKind::Returned,
        ScanKind::Exception,
        ScanKind::NotFound,
    ];

    pub fn key(self) -> &'static str {
        match self {
            ScanKind::Unknown => "unknown",
            ScanKind::LabelMade => "label_made",
            ScanKind::Accepted => "accepted",
            ScanKind::InTransit => "in_transit",
            ScanKind::ReadyForPickup => "ready_for_pickup",
            ScanKind::Delivered => "delivered",
            ScanKind::Returning => "returning",
            ScanKind::Returned => "returned",
            ScanKind::Exception => "exception",
            ScanKind::NotFound => "not_found",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The parcel is where it ends: its carrier is asked no more.
    pub fn ends(self) -> bool {
        matches!(self, ScanKind::Delivered | ScanKind::Returned)
    }

    /// It is still to come to its customer.
    pub fn is_coming(self) -> bool {
        match self {
            ScanKind::Unknown
            | ScanKind::LabelMade
            | ScanKind::Accepted
            | ScanKind::InTransit
            | ScanKind::Exception
            | ScanKind::NotFound => true,
            ScanKind::ReadyForPickup | ScanKind::Delivered | ScanKind::Returning | ScanKind::Returned => false,
        }
    }

    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            ScanKind::Unknown => t::scan_unknown(lang),
            ScanKind::LabelMade => t::scan_label_made(lang),
            ScanKind::Accepted => t::scan_accepted(lang),
            ScanKind::InTransit => t::scan_in_transit(lang),
            ScanKind::ReadyForPickup => t::scan_ready_for_pickup(lang),
            ScanKind::Delivered => t::scan_delivered(lang),
            ScanKind::Returning => t::scan_returning(lang),
            ScanKind::Returned => t::scan_returned(lang),
            ScanKind::Exception => t::scan_exception(lang),
            ScanKind::NotFound => t::scan_not_found(lang),
        }
    }
}

/// One thing that happened to a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    pub at: Millis,
    /// Not: the carrier did not say when, and `at` is when it was asked.
    pub dated: bool,
    /// The carrier's own; one line.
    pub code: String,
    pub kind: ScanKind,
    /// Where it was; may be empty.
    pub place: String,
    /// The carrier's own words for the code; may be empty.
    pub text: String,
    /// Trouble, whatever else it is.
    pub exception: bool,
}

/// What a carrier tells of one parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracked {
    pub number: String,
    /// The oldest first.
    pub scans: Vec<Scan>,
    /// When the carrier expects to deliver it.
    pub estimate: Option<Millis>,
    /// The town that it goes to; may be empty.
    pub town: String,
    /// As it came, so far as it is about this parcel.
    pub raw: String,
}
