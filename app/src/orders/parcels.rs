//! The order's parcels, each with its carrier's own page and what the carrier told of it.

use domain::auth::Action;
use domain::carriers::Progress;
use domain::i18n::t;
use domain::orders::Shipment;
use leptos::prelude::*;

use super::answers::Answers;
use super::scans::Scans;
use super::state::OrderState;
use super::when::When;
use crate::boot::use_lang;
use crate::kit::{Glyph, Icon, time};

#[component]
pub fn Parcels(state: OrderState) -> impl IntoView {
    let lang = use_lang();
    let parcels = Memo::new(move |_| state.view.with(|view| view.shipments.clone()));
    view! {
        <section class="card order-part" aria-labelledby="order-parcels">
            <h2 id="order-parcels">{t::parcels(lang)}</h2>
            <Show when=move || parcels.with(|parcels| !parcels.is_empty()) fallback=move || view! { <p class="muted">{t::parcels_none(lang)}</p> }>
                <ul class="plain">
                    // What is open stays open when its carrier tells of another scan.
                    <For each=move || parcels.get() key=|parcel| parcel.id let(parcel)>
                        <Parcel state parcel/>
                    </For>
                </ul>
            </Show>
        </section>
    }
}

#[component]
fn Parcel(state: OrderState, parcel: Shipment) -> impl IntoView {
    let lang = use_lang();
    let Shipment { id, carrier, number, created_at } = parcel;
    let link = carrier.link(&number);
    let told = Memo::new(move |_| state.parcels.with(|all| all.iter().find(|one| one.shipment == id).cloned()));
    let sees_answers = state.may(Action::SeeIntake);
    view! {
        <li class="parcel">
            <p>{t::carrier_name(lang, carrier)}" "<strong>{number}</strong></p>
            {link.map(|link| view! { <a class="link" href=link target="_blank" rel="noopener noreferrer external">{t::parcel_follow(lang)}</a> })}
            <p class="muted"><When at=created_at/></p>
            <Told state told/>
            {sees_answers.then(|| view! { <Answers shipment=id/> })}
        </li>
    }
    .into_any()
}

/// Where it is, whether there is trouble, when it may be expected, and how it got there.
#[component]
fn Told(state: OrderState, told: Memo<Option<Progress>>) -> impl IntoView {
    let lang = use_lang();
    let kind = move || told.with(|told| told.as_ref().and_then(|told| told.kind).map(|kind| kind.words(lang)));
    let trouble = Memo::new(move |_| told.with(|told| told.as_ref().is_some_and(|told| told.exception)));
    let town = move || {
        let town = told.with(|told| told.as_ref().map(|told| told.town.clone()));
        town.filter(|town| !town.is_empty()).map(|town| t::parcel_to(lang, &town))
    };
    // What should have been here by now is no promise.
    let expected = Memo::new(move |_| {
        let now = state.now.get();
        told.with(|told| told.as_ref().and_then(|told| told.estimate)).filter(|at| *at > now)
    });
    // The server does not know the reader's time zone: the words come with the WASM.
    let day = RwSignal::new(None::<String>);
    Effect::new(move || day.set(expected.get().map(|at| t::parcel_expected(lang, &time::day(at, lang)))));
    view! {
        <Show when=move || trouble.get()>
            <p><span class="chip danger flag"><Icon glyph=Glyph::Warning/><span>{t::parcel_trouble(lang)}</span></span></p>
        </Show>
        {move || kind().map(|kind| view! { <p>{kind}</p> })}
        {move || town().map(|town| view! { <p class="muted">{town}</p> })}
        {move || day.get().map(|day| view! { <p class="parcel-expected">{day}</p> })}
        <Scans told/>
    }
    .into_any()
}
