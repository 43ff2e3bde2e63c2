//! Deleting a deal: quiet at the drawer's foot, and asked once more.

use domain::deals::DeleteDeal;
use domain::i18n::t;
use domain::ids::DealId;
use leptos::prelude::*;

use super::api;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault, Toast, focus_on, use_toasts};

/// `seen`: the version that is shown. `gone` is called once the deal is no more.
#[component]
pub fn DeleteButton(deal: DealId, seen: i64, gone: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let fault = RwSignal::new(None::<String>);
    let attempt = Attempt::new();
    let delete = Action::new(move |(): &()| async move {
        let command = DeleteDeal { command: attempt.id(&seen), deal, seen };
        match api::send_delete(command).await {
            Ok(()) => {
                toasts.show(Toast::done(t::deal_deleted(lang)));
                gone.run(());
            }
            Err(error) => {
                fault.try_set(Some(error.words(lang)));
            }
        }
    });
    let pending = delete.pending();
    let ask = move |_: leptos::ev::MouseEvent| {
        fault.set(None);
        asking.set(true);
        focus_on(".deal-delete .danger");
    };
    view! {
        <section class="deal-delete">
            <Show
                when=move || asking.get()
                fallback=move || view! { <button type="button" class="button quiet" on:click=ask>{t::deal_delete_open(lang)}</button> }
            >
                <div class="notice" role="alert">
                    <span>{t::deal_delete_ask(lang)}</span>
                    <button type="button" class="button danger" disabled=move || pending.get() on:click=move |_| { delete.dispatch(()); }>{t::deal_delete(lang)}</button>
                    <button type="button" class="button" on:click=move |_| asking.set(false)>{t::cancel(lang)}</button>
                </div>
            </Show>
            <Fault words=fault/>
        </section>
    }
}
