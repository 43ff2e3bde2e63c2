//! The shop's order behind the deal, as the shop keeps it, where the team says that it is, and the way to its page.

use domain::deals::OrderDetails;
use domain::i18n::t;
use domain::money;
use domain::orders::StatusName;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::time;
use crate::orders::StatusChip;

#[component]
pub fn OrderCard(order: OrderDetails, status: Signal<Option<StatusName>>) -> impl IntoView {
    let lang = use_lang();
    let currency = order.currency;
    view! {
        <section class="order">
            <h3>{t::deal_number(lang, &order.number)}</h3>
            <p class="order-now">
                {move || status.get().map(|status| view! { <StatusChip status/> })}
                <a class="link" href=format!("/orders/{}", order.id)>{t::open_order(lang)}</a>
            </p>
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
