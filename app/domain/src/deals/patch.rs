//! A deal as scripts write it: amounts in minor units, and what is not named stays as it is.

use serde::{Deserialize, Deserializer, Serialize};

use super::{DealContents, DealDetails, DealForm, Faults, LineForm, Source};
use crate::ids::*;
use crate::money::Currency;
use crate::orders::Line;

/// Parts of a deal's form. None: stays as it is; null: is taken away, which a part that must be there is refused for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DealPatch {
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub customer_name: Option<Option<String>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub phone: Option<Option<String>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub email: Option<Option<String>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub source: Option<Option<String>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Option<UserId>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub comment: Option<Option<String>>,
    /// All of them: lines have no names of their own.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub lines: Option<Option<Vec<LinePatch>>>,
    /// Null: what the lines come to.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub sum: Option<Option<i64>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinePatch {
    pub name: String,
    #[serde(default)]
    pub sku: String,
    #[serde(default = "one")]
    pub quantity: i64,
    #[serde(default)]
    pub price: i64,
}

/// Changes parts of a deal. `seen`: the version that the writer knows; None: whatever it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatchDeal {
    pub command: CommandId,
    pub deal: DealId,
    pub seen: Option<i64>,
    pub patch: DealPatch,
}

/// Makes a deal from a script's parts, on top of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeDeal {
    pub command: CommandId,
    pub funnel: FunnelId,
    /// None: the funnel's entrance.
    pub stage: Option<StageId>,
    /// None: the funnel's own.
    pub storefront: Option<StorefrontId>,
    pub patch: DealPatch,
}

impl DealPatch {
    /// A new deal's contents; all faults at once.
    pub fn alone(self) -> Result<DealContents, Faults> {
        self.over(DealForm { source: Source::default().key().to_owned(), ..DealForm::default() })
    }

    /// A known deal's contents with this upon them; all faults at once.
    pub fn upon(self, before: &DealDetails) -> Result<DealContents, Faults> {
        let of_lines = before.lines.iter().try_fold(0i64, |sum, line| sum.checked_add(line.total()?));
        let line = |line: &Line| LineForm {
            name: line.name.clone(),
            sku: line.sku.clone(),
            quantity: line.quantity.to_string(),
            price: line.price.to_string(),
        };
        self.over(DealForm {
            customer_name: before.card.customer_name.clone(),
            phone: before.phone.clone().unwrap_or_default(),
            email: before.email.clone().unwrap_or_default(),
            source: before.card.source.key().to_owned(),
            responsible: before.card.responsible,
            comment: before.comment.clone(),
            lines: before.lines.iter().map(line).collect(),
            // A sum that was the lines' own follows them; another one stays.
            sum: if of_lines == Some(before.card.sum) { String::new() } else { before.card.sum.to_string() },
        })
    }

    fn over(self, mut form: DealForm) -> Result<DealContents, Faults> {
        let texts = [
            (self.customer_name, &mut form.customer_name),
            (self.phone, &mut form.phone),
            (self.email, &mut form.email),
            (self.source, &mut form.source),
            (self.comment, &mut form.comment),
            (self.sum.map(|sum| sum.map(|sum| sum.to_string())), &mut form.sum),
        ];
        for (text, field) in texts {
            if let Some(text) = text {
                *field = text.unwrap_or_default();
            }
        }
        if let Some(responsible) = self.responsible {
            form.responsible = responsible;
        }
        if let Some(lines) = self.lines {
            form.lines = lines.unwrap_or_default().into_iter().map(LineForm::from).collect();
        }
        form.parse(Currency::NONE)
    }
}

impl From<LinePatch> for LineForm {
    fn from(line: LinePatch) -> Self {
        let (quantity, price) = (line.quantity.to_string(), line.price.to_string());
        Self { name: line.name, sku: line.sku, quantity, price }
    }
}

/// What is there, null too.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// What is there and may not be null.
pub fn stated<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

fn one() -> i64 {
    1
}
