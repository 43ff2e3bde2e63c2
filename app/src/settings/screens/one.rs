//! One screen: where it is, what it shows, when it was seen last; disconnected at once.

use domain::i18n::{Lang, t};
use domain::ids::Millis;
use domain::screens::Screen;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Toast, new_command, time, use_toasts};
use crate::settings::api;
use crate::settings::confirm::Confirm;
use crate::settings::outcome::{fault_of, follow};

/// A sight is noted once a minute: a screen that was seen within two is there now.
const THERE_MS: Millis = 120_000;

/// When the screen asked last, in words.
fn seen(at: Option<Millis>, now: Millis, lang: Lang) -> String {
    match at.map(|at| now - at) {
        None => t::screen_not_seen(lang).to_owned(),
        Some(ago) if ago < THERE_MS => t::screen_seen_now(lang).to_owned(),
        Some(ago) => t::screen_seen(lang, &time::span(ago, lang)),
    }
}

#[component]
pub fn OneScreen(first: Screen, list: RwSignal<Vec<Screen>>, now: RwSignal<Millis>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (id, speaks) = (first.id, first.lang);
    let screen = follow(list, first, |one, other| one.id == other.id);
    let name = Signal::derive(move || screen.with(|screen| screen.name.clone()));
    let asking = RwSignal::new(false);
    let unpair = Action::new(move |name: &String| {
        let done = t::screen_unpaired(lang, name);
        async move {
            let left = api::unpair_screen(new_command(), id).await?;
            asking.set(false);
            toasts.show(Toast::done(done));
            list.set(left);
            Ok(())
        }
    });
    view! {
        <li class="settings-row">
            <div class="screen-what">
                <p class="settings-name">{move || name.get()}</p>
                <p class="settings-hint">
                    {move || screen.with(|screen| screen.funnel_name.clone())} " · "
                    <span lang=speaks.code()>{speaks.name()}</span>
                </p>
                <p class="settings-hint">{move || seen(screen.with(|screen| screen.seen_at), now.get(), lang)}</p>
            </div>
            <button
                type="button"
                class="button"
                aria-label=move || t::screen_unpair_of(lang, &name.get())
                on:click=move |_| { unpair.clear(); asking.set(true); }
            >
                {t::screen_unpair(lang)}
            </button>
            <Confirm
                open=asking
                title=Signal::derive(move || t::screen_unpair_title(lang, &name.get()))
                words=t::screen_unpair_ask(lang)
                label=t::screen_unpair(lang)
                pending=unpair.pending()
                fault=fault_of(unpair)
                on_confirm=move |()| { unpair.dispatch(name.get_untracked()); }
            />
        </li>
    }
}
