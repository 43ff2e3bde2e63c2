//! The fields of a stage, for a new one and for one that is being changed.

use domain::funnels::{StageKind, palette, presets};
use domain::i18n::t;
use leptos::prelude::*;

use super::draft::Draft;
use crate::boot::use_lang;
use crate::settings::colours::Colours;

/// `index` is where the stage stands or will stand: names are suggested by it.
#[component]
pub fn StageFields(id: String, draft: Draft, index: Signal<usize>) -> impl IntoView {
    let lang = use_lang();
    let (name, kind, limit, hint) =
        (format!("{id}-name"), format!("{id}-kind"), format!("{id}-limit"), format!("{id}-limit-hint"));
    let (shown, public, public_hint) = (format!("{id}-shown"), format!("{id}-public"), format!("{id}-public-hint"));
    let mean = move |key: String| {
        let kind = StageKind::parse(&key).unwrap_or(StageKind::Open);
        draft.kind.set(kind);
        if !draft.chosen.get_untracked() {
            draft.colour.set(palette::default_for(index.get_untracked(), kind));
        }
    };
    view! {
        <div class="field">
            <label for=name.clone()>{t::stage_name(lang)}</label>
            <input type="text" id=name.clone() required maxlength="80" autocomplete="off" bind:value=draft.name/>
        </div>
        <div class="suggestions" role="group" aria-label=t::stage_suggestions(lang)>
            <span class="settings-hint">{t::stage_suggestions(lang)}</span>
            {move || {
                presets::suggestions(lang, index.get())
                    .map(|plain| view! {
                        <button type="button" class="chip" on:click=move |_| draft.name.set(plain.to_owned())>{plain}</button>
                    })
                    .collect_view()
            }}
        </div>
        <div class="settings-pair">
            <div class="field">
                <label for=kind.clone()>{t::stage_kind(lang)}</label>
                <select id=kind.clone() on:change=move |event| mean(event_target_value(&event))>
                    {StageKind::ALL.map(|one| view! {
                        <option value=one.key() selected=draft.kind.get_untracked() == one>{t::kind_name(lang, one)}</option>
                    })}
                </select>
            </div>
            <div class="field" hidden=move || draft.kind.get() != StageKind::Open>
                <label for=limit.clone()>{t::stage_limit(lang)}</label>
                <input type="text" id=limit.clone() inputmode="numeric" maxlength="5" autocomplete="off" aria-describedby=hint.clone() bind:value=draft.limit/>
                <p class="settings-hint" id=hint.clone()>{t::stage_limit_hint(lang)}</p>
            </div>
        </div>
        <label class="check">
            <input type="checkbox" id=shown prop:checked=move || draft.shown.get() on:change=move |event| draft.shown.set(event_target_checked(&event))/>
            {t::stage_public(lang)}
        </label>
        <div class="field" hidden=move || !draft.shown.get()>
            <label for=public.clone()>{t::stage_public_name(lang)}</label>
            <input type="text" id=public.clone() maxlength="80" autocomplete="off" placeholder=move || draft.name.get() aria-describedby=public_hint.clone() bind:value=draft.public/>
            <p class="settings-hint" id=public_hint.clone()>{t::stage_public_hint(lang)}</p>
        </div>
        <Colours group=format!("{id}-colour") label=t::stage_colour(lang) chosen=draft.colour on_choose=move |()| draft.chosen.set(true)/>
    }
}
