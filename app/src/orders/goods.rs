//! What was ordered, what it comes to, how it is paid for.

use domain::i18n::t;
use domain::money;
use domain::orders::{Line, Order};
use leptos::prelude::*;

use super::state::OrderState;
use crate::boot::use_lang;

#[component]
pub fn Goods(state: OrderState) -> impl IntoView {
    let lang = use_lang();
    let goods = Memo::new(move |_| state.view.with(|view| (view.order.clone(), view.lines.clone())));
    view! {
        <section class="card order-part order-goods" aria-labelledby="order-goods">
            <h2 id="order-goods">{t::goods(lang)}</h2>
            {move || {
                let (order, lines) = goods.get();
                view! { <Table order=order.clone() lines/><Paid order/> }
            }}
        </section>
    }
}

#[component]
fn Table(order: Order, lines: Vec<Line>) -> impl IntoView {
    let lang = use_lang();
    let currency = order.currency;
    let money = move |minor: i64| money::format(minor, currency, lang);
    let goods = lines.iter().try_fold(0i64, |sum, line| sum.checked_add(line.total()?));
    let total = move |label: &'static str, sum: i64| {
        view! { <tr><th scope="row" colspan="4">{label}</th><td class="number">{money(sum)}</td></tr> }
    };
    view! {
        <div class="order-table" role="group" aria-labelledby="order-goods" tabindex="0">
        <table>
            <caption class="visually-hidden">{t::order_lines(lang)}</caption>
            <thead><tr>
                <th scope="col">{t::line_name(lang)}</th><th scope="col">{t::line_sku(lang)}</th>
                <th scope="col" class="number">{t::line_quantity(lang)}</th><th scope="col" class="number">{t::line_price(lang)}</th>
                <th scope="col" class="number">{t::line_sum(lang)}</th>
            </tr></thead>
            <tbody>
                {lines.iter().map(|line| view! {
                    <tr>
                        <td>{line.name.clone()}</td><td class="sku">{line.sku.clone()}</td>
                        <td class="number">{line.quantity.to_string()}</td><td class="number">{money(line.price)}</td>
                        <td class="number">{line.total().map(money)}</td>
                    </tr>
                }).collect_view()}
            </tbody>
            <tfoot>
                {goods.map(|goods| total(t::total_goods(lang), goods))}
                {(order.discount_total != 0).then(|| total(t::total_discount(lang), -order.discount_total))}
                {(order.shipping_total != 0).then(|| total(t::total_shipping(lang), order.shipping_total))}
                <tr class="total"><th scope="row" colspan="4">{t::total_all(lang)}</th><td class="number">{money(order.total)}</td></tr>
            </tfoot>
        </table>
        </div>
    }
}

#[component]
fn Paid(order: Order) -> impl IntoView {
    let lang = use_lang();
    let paid = if order.paid { t::paid_yes(lang) } else { t::paid_no(lang) };
    let words = match order.payment_method.is_empty() {
        true => String::new(),
        false => format!("{} · ", order.payment_method),
    };
    view! {
        <dl class="facts">
            <dt>{t::payment(lang)}</dt>
            <dd>{words}<strong>{paid}</strong></dd>
        </dl>
        {(!order.note.is_empty()).then(|| view! { <h3>{t::order_note(lang)}</h3><blockquote>{order.note.clone()}</blockquote> })}
    }
}
