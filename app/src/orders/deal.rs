//! The order's deal: the way to it, or one made now.

use domain::auth::Action as Deed;
use domain::i18n::t;
use domain::orders::MakeDeal;
use leptos::prelude::*;

use super::api;
use super::live::reload;
use super::state::OrderState;
use crate::boot::use_lang;
use crate::kit::{Attempt, Toast, use_toasts};

#[component]
pub fn DealOfOrder(state: OrderState) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let attempt = Attempt::new();
    let deal = Memo::new(move |_| state.deal.with(|card| card.as_ref().map(|card| (card.funnel, card.id))));
    let may = state.may(Deed::CreateDeal) && state.view.with_untracked(|view| view.customer.is_some());
    let make = Action::new(move |(): &()| async move {
        let command = MakeDeal { command: attempt.id(&state.order), order: state.order };
        match api::send_make_deal(command).await {
            Ok(view) => {
                state.take(view);
                toasts.show(Toast::done(t::deal_made(lang)));
            }
            Err(error) => toasts.show(Toast::refused(error.words(lang))),
        }
        // Made meanwhile by somebody else, it is shown as well.
        reload(state, lang);
    });
    let pending = make.pending();
    view! {
        {move || match deal.get() {
            Some((funnel, deal)) => view! { <a class="button" href=format!("/f/{funnel}?deal={deal}")>{t::open_deal(lang)}</a> }.into_any(),
            None if may => view! {
                <button type="button" class="button" disabled=move || pending.get() on:click=move |_| { make.dispatch(()); }>{t::make_deal(lang)}</button>
            }.into_any(),
            None => ().into_any(),
        }}
    }
}
