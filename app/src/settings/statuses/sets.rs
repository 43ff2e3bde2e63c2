//! Beginning from a ready set, seen before it is taken.

use domain::i18n::t;
use domain::orders::StatusSet;
use leptos::prelude::*;

use super::api;
use super::desk::Desk;
use crate::boot::use_lang;
use crate::kit::{Toast, new_command, use_toasts};
use crate::settings::confirm::Confirm;
use crate::settings::outcome::fault_of;

#[component]
pub fn Sets(desk: Desk) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let chosen = RwSignal::new(StatusSet::Eleven);
    let asking = RwSignal::new(false);
    let take = Action::new(move |set: &StatusSet| {
        let set = *set;
        async move {
            let now = api::take_status_set(new_command(), desk.storefront, set, lang).await?;
            asking.set(false);
            toasts.show(Toast::done(t::sets_taken(lang)));
            desk.set(now);
            Ok(())
        }
    });
    view! {
        <section class="card settings-card" aria-labelledby="sets">
            <h2 id="sets">{t::sets_title(lang)}</h2>
            <p class="settings-hint">{t::sets_hint(lang)}</p>
            <fieldset class="checks">
                <legend>{t::sets_which(lang)}</legend>
                {StatusSet::ALL.map(|set| view! {
                    <label class="check">
                        <input
                            type="radio"
                            name="status-set"
                            value=set.key()
                            checked=chosen.get_untracked() == set
                            prop:checked=move || chosen.get() == set
                            on:change=move |_| chosen.set(set)
                        />
                        <span>{set.name(lang)}</span>
                    </label>
                })}
            </fieldset>
            <Preview chosen/>
            <div class="settings-buttons">
                <button type="button" class="button" on:click=move |_| { take.clear(); asking.set(true); }>
                    {t::sets_take(lang)}
                </button>
            </div>
            <Confirm
                open=asking
                title=t::sets_ask_title(lang)
                words=t::sets_ask(lang)
                label=t::sets_take(lang)
                pending=take.pending()
                fault=fault_of(take)
                on_confirm=move |()| { take.dispatch(chosen.get_untracked()); }
            />
        </section>
    }
}

#[component]
fn Preview(chosen: RwSignal<StatusSet>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="preview">
            <p class="settings-hint" id="sets-preview">{t::sets_preview(lang)}</p>
            <ol aria-labelledby="sets-preview">
                {move || {
                    let statuses = chosen.get().statuses(lang).into_iter();
                    statuses
                        .map(|status| view! { <li class=format!("chip c-{}", status.colour.key())>{status.name}</li> })
                        .collect_view()
                }}
            </ol>
        </div>
    }
}
