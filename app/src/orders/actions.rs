//! What can be done next: the scenario's step first, the rest in a menu.

use domain::auth::Action;
use domain::i18n::t;
use domain::ids::StatusId;
use domain::orders::Status;
use leptos::prelude::*;

use super::change::Changer;
use super::state::OrderState;
use crate::boot::use_lang;
use crate::kit::{Glyph, Icon, menu_focus, menu_key};

/// The first of what may follow, the others that may, and what only a head may do. A choice is drawn anew only where it
/// has become another.
#[derive(Clone, PartialEq)]
struct Choices {
    first: Option<Status>,
    /// The first is the scenario's own step.
    usual: bool,
    others: Vec<Status>,
    beyond: Vec<Status>,
}

fn choices(state: OrderState) -> Choices {
    state.view.with(|view| {
        let status_of = |id: &StatusId| view.statuses.iter().find(|status| status.id == *id).cloned();
        let now = view.order.status.as_ref().map(|status| status.id);
        let mut next = view.next.iter().filter(|id| Some(**id) != now).filter_map(status_of);
        let first = next.next();
        let others: Vec<Status> = next.collect();
        let elsewhere = |status: &&Status| Some(status.id) != now && !view.next.contains(&status.id);
        let beyond = match state.may_override() {
            true => view.statuses.iter().filter(elsewhere).cloned().collect(),
            false => Vec::new(),
        };
        let step = view.scenario.as_ref().and_then(|scenario| scenario.after(now?));
        let usual = first.as_ref().is_some_and(|first| Some(first.id) == step);
        Choices { first, usual, others, beyond }
    })
}

#[component]
pub fn NextActions(state: OrderState, changer: Changer) -> impl IntoView {
    let lang = use_lang();
    let choices = Memo::new(move |_| choices(state));
    let may = state.may(Action::MoveDeal);
    let first = move || {
        let Choices { first, usual, others, beyond } = choices.get();
        let rest = !others.is_empty() || !beyond.is_empty();
        let end = first.is_none();
        view! {
            {first.map(|status| {
                let id = status.id;
                view! {
                    <button type="button" class="button next-status" class:primary=usual disabled=move || changer.pending.get() on:click=move |_| changer.choose(id)>
                        <Icon glyph=Glyph::Right/><span>{status.name}</span>
                    </button>
                }
            })}
            {end.then(|| view! { <p class="muted">{t::order_end(lang)}</p> })}
            {rest.then(|| view! { <OtherStatuses others beyond changer/> })}
        }
    };
    view! {
        <Show when=move || may>
            <div class="order-actions" role="group" aria-label=t::order_next(lang)>{first}</div>
        </Show>
    }
}

#[component]
fn OtherStatuses(others: Vec<Status>, beyond: Vec<Status>, changer: Changer) -> impl IntoView {
    let lang = use_lang();
    let open = RwSignal::new(false);
    menu_focus(".order-other", open);
    let others = others.into_iter().map(|status| (status, None));
    let beyond = beyond.into_iter().map(|status| (status, Some(t::order_past_rules(lang))));
    let items: StoredValue<Vec<(Status, Option<&'static str>)>> = StoredValue::new(others.chain(beyond).collect());
    let choose = move |id| {
        open.set(false);
        changer.choose(id);
    };
    let item = move |(status, rule): (Status, Option<&'static str>)| {
        let id = status.id;
        view! {
            <button type="button" role="menuitem" class=format!("menu-item c-{}", status.colour.key()) on:click=move |_| choose(id)>
                <span class="dot" aria-hidden="true"></span><span>{status.name}</span>
                {rule.map(|rule| view! { <span class="muted">{rule}</span> })}
            </button>
        }
    };
    view! {
        <div class="order-other">
            <button type="button" class="button" aria-haspopup="menu" aria-expanded=move || open.get().to_string() disabled=move || changer.pending.get() on:click=move |_| open.update(|open| *open = !*open)>
                <span>{t::order_other_status(lang)}</span><Icon glyph=Glyph::Down/>
            </button>
            <Show when=move || open.get()>
                <div class="menu-scrim" on:click=move |_| open.set(false)></div>
                <div class="menu-list" role="menu" aria-label=t::order_other_status(lang) on:keydown=move |event| menu_key(&event, open)>
                    {items.get_value().into_iter().map(item).collect_view()}
                </div>
            </Show>
        </div>
    }
}
