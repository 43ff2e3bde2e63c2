//! The order's history, from the log, in sentences.

use domain::event::sentence::{author, sentence};
use domain::i18n::t;
use leptos::prelude::*;

use super::state::{Names, OrderState};
use super::when::When;
use crate::boot::use_lang;

#[component]
pub fn OrderHistory(state: OrderState) -> impl IntoView {
    let lang = use_lang();
    let events = Memo::new(move |_| state.view.with(|view| view.events.clone()));
    let told = move || {
        let names = Names(state.people);
        let one = |event: domain::event::Event| {
            let (who, what) = (author(event.actor, lang, &names), sentence(&event.fact, lang, &names));
            view! { <li><p>{what}</p><p class="muted">{who}" · "<When at=event.at/></p></li> }
        };
        events.get().into_iter().map(one).collect_view()
    };
    view! {
        <section class="card order-part history" aria-labelledby="order-history">
            <h2 id="order-history">{t::history(lang)}</h2>
            <Show when=move || events.with(|events| !events.is_empty()) fallback=move || view! { <p class="muted">{t::history_empty(lang)}</p> }>
                <ol>{told}</ol>
            </Show>
        </section>
    }
}
