//! Why a delivery was not understood: what is wrong and where, as data. The words are made for whoever reads them.

use serde::{Deserialize, Serialize};

use super::PhpFault;
use crate::board::Refusal;
use crate::i18n::{Lang, t};
use crate::money::Currency;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Where, in the shop's own words: "line_items[2].quantity". Empty: in the delivery as a whole.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    pub why: Why,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Why {
    NoTopic,
    Missing,
    NotJson {
        line: usize,
        column: usize,
    },
    /// JSON, and yet nothing that can be read.
    Unreadable,
    FormCutShort,
    Php {
        at: usize,
        fault: PhpFault,
    },
    NotAnObject {
        got: Got,
    },
    NotAList {
        got: Got,
    },
    NotAnOrderNumber {
        got: Got,
    },
    NotACartToken {
        got: Got,
    },
    NotACurrency {
        got: Got,
    },
    NotMoney {
        currency: Currency,
        got: Got,
    },
    BelowZero {
        got: Got,
    },
    NotANumber {
        max: i64,
        got: Got,
    },
    LineTooDear,
    SumTooLarge,
    /// The shop sent an error in the order's place.
    ShopError {
        code: String,
        message: String,
    },
    NotSentAlong {
        order: String,
    },
    DoorGone {
        door: String,
    },
    /// There is no funnel in which the order could stand.
    NoFunnel,
    /// A rule of ours said no, named by its key.
    NotTaken {
        rule: String,
    },
    /// English words, from before reasons had types.
    Other {
        words: String,
    },
}

/// What stands where something else should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Got {
    Nothing,
    /// The beginning of it.
    Text(String),
    Flag(bool),
    List,
    Object,
}

impl Reason {
    pub fn at(path: impl Into<String>, why: Why) -> Self {
        Self { path: path.into(), why }
    }

    pub fn whole(why: Why) -> Self {
        Self::at("", why)
    }

    /// From the text of a row.
    pub fn read(kept: &str) -> Self {
        serde_json::from_str(kept).unwrap_or_else(|_| Self::whole(Why::Other { words: kept.to_owned() }))
    }

    pub fn words(&self, lang: Lang) -> String {
        let what = self.why.words(lang);
        if self.path.is_empty() { what } else { format!("{}: {what}", self.path) }
    }
}

impl Why {
    /// For the log, which holds no foreign words.
    pub fn key(&self) -> &'static str {
        match self {
            Why::NoTopic => "no_topic",
            Why::Missing => "missing",
            Why::NotJson { .. } => "not_json",
            Why::Unreadable => "unreadable",
            Why::FormCutShort => "form_cut_short",
            Why::Php { .. } => "php",
            Why::NotAnObject { .. } => "not_an_object",
            Why::NotAList { .. } => "not_a_list",
            Why::NotAnOrderNumber { .. } => "not_an_order_number",
            Why::NotACartToken { .. } => "not_a_cart_token",
            Why::NotACurrency { .. } => "not_a_currency",
            Why::NotMoney { .. } => "not_money",
            Why::BelowZero { .. } => "below_zero",
            Why::NotANumber { .. } => "not_a_number",
            Why::LineTooDear => "line_too_dear",
            Why::SumTooLarge => "sum_too_large",
            Why::ShopError { .. } => "shop_error",
            Why::NotSentAlong { .. } => "not_sent_along",
            Why::DoorGone { .. } => "door_gone",
            Why::NoFunnel => "no_funnel",
            Why::NotTaken { .. } => "not_taken",
            Why::Other { .. } => "other",
        }
    }

    pub fn words(&self, lang: Lang) -> String {
        match self {
            Why::NoTopic => t::why_no_topic(lang).to_owned(),
            Why::Missing => t::why_missing(lang).to_owned(),
            Why::NotJson { line, column } => t::why_not_json(lang, *line, *column),
            Why::Unreadable => t::why_unreadable(lang).to_owned(),
            Why::FormCutShort => t::why_form_cut_short(lang).to_owned(),
            Why::Php { at, fault } => t::why_php(lang, *at, &fault.words(lang)),
            Why::NotAnObject { got } => t::why_not_an_object(lang, &got.words(lang)),
            Why::NotAList { got } => t::why_not_a_list(lang, &got.words(lang)),
            Why::NotAnOrderNumber { got } => t::why_not_an_order_number(lang, &got.words(lang)),
            Why::NotACartToken { got } => t::why_not_a_cart_token(lang, &got.words(lang)),
            Why::NotACurrency { got } => t::why_not_a_currency(lang, &got.words(lang)),
            Why::NotMoney { currency, got } => t::why_not_money(lang, currency.code(), &got.words(lang)),
            Why::BelowZero { got } => t::why_below_zero(lang, &got.words(lang)),
            Why::NotANumber { max, got } => t::why_not_a_number(lang, *max, &got.words(lang)),
            Why::LineTooDear => t::why_line_too_dear(lang).to_owned(),
            Why::SumTooLarge => t::why_sum_too_large(lang).to_owned(),
            Why::ShopError { code, message } => t::why_shop_error(lang, code, message),
            Why::NotSentAlong { order } => t::why_not_sent_along(lang, order),
            Why::DoorGone { door } => t::why_door_gone(lang, door),
            Why::NoFunnel => t::why_no_funnel(lang).to_owned(),
            Why::NotTaken { rule } => t::why_not_taken(lang, rule),
            Why::Other { words } => words.clone(),
        }
    }
}

impl Got {
    fn words(&self, lang: Lang) -> String {
        match self {
            Got::Nothing => t::got_nothing(lang).to_owned(),
            Got::Text(text) => t::got_text(lang, text),
            Got::Flag(flag) => flag.to_string(),
            Got::List => t::got_a_list(lang).to_owned(),
            Got::Object => t::got_an_object(lang).to_owned(),
        }
    }
}

/// A shop knows nothing of stages: what it meets is that there is no funnel for its orders.
impl From<&Refusal> for Why {
    fn from(refusal: &Refusal) -> Self {
        let rule = match refusal {
            Refusal::StageGone => return Why::NoFunnel,
            Refusal::NotFound => "not_found",
            Refusal::NotAllowed => "not_allowed",
            Refusal::Stale { .. } => "stale",
            Refusal::Edited { .. } => "edited",
            Refusal::ReasonNeeded => "reason_needed",
            Refusal::ReasonUnknown => "reason_unknown",
            Refusal::Faults { .. } => "faults",
            Refusal::Limit { .. } => "limit",
            Refusal::Order { .. } => "order",
            Refusal::Statuses { .. } => "statuses",
            Refusal::Catalog { .. } => "catalog",
            Refusal::Stock { .. } => "stock",
            Refusal::CommandReused => "command_reused",
            Refusal::Import { .. } => "import",
        };
        Why::NotTaken { rule: rule.to_owned() }
    }
}
