//! The deal's own history, from the log, in sentences.

use domain::event::sentence::{People, author, sentence};
use domain::event::{Event, Fact};
use domain::i18n::t;
use domain::ids::UserId;
use leptos::prelude::*;

use crate::board::BoardState;
use crate::boot::use_lang;
use crate::kit::time;

struct Names(BoardState);

impl People for Names {
    fn name(&self, user: UserId) -> Option<String> {
        self.0.person(user)
    }
}

#[component]
pub fn History(state: BoardState, events: Vec<Event>) -> impl IntoView {
    let lang = use_lang();
    let names = Names(state);
    // Reordering within a stage is no news to a reader.
    let told: Vec<_> = events
        .iter()
        .filter(|event| !matches!(&event.fact, Fact::DealMoved(moved) if moved.from == moved.to))
        .map(|event| (event.at, author(event.actor, lang, &names), sentence(&event.fact, lang, &names)))
        .collect();
    view! {
        <section class="history">
            <h3>{t::history(lang)}</h3>
            {told.is_empty().then(|| view! { <p class="empty">{t::history_empty(lang)}</p> })}
            <ol>
                {told.into_iter().map(|(at, who, what)| view! {
                    <li><p>{what}</p><p class="muted">{who}" · "<time>{time::local(at, lang)}</time></p></li>
                }).collect_view()}
            </ol>
        </section>
    }
}
