//! A scenario is the usual path of an order, by how it is paid for.

use serde::{Deserialize, Serialize};

use super::status::one_line;
use super::{STATUS_NAME_CHARS_MAX, ShopStatus, Status, StatusFault, StatusKind, named};
use crate::i18n::Lang;
use crate::ids::*;

/// The most scenarios one storefront may have.
pub const SCENARIOS_MAX: usize = 20;
pub const STEPS_MAX: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentKind {
    OnDelivery,
    Prepaid,
}

impl PaymentKind {
    pub const ALL: [PaymentKind; 2] = [PaymentKind::OnDelivery, PaymentKind::Prepaid];

    pub fn key(self) -> &'static str {
        match self {
            PaymentKind::OnDelivery => "on_delivery",
            PaymentKind::Prepaid => "prepaid",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// How shops write that the money is taken at the door: parts of what they call it, in lower case.
const ON_DELIVERY: [&str; 16] = [
    "on delivery",
    "on-delivery",
    "ondelivery",
    "on receipt",
    "on pickup",
    "післяплат",
    "післяоплат",
    "накладен",
    "наложен",
    "наложк",
    "при отриман",
    "при получен",
    "після отриман",
    "после получен",
    "контроль оплати",
    "готівк",
];

/// What a shop's word for the way of payment means. What is paid already is prepaid, whatever it is called.
pub fn payment_kind(method: &str, paid: bool) -> PaymentKind {
    if paid {
        return PaymentKind::Prepaid;
    }
    let method = method.to_lowercase();
    // "cod" is a word of its own: a code is none.
    let cod = method.split(|c: char| !c.is_alphanumeric()).any(|word| word == "cod");
    if cod || ON_DELIVERY.iter().any(|part| method.contains(part)) {
        PaymentKind::OnDelivery
    } else {
        PaymentKind::Prepaid
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    pub id: ScenarioId,
    pub storefront: StorefrontId,
    pub name: String,
    /// Orders that are paid for so go this way; None: it is never chosen by itself.
    pub payment: Option<PaymentKind>,
    pub steps: Vec<StatusId>,
}

impl Scenario {
    /// The step after this one; None at the end and beside the path.
    pub fn after(&self, status: StatusId) -> Option<StatusId> {
        let place = self.steps.iter().position(|step| *step == status)?;
        self.steps.get(place + 1).copied()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioForm {
    pub name: String,
    pub payment: Option<PaymentKind>,
    pub steps: Vec<StatusId>,
}

impl ScenarioForm {
    /// Trimmed, within its limits, and made of the storefront's own statuses, each once.
    pub fn checked(self, statuses: &[Status]) -> Result<Self, StatusFault> {
        let name = one_line(&self.name);
        if name.is_empty() {
            return Err(StatusFault::NameMissing);
        }
        if name.chars().count() > STATUS_NAME_CHARS_MAX {
            return Err(StatusFault::NameTooLong);
        }
        let known = self.steps.iter().all(|step| statuses.iter().any(|status| status.id == *step));
        let once = self.steps.iter().enumerate().all(|(place, step)| !self.steps[..place].contains(step));
        if self.steps.is_empty() || self.steps.len() > STEPS_MAX || !known || !once {
            return Err(StatusFault::Steps);
        }
        Ok(Self { name, ..self })
    }
}

/// What can be asked of a storefront's scenarios.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum ScenarioChange {
    Add {
        storefront: StorefrontId,
        form: ScenarioForm,
    },
    Edit {
        scenario: ScenarioId,
        form: ScenarioForm,
    },
    Remove {
        scenario: ScenarioId,
    },
    /// With the statuses that it needs and the storefront lacks.
    Install {
        storefront: StorefrontId,
        preset: ScenarioPreset,
        lang: Lang,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScenarioPreset {
    OnDelivery,
    Prepaid,
    Delay,
}

impl ScenarioPreset {
    pub const ALL: [ScenarioPreset; 3] = [ScenarioPreset::OnDelivery, ScenarioPreset::Prepaid, ScenarioPreset::Delay];

    pub fn key(self) -> &'static str {
        match self {
            ScenarioPreset::OnDelivery => "on_delivery",
            ScenarioPreset::Prepaid => "prepaid",
            ScenarioPreset::Delay => "delay",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.key() == key)
    }

    pub fn name(self, lang: Lang) -> &'static str {
        let (uk, en, ru) = match self {
            ScenarioPreset::OnDelivery => ("Післяплата", "Cash on delivery", "Наложенный платёж"),
            ScenarioPreset::Prepaid => ("Передоплата", "Prepaid", "Предоплата"),
            ScenarioPreset::Delay => ("Затримка", "Delay", "Задержка"),
        };
        match lang {
            Lang::Uk => uk,
            Lang::En => en,
            Lang::Ru => ru,
        }
    }

    pub fn payment(self) -> Option<PaymentKind> {
        match self {
            ScenarioPreset::OnDelivery => Some(PaymentKind::OnDelivery),
            ScenarioPreset::Prepaid => Some(PaymentKind::Prepaid),
            ScenarioPreset::Delay => None,
        }
    }

    pub fn kinds(self) -> &'static [StatusKind] {
        match self {
            ScenarioPreset::OnDelivery => &[
                StatusKind::AwaitingConfirmation,
                StatusKind::Processing,
                StatusKind::Picking,
                StatusKind::Shipped,
                StatusKind::Delivered,
            ],
            ScenarioPreset::Prepaid => &[
                StatusKind::AwaitingPayment,
                StatusKind::Paid,
                StatusKind::Processing,
                StatusKind::Picking,
                StatusKind::Shipped,
                StatusKind::Delivered,
            ],
            ScenarioPreset::Delay => &[
                StatusKind::Processing,
                StatusKind::Delayed,
                StatusKind::Picking,
                StatusKind::Shipped,
                StatusKind::Delivered,
            ],
        }
    }
}

/// The first scenario for this way of payment.
pub fn choose(scenarios: &[Scenario], payment: PaymentKind) -> Option<&Scenario> {
    scenarios.iter().find(|scenario| scenario.payment == Some(payment))
}

/// Where a new order begins: where its shop says that it is, if that is further than "being processed"; else at the first
/// step of its scenario, past the one that waits for money that has come; else at the first status.
pub fn beginning(
    scenarios: &[Scenario],
    statuses: &[Status],
    payment: PaymentKind,
    (shop, paid): (ShopStatus, bool),
) -> Option<StatusId> {
    let told = named(shop, statuses).filter(|status| status.kind.rank() > StatusKind::Processing.rank());
    if let Some(told) = told {
        return Some(told.id);
    }
    let status_of = |id: StatusId| statuses.iter().find(|status| status.id == id);
    let begins = |status: &&Status| !(paid && status.kind == StatusKind::AwaitingPayment);
    let steps = choose(scenarios, payment).map_or(&[][..], |scenario| scenario.steps.as_slice());
    let step = steps.iter().filter_map(|step| status_of(*step)).find(begins);
    step.or_else(|| statuses.iter().find(begins)).or(statuses.first()).map(|status| status.id)
}
