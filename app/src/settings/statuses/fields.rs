//! The fields of a status, for a new one and for one that is being changed.

use domain::i18n::t;
use domain::ids::StatusId;
use domain::orders::{PUBLIC_TEXT_CHARS_MAX, STATUS_NAME_CHARS_MAX, StatusKind};
use leptos::prelude::*;

use super::desk::Desk;
use super::draft::Draft;
use crate::boot::use_lang;
use crate::settings::colours::Colours;

/// `own`: the status that is being changed; it does not lead to itself.
#[component]
pub fn StatusFields(id: String, desk: Desk, draft: Draft, own: Option<StatusId>) -> impl IntoView {
    let lang = use_lang();
    let (name, kind, hint) = (format!("{id}-name"), format!("{id}-kind"), format!("{id}-kind-hint"));
    let mean = move |key: String| {
        if let Some(kind) = StatusKind::parse(&key) {
            draft.mean(kind, &desk.statuses.get_untracked(), lang);
        }
    };
    let asks = move || match draft.kind.get().asks() {
        Some(asked) => t::status_kind_asks(lang, t::asked_name(lang, asked)),
        None => t::status_kind_hint(lang).to_owned(),
    };
    view! {
        <div class="settings-pair">
            <div class="field">
                <label for=name.clone()>{t::status_name(lang)}</label>
                <input type="text" id=name.clone() required maxlength=STATUS_NAME_CHARS_MAX.to_string() autocomplete="off" bind:value=draft.name/>
            </div>
            <div class="field">
                <label for=kind.clone()>{t::status_kind(lang)}</label>
                <select id=kind.clone() aria-describedby=hint.clone() on:change=move |event| mean(event_target_value(&event))>
                    {StatusKind::ALL.map(|one| view! {
                        <option value=one.key() selected=draft.kind.get_untracked() == one>{t::status_kind_name(lang, one)}</option>
                    })}
                </select>
                <p class="settings-hint" id=hint.clone()>{asks}</p>
            </div>
        </div>
        <Public id=id.clone() draft/>
        <Next desk draft own/>
        <Colours group=format!("{id}-colour") label=t::stage_colour(lang) chosen=draft.colour on_choose=move |()| draft.colour_chosen.set(true)/>
    }
    .into_any()
}

#[component]
fn Public(id: String, draft: Draft) -> impl IntoView {
    let lang = use_lang();
    let (shown, public, public_hint) = (format!("{id}-shown"), format!("{id}-public"), format!("{id}-public-hint"));
    let (text, text_hint) = (format!("{id}-text"), format!("{id}-text-hint"));
    let typed = move |field: RwSignal<String>, words: String| {
        draft.words_typed.set(true);
        field.set(words);
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                id=shown
                checked=draft.shown.get_untracked()
                prop:checked=move || draft.shown.get()
                on:change=move |event| draft.shown.set(event_target_checked(&event))
            />
            {t::status_shown(lang)}
        </label>
        <div class="field" hidden=move || !draft.shown.get()>
            <label for=public.clone()>{t::status_public_name(lang)}</label>
            <input
                type="text"
                id=public.clone()
                maxlength=STATUS_NAME_CHARS_MAX.to_string()
                autocomplete="off"
                placeholder=move || draft.name.get()
                aria-describedby=public_hint.clone()
                value=draft.public.get_untracked()
                prop:value=move || draft.public.get()
                on:input=move |event| typed(draft.public, event_target_value(&event))
            />
            <p class="settings-hint" id=public_hint.clone()>{t::status_public_name_hint(lang)}</p>
        </div>
        <div class="field" hidden=move || !draft.shown.get()>
            <label for=text.clone()>{t::status_public_text(lang)}</label>
            <textarea
                id=text.clone()
                rows="2"
                maxlength=PUBLIC_TEXT_CHARS_MAX.to_string()
                aria-describedby=text_hint.clone()
                prop:value=move || draft.text.get()
                on:input=move |event| typed(draft.text, event_target_value(&event))
            ></textarea>
            <p class="settings-hint" id=text_hint.clone()>{t::status_public_text_hint(lang)}</p>
        </div>
    }
}

/// In the order of the list, whatever the order of the ticks.
#[component]
fn Next(desk: Desk, draft: Draft, own: Option<StatusId>) -> impl IntoView {
    let lang = use_lang();
    let switch = move |one: StatusId, on: bool| {
        draft.next_chosen.set(true);
        let order: Vec<StatusId> = desk.statuses.with_untracked(|all| all.iter().map(|status| status.id).collect());
        draft.next.update(|next| {
            next.retain(|other| *other != one);
            if on {
                next.push(one);
            }
            next.sort_by_key(|id| order.iter().position(|other| other == id));
        });
    };
    let others = move || {
        let others = desk.statuses.get().into_iter().filter(|status| Some(status.id) != own);
        others.map(|status| (status.id, status.name, status.colour)).collect::<Vec<_>>()
    };
    view! {
        <fieldset class="checks">
            <legend>{t::status_next(lang)}</legend>
            <Show
                when=move || !others().is_empty()
                fallback=move || view! { <p class="settings-hint">{t::status_next_none(lang)}</p> }
            >
                <div class="status-next">
                    <For each=others key=Clone::clone let((one, name, colour))>
                        <label class="check">
                            <input
                                type="checkbox"
                                checked=draft.next.with_untracked(|next| next.contains(&one))
                                prop:checked=move || draft.next.with(|next| next.contains(&one))
                                on:change=move |event| switch(one, event_target_checked(&event))
                            />
                            <span class=format!("swatch c-{}", colour.key()) aria-hidden="true"></span>
                            <span>{name}</span>
                        </label>
                    </For>
                </div>
                <p class="settings-hint">{t::status_next_hint(lang)}</p>
            </Show>
        </fieldset>
    }
}
