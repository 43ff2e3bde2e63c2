//! How far it has got, and what may be done about it.

use domain::backfill::{Backfill, BackfillChange, BackfillState};
use domain::i18n::{Lang, t};
use domain::ids::StorefrontId;
use domain::money::group;
use leptos::prelude::*;

use super::put;
use crate::boot::use_lang;
use crate::kit::{Fault, new_command};
use crate::settings::confirm::Confirm;
use crate::settings::outcome::fault_of;
use crate::settings::storefronts::api;

#[component]
pub fn Progress(
    storefront: StorefrontId,
    name: Signal<String>,
    fill: Memo<Option<Backfill>>,
    fills: RwSignal<Vec<Backfill>>,
) -> impl IntoView {
    let lang = use_lang();
    let asking = RwSignal::new(false);
    let change = Action::new(move |change: &BackfillChange| {
        let change = *change;
        async move {
            let told = api::change_backfill(new_command(), storefront, change).await?;
            asking.set(false);
            put(fills, told);
            Ok(())
        }
    });
    let of = move |read: fn(&Backfill) -> i64| fill.with(|fill| fill.as_ref().map_or(0, read));
    let state = Memo::new(move |_| fill.with(|fill| fill.as_ref().map(|fill| fill.state)));
    let fault = fault_of(change);
    let percent = move || of(Backfill::percent).to_string();
    let label = move || format!("{}: {}", t::backfill_title(lang), name.get());
    view! {
        <p class="settings-name" role="status">{move || state.get().map_or("", |state| state.words(lang))}</p>
        <p>{move || fill.with(|fill| fill.as_ref().map(|fill| far(fill, lang)))}</p>
        <progress max="100" value=percent aria-label=label></progress>
        {move || fill.with(|fill| fill.as_ref().and_then(|fill| trouble(fill, lang))).map(|words| view! {
            <p class="fault" role="alert">{words}</p>
        })}
        <ul class="backfill-counts">
            <li>{move || t::backfill_made(lang, &group(of(|fill| fill.made).unsigned_abs(), lang))}</li>
            <li>{move || t::backfill_unchanged(lang, &group(of(|fill| fill.unchanged).unsigned_abs(), lang))}</li>
            <li>
                {move || t::backfill_kept(lang, &group(of(|fill| fill.kept).unsigned_abs(), lang))}
                <Show when=move || { of(|fill| fill.kept) > 0 }>
                    " " <a href="/settings/intake">{t::backfill_look(lang)}</a>
                </Show>
            </li>
        </ul>
        <Fault words=Signal::derive(move || fault.get().filter(|_| !asking.get()))/>
        <Show when=move || state.get().is_some_and(BackfillState::is_going)>
            <div class="settings-buttons">
                <button type="button" class="button" disabled=move || change.pending().get() on:click=move |_| {
                    let paused = state.get_untracked() == Some(BackfillState::Paused);
                    change.dispatch(if paused { BackfillChange::Resume } else { BackfillChange::Pause });
                }>
                    {move || if state.get() == Some(BackfillState::Paused) { t::backfill_resume(lang) } else { t::backfill_pause(lang) }}
                </button>
                <button type="button" class="button quiet" on:click=move |_| { change.clear(); asking.set(true); }>
                    {t::backfill_stop(lang)}
                </button>
            </div>
        </Show>
        <Confirm
            open=asking
            title=t::backfill_stop_title(lang)
            words=t::backfill_stop_ask(lang)
            label=t::backfill_stop(lang)
            pending=change.pending()
            fault
            on_confirm=move |()| { change.dispatch(BackfillChange::Stop); }
        />
    }
    .into_any()
}

fn far(fill: &Backfill, lang: Lang) -> String {
    let done = group(fill.done().unsigned_abs(), lang);
    match (fill.total, fill.state.is_going()) {
        (Some(total), _) => t::backfill_of(lang, &done, &group(total.unsigned_abs(), lang)),
        (None, true) => t::backfill_counting(lang).to_owned(),
        (None, false) => done,
    }
}

/// Why it failed, or what it waits for.
fn trouble(fill: &Backfill, lang: Lang) -> Option<String> {
    let why = fill.why?.words(lang);
    Some(if fill.state.is_going() { t::backfill_waits(lang, why) } else { why.to_owned() })
}
