//! The list of orders: a table on a desk, cards in a hand; which of them, the address says.

mod bulk;
mod columns;
mod filters;
mod report;
mod search;
mod state;
mod table;

use domain::i18n::t;
use domain::orders::OrdersAsked;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{LoadedList, load_orders};
use super::page::Failed;
use crate::boot::use_lang;
use crate::kit::{Fault, Frame};
use state::ListState;

#[component]
pub fn OrdersPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    // Read once: from then on the page changes the address, and not the address the page.
    let asked = move || query.with_untracked(|query| OrdersAsked::read(|key| query.get(key)));
    let loaded = Resource::new_blocking(
        || (),
        move |()| {
            let asked = asked();
            async move { load_orders(asked).await }
        },
    );
    view! {
        <Suspense fallback=move || view! { <p class="loading">{t::loading(lang)}</p> }>
            {move || loaded.get().map(|result| match result {
                Ok(loaded) => view! { <Listed loaded asked=asked()/> }.into_any(),
                Err(error) => view! { <Failed error/> }.into_any(),
            })}
        </Suspense>
    }
}

#[component]
fn Listed(loaded: LoadedList, asked: OrdersAsked) -> impl IntoView {
    let lang = use_lang();
    let state = ListState::new(loaded, asked);
    let none = move || state.rows.with(Vec::is_empty);
    let words = move || match state.asked.with(|asked| asked.filter.is_empty()) {
        true => t::list_none(lang),
        false => t::list_none_found(lang),
    };
    view! {
        <Frame title=t::orders(lang).to_owned() class="orders-page">
            <h1>{t::orders(lang)}</h1>
            <div class="orders-tools">
                <search::Search state/>
                <filters::Filters state/>
                <columns::Columns state/>
            </div>
            <Fault words=state.problem/>
            <Show when=move || !none() fallback=move || view! { <p class="empty card">{words}</p> }>
                <table::Table state/>
            </Show>
            <Show when=move || state.more.get()>
                <p class="orders-more">
                    <button type="button" class="button" disabled=move || state.reading.get() on:click=move |_| state.further(lang)>{t::list_more(lang)}</button>
                </p>
            </Show>
            <bulk::Bulk state/>
        </Frame>
    }
    .into_any()
}
