//! A storefront's access to a carrier: what is entered, and what is shown of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{BreakerState, CarrierWhy};
use crate::board::Limit;
use crate::ids::*;
use crate::orders::Carrier;

pub const CARRIER_KEY_CHARS_MAX: usize = 200;

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetCarrierAccount {
    pub storefront: StorefrontId,
    pub carrier: Carrier,
    /// FedEx's client id; the key of the others.
    pub key: String,
    /// FedEx's client secret; the others have none.
    #[serde(default)]
    pub secret: String,
}

/// Without the keys.
impl fmt::Debug for SetCarrierAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SetCarrierAccount { storefront, carrier, .. } = self;
        f.debug_struct("SetCarrierAccount")
            .field("storefront", storefront)
            .field("carrier", carrier)
            .finish_non_exhaustive()
    }
}

impl SetCarrierAccount {
    /// The same, fit to be sent to the carrier.
    pub fn checked(self) -> Result<Self, Limit> {
        let key = checked_key(&self.key).ok_or(Limit::CarrierKeys)?;
        let secret = match self.carrier {
            Carrier::FedEx => checked_key(&self.secret).ok_or(Limit::CarrierKeys)?,
            Carrier::NovaPoshta | Carrier::Ukrposhta | Carrier::Dhl => String::new(),
            // There is nobody to ask.
            Carrier::Other => return Err(Limit::CarrierUnknown),
        };
        Ok(Self { key, secret, ..self })
    }
}

/// What goes into a header.
fn checked_key(typed: &str) -> Option<String> {
    let key = typed.trim();
    let fits = (1..=CARRIER_KEY_CHARS_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| key.to_owned())
}

/// How it goes, for the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarrierAccount {
    pub storefront: StorefrontId,
    pub carrier: Carrier,
    /// The last characters of its key: enough to tell two apart.
    pub hint: String,
    pub breaker: BreakerState,
    /// In a row.
    pub failures: i64,
    pub last_failure: Option<CarrierWhy>,
    pub last_failure_at: Option<Millis>,
    pub answered_at: Option<Millis>,
    pub set_at: Millis,
}
