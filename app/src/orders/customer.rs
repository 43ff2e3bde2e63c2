//! Whose order it is, how to reach them, and what else they ordered and asked for.

use domain::i18n::t;
use domain::money;
use domain::orders::{CustomerContacts, OtherDeal, OtherOrder};
use leptos::prelude::*;

use super::chip::StatusChip;
use super::state::OrderState;
use super::when::When;
use crate::boot::use_lang;

#[component]
pub fn Customer(state: OrderState) -> impl IntoView {
    let lang = use_lang();
    let known = Memo::new(move |_| {
        state.view.with(|view| (view.customer.clone(), view.other_orders.clone(), view.other_deals.clone()))
    });
    view! {
        <section class="card order-part" aria-labelledby="order-customer">
            <h2 id="order-customer">{t::customer(lang)}</h2>
            {move || {
                let (customer, orders, deals) = known.get();
                view! {
                    {customer.map(|customer| view! { <Contacts customer/> })}
                    <Others orders deals/>
                }
            }}
        </section>
    }
}

#[component]
fn Contacts(customer: CustomerContacts) -> impl IntoView {
    view! {
        <p class="settings-name">{customer.name}</p>
        {customer.phone.map(|phone| view! { <p><a class="link" href=format!("tel:{phone}")>{phone.clone()}</a></p> })}
        {customer.email.map(|email| view! { <p><a class="link" href=format!("mailto:{email}")>{email.clone()}</a></p> })}
    }
}

#[component]
fn Others(orders: Vec<OtherOrder>, deals: Vec<OtherDeal>) -> impl IntoView {
    let lang = use_lang();
    let none = orders.is_empty() && deals.is_empty();
    view! {
        {none.then(|| view! { <p class="muted">{t::others_none(lang)}</p> })}
        {(!orders.is_empty()).then(|| view! {
            <h3>{t::other_orders(lang)}</h3>
            <ul class="plain">
                {orders.into_iter().map(|order| view! {
                    <li class="other">
                        <a class="link" href=format!("/orders/{}", order.id)>{t::deal_number(lang, &order.number)}</a>
                        {order.status.map(|status| view! { <StatusChip status/> })}
                        <span>{money::format(order.total, order.currency, lang)}</span>
                        <span class="muted"><When at=order.placed_at/></span>
                    </li>
                }).collect_view()}
            </ul>
        })}
        {(!deals.is_empty()).then(|| view! {
            <h3>{t::other_deals(lang)}</h3>
            <ul class="plain">
                {deals.into_iter().map(|deal| {
                    let words = if deal.first_line.is_empty() { t::no_goods(lang).to_owned() } else { deal.first_line };
                    view! {
                        <li class="other">
                            <a class="link" href=format!("/f/{}?deal={}", deal.funnel, deal.id)>{words}</a>
                            <span class="chip">{deal.stage}</span>
                            <span>{money::format(deal.sum, deal.currency, lang)}</span>
                            <span class="muted"><When at=deal.created_at/></span>
                        </li>
                    }
                }).collect_view()}
            </ul>
        })}
    }
}
