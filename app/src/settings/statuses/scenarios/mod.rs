//! Scenarios: the usual paths of a storefront's orders, ready ones and the team's own.

mod create;
mod fields;
mod one;
mod ready;

use domain::i18n::t;
use domain::orders::SCENARIOS_MAX;
use leptos::prelude::*;

use super::desk::Desk;
use crate::boot::use_lang;
use create::CreateScenario;
use one::ScenarioItem;
use ready::Ready;

#[component]
pub fn Scenarios(desk: Desk) -> impl IntoView {
    let lang = use_lang();
    let room = Memo::new(move |_| desk.scenarios.with(|scenarios| scenarios.len() < SCENARIOS_MAX));
    view! {
        <section class="card settings-card" aria-labelledby="scenarios">
            <h2 id="scenarios">{t::scenarios_title(lang)}</h2>
            <p class="settings-hint">{t::scenarios_hint(lang)}</p>
            <Show
                when=move || desk.scenarios.with(|scenarios| !scenarios.is_empty())
                fallback=move || view! { <p class="empty">{t::scenarios_none(lang)}</p> }
            >
                <ul class="settings-list">
                    <For each=move || desk.scenarios.get() key=|scenario| scenario.id let(scenario)>
                        <ScenarioItem desk first=scenario/>
                    </For>
                </ul>
            </Show>
            <Show
                when=move || room.get()
                fallback=move || view! { <p class="settings-hint">{t::status_full(lang)}</p> }
            >
                <Ready desk/>
                <CreateScenario desk/>
            </Show>
        </section>
    }
    .into_any()
}
