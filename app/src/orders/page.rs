//! An order's page.

use domain::i18n::t;
use domain::ids::OrderId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::NextActions;
use super::api::{LoadedOrder, load_order};
use super::change::Changer;
use super::customer::Customer;
use super::deal::DealOfOrder;
use super::form::AskForm;
use super::goods::Goods;
use super::head::OrderHead;
use super::history::OrderHistory;
use super::live;
use super::parcels::Parcels;
use super::state::OrderState;
use super::stays::Stays;
use crate::boot::use_lang;
use crate::error::AppError;
use crate::kit::Frame;

#[component]
pub fn OrderPage() -> impl IntoView {
    let params = use_params_map();
    let lang = use_lang();
    let order = Memo::new(move |_| params.with(|params| params.get("order").and_then(|id| id.parse::<OrderId>().ok())));
    let loaded = Resource::new_blocking(
        move || order.get(),
        |order| async move { load_order(order.unwrap_or(OrderId(0))).await },
    );
    view! {
        <Suspense fallback=move || view! { <p class="loading">{t::loading(lang)}</p> }>
            {move || loaded.get().map(|result| match result {
                Ok(loaded) => view! { <Whole loaded/> }.into_any(),
                Err(error) => view! { <Failed error/> }.into_any(),
            })}
        </Suspense>
    }
}

#[component]
fn Whole(loaded: LoadedOrder) -> impl IntoView {
    let lang = use_lang();
    let title = t::deal_number(lang, &loaded.view.order.number);
    let state = OrderState::new(loaded);
    let changer = Changer::new(state);
    live::start(state, lang);
    view! {
        <Frame title class="order-page">
            <OrderHead state/>
            <div class="order-tools">
                <NextActions state changer/>
                <DealOfOrder state/>
            </div>
            <AskForm state changer/>
            <div class="order-columns">
                <div class="order-column"><Goods state/><Stays state/></div>
                <div class="order-column"><Customer state/><Parcels state/><OrderHistory state/></div>
            </div>
        </Frame>
    }
    .into_any()
}

/// The refusal in words, and a way on.
#[component]
pub fn Failed(error: AppError) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Frame title=t::orders(lang).to_owned()>
            <div class="lonely">
                <h1>{error.words(lang)}</h1>
                <a class="button" href="/orders" rel="external">{t::try_again(lang)}</a>
            </div>
        </Frame>
    }
}
