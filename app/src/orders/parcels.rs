//! The order's parcels, each with its carrier's own page.

use domain::i18n::t;
use domain::orders::Shipment;
use leptos::prelude::*;

use super::state::OrderState;
use super::when::When;
use crate::boot::use_lang;

#[component]
pub fn Parcels(state: OrderState) -> impl IntoView {
    let lang = use_lang();
    let parcels = Memo::new(move |_| state.view.with(|view| view.shipments.clone()));
    view! {
        <section class="card order-part" aria-labelledby="order-parcels">
            <h2 id="order-parcels">{t::parcels(lang)}</h2>
            <Show when=move || parcels.with(|parcels| !parcels.is_empty()) fallback=move || view! { <p class="muted">{t::parcels_none(lang)}</p> }>
                <ul class="plain">
                    {move || parcels.get().into_iter().map(|parcel| view! { <Parcel parcel/> }).collect_view()}
                </ul>
            </Show>
        </section>
    }
}

#[component]
fn Parcel(parcel: Shipment) -> impl IntoView {
    let lang = use_lang();
    let Shipment { carrier, number, created_at, .. } = parcel;
    let link = carrier.link(&number);
    view! {
        <li class="parcel">
            <p>{t::carrier_name(lang, carrier)}" "<strong>{number}</strong></p>
            {link.map(|link| view! { <a class="link" href=link target="_blank" rel="noopener noreferrer external">{t::parcel_follow(lang)}</a> })}
            <p class="muted"><When at=created_at/></p>
        </li>
    }
}
