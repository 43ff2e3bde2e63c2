//! The board follows the log: events change it, a gap reloads it, and what was kept while offline is sent.

use domain::board::MoveDeal;
use domain::ids::FunnelId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::queue::Mover;
use super::state::BoardState;
use super::{api, glide};
use crate::boot::use_boot;
use crate::live::client::Handlers;
use crate::live::frames::Frame;
use crate::live::{Connection, follow};

/// While a filter is on, the server says what matches: events within this time are one question.
const FILTERED_MS: u64 = 400;
const PULSE_MS: u64 = 1_600;
const CLOCK_SECONDS: u64 = 30;

pub fn start(state: BoardState, mover: Mover) {
    let build = use_boot().build;
    let asked = StoredValue::new(false);
    let frame = Callback::new(move |frame: Frame| match frame {
        Frame::Hello { build: theirs, now } => {
            state.outdated.set(!build.is_empty() && theirs != build);
            state.now.set(now);
            mover.flush();
        }
        Frame::Tick { now } => state.now.set(now),
        Frame::Event(live) => {
            if !state.filter.with_untracked(domain::board::Filter::is_empty) {
                if !asked.get_value() {
                    asked.set_value(true);
                    set_timeout(
                        move || {
                            asked.set_value(false);
                            reload(state);
                        },
                        std::time::Duration::from_millis(FILTERED_MS),
                    );
                }
                if let Some(deal) = live.event.scope.deal {
                    state.happened.set((Some(deal), live.event.seq));
                }
                return;
            }
            let somebody_else = !state.is_mine(&live);
            let deal = live.event.scope.deal.filter(|_| somebody_else);
            let glide = deal.and_then(glide::before);
            state.hear(&live);
            if let Some(deal) = deal {
                glide::after(deal, glide);
                state.pulsing.set(Some(deal));
                set_timeout(
                    move || {
                        state.pulsing.try_update(|now| {
                            if *now == Some(deal) {
                                *now = None
                            }
                        });
                    },
                    std::time::Duration::from_millis(PULSE_MS),
                );
            }
        }
        Frame::Resync => reload(state),
        Frame::Here { users } => state.here.set(users),
        Frame::SignedOut => {
            #[cfg(feature = "hydrate")]
            let _ = window().location().set_href("/sign-in");
        }
    });
    let since = Callback::new(move |()| state.as_of());
    follow(state.funnel, Handlers { connection: state.connection, since, frame });
    // In the browser alone: the server neither ticks nor remembers.
    Effect::new(move || {
        mover.take_up(recall(state.funnel));
        let clock = set_interval_with_handle(
            move || {
                state.now.try_update(|now| *now += CLOCK_SECONDS as i64 * 1_000);
            },
            std::time::Duration::from_secs(CLOCK_SECONDS),
        );
        on_cleanup(move || {
            if let Ok(clock) = clock {
                clock.clear()
            }
        });
    });
    Effect::new(move || {
        if state.connection.get() == Connection::On {
            mover.flush();
        }
    });
}

/// Loads the board again, with the filter as it is now.
pub fn reload(state: BoardState) {
    spawn_local(async move {
        let filter = state.filter.get_untracked();
        if let Ok(data) = api::load_board(state.funnel, filter.clone()).await
            && state.filter.try_get_untracked() == Some(filter)
        {
            state.reset(data);
        }
    });
}

fn storage_key(funnel: FunnelId) -> String {
    format!("voronka-moves-{funnel}")
}

/// Keeps unsent moves in this tab, so that a reload while offline loses none.
pub fn remember(funnel: FunnelId, commands: &[MoveDeal]) {
    #[cfg(feature = "hydrate")]
    if let Ok(Some(storage)) = window().session_storage() {
        let key = storage_key(funnel);
        if commands.is_empty() {
            let _ = storage.remove_item(&key);
        } else if let Ok(text) = serde_json::to_string(commands) {
            let _ = storage.set_item(&key, &text);
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (storage_key(funnel), commands);
}

fn recall(funnel: FunnelId) -> Vec<MoveDeal> {
    #[cfg(feature = "hydrate")]
    {
        let storage = window().session_storage().ok().flatten();
        let text = storage.and_then(|storage| storage.get_item(&storage_key(funnel)).ok().flatten());
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = funnel;
        Vec::new()
    }
}
