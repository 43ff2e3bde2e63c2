//! Ready scenarios: cash on delivery, prepaid, a delay. Those whose name is there already are not offered.

use domain::i18n::t;
use domain::orders::{ScenarioChange, ScenarioPreset};
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Fault, Toast, use_toasts};
use crate::settings::outcome::fault_of;
use crate::settings::statuses::desk::Desk;

#[component]
pub fn Ready(desk: Desk) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let install = Action::new(move |preset: &ScenarioPreset| {
        let (preset, storefront) = (*preset, desk.storefront);
        async move {
            desk.change_scenarios(ScenarioChange::Install { storefront, preset, lang }).await?;
            toasts.show(Toast::done(t::scenario_added(lang, preset.name(lang))));
            Ok(())
        }
    });
    let offered = move || {
        desk.scenarios.with(|known| {
            let lacks = |preset: &ScenarioPreset| !known.iter().any(|one| one.name == preset.name(lang));
            ScenarioPreset::ALL.into_iter().filter(lacks).collect::<Vec<_>>()
        })
    };
    view! {
        <Show when=move || !offered().is_empty()>
            <div class="suggestions" role="group" aria-label=t::scenario_ready(lang)>
                <span class="settings-hint">{format!("{}. {}", t::scenario_ready(lang), t::scenario_ready_hint(lang))}</span>
                <For each=offered key=|preset| *preset let(preset)>
                    <button
                        type="button"
                        class="chip"
                        disabled=move || install.pending().get()
                        on:click=move |_| { install.dispatch(preset); }
                    >
                        {t::scenario_install(lang, preset.name(lang))}
                    </button>
                </For>
            </div>
        </Show>
        <Fault words=fault_of(install)/>
    }
}
