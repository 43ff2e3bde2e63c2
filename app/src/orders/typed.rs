//! What is typed into the small form that a status asks for. It outlives the form: closed and opened again, or refused,
//! it is still there.

use domain::orders::{Asked, CancelledBy, Carrier, Condition, StatusDetails};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub carrier: Carrier,
    pub number: String,
    pub until: String,
    pub by: CancelledBy,
    pub condition: Condition,
    /// Why it goes past the rules.
    pub beyond: String,
    delay: String,
    cancellation: String,
    coming_back: String,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            carrier: Carrier::NovaPoshta,
            number: String::new(),
            until: String::new(),
            by: CancelledBy::Customer,
            condition: Condition::AsNew,
            beyond: String::new(),
            delay: String::new(),
            cancellation: String::new(),
            coming_back: String::new(),
        }
    }
}

impl Typed {
    /// A parcel has no reason.
    pub fn reason(&self, asked: Asked) -> &str {
        match asked {
            Asked::Shipment => "",
            Asked::Delay => &self.delay,
            Asked::Cancellation => &self.cancellation,
            Asked::Return => &self.coming_back,
        }
    }

    pub fn set_reason(&mut self, asked: Asked, reason: String) {
        match asked {
            Asked::Shipment => {}
            Asked::Delay => self.delay = reason,
            Asked::Cancellation => self.cancellation = reason,
            Asked::Return => self.coming_back = reason,
        }
    }

    /// As it was typed: whether it can be so, [`StatusDetails::checked`] says.
    pub fn details(&self, asked: Asked) -> StatusDetails {
        let reason = self.reason(asked).to_owned();
        match asked {
            Asked::Shipment => StatusDetails::Shipment { carrier: self.carrier, number: self.number.clone() },
            Asked::Delay => StatusDetails::Delay { reason, until: self.until.clone() },
            Asked::Cancellation => StatusDetails::Cancellation { by: self.by, reason },
            Asked::Return => StatusDetails::Return { reason, condition: self.condition },
        }
    }

    /// The number is written, but not as this carrier writes its own.
    pub fn looks_wrong(&self) -> bool {
        let number: String = self.number.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        !number.is_empty() && !self.carrier.form(&number.to_ascii_uppercase())
    }
}
