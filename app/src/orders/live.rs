//! The page follows the log by its deal's board. An order without a deal is on no board: it is read again from time to
//! time, and whenever its window is looked at.

use std::time::Duration;

use domain::event::{Fact, Live};
use domain::i18n::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::state::OrderState;
use crate::live::client::Handlers;
use crate::live::follow;
use crate::live::frames::Frame;

const CLOCK_SECONDS: u64 = 30;
const READ_AGAIN_SECONDS: u64 = 15;

pub fn start(state: OrderState, lang: Lang) {
    match state.deal.with_untracked(|deal| deal.as_ref().map(|card| card.funnel)) {
        Some(funnel) => {
            let since = Callback::new(move |()| state.as_of.get_value());
            let frame = Callback::new(move |frame| hear(state, lang, frame));
            follow(funnel, Handlers { connection: state.connection, since, frame });
        }
        None => every(READ_AGAIN_SECONDS, move || reload(state, lang)),
    }
    every(CLOCK_SECONDS, move || {
        state.now.try_update(|now| *now += CLOCK_SECONDS as i64 * 1_000);
    });
    let focused = window_event_listener(leptos::ev::focus, move |_| reload(state, lang));
    on_cleanup(move || focused.remove());
}

/// In the browser alone: the server does not tick.
fn every(seconds: u64, act: impl Fn() + Clone + 'static) {
    Effect::new(move || {
        let clock = set_interval_with_handle(act.clone(), Duration::from_secs(seconds));
        on_cleanup(move || {
            if let Ok(clock) = clock {
                clock.clear()
            }
        });
    });
}

fn hear(state: OrderState, lang: Lang, frame: Frame) {
    match frame {
        Frame::Hello { now, .. } | Frame::Tick { now } => state.now.set(now),
        Frame::Event(live) => {
            state.as_of.update_value(|seen| *seen = (*seen).max(live.event.seq));
            if concerns(state, &live) {
                reload(state, lang);
            }
        }
        Frame::Resync => reload(state, lang),
        Frame::Here { .. } => {}
        Frame::SignedOut => {
            #[cfg(feature = "hydrate")]
            let _ = window().location().set_href("/sign-in");
        }
    }
}

fn concerns(state: OrderState, live: &Live) -> bool {
    let scope = live.event.scope;
    let deal = state.deal.with_untracked(|deal| deal.as_ref().map(|card| card.id));
    let customer = state.view.with_untracked(|view| view.order.customer);
    scope.order == Some(state.order)
        || (scope.deal.is_some() && scope.deal == deal)
        || (customer.is_some() && scope.customer == customer)
        || matches!(live.event.fact, Fact::StatusesChanged)
}

/// Reads the order again; what can't be read leaves the page as it is.
pub fn reload(state: OrderState, lang: Lang) {
    spawn_local(async move {
        if let Ok(loaded) = api::load_order(state.order).await
            && state.now.try_get_untracked().is_some()
        {
            state.show(loaded, lang);
        }
    });
}
