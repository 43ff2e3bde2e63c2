//! The order's way: where it was, for how long, who took it there, and what they told.

use domain::event::sentence::author;
use domain::i18n::{Lang, t};
use domain::ids::Millis;
use domain::orders::{StatusDetails, Stay};
use leptos::prelude::*;

use super::chip::StatusChip;
use super::state::{Names, OrderState};
use super::when::When;
use crate::boot::use_lang;
use crate::kit::time;

#[component]
pub fn Stays(state: OrderState) -> impl IntoView {
    let lang = use_lang();
    let stays = Memo::new(move |_| state.view.with(|view| view.stays.clone()));
    view! {
        <section class="card order-part" aria-labelledby="order-stays">
            <h2 id="order-stays">{t::stays(lang)}</h2>
            <Show when=move || stays.with(|stays| !stays.is_empty()) fallback=move || view! { <p class="muted">{t::stays_none(lang)}</p> }>
                <ol class="way">
                    {move || stays.get().into_iter().map(|stay| view! { <OneStay state stay/> }).collect_view()}
                </ol>
            </Show>
        </section>
    }
}

#[component]
fn OneStay(state: OrderState, stay: Stay) -> impl IntoView {
    let lang = use_lang();
    let Stay { status, began_at, ended_at, actor, details, override_reason } = stay;
    let who = author(actor, lang, &Names(state.people));
    let long = move || match ended_at {
        Some(ended_at) => time::span(ended_at - began_at, lang),
        None => t::stay_now(lang, &span_until(began_at, state.now.get(), lang)),
    };
    let still = ended_at.is_none();
    view! {
        <li class:now=still>
            <p class="stay-top"><StatusChip status/><span class="muted">{long}</span></p>
            {details.map(|details| view! { <p>{told(&details, lang)}</p> })}
            {override_reason.map(|reason| view! { <p>{t::stay_told(lang, t::order_past_rules(lang), &reason)}</p> })}
            <p class="muted">{who}" · "<When at=began_at/></p>
        </li>
    }
}

fn span_until(began_at: Millis, now: Millis, lang: Lang) -> String {
    time::span((now - began_at).max(0), lang)
}

fn told(details: &StatusDetails, lang: Lang) -> String {
    match details {
        StatusDetails::Shipment { carrier, number } => t::stay_told(lang, t::carrier_name(lang, *carrier), number),
        StatusDetails::Delay { reason, until } => t::stay_delay(lang, until, reason),
        StatusDetails::Cancellation { by, reason } => t::stay_told(lang, t::cancelled_by_name(lang, *by), reason),
        StatusDetails::Return { reason, condition } => t::stay_told(lang, t::condition_name(lang, *condition), reason),
    }
}
