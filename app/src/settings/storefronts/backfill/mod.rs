//! The orders that a shop already has: asked for once, then watched.

mod form;
mod progress;

use std::time::Duration;

use domain::backfill::{Backfill, BackfillState};
use domain::i18n::t;
use domain::ids::StorefrontId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use crate::boot::use_lang;
use form::Start;
use progress::Progress;

/// How often a run that goes on is looked at.
const LOOK_SECONDS: u64 = 2;

#[component]
pub fn BackfillDoor(storefront: StorefrontId, name: Signal<String>, fills: RwSignal<Vec<Backfill>>) -> impl IntoView {
    let lang = use_lang();
    let fill = Memo::new(move |_| fills.with(|fills| fills.iter().find(|one| one.storefront == storefront).cloned()));
    let state = Memo::new(move |_| fill.with(|fill| fill.as_ref().map(|fill| fill.state)));
    let going = move || state.get().is_some_and(BackfillState::is_going);
    let said = move || state.get().map_or("", |state| state.words(lang));
    view! {
        <details class="door" open=state.get_untracked().is_some_and(BackfillState::is_going)>
            <summary id=format!("backfill-{storefront}")>{t::backfill_title(lang)}<span class="muted">{said}</span></summary>
            <Show when=move || state.get().is_some()>
                <Progress storefront name fill fills/>
            </Show>
            <Show when=move || !going()>
                <Start storefront fill fills/>
            </Show>
        </details>
    }
}

/// Puts a run as the server told of it in the place of what was known.
fn put(fills: RwSignal<Vec<Backfill>>, told: Backfill) {
    fills.try_update(|fills| {
        fills.retain(|one| one.storefront != told.storefront);
        fills.push(told);
    });
}

/// While any run goes on. In the browser alone: the server draws the page once.
pub fn keep_looking(fills: RwSignal<Vec<Backfill>>) {
    let look = move || {
        let running = |one: &Backfill| one.state == BackfillState::Running;
        if !fills.try_with_untracked(|fills| fills.iter().any(running)).unwrap_or(false) {
            return;
        }
        spawn_local(async move {
            let before = fills.try_get_untracked();
            let Ok(fresh) = api::backfills().await else { return };
            // What a button did meanwhile is newer than this answer.
            if fills.try_get_untracked() == before {
                fills.try_set(fresh);
            }
        });
    };
    Effect::new(move || {
        let timer = set_interval_with_handle(look, Duration::from_secs(LOOK_SECONDS));
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear()
            }
        });
    });
}
