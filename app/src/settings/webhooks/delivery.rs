//! One message: what it tells, how it is getting on; opens into its tries.

use domain::i18n::{Lang, t};
use domain::webhooks::{Delivery, DeliveryState, TEST, Topic};
use leptos::prelude::*;

use super::api;
use super::tries::Details;
use crate::boot::use_lang;
use crate::error::AppError;
use crate::kit::{Fault, Glyph, Icon, Toast, new_command, time, use_toasts};
use crate::settings::outcome::{fault_of, follow};

fn topic_words(topic: &str, lang: Lang) -> String {
    match Topic::parse(topic) {
        Some(topic) => t::topic_name(lang, topic).to_owned(),
        None if topic == TEST => t::topic_test(lang).to_owned(),
        None => topic.to_owned(),
    }
}

fn state_words(one: &Delivery, lang: Lang) -> String {
    let state = t::delivery_state(lang, one.state);
    let outcome = one.status.map(|code| t::delivery_status(lang, code));
    let outcome = outcome.or_else(|| one.no_answer.map(|why| t::no_answer(lang, why).to_owned()));
    match outcome.filter(|_| one.state != DeliveryState::Waiting) {
        Some(outcome) => format!("{state} · {outcome}"),
        None => state.to_owned(),
    }
}

#[component]
pub fn OneDelivery(first: Delivery, list: RwSignal<Vec<Delivery>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (id, at, test) = (first.id, first.created_at, first.seq.is_none());
    let topic = topic_words(&first.topic, lang);
    let one = follow(list, first, |one, other| one.id == other.id);
    let put = move |fresh: Delivery| {
        list.update(|list| list.iter_mut().filter(|one| one.id == id).for_each(|one| one.clone_from(&fresh)));
    };
    let fetch = Action::new(move |(): &()| async move {
        let details = api::webhook_delivery(id).await?;
        put(details.delivery.clone());
        Ok::<_, AppError>(details)
    });
    let again = Action::new(move |(): &()| async move {
        put(api::resend_delivery(new_command(), id).await?);
        toasts.show(Toast::done(t::delivery_again_done(lang)));
        Ok(())
    });
    // The server does not know the reader's time zone: the words come with the WASM.
    let (when, next) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    Effect::new(move || when.set(time::local(at, lang)));
    Effect::new(move || {
        let waits = one.with(|one| one.next_at.filter(|_| one.state == DeliveryState::Failed));
        next.set(waits.map(|at| t::delivery_next(lang, &time::local(at, lang))));
    });
    let arrived = move || one.with(|one| one.state == DeliveryState::Delivered);
    let details = move || match fetch.value().get() {
        Some(Ok(details)) => view! { <Details details/> }.into_any(),
        Some(Err(_)) => ().into_any(),
        None => view! { <p class="settings-hint">{t::loading(lang)}</p> }.into_any(),
    };
    view! {
        <li class="delivery">
            <details class="door" on:toggle=move |_| { fetch.dispatch(()); }>
                <summary>
                    <span class="delivery-what">{topic}" "<span class="muted">{move || when.get()}</span></span>
                    <span class="chip webhook-state" class:works=arrived>
                        {move || view! { <Icon glyph=if arrived() { Glyph::Check } else { Glyph::Warning }/> }}
                        {move || one.with(|one| state_words(one, lang))}
                    </span>
                </summary>
                <p class="settings-hint" hidden=move || next.with(Option::is_none)>{move || next.get()}</p>
                <Fault words=fault_of(fetch)/>
                {details}
                <Fault words=fault_of(again)/>
                {(!test).then(|| view! {
                    <div class="settings-buttons">
                        <button
                            type="button"
                            class="button"
                            disabled=move || again.pending().get()
                            on:click=move |_| { again.dispatch(()); }
                        >
                            {move || if again.pending().get() { t::one_moment(lang) } else { t::delivery_again(lang) }}
                        </button>
                    </div>
                })}
            </details>
        </li>
    }
    .into_any()
}
