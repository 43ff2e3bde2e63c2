//! Where bringing in orders stands, what stops it, and how long it waits before the shop is asked again.

use serde::{Deserialize, Serialize};

use crate::i18n::{Lang, t};
use crate::ids::Millis;

const FIRST_WAIT_MS: Millis = 1_000;
const WAIT_MS_MAX: Millis = 5 * 60_000;
/// A shop that asks for more patience than this is asked earlier, and says so again.
const ASKED_WAIT_MS_MAX: Millis = 60 * 60_000;
/// In a row, about two hours of them.
const FAILURES_MAX: i64 = 30;
/// Where nobody has ever answered: the address is wrong, most likely.
const FIRST_FAILURES_MAX: i64 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackfillState {
    Running,
    Paused,
    Done,
    Failed,
    Stopped,
}

impl BackfillState {
    pub const ALL: [BackfillState; 5] = [
        BackfillState::Running,
        BackfillState::Paused,
        BackfillState::Done,
        BackfillState::Failed,
        BackfillState::Stopped,
    ];

    pub fn key(self) -> &'static str {
        match self {
            BackfillState::Running => "running",
            BackfillState::Paused => "paused",
            BackfillState::Done => "done",
            BackfillState::Failed => "failed",
            BackfillState::Stopped => "stopped",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// It is not over, and its keys are kept.
    pub fn is_going(self) -> bool {
        match self {
            BackfillState::Running | BackfillState::Paused => true,
            BackfillState::Done | BackfillState::Failed | BackfillState::Stopped => false,
        }
    }

    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            BackfillState::Running => t::backfill_running(lang),
            BackfillState::Paused => t::backfill_paused(lang),
            BackfillState::Done => t::backfill_done(lang),
            BackfillState::Failed => t::backfill_failed(lang),
            BackfillState::Stopped => t::backfill_stopped(lang),
        }
    }
}

/// What the shop, or the way to it, says no with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackfillWhy {
    WrongKeys,
    /// The keys are right and may not read orders.
    NotAllowed,
    /// There is no such interface at this address.
    NoShop,
    /// It sends elsewhere; keys are not carried along.
    Redirects,
    /// An address inside our own network.
    Forbidden,
    Unreachable,
    TooOften,
    ShopFails,
    /// It answered, and not with orders.
    NoOrders,
}

impl BackfillWhy {
    pub const ALL: [BackfillWhy; 9] = [
        BackfillWhy::WrongKeys,
        BackfillWhy::NotAllowed,
        BackfillWhy::NoShop,
        BackfillWhy::Redirects,
        BackfillWhy::Forbidden,
        BackfillWhy::Unreachable,
        BackfillWhy::TooOften,
        BackfillWhy::ShopFails,
        BackfillWhy::NoOrders,
    ];

    pub fn key(self) -> &'static str {
        match self {
            BackfillWhy::WrongKeys => "wrong_keys",
            BackfillWhy::NotAllowed => "not_allowed",
            BackfillWhy::NoShop => "no_shop",
            BackfillWhy::Redirects => "redirects",
            BackfillWhy::Forbidden => "forbidden",
            BackfillWhy::Unreachable => "unreachable",
            BackfillWhy::TooOften => "too_often",
            BackfillWhy::ShopFails => "shop_fails",
            BackfillWhy::NoOrders => "no_orders",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.key() == key)
    }

    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            BackfillWhy::WrongKeys => t::backfill_wrong_keys(lang),
            BackfillWhy::NotAllowed => t::backfill_not_allowed(lang),
            BackfillWhy::NoShop => t::backfill_no_shop(lang),
            BackfillWhy::Redirects => t::backfill_redirects(lang),
            BackfillWhy::Forbidden => t::backfill_forbidden(lang),
            BackfillWhy::Unreachable => t::backfill_unreachable(lang),
            BackfillWhy::TooOften => t::backfill_too_often(lang),
            BackfillWhy::ShopFails => t::backfill_shop_fails(lang),
            BackfillWhy::NoOrders => t::backfill_no_orders(lang),
        }
    }
}

/// How long to wait after so many failures in a row; None: give up. `asked` is what the shop itself asked for, `there`
/// whether it has ever answered anything.
pub fn wait_ms(failures: i64, asked: Option<Millis>, there: bool) -> Option<Millis> {
    let most = if there || asked.is_some() { FAILURES_MAX } else { FIRST_FAILURES_MAX };
    if failures > most {
        return None;
    }
    let doublings = u32::try_from((failures - 1).clamp(0, 20)).unwrap_or(20);
    let own = (FIRST_WAIT_MS << doublings).min(WAIT_MS_MAX);
    Some(asked.map_or(own, |asked| asked.clamp(FIRST_WAIT_MS, ASKED_WAIT_MS_MAX)))
}
