//! The board follows the log: events change it, a gap reloads it, and what was kept while offline is sent.

use domain::event::Fact;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::queue::Mover;
use super::state::BoardState;
use super::{api, glide};
use crate::boot::use_boot;
#[cfg(feature = "hydrate")]
use crate::error::AppError;
use crate::live::client::Handlers;
use crate::live::frames::Frame;
use crate::live::{Connection, follow};

/// While a filter is on, the server says what matches: events within this time are one question.
const FILTERED_MS: u64 = 400;
const PULSE_MS: u64 = 1_600;
const CLOCK_SECONDS: u64 = 30;
const RELOAD_AGAIN_SECONDS: u64 = 3;

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
            state.note(&live);
            if changes_lists(&live.event.fact) {
                reload(state);
            }
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
        Frame::Resync => {
            state.forget();
            reload(state);
        }
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
        mover.take_up();
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

/// Lists that are no part of the board: reasons, and where orders can be.
fn changes_lists(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::LostReasonAdded { .. }
            | Fact::LostReasonRenamed { .. }
            | Fact::LostReasonRetired { .. }
            | Fact::StatusesChanged
    )
}

/// Loads the board again, with the filter as it is now, until it is there. Of several questions the last one counts.
pub fn reload(state: BoardState) {
    let Some(turn) = state.next_turn() else { return };
    spawn_local(async move {
        let loaded = api::load_board(state.funnel, state.filter.get_untracked()).await;
        if !state.is_turn(turn) {
            return;
        }
        match loaded {
            Ok(data) => state.reset(data),
            // It is no longer there, or not for this person: the page says so.
            #[cfg(feature = "hydrate")]
            Err(AppError::Refused(_) | AppError::SignedOut) => drop(window().location().reload()),
            Err(_) => set_timeout(
                move || {
                    if state.is_turn(turn) {
                        reload(state);
                    }
                },
                std::time::Duration::from_secs(RELOAD_AGAIN_SECONDS),
            ),
        }
    });
}
