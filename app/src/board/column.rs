//! A column: a stage with its figures and the cards in sight. Only those are in the document, however many there are.

use domain::funnels::Stage;
use domain::i18n::t;
use domain::ids::DealId;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::card::CardView;
use super::head::ColumnHead;
use super::state::BoardState;
use crate::boot::{Density, use_lang};

/// Height of a card with the gap below it, px; the style sheet has the same.
pub fn row_height(density: Density) -> f64 {
    match density {
        Density::Roomy => 124.0,
        Density::Compact => 56.0,
    }
}

/// Cards drawn beyond what is in sight, so that a quick scroll meets no gap.
const BEYOND: usize = 6;
/// Cards drawn before the browser has measured the column.
const FIRST: usize = 14;
/// A further page is fetched when so few loaded cards are left below.
const NEAR_END: usize = 20;

#[component]
pub fn ColumnView(state: BoardState, stage: Stage) -> impl IntoView {
    let lang = use_lang();
    let id = stage.id;
    let Some(column) = state.column(id) else { return ().into_any() };
    let list = NodeRef::<html::Div>::new();
    let (scroll, height) = (RwSignal::new(0.0f64), RwSignal::new(0.0f64));
    let measure = move || {
        #[cfg(feature = "hydrate")]
        if let Some(list) = list.get_untracked() {
            scroll.set(f64::from(list.scroll_top()));
            height.set(f64::from(list.client_height()));
        }
    };
    let window = Memo::new(move |_| {
        let count = column.ids.with(Vec::len);
        let row = row_height(state.density.get());
        let (top, tall) = (scroll.get(), height.get());
        if tall == 0.0 {
            return (0, count.min(FIRST));
        }
        let start = ((top / row) as usize).saturating_sub(BEYOND).min(count);
        let end = (((top + tall) / row).ceil() as usize + BEYOND).min(count);
        (start, end)
    });
    let shown = move || {
        let (start, end) = window.get();
        column.ids.with(|ids| ids.get(start..end.min(ids.len())).unwrap_or_default().to_vec())
    };
    keep_space(state, list, window, column.ids);
    mark_target(state, list, &stage);
    let fetching = RwSignal::new(false);
    Effect::new(move || {
        let (_, end) = window.get();
        if column.more.get() && end + NEAR_END >= column.ids.with(Vec::len) && !fetching.get_untracked() {
            fetch_more(state, id, fetching);
        }
    });
    Effect::new(move || {
        state.density.track();
        state.collapsed.track();
        measure();
    });
    let resize = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resize.remove());
    let collapsed = move || state.collapsed.with(|set| set.contains(&id));
    let label = stage.name.clone();
    view! {
        <section
            class=format!("column c-{}", stage.colour.key())
            class:collapsed=collapsed
            class:over=move || state.target.get().is_some_and(|target| target.stage == id)
            data-column-id=id.to_string()
            aria-label=label
        >
            <ColumnHead state stage=stage.clone()/>
            <div class="cards" node_ref=list on:scroll=move |_| measure() tabindex="-1">
                <div class="cards-inner" role=move || (!column.ids.with(Vec::is_empty)).then_some("list")>
                    <For each=shown key=|id| *id let(deal)>
                        <CardRow state deal/>
                    </For>
                    <div class="drop-line" aria-hidden="true"></div>
                </div>
                <Show when=move || column.ids.with(Vec::is_empty)>
                    <p class="empty">{move || if state.filter.with(|f| f.is_empty()) { t::column_empty(lang) } else { t::column_empty_filtered(lang) }}</p>
                </Show>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn CardRow(state: BoardState, deal: DealId) -> impl IntoView {
    state.card(deal).map(|card| view! { <CardView state card/> })
}

/// The room of the cards that are not drawn.
fn keep_space(state: BoardState, list: NodeRef<html::Div>, window: Memo<(usize, usize)>, ids: RwSignal<Vec<DealId>>) {
    Effect::new(move || {
        let (start, _) = window.get();
        let row = row_height(state.density.get());
        let count = ids.with(Vec::len);
        #[cfg(feature = "hydrate")]
        if let Some(inner) = list.get().and_then(|list| list.first_element_child()) {
            use wasm_bindgen::JsCast;
            if let Ok(inner) = inner.dyn_into::<web_sys::HtmlElement>() {
                let style = inner.style();
                let _ = style.set_property("padding-top", &format!("{}px", start as f64 * row));
                let _ = style.set_property("height", &format!("{}px", count as f64 * row));
            }
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (start, row, count, list);
    });
}

/// Where the carried card would land.
fn mark_target(state: BoardState, list: NodeRef<html::Div>, stage: &Stage) {
    let id = stage.id;
    Effect::new(move || {
        let target = state.target.get().filter(|target| target.stage == id);
        let index = target.map(|target| {
            // The target is counted without the carried card, which still stands there.
            let own = state
                .lifted
                .get()
                .and_then(|deal| state.column(id)?.ids.with(|ids| ids.iter().position(|o| *o == deal)));
            if own.is_some_and(|own| own < target.index) { target.index + 1 } else { target.index }
        });
        let row = row_height(state.density.get());
        #[cfg(feature = "hydrate")]
        if let Some(list) = list.get() {
            use wasm_bindgen::JsCast;
            let line = list.query_selector(".drop-line").ok().flatten();
            if let Some(line) = line.and_then(|line| line.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = match index {
                    Some(index) => {
                        let _ = line.class_list().add_1("shown");
                        line.style().set_property("top", &format!("{}px", index as f64 * row - 5.0))
                    }
                    None => line.class_list().remove_1("shown"),
                };
            }
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (index, row, list);
    });
}

fn fetch_more(state: BoardState, stage: domain::ids::StageId, fetching: RwSignal<bool>) {
    let Some(below) = state.last_position(stage) else { return };
    fetching.set(true);
    spawn_local(async move {
        let filter = state.filter.get_untracked();
        let page = api::load_column(state.funnel, stage, filter.clone(), below).await;
        fetching.try_set(false);
        if let Ok(page) = page
            && state.filter.try_get_untracked() == Some(filter)
        {
            state.extend(stage, page);
        }
    });
}
