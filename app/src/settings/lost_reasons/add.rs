//! Another reason.

use domain::funnels::{LostReason, ReasonChange};
use domain::i18n::t;
use leptos::prelude::*;

use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault, Toast, use_toasts};
use crate::settings::api;
use crate::settings::outcome::{fault_of, focus};

const FIELD: &str = "reason-new";

#[component]
pub fn AddReason(list: RwSignal<Vec<LostReason>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let name = RwSignal::new(String::new());
    let attempt = Attempt::new();
    let add = Action::new(move |typed: &String| {
        let typed = typed.trim().to_owned();
        async move {
            let change = ReasonChange::Add { name: typed.clone() };
            let now = api::change_lost_reasons(attempt.id(&typed), change).await?;
            attempt.done();
            list.set(now);
            name.set(String::new());
            toasts.show(Toast::done(t::lost_reason_added(lang, &typed)));
            focus(FIELD.to_owned());
            Ok(())
        }
    });
    view! {
        <form class="settings-line" on:submit=move |event| { event.prevent_default(); add.dispatch(name.get()); }>
            <div class="field">
                <label for=FIELD>{t::lost_reason_new(lang)}</label>
                <input type="text" id=FIELD required maxlength="80" autocomplete="off" aria-describedby="reason-new-fault" bind:value=name/>
                <Fault words=fault_of(add) id="reason-new-fault"/>
            </div>
            <Submit label=t::add(lang) pending=add.pending()/>
        </form>
    }
}
