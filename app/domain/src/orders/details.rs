//! What is told with a change of status: which parcel, why it waits, who called it off, why it came back.

use serde::{Deserialize, Serialize};

use super::Asked;
use super::status::one_line;

pub const REASON_CHARS_MAX: usize = 300;
const NUMBER_CHARS: std::ops::RangeInclusive<usize> = 4..=40;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    NovaPoshta,
    Ukrposhta,
    Dhl,
    #[serde(rename = "fedex")]
    FedEx,
    Other,
}

impl Carrier {
    pub const ALL: [Carrier; 5] =
        [Carrier::NovaPoshta, Carrier::Ukrposhta, Carrier::Dhl, Carrier::FedEx, Carrier::Other];

    pub fn key(self) -> &'static str {
        match self {
            Carrier::NovaPoshta => "nova_poshta",
            Carrier::Ukrposhta => "ukrposhta",
            Carrier::Dhl => "dhl",
            Carrier::FedEx => "fedex",
            Carrier::Other => "other",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|carrier| carrier.key() == key)
    }

    /// Its own name; None for one that we do not know.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Carrier::NovaPoshta => Some("Нова пошта"),
            Carrier::Ukrposhta => Some("Укрпошта"),
            Carrier::Dhl => Some("DHL"),
            Carrier::FedEx => Some("FedEx"),
            Carrier::Other => None,
        }
    }

    /// Where anybody can follow a parcel of this number.
    pub fn link(self, number: &str) -> Option<String> {
        let page = match self {
            Carrier::NovaPoshta => "https://novaposhta.ua/tracking/",
            Carrier::Ukrposhta => "https://track.ukrposhta.ua/tracking_UA.html?barcode=",
            Carrier::Dhl => "https://www.dhl.com/global-en/home/tracking.html?tracking-id=",
            Carrier::FedEx => "https://www.fedex.com/fedextrack/?trknbr=",
            Carrier::Other => return None,
        };
        Some(format!("{page}{}", percent_encoded(number)))
    }

    /// Whether a number has the form of this carrier's. A form that does not read so is a hint to look again, no fault:
    /// carriers begin new series without asking us.
    pub fn form(self, number: &str) -> bool {
        let digits = number.bytes().all(|b| b.is_ascii_digit());
        let between = |least: usize, most: usize| (least..=most).contains(&number.len());
        match self {
            Carrier::NovaPoshta => digits && matches!(number.len(), 11 | 14),
            Carrier::Ukrposhta => (digits && number.len() == 13) || is_s10(number),
            Carrier::Dhl => between(8, 39) && number.bytes().all(|b| b.is_ascii_alphanumeric()),
            Carrier::FedEx => digits && matches!(number.len(), 12 | 15 | 20 | 22),
            Carrier::Other => true,
        }
    }
}

/// The Universal Postal Union's: two letters, nine digits, two letters.
fn is_s10(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.len() == 13
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..11].iter().all(u8::is_ascii_digit)
        && bytes[11..].iter().all(u8::is_ascii_uppercase)
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    Customer,
    Shop,
    Other,
}

impl CancelledBy {
    pub const ALL: [CancelledBy; 3] = [CancelledBy::Customer, CancelledBy::Shop, CancelledBy::Other];

    pub fn key(self) -> &'static str {
        match self {
            CancelledBy::Customer => "customer",
            CancelledBy::Shop => "shop",
            CancelledBy::Other => "other",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.key() == key)
    }
}

/// In what condition goods came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    AsNew,
    Damaged,
    Unusable,
}

impl Condition {
    pub const ALL: [Condition; 3] = [Condition::AsNew, Condition::Damaged, Condition::Unusable];

    pub fn key(self) -> &'static str {
        match self {
            Condition::AsNew => "as_new",
            Condition::Damaged => "damaged",
            Condition::Unusable => "unusable",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.key() == key)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "asked", rename_all = "snake_case")]
pub enum StatusDetails {
    Shipment {
        carrier: Carrier,
        number: String,
    },
    Delay {
        reason: String,
        /// A day, `YYYY-MM-DD`.
        until: String,
    },
    Cancellation {
        by: CancelledBy,
        reason: String,
    },
    Return {
        reason: String,
        condition: Condition,
    },
}

/// What is wrong, and in which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailFault {
    pub field: DetailField,
    pub wrong: DetailWrong,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DetailField {
    /// Which of the four it is.
    Asked,
    Number,
    Reason,
    Until,
}

impl DetailField {
    pub fn key(self) -> &'static str {
        match self {
            DetailField::Asked => "asked",
            DetailField::Number => "number",
            DetailField::Reason => "reason",
            DetailField::Until => "until",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DetailWrong {
    Missing,
    TooLong,
    NotADate,
    NotANumber,
    /// The status asks for something else.
    NotAsked,
}

impl DetailWrong {
    pub fn key(self) -> &'static str {
        match self {
            DetailWrong::Missing => "missing",
            DetailWrong::TooLong => "too_long",
            DetailWrong::NotADate => "not_a_date",
            DetailWrong::NotANumber => "not_a_number",
            DetailWrong::NotAsked => "not_asked",
        }
    }
}

impl StatusDetails {
    pub fn asked(&self) -> Asked {
        match self {
            StatusDetails::Shipment { .. } => Asked::Shipment,
            StatusDetails::Delay { .. } => Asked::Delay,
            StatusDetails::Cancellation { .. } => Asked::Cancellation,
            StatusDetails::Return { .. } => Asked::Return,
        }
    }

    /// Trimmed and possible.
    pub fn checked(self) -> Result<Self, DetailFault> {
        Ok(match self {
            StatusDetails::Shipment { carrier, number } => {
                StatusDetails::Shipment { carrier, number: checked_number(&number)? }
            }
            StatusDetails::Delay { reason, until } => {
                let until = until.trim().to_owned();
                if until.is_empty() {
                    return Err(DetailFault { field: DetailField::Until, wrong: DetailWrong::Missing });
                }
                if !crate::import::is_day(&until) {
                    return Err(DetailFault { field: DetailField::Until, wrong: DetailWrong::NotADate });
                }
                StatusDetails::Delay { reason: checked_reason(&reason)?, until }
            }
            StatusDetails::Cancellation { by, reason } => {
                StatusDetails::Cancellation { by, reason: checked_reason(&reason)? }
            }
            StatusDetails::Return { reason, condition } => {
                StatusDetails::Return { reason: checked_reason(&reason)?, condition }
            }
        })
    }
}

/// Labels are printed with spaces and dashes; the number is what is left.
fn checked_number(number: &str) -> Result<String, DetailFault> {
    let fault = |wrong| DetailFault { field: DetailField::Number, wrong };
    let number: String = number.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if number.is_empty() {
        return Err(fault(DetailWrong::Missing));
    }
    if number.chars().count() > *NUMBER_CHARS.end() {
        return Err(fault(DetailWrong::TooLong));
    }
    if number.len() < *NUMBER_CHARS.start() || !number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(fault(DetailWrong::NotANumber));
    }
    Ok(number.to_ascii_uppercase())
}

fn checked_reason(reason: &str) -> Result<String, DetailFault> {
    let fault = |wrong| DetailFault { field: DetailField::Reason, wrong };
    let reason = one_line(reason);
    if reason.is_empty() {
        return Err(fault(DetailWrong::Missing));
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(fault(DetailWrong::TooLong));
    }
    Ok(reason)
}
