//! What came in by a door.

use serde::{Deserialize, Serialize};

use crate::ids::*;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    pub id: IntakeId,
    pub storefront: StorefrontId,
    /// Which door: "woocommerce".
    pub door: String,
    pub topic: String,
    pub received_at: Millis,
    pub body: String,
    pub reason: String,
}
