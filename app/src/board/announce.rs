//! What a screen reader hears of moves.

use leptos::prelude::*;

use super::state::BoardState;

#[component]
pub fn Announce(state: BoardState) -> impl IntoView {
    view! { <p class="visually-hidden" aria-live="assertive" id="said">{move || state.said.get()}</p> }
}
