//! One kept delivery: from where, why it was not understood, and another try.

use domain::i18n::t;
use domain::intake::Intake;
use leptos::prelude::*;

use super::body::Body;
use crate::boot::use_lang;
use crate::kit::{Fault, Toast, time, use_toasts};
use crate::settings::api;
use crate::settings::outcome::{fault_of, follow};

#[component]
pub fn Delivery(first: Intake, shop: String, list: RwSignal<Vec<Intake>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (id, at, topic) = (first.id, first.received_at, first.topic.clone());
    let heading = format!("delivery-{id}");
    let delivery = follow(list, first, |one, other| one.id == other.id);
    let replay = Action::new(move |(): &()| async move {
        match api::replay(id).await? {
            None => {
                toasts.show(Toast::done(t::intake_replayed(lang)));
                list.update(|list| list.retain(|one| one.id != id));
            }
            Some(reason) => {
                toasts.show(Toast::refused(t::intake_still_because(lang, &reason)));
                list.update(|list| {
                    list.iter_mut().filter(|one| one.id == id).for_each(|one| one.reason.clone_from(&reason))
                });
            }
        }
        Ok(())
    });
    // The server does not know the reader's time zone: the words come with the WASM.
    let when = RwSignal::new(String::new());
    Effect::new(move || when.set(time::local(at, lang)));
    view! {
        <li class="card settings-card" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{shop} " · " {topic}</h2>
            <dl class="facts">
                <dt>{t::intake_when(lang)}</dt>
                <dd>{move || when.get()}</dd>
                <dt>{t::intake_reason(lang)}</dt>
                <dd>{move || delivery.with(|one| one.reason.clone())}</dd>
            </dl>
            <Body intake=id/>
            <Fault words=fault_of(replay)/>
            <div class="settings-buttons">
                <button
                    type="button"
                    class="button"
                    disabled=move || replay.pending().get()
                    on:click=move |_| { replay.dispatch(()); }
                >
                    {move || if replay.pending().get() { t::one_moment(lang) } else { t::intake_replay(lang) }}
                </button>
            </div>
        </li>
    }
}
