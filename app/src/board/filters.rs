//! The filter: in the address, in effect as one types, savable as a view.

use domain::board::Filter;
use domain::board::filter::{Day, Responsible};
use domain::deals::Source;
use domain::i18n::t;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::live::reload;
use super::state::BoardState;
use crate::boot::use_lang;
use crate::kit::{Glyph, Icon, Toast, focus_on, new_command, use_toasts};

const TYPING_MS: u64 = 250;

/// Changes the filter, the address with it, and asks for what matches.
pub fn apply(state: BoardState, filter: Filter) {
    if state.filter.with_untracked(|now| *now == filter) {
        return;
    }
    state.filter.set(filter);
    show_address(state);
    state.selected.update(|set| set.clear());
    reload(state);
}

/// The address says what is shown.
pub fn show_address(state: BoardState) {
    #[cfg(feature = "hydrate")]
    if let Ok(history) = window().history() {
        let query = state.filter.with_untracked(Filter::to_query);
        let address = format!("/f/{}{query}", state.funnel);
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = state;
}

fn change(state: BoardState, with: impl FnOnce(&mut Filter)) {
    let mut filter = state.filter.get_untracked();
    with(&mut filter);
    apply(state, filter);
}

#[component]
pub fn SearchBox(state: BoardState) -> impl IntoView {
    let lang = use_lang();
    let latest = StoredValue::new(0u32);
    let typed = move |event| {
        let text: String =
            event_target_value(&event).trim().chars().take(domain::board::filter::TEXT_CHARS_MAX).collect();
        let turn = latest.get_value() + 1;
        latest.set_value(turn);
        set_timeout(
            move || {
                if latest.try_get_value() == Some(turn) {
                    change(state, |filter| filter.text = text);
                }
            },
            std::time::Duration::from_millis(TYPING_MS),
        );
    };
    view! {
        <div class="search">
            <Icon glyph=Glyph::Search/>
            <input type="search" id="search" aria-label=t::filter_text(lang) placeholder=t::filter_text(lang) maxlength="100"
                prop:value=move || state.filter.with(|filter| filter.text.clone()) on:input=typed/>
        </div>
    }
}

#[component]
pub fn FilterPanel(state: BoardState, open: RwSignal<bool>) -> impl IntoView {
    let lang = use_lang();
    let number = |event: &leptos::ev::Event| event_target_value(event).trim().parse::<i64>().ok().filter(|n| *n >= 0);
    // Esc closes it wherever the focus is.
    let escape = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" && open.get_untracked() {
            open.set(false);
        }
    });
    on_cleanup(move || escape.remove());
    // Into the panel when it opens, back to its button when it closes.
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        match (before, now) {
            (_, true) => focus_on("#f-responsible"),
            (Some(true), false) => focus_on(".filter > button"),
            (None | Some(false), false) => {}
        }
        now
    });
    let shown = move |read: fn(&Filter) -> Option<String>| move || state.filter.with(read).unwrap_or_default();
    view! {
        <Show when=move || open.get()>
            <div class="menu-scrim" on:click=move |_| open.set(false)></div>
            <form class="filter-panel" aria-label=t::filter(lang) on:submit=move |event| { event.prevent_default(); open.set(false) }>
                <label class="field"><span>{t::responsible(lang)}</span>
                    <select id="f-responsible" on:change=move |event| {
                        let value = event_target_value(&event);
                        change(state, |filter| filter.responsible = match value.as_str() { "nobody" => Some(Responsible::Nobody), id => id.parse().ok().map(Responsible::User) });
                    }>
                        <option value="">{t::filter_everyone(lang)}</option>
                        <option value="nobody" selected=move || state.filter.with(|f| f.responsible == Some(Responsible::Nobody))>{t::nobody_responsible(lang)}</option>
                        <For each=move || state.people.get().into_iter().filter(|p| !p.removed) key=|person| person.id let(person)>
                            <option value=person.id.to_string() selected=move || state.filter.with(|f| f.responsible == Some(Responsible::User(person.id)))>{person.name.clone()}</option>
                        </For>
                    </select>
                </label>
                <label class="field"><span>{t::source(lang)}</span>
                    <select id="f-source" on:change=move |event| { let value = event_target_value(&event); change(state, |filter| filter.source = Source::parse(&value)) }>
                        <option value="">{t::filter_source(lang)}</option>
                        {Source::ALL.into_iter().map(|source| view! {
                            <option value=source.key() selected=move || state.filter.with(|f| f.source == Some(source))>{t::source_name(lang, source)}</option>
                        }).collect_view()}
                    </select>
                </label>
                <Show when=move || state.storefronts.with(|list| list.len() > 1)>
                    <label class="field"><span>{t::storefront(lang)}</span>
                        <select id="f-storefront" on:change=move |event| { let value = event_target_value(&event); change(state, |filter| filter.storefront = value.parse().ok()) }>
                            <option value="">{t::filter_storefront(lang)}</option>
                            <For each=move || state.storefronts.get() key=|(id, ..)| *id let((id, name, _))>
                                <option value=id.to_string() selected=move || state.filter.with(|f| f.storefront == Some(id))>{name}</option>
                            </For>
                        </select>
                    </label>
                </Show>
                <div class="pair">
                    <label class="field"><span>{t::filter_sum_from(lang)}</span><input id="f-sum-min" type="number" min="0" prop:value=shown(|f| f.sum_min.map(|n| n.to_string())) on:change=move |event| change(state, |f| f.sum_min = number(&event))/></label>
                    <label class="field"><span>{t::filter_sum_to(lang)}</span><input id="f-sum-max" type="number" min="0" prop:value=shown(|f| f.sum_max.map(|n| n.to_string())) on:change=move |event| change(state, |f| f.sum_max = number(&event))/></label>
                </div>
                <div class="pair">
                    <label class="field"><span>{t::filter_from(lang)}</span><input id="f-from" type="date" prop:value=shown(|f| f.from.map(|d| d.to_string())) on:change=move |event| { let value = event_target_value(&event); change(state, |f| f.from = Day::parse(&value)) }/></label>
                    <label class="field"><span>{t::filter_to(lang)}</span><input id="f-to" type="date" prop:value=shown(|f| f.to.map(|d| d.to_string())) on:change=move |event| { let value = event_target_value(&event); change(state, |f| f.to = Day::parse(&value)) }/></label>
                </div>
                <label class="field"><span>{t::filter_age(lang)}</span><input id="f-age" type="number" min="1" prop:value=shown(|f| f.age_days.map(|n| n.to_string())) on:change=move |event| change(state, |f| f.age_days = number(&event).filter(|n| *n > 0))/></label>
                <label class="tick"><input id="f-overdue" type="checkbox" prop:checked=move || state.filter.with(|f| f.overdue) on:change=move |event| { let on = event_target_checked(&event); change(state, |f| f.overdue = on) }/>{t::filter_overdue(lang)}</label>
                <SaveView state/>
                <div class="dialog-actions">
                    <button type="button" class="button quiet" on:click=move |_| apply(state, Filter::default())>{t::filter_reset(lang)}</button>
                    <button type="submit" class="button primary">{t::close(lang)}</button>
                </div>
            </form>
        </Show>
    }
}

