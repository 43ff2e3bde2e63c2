//! The search, for hands and for scanners: a number that is one order's, or its parcel's, leads there on Enter.

use domain::board::filter::TEXT_CHARS_MAX;
use domain::i18n::t;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::state::ListState;
use crate::boot::use_lang;
use crate::kit::{Glyph, Icon};
use crate::orders::api;

#[component]
pub fn Search(state: ListState) -> impl IntoView {
    let lang = use_lang();
    let navigate = use_navigate();
    let text = RwSignal::new(state.asked.with_untracked(|asked| asked.filter.text.clone()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wanted: String = text.get_untracked().trim().chars().take(TEXT_CHARS_MAX).collect();
        let navigate = navigate.clone();
        spawn_local(async move {
            let found = if wanted.is_empty() { Ok(None) } else { api::find_order(wanted.clone()).await };
            match found {
                Ok(Some(order)) => navigate(&format!("/orders/{order}"), NavigateOptions::default()),
                Ok(None) => state.ask(lang, |asked| asked.filter.text = wanted),
                Err(error) => {
                    state.problem.try_set(Some(error.words(lang)));
                }
            }
        });
    };
    let typed = move |event| {
        let now = event_target_value(&event);
        if now.trim().is_empty() {
            state.ask(lang, |asked| asked.filter.text.clear());
        }
        text.set(now);
    };
    view! {
        <form class="orders-search search" role="search" on:submit=submit>
            <Icon glyph=Glyph::Search/>
            <input type="search" id="orders-search" aria-label=t::list_search(lang) placeholder=t::list_search(lang)
                maxlength=TEXT_CHARS_MAX.to_string() autocomplete="off" prop:value=move || text.get() on:input=typed/>
        </form>
    }
}
