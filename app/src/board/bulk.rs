//! Several cards at once.

use domain::i18n::t;
use domain::ids::{DealId, StageId};
use leptos::prelude::*;

use super::queue::Mover;
use super::state::{BoardState, Target};
use crate::boot::use_lang;
use crate::kit::{Glyph, Icon};

#[component]
pub fn BulkBar(state: BoardState, mover: Mover) -> impl IntoView {
    let lang = use_lang();
    let count = move || state.selected.with(|set| set.len() as i64);
    let go = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event).parse::<StageId>().ok();
        let deals: Vec<DealId> = state.selected.get_untracked().into_iter().collect();
        if let Some(stage) = chosen {
            mover.carry(deals, Target { stage, index: 0 });
        }
    };
    view! {
        <Show when=move || { count() > 0 }>
            <div class="bulk" role="region" aria-label=move || t::selected(lang, count())>
                <strong>{move || t::selected(lang, count())}</strong>
                <label class="visually-hidden" for="bulk-move">{t::move_to(lang)}</label>
                <select id="bulk-move" on:change=go prop:value="">
                    <option value="">{t::move_to(lang)}</option>
                    <For each=move || state.stages.get() key=|stage| stage.id let(stage)>
                        <option value=stage.id.to_string()>{stage.name.clone()}</option>
                    </For>
                </select>
                <button type="button" class="button quiet" on:click=move |_| state.selected.update(|set| set.clear())>
                    <Icon glyph=Glyph::Cross/>{t::clear_selection(lang)}
                </button>
            </div>
        </Show>
    }
}
