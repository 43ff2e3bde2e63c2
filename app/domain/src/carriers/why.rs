//! Why a carrier gives no answer.

use serde::{Deserialize, Serialize};

use crate::i18n::{Lang, t};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CarrierWhy {
    WrongKeys,
    TooOften,
    /// It answers, and with an error of its own.
    Fails,
    TooSlow,
    Unreachable,
    /// It answered, and not as it says that it does.
    Unreadable,
    /// It understood what was asked and will not answer.
    Refuses,
}

impl CarrierWhy {
    pub const ALL: [CarrierWhy; 7] = [
        CarrierWhy::WrongKeys,
        CarrierWhy::TooOften,
        CarrierWhy::Fails,
        CarrierWhy::TooSlow,
        CarrierWhy::Unreachable,
        CarrierWhy::Unreadable,
        CarrierWhy::Refuses,
    ];

    pub fn key(self) -> &'static str {
        match self {
            CarrierWhy::WrongKeys => "wrong_keys",
            CarrierWhy::TooOften => "too_often",
            CarrierWhy::Fails => "fails",
            CarrierWhy::TooSlow => "too_slow",
            CarrierWhy::Unreachable => "unreachable",
            CarrierWhy::Unreadable => "unreadable",
            CarrierWhy::Refuses => "refuses",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.key() == key)
    }

    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            CarrierWhy::WrongKeys => t::carrier_wrong_keys(lang),
            CarrierWhy::TooOften => t::carrier_too_often(lang),
            CarrierWhy::Fails => t::carrier_fails(lang),
            CarrierWhy::TooSlow => t::carrier_too_slow(lang),
            CarrierWhy::Unreachable => t::carrier_unreachable(lang),
            CarrierWhy::Unreadable => t::carrier_unreadable(lang),
            CarrierWhy::Refuses => t::carrier_refuses(lang),
        }
    }

    /// Another try a moment later would be answered the same.
    pub fn is_certain(self) -> bool {
        matches!(self, CarrierWhy::WrongKeys | CarrierWhy::TooOften)
    }
}
