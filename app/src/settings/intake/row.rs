//! One line of the record.

use domain::i18n::t;
use domain::intake::{Brought, Delivery};
use leptos::prelude::*;

use super::{Shops, local};
use crate::boot::use_lang;

#[component]
pub fn Row(delivery: Delivery, shops: Shops) -> impl IntoView {
    let lang = use_lang();
    let Delivery { storefront, door, topic, received_at, outcome, deal, .. } = delivery;
    let whence = shops.whence(storefront, &door, &topic, lang);
    let when = local(received_at, lang);
    view! {
        <li class="settings-row">
            <div class="delivery-what">
                <p class="settings-name">{whence}</p>
                <p class="settings-hint">{move || when.get()}</p>
            </div>
            {deal.map(|Brought { deal, funnel, number }| view! {
                <a class="link" href=format!("/f/{funnel}?deal={deal}")>
                    {number.map_or_else(|| t::record_cart(lang).to_owned(), |number| t::record_order(lang, &number))}
                </a>
            })}
            <p class="delivery-outcome" data-outcome=outcome.key()>{outcome.words(lang)}</p>
        </li>
    }
}
