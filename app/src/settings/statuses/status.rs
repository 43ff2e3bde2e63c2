//! One status's line, which opens into its form.

use domain::i18n::{Lang, t};
use domain::orders::Status;
use leptos::prelude::*;

use super::desk::Desk;
use super::edit::EditStatus;
use super::list::Asks;
use crate::boot::use_lang;
use crate::kit::{Glyph, Icon};
use crate::settings::outcome::{focus, follow};

#[component]
pub fn StatusItem(desk: Desk, first: Status, asks: Asks) -> impl IntoView {
    let id = first.id;
    let status = follow(desk.statuses, first, |one, other| one.id == other.id);
    let open = Memo::new(move |_| asks.editing.get() == Some(id));
    let close = move |()| {
        asks.editing.set(None);
        focus(format!("status-{id}-edit"));
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => -1,
            "ArrowDown" if event.alt_key() => 1,
            _ => return,
        };
        event.prevent_default();
        asks.shift.run((id, by));
    };
    let lift = move |event: leptos::ev::DragEvent| {
        name_carried(&event, &id.to_string());
        asks.carried.set(Some(id));
    };
    let over = move |event: leptos::ev::DragEvent| {
        if asks.carried.with_untracked(Option::is_some) {
            event.prevent_default();
        }
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        asks.drop_on.run(id);
    };
    view! {
        <li class="stage" data-status-id=id.to_string() on:dragover=over on:drop=dropped>
            <div
                class="stage-line"
                class:carried=move || asks.carried.get() == Some(id)
                draggable="true"
                on:dragstart=lift
                on:dragend=move |_| asks.carried.set(None)
                on:keydown=keys
            >
                <About desk status/>
                <Tools desk status asks/>
            </div>
            <Show when=move || open.get()>
                <EditStatus desk status=status.get_untracked() on_close=close/>
            </Show>
        </li>
    }
}

/// Some browsers carry nothing that has no name.
fn name_carried(event: &leptos::ev::DragEvent, name: &str) {
    #[cfg(feature = "hydrate")]
    if let Some(carried) = event.data_transfer() {
        let _ = carried.set_data("text/plain", name);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (event, name);
}

#[component]
fn About(desk: Desk, status: Memo<Status>) -> impl IntoView {
    let lang = use_lang();
    let id = status.with_untracked(|status| status.id);
    // The first is where orders begin; a scenario may begin elsewhere.
    let reached = Memo::new(move |_| {
        let led_to = |statuses: &Vec<Status>| {
            let first = statuses.first().is_some_and(|first| first.id == id);
            first || statuses.iter().any(|other| other.next.contains(&id))
        };
        desk.statuses.with(led_to)
            || desk.scenarios.with(|scenarios| scenarios.iter().any(|one| one.steps.first() == Some(&id)))
    });
    let words = move |status: &Status| {
        let seen = match &status.public_name {
            Some(public) => t::status_public_is(lang, public),
            None => t::status_hidden(lang).to_owned(),
        };
        format!("{} · {} · {seen}", t::status_kind_name(lang, status.kind), t::colour_name(lang, status.colour))
    };
    view! {
        <span class=move || status.with(|status| format!("swatch c-{}", status.colour.key())) aria-hidden="true"></span>
        <span class="settings-name">{move || status.with(|status| status.name.clone())}</span>
        <span class="settings-hint">
            {move || {
                let words = status.with(words);
                if reached.get() { words } else { format!("{words} · {}", t::status_unreachable(lang)) }
            }}
        </span>
    }
}

#[component]
fn Tools(desk: Desk, status: Memo<Status>, asks: Asks) -> impl IntoView {
    let lang = use_lang();
    let id = status.with_untracked(|status| status.id);
    let count = Memo::new(move |_| desk.statuses.with(Vec::len));
    let index = Memo::new(move |_| {
        desk.statuses.with(|statuses| statuses.iter().position(|other| other.id == id)).unwrap_or_default()
    });
    let named = move |words: fn(Lang, &str) -> String| move || status.with(|status| words(lang, &status.name));
    let edit = move |_| {
        asks.editing.update(|open| *open = if *open == Some(id) { None } else { Some(id) });
        focus(format!("status-{id}-name"));
    };
    view! {
        <span class="stage-tools">
            <button
                id=format!("status-{id}-up")
                type="button"
                class="icon-button"
                title=t::stage_up(lang)
                aria-label=named(t::status_up_of)
                disabled=move || index.get() == 0
                on:click=move |_| asks.shift.run((id, -1))
            >
                <Icon glyph=Glyph::Up/>
            </button>
            <button
                id=format!("status-{id}-down")
                type="button"
                class="icon-button"
                title=t::stage_down(lang)
                aria-label=named(t::status_down_of)
                disabled=move || index.get() + 1 == count.get()
                on:click=move |_| asks.shift.run((id, 1))
            >
                <Icon glyph=Glyph::Down/>
            </button>
            <button
                id=format!("status-{id}-edit")
                type="button"
                class="button quiet"
                aria-label=named(t::status_edit_of)
                aria-expanded=move || (asks.editing.get() == Some(id)).to_string()
                on:click=edit
            >
                {t::stage_edit(lang)}
            </button>
            <button
                type="button"
                class="icon-button"
                title=t::status_retire(lang)
                aria-label=named(t::status_retire_of)
                disabled=move || count.get() == 1
                on:click=move |_| asks.retiring.set(Some(id))
            >
                <Icon glyph=Glyph::Trash/>
            </button>
        </span>
    }
}
