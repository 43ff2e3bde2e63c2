//! What does the order's new status ask for? Asked when a move into a bonded stage was refused for it; the move is then
//! made again. Put away, the card stays where it was, and what was typed is kept for the next time.

use domain::i18n::{Lang, t};
use domain::orders::DetailFault;
use leptos::prelude::*;

use super::queue::Mover;
use super::state::{BoardState, Wanting};
use crate::boot::use_lang;
use crate::kit::{Dialog, focus_on};
use crate::orders::{AskFields, Typed};

#[component]
pub fn WantingDialog(state: BoardState, mover: Mover) -> impl IntoView {
    let lang = use_lang();
    let (typed, fault) = (RwSignal::new(Typed::default()), RwSignal::new(None::<DetailFault>));
    let first = Memo::new(move |_| state.wanting.with(|wanting| wanting.front().cloned()));
    let title = Signal::derive(move || {
        first
            .get()
            .map(|wanting| t::ask_deal(lang, &whose(state, &wanting, lang), &into(state, &wanting)))
            .unwrap_or_default()
    });
    let next = move || {
        fault.set(None);
        state.wanting.update(|wanting| {
            wanting.pop_front();
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(wanting) = first.get_untracked() else { return };
        match typed.with_untracked(|typed| typed.details(wanting.asked)).checked() {
            Ok(details) => {
                typed.set(Typed::default());
                next();
                mover.tell(wanting, details);
            }
            Err(wrong) => {
                fault.set(Some(wrong));
                focus_on(".wanting [aria-invalid=true]");
            }
        }
    };
    Effect::new(move || {
        if first.with(Option::is_some) {
            focus_on(".wanting select, .wanting input");
        }
    });
    view! {
        <Dialog open=Signal::derive(move || first.with(Option::is_some)) label=title on_close=move |()| next()>
            <form class="wanting" on:submit=submit novalidate>
                <h2>{move || title.get()}</h2>
                {move || first.get().map(|wanting| view! { <AskFields asked=wanting.asked typed fault/> })}
                <div class="dialog-actions">
                    <button type="button" class="button quiet" on:click=move |_| next()>{t::cancel(lang)}</button>
                    <button type="submit" class="button primary">{t::save(lang)}</button>
                </div>
            </form>
        </Dialog>
    }
}

/// Of one deal its customer, of several their number.
fn whose(state: BoardState, wanting: &Wanting, lang: Lang) -> String {
    match wanting.deals.as_slice() {
        [deal] => {
            state.card(*deal).map(|card| card.with_untracked(|card| card.customer_name.clone())).unwrap_or_default()
        }
        deals => t::deals(lang, deals.len() as i64),
    }
}

fn into(state: BoardState, wanting: &Wanting) -> String {
    state.status(wanting.status).map(|status| status.name).unwrap_or_default()
}
