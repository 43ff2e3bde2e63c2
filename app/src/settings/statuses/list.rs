//! The statuses in order, and how the order is changed.

use domain::i18n::t;
use domain::ids::StatusId;
use domain::orders::StatusChange;
use leptos::prelude::*;

use super::api;
use super::desk::Desk;
use super::retire::RetireStatus;
use super::status::StatusItem;
use crate::boot::use_lang;
use crate::kit::{Fault, new_command};
use crate::settings::outcome::{fault_of, focus};

/// What a status's line asks of the list.
#[derive(Clone, Copy)]
pub struct Asks {
    pub editing: RwSignal<Option<StatusId>>,
    pub retiring: RwSignal<Option<StatusId>>,
    /// The one that a mouse carries.
    pub carried: RwSignal<Option<StatusId>>,
    /// Takes a status up (−1) or down (+1).
    pub shift: Callback<(StatusId, isize)>,
    /// Puts the carried one where this one stands.
    pub drop_on: Callback<StatusId>,
}

#[component]
pub fn Statuses(desk: Desk) -> impl IntoView {
    let lang = use_lang();
    let storefront = desk.storefront;
    let said = RwSignal::new(String::new());
    // One request at a time, with the newest order: several at once could arrive in any order of their own.
    let wanted = StoredValue::new(None::<Vec<StatusId>>);
    let reorder = Action::new(move |(): &()| async move {
        while let Some(order) = wanted.try_update_value(Option::take).flatten() {
            let change = StatusChange::Reorder { storefront, order };
            match api::change_statuses(new_command(), storefront, change).await {
                Ok(now) if wanted.with_value(Option::is_none) => desk.set(now),
                Ok(_) => {}
                Err(error) => {
                    wanted.set_value(None);
                    desk.again().await;
                    return Err(error);
                }
            }
        }
        Ok(())
    });
    let place = move |status: StatusId, to: usize| {
        let moved = desk.statuses.try_update(|statuses| {
            let from = statuses.iter().position(|other| other.id == status)?;
            if from == to || to >= statuses.len() {
                return None;
            }
            let one = statuses.remove(from);
            let name = one.name.clone();
            statuses.insert(to, one);
            Some((statuses.iter().map(|status| status.id).collect::<Vec<_>>(), name))
        });
        let (order, name) = moved.flatten()?;
        said.set(t::said_over(lang, &name, i64::try_from(to + 1).unwrap_or_default()));
        let last = to + 1 == order.len();
        wanted.set_value(Some(order));
        if !reorder.pending().get_untracked() {
            reorder.dispatch(());
        }
        Some(last)
    };
    let place_of = move |status: StatusId| {
        desk.statuses.with_untracked(|statuses| statuses.iter().position(|other| other.id == status))
    };
    let shift = move |(status, by): (StatusId, isize)| {
        let to = place_of(status).and_then(|from| from.checked_add_signed(by));
        let Some((to, last)) = to.and_then(|to| Some((to, place(status, to)?))) else { return };
        // The line was taken out and put in: the keyboard goes with it, to a button that can still be pressed.
        let side = if to == 0 || (by > 0 && !last) { "down" } else { "up" };
        focus(format!("status-{status}-{side}"));
    };
    let carried = RwSignal::new(None::<StatusId>);
    let drop_on = move |target: StatusId| {
        let carried = carried.try_update(Option::take).flatten();
        if let (Some(status), Some(to)) = (carried, place_of(target)) {
            place(status, to);
        }
    };
    let asks = Asks {
        editing: RwSignal::new(None),
        retiring: RwSignal::new(None),
        carried,
        shift: Callback::new(shift),
        drop_on: Callback::new(drop_on),
    };
    let some = move || desk.statuses.with(|statuses| !statuses.is_empty());
    view! {
        <section class="card settings-card" aria-labelledby="statuses">
            <h2 id="statuses">{t::statuses_title(lang)}</h2>
            <Show when=some fallback=move || view! { <p class="empty">{t::statuses_none(lang)}</p> }>
                <p class="settings-hint">{t::statuses_order_hint(lang)}</p>
                <ol class="stages">
                    <For each=move || desk.statuses.get() key=|status| status.id let(status)>
                        <StatusItem desk first=status asks/>
                    </For>
                </ol>
            </Show>
            <Fault words=fault_of(reorder)/>
            <p class="visually-hidden" aria-live="assertive">{move || said.get()}</p>
        </section>
        <RetireStatus desk retiring=asks.retiring/>
    }
}
