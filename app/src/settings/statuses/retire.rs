//! Retiring a status. The server says how many orders stand in it, then it is asked where they go.

use domain::board::Refusal;
use domain::i18n::t;
use domain::ids::StatusId;
use domain::orders::{StatusChange, StatusFault};
use leptos::prelude::*;

use super::desk::Desk;
use crate::boot::use_lang;
use crate::error::AppError;
use crate::kit::{Dialog, Fault, Toast, use_toasts};
use crate::settings::outcome::{fault_of, focus};

#[component]
pub fn RetireStatus(desk: Desk, retiring: RwSignal<Option<StatusId>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let to = RwSignal::new(None::<StatusId>);
    // None: nobody has asked, or nothing stands in it.
    let stand = RwSignal::new(None::<i64>);
    let name = Memo::new(move |last: Option<&String>| {
        let found = retiring.get().map(|id| desk.name_of(id)).filter(|name| !name.is_empty());
        found.or_else(|| last.cloned()).unwrap_or_default()
    });
    let retire = Action::new(move |(status, to): &(StatusId, Option<StatusId>)| {
        let (change, asked) = (StatusChange::Retire { status: *status, to: *to }, to.is_some());
        let name = name.get_untracked();
        async move {
            match desk.change(change).await {
                Err(AppError::Refused(Refusal::Statuses { fault: StatusFault::HasOrders { orders } })) if !asked => {
                    stand.set(Some(orders));
                    focus("orders-to".to_owned());
                }
                Err(error) => return Err(error),
                Ok(()) => {
                    retiring.set(None);
                    toasts.show(Toast::done(t::status_retired(lang, &name)));
                }
            }
            Ok(())
        }
    });
    Effect::new(move || {
        if retiring.get().is_some() {
            to.set(None);
            stand.set(None);
            retire.clear();
        }
    });
    let ready = move || (stand.get().is_none() || to.get().is_some()) && !retire.pending().get();
    let fault = fault_of(retire);
    let title = Signal::derive(move || t::status_retire_title(lang, &name.get()));
    view! {
        <Dialog open=Signal::derive(move || retiring.get().is_some()) label=title on_close=move |()| retiring.set(None)>
            <h2>{move || title.get()}</h2>
            <p>{t::status_retire_ask(lang)}</p>
            {move || stand.get().map(|orders| view! {
                <p>{t::status_retire_where(lang, &t::orders_count(lang, orders))}</p>
                <Destination desk retiring to/>
            })}
            <Fault words=fault/>
            <div class="settings-buttons">
                <button
                    type="button"
                    class="button danger"
                    disabled=move || !ready()
                    on:click=move |_| {
                        if let Some(status) = retiring.get_untracked() {
                            retire.dispatch((status, to.get_untracked()));
                        }
                    }
                >
                    {move || if retire.pending().get() { t::one_moment(lang) } else { t::status_retire(lang) }}
                </button>
                <button type="button" class="button quiet" on:click=move |_| retiring.set(None)>{t::cancel(lang)}</button>
            </div>
        </Dialog>
    }
}

/// Nothing is chosen for them: somebody's orders are about to change.
#[component]
fn Destination(desk: Desk, retiring: RwSignal<Option<StatusId>>, to: RwSignal<Option<StatusId>>) -> impl IntoView {
    let lang = use_lang();
    let going = retiring.get_untracked();
    let others = desk.statuses.get_untracked().into_iter().filter(move |status| Some(status.id) != going);
    view! {
        <div class="field">
            <label for="orders-to">{t::status_orders_to(lang)}</label>
            <select id="orders-to" on:change=move |event| to.set(event_target_value(&event).parse().ok())>
                <option value="">{t::status_orders_choose(lang)}</option>
                {others.map(|status| view! { <option value=status.id.to_string()>{status.name}</option> }).collect_view()}
            </select>
        </div>
    }
}