#[component]
fn SaveView(state: BoardState) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let name = RwSignal::new(String::new());
    let save = move |_| {
        let (wanted, filter) = (name.get_untracked(), state.filter.get_untracked());
        spawn_local(async move {
            match api::save_view(new_command(), state.funnel, wanted, filter).await {
                Ok(views) => {
                    state.views.set(views);
                    name.set(String::new());
                    toasts.show(Toast::done(t::saved(lang)));
                }
                Err(error) => toasts.show(Toast::refused(error.words(lang))),
            }
        });
    };
    let remove = move |view| {
        spawn_local(async move {
            match api::remove_view(new_command(), state.funnel, view).await {
                Ok(views) => state.views.set(views),
                Err(error) => toasts.show(Toast::refused(error.words(lang))),
            }
        })
    };
    let open = move |query: String| apply(state, Filter::parse(&query));
    view! {
        <fieldset class="views">
            <legend>{t::views(lang)}</legend>
            <For each=move || state.views.get() key=|view| view.id let(saved)>
                {
                    let (id, query, title) = (saved.id, saved.query.clone(), t::view_remove(lang, &saved.name));
                    view! {
                        <span class="view">
                            <button type="button" class="link" on:click=move |_| open(query.clone())>{saved.name.clone()}</button>
                            <button type="button" class="icon-button small" aria-label=title.clone() title=title.clone() on:click=move |_| remove(id)><Icon glyph=Glyph::Cross/></button>
                        </span>
                    }
                }
            </For>
            <div class="inline">
                <input id="view-name" type="text" maxlength="60" aria-label=t::view_name(lang) placeholder=t::view_name(lang) prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event))/>
                <button type="button" class="button" disabled=move || name.with(|name| name.trim().is_empty()) on:click=save>{t::view_save(lang)}</button>
            </div>
        </fieldset>
    }
}
