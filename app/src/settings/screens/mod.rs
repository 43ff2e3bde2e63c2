//! The screens on the wall: what each of them shows, when it was seen, and another one.

mod one;
mod pair;

use std::time::Duration;

use domain::i18n::t;
use domain::ids::Millis;
use domain::screens::Screen;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{self, ScreensData};
use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use one::OneScreen;
use pair::Pair;

/// How often the page asks when each was seen.
const LOOK_SECONDS: u64 = 15;

#[component]
pub fn ScreensPage() -> impl IntoView {
    let data = Resource::new(|| (), |()| api::screens());
    view! {
        <SettingsFrame here=Page::Screens>
            {load(data, |data| view! { <Screens data/> }.into_any())}
        </SettingsFrame>
    }
}

#[component]
fn Screens(data: ScreensData) -> impl IntoView {
    let lang = use_lang();
    let ScreensData { screens, funnels, public_url, now } = data;
    let (list, now) = (RwSignal::new(screens), RwSignal::new(now));
    let address = StoredValue::new(format!("{public_url}/tv"));
    keep_looking(list, now);
    view! {
        <section class="card settings-card">
            <Show
                when=move || list.with(|list| !list.is_empty())
                fallback=move || view! { <p class="empty">{address.with_value(|address| t::screens_none(lang, address))}</p> }
            >
                <ul class="settings-list">
                    <For each=move || list.get() key=|screen| screen.id let(screen)>
                        <OneScreen first=screen list now/>
                    </For>
                </ul>
            </Show>
        </section>
        <Pair list funnels address/>
    }
}

/// When each was seen is asked for again. Which screens there are is told by pairing and disconnecting alone: an answer
/// that was on its way meanwhile must not take that back.
fn keep_looking(list: RwSignal<Vec<Screen>>, now: RwSignal<Millis>) {
    let look = move || {
        spawn_local(async move {
            let Ok(fresh) = api::screens().await else { return };
            now.try_set(fresh.now);
            list.try_update(|list| {
                for screen in list {
                    if let Some(found) = fresh.screens.iter().find(|one| one.id == screen.id) {
                        screen.seen_at = found.seen_at;
                    }
                }
            });
        });
    };
    // In the browser alone: the server draws the page once.
    Effect::new(move || {
        let timer = set_interval_with_handle(look, Duration::from_secs(LOOK_SECONDS));
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear()
            }
        });
    });
}
