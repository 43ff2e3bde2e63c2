//! How it goes with asking a carrier: in a word, and in a sentence.

use domain::carriers::{BreakerState, CarrierAccount};
use domain::i18n::{Lang, t};
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Glyph, Icon, time};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Health {
    Unasked,
    Works,
    /// It failed, and is asked again in its turn.
    Stumbles,
    Waits,
    Tries,
}

impl Health {
    fn of(account: &CarrierAccount) -> Self {
        match account.breaker {
            BreakerState::Open { .. } => Health::Waits,
            BreakerState::HalfOpen => Health::Tries,
            BreakerState::Closed if account.failures > 0 => Health::Stumbles,
            BreakerState::Closed if account.answered_at.is_none() => Health::Unasked,
            BreakerState::Closed => Health::Works,
        }
    }

    fn words(self, lang: Lang) -> &'static str {
        match self {
            Health::Unasked => t::carrier_unasked(lang),
            Health::Works => t::carrier_works(lang),
            Health::Stumbles => t::carrier_stumbles(lang),
            Health::Waits => t::carrier_waits(lang),
            Health::Tries => t::carrier_tries(lang),
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Health::Works => Glyph::Check,
            Health::Unasked => Glyph::Clock,
            Health::Stumbles | Health::Waits | Health::Tries => Glyph::Warning,
        }
    }
}

#[component]
pub fn HealthChip(account: Memo<CarrierAccount>) -> impl IntoView {
    let lang = use_lang();
    let health = Memo::new(move |_| account.with(Health::of));
    view! {
        <span class="chip carrier-state" class:works=move || health.get() == Health::Works>
            {move || view! { <Icon glyph=health.get().glyph()/> }}
            {move || health.get().words(lang)}
        </span>
    }
}

/// Why, and until when. The server does not know the reader's time zone: times come with the WASM.
#[component]
pub fn HealthWords(account: Memo<CarrierAccount>) -> impl IntoView {
    let lang = use_lang();
    let words = RwSignal::new(account.with_untracked(|account| sentence(account, "…", lang)));
    Effect::new(move || {
        account.with(|account| {
            let at = match account.breaker {
                BreakerState::Open { until } => Some(until),
                BreakerState::Closed | BreakerState::HalfOpen => account.answered_at,
            };
            let at = at.map(|at| time::local(at, lang)).unwrap_or_default();
            words.set(sentence(account, &at, lang));
        });
    });
    view! { <p class="settings-hint">{move || words.get()}</p> }
}

fn sentence(account: &CarrierAccount, time: &str, lang: Lang) -> String {
    let why = account.last_failure.map_or("", |why| why.words(lang));
    let told = match Health::of(account) {
        Health::Unasked => t::carrier_unasked_hint(lang).to_owned(),
        Health::Works => t::carrier_answered(lang, time),
        Health::Stumbles => t::carrier_stumbles_hint(lang, why),
        Health::Waits => t::carrier_waits_until(lang, time, why),
        Health::Tries => t::carrier_tries_hint(lang, why),
    };
    // A reason that is not known any more leaves nothing before the rest.
    told.trim_start().to_owned()
}
