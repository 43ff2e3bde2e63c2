//! Where the order is: its number, its status, what is wrong with it, how long it has been there.

use domain::i18n::t;
use domain::orders::flag;
use leptos::prelude::*;

use super::chip::{FlagChip, StatusChip};
use super::state::OrderState;
use super::when::When;
use crate::boot::use_lang;
use crate::kit::time;
use crate::live::Connection;

#[component]
pub fn OrderHead(state: OrderState) -> impl IntoView {
    let lang = use_lang();
    let order = state.view.with_untracked(|view| view.order.clone());
    let status = Memo::new(move |_| state.view.with(|view| view.order.status.clone()));
    let flagged = Memo::new(move |_| {
        let now = state.now.get();
        state.view.with(|view| view.facts.and_then(|facts| flag(&facts, &view.thresholds, now)))
    });
    let here = move || {
        let since = state.view.with(|view| view.order.status_since)?;
        Some(t::order_time_here(lang, &time::span((state.now.get() - since).max(0), lang)))
    };
    let deleted = move || state.view.with(|view| view.order.deleted);
    view! {
        <header class="order-head">
            <p class="order-ways"><a class="link" href="/orders">{t::to_orders(lang)}</a><Follows state/></p>
            <h1>{t::deal_number(lang, &order.number)}</h1>
            <p class="order-now" id="order-now">
                {move || match status.get() {
                    Some(status) => view! { <StatusChip status/> }.into_any(),
                    None => view! { <span class="chip">{t::order_no_status(lang)}</span> }.into_any(),
                }}
                {move || flagged.get().map(|flag| view! { <FlagChip flag/> })}
                {move || deleted().then(|| view! { <span class="chip danger">{t::deleted_in_shop(lang)}</span> })}
                <span class="muted">{here}</span>
            </p>
            <p class="muted">{t::order_placed(lang)}" "<When at=order.placed_at/></p>
        </header>
    }
}

/// Whether others' changes are seen at once; nothing is said of an order that no board shows.
#[component]
fn Follows(state: OrderState) -> impl IntoView {
    let lang = use_lang();
    let followed = state.deal.with_untracked(Option::is_some);
    let words = move || match state.connection.get() {
        Connection::On => t::live_on(lang),
        Connection::Connecting => t::live_connecting(lang),
        Connection::Off => t::live_off(lang),
    };
    view! {
        <Show when=move || followed>
            <output class="live" class:on=move || state.connection.get() == Connection::On class:off=move || state.connection.get() == Connection::Off id="live">
                <span class="live-dot" aria-hidden="true"></span>{words}
            </output>
        </Show>
    }
}
