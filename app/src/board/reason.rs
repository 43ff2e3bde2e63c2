//! Why was it lost? Asked before the move, not after.

use domain::i18n::t;
use leptos::prelude::*;

use super::queue::Mover;
use super::state::BoardState;
use crate::boot::use_lang;
use crate::kit::Dialog;

#[component]
pub fn ReasonDialog(state: BoardState, mover: Mover) -> impl IntoView {
    let lang = use_lang();
    let close = move |()| state.asking.set(None);
    let choose = move |reason| {
        if let Some((deals, target)) = state.asking.get_untracked() {
            state.asking.set(None);
            mover.go(deals, target, Some(reason));
        }
    };
    view! {
        <Dialog open=Signal::derive(move || state.asking.with(Option::is_some)) label=t::reason_title(lang).to_owned() on_close=close>
            <h2>{t::reason_title(lang)}</h2>
            <div class="choices">
                <For each=move || state.reasons.get() key=|reason| reason.id let(reason)>
                    <button type="button" class="button" on:click=move |_| choose(reason.id)>{reason.name.clone()}</button>
                </For>
            </div>
            <div class="dialog-actions">
                <button type="button" class="button quiet" on:click=move |_| close(())>{t::cancel(lang)}</button>
            </div>
        </Dialog>
    }
}
