//! A customer is found again by phone or email.

use serde::{Deserialize, Serialize};

use crate::deals::patch::given;
use crate::deals::{DealContents, DealForm, Faults, Source};
use crate::ids::*;
use crate::money::Currency;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub id: CustomerId,
    pub name: String,
    /// E.164.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub created_at: Millis,
}

/// A customer with what of theirs the reader may see, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDetails {
    #[serde(flatten)]
    pub customer: Customer,
    pub deals: Vec<DealId>,
    pub orders: Vec<OrderId>,
}

/// As of [`crate::deals::patch::DealPatch`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CustomerPatch {
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub name: Option<Option<String>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub phone: Option<Option<String>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub email: Option<Option<String>>,
}

impl CustomerPatch {
    /// How they are known with this upon it, checked as a deal's form is; all faults at once.
    pub fn upon(self, before: &Customer) -> Result<DealContents, Faults> {
        let set = |given: Option<Option<String>>, known: Option<String>| given.unwrap_or(known).unwrap_or_default();
        let form = DealForm {
            customer_name: set(self.name, Some(before.name.clone())),
            phone: set(self.phone, before.phone.clone()),
            email: set(self.email, before.email.clone()),
            source: Source::default().key().to_owned(),
            ..DealForm::default()
        };
        form.parse(Currency::NONE)
    }
}

/// Lower case, trimmed; None where it can't be an address (something@something.something, ≤ 254 bytes, no spaces).
pub fn normal_email(text: &str) -> Option<String> {
    let email = text.trim().to_lowercase();
    let (name, host) = email.split_once('@')?;
    let fits = !name.is_empty()
        && email.len() <= 254
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains('@')
        && !email.chars().any(|c| c.is_whitespace() || c.is_control());
    fits.then_some(email)
}

#[cfg(test)]
mod tests {
    use super::normal_email;

    #[test]
    fn addresses_are_told_from_other_text() {
        assert_eq!(normal_email(" Olena.K@Ukr.Net ").as_deref(), Some("olena.k@ukr.net"));
        for text in ["", "a@b", "@b.c", "a b@c.d", "a@b@c.d", "a@.c"] {
            assert_eq!(normal_email(text), None, "{text:?}");
        }
    }
}
