//! How far an import is, asked for every second; and a way to stop it.

use std::time::Duration;

use domain::i18n::t;
use domain::import::{Import, ImportState};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::counts::{Counts, number};
use crate::boot::use_lang;
use crate::kit::{Fault, new_command};
use crate::settings::outcome::fault_of;

const LOOK_EVERY: Duration = Duration::from_secs(1);

#[component]
pub fn Progress(import: Signal<Import>, #[prop(into)] changed: Callback<Import>) -> impl IntoView {
    let lang = use_lang();
    let id = import.with_untracked(|import| import.id);
    let stops = import.with_untracked(|import| import.state != ImportState::Undoing);
    keep_looking(import, changed);
    let stop = Action::new(move |(): &()| async move {
        changed.run(api::stop_import(new_command(), id).await?);
        Ok(())
    });
    let done = move || import.with(|import| steps(import).0);
    let total = move || import.with(|import| steps(import).1);
    view! {
        <section class="card settings-card">
            <div class="import-progress">
                <progress
                    max=move || total().max(1).to_string()
                    prop:value=move || done() as f64
                    aria-label=t::import_how_far(lang)
                ></progress>
                <p>{move || t::import_done_of(lang, &number(done(), lang), &number(total(), lang))}</p>
            </div>
            <Counts import/>
            <p class="settings-hint">{t::import_leave(lang)}</p>
            {stops.then(|| view! {
                <Fault words=fault_of(stop)/>
                <div class="settings-buttons">
                    <button type="button" class="button" disabled=move || stop.pending().get() on:click=move |_| { stop.dispatch(()); }>
                        {t::import_stop(lang)}
                    </button>
                </div>
            })}
        </section>
    }
}

/// How many are done, of how many: rows on the way in, what they had made on the way back.
fn steps(import: &Import) -> (i64, i64) {
    let counts = import.counts;
    match import.state {
        ImportState::Undoing => (counts.undone + counts.spared, counts.made + counts.changed),
        _ => (counts.done, counts.total),
    }
}

/// In the browser alone: the server draws the page once.
fn keep_looking(import: Signal<Import>, changed: Callback<Import>) {
    let id = import.with_untracked(|import| import.id);
    let look = move || {
        spawn_local(async move {
            // What comes after its end was told, or after the page was left, is no news.
            let going = move || import.try_with_untracked(|import| import.state.is_going()) == Some(true);
            if let Ok(fresh) = api::import_progress(id).await
                && going()
            {
                changed.run(fresh);
            }
        });
    };
    Effect::new(move || {
        let timer = set_interval_with_handle(look, LOOK_EVERY);
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear()
            }
        });
    });
}
