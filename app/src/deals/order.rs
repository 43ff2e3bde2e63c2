//! The shop's order behind the deal, as the shop keeps it.

use domain::deals::OrderDetails;
use domain::i18n::t;
use domain::money;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::time;

#[component]
pub fn OrderCard(order: OrderDetails) -> impl IntoView {
    let lang = use_lang();
    let currency = order.currency;
    view! {
        <section class="order">
            <h3>{t::deal_number(lang, &order.number)}</h3>
            <p class="muted">
                {t::order_status_shop(lang, &t::order_status_name(lang, order.status, &order.shop_status))}" · "{time::local(order.placed_at, lang)}
                {order.deleted.then(|| view! { " "<span class="chip danger">{t::deleted_in_shop(lang)}</span> })}
            </p>
            <table>
                <caption class="visually-hidden">{t::order_lines(lang)}</caption>
                <tbody>
                    {order.lines.iter().map(|line| view! {
                        <tr><td>{line.name.clone()}</td><td class="number">{line.quantity}" ×"</td><td class="number">{money::format(line.price, currency, lang)}</td></tr>
                    }).collect_view()}
                    <tr class="total"><th scope="row">{t::sum(lang)}</th><td></td><td class="number">{money::format(order.total, currency, lang)}</td></tr>
                </tbody>
            </table>
            {(!order.note.is_empty()).then(|| view! { <blockquote>{order.note.clone()}</blockquote> })}
        </section>
    }
}
