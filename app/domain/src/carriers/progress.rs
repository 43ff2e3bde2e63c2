//! What is known of a parcel, and of codes that nobody knows.

use serde::{Deserialize, Serialize};

use super::ScanKind;
use crate::ids::*;
use crate::orders::Carrier;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub shipment: ShipmentId,
    pub carrier: Carrier,
    pub number: String,
    /// None: its carrier has not been asked yet, or never will be.
    pub kind: Option<ScanKind>,
    /// Where it goes; may be empty.
    pub town: String,
    /// When it may be expected.
    pub estimate: Option<Millis>,
    /// Its carrier tells of trouble.
    pub exception: bool,
    pub ended_at: Option<Millis>,
    /// The newest first.
    pub scans: Vec<KeptScan>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptScan {
    pub at: Millis,
    pub kind: ScanKind,
    /// The carrier's own, and its words for it.
    pub code: String,
    pub text: String,
    pub place: String,
}

/// A code that a carrier told and we do not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownCode {
    pub carrier: Carrier,
    pub code: String,
    pub text: String,
    pub first_at: Millis,
    pub last_at: Millis,
    pub count: i64,
}

/// An answer as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarrierAnswer {
    pub at: Millis,
    pub body: String,
}
