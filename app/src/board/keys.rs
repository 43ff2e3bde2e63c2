//! Moving by keyboard: Space lifts a card, arrows choose its place, Space drops it, Esc lets it be.

use leptos::ev;

use super::queue::Mover;
use super::state::BoardState;

#[cfg(not(feature = "hydrate"))]
pub fn press(_event: &ev::KeyboardEvent, _state: BoardState, _mover: Mover) {}

#[cfg(feature = "hydrate")]
pub fn press(event: &ev::KeyboardEvent, state: BoardState, mover: Mover) {
    browser::press(event, state, mover);
}

#[cfg(feature = "hydrate")]
mod browser {
    use domain::auth::Action;
    use domain::i18n::t;
    use domain::ids::{DealId, StageId};
    use leptos::ev;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;

    use crate::board::column::row_height;
    use crate::board::drag::{id_of, lifted};
    use crate::board::queue::Mover;
    use crate::board::state::{BoardState, Drawer, Target};

    pub fn press(event: &ev::KeyboardEvent, state: BoardState, mover: Mover) {
        let Some(card) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
        let Some(deal) = id_of::<DealId>(&card, "data-card-id") else { return };
        // What a pointer carries, the keyboard leaves alone; Esc is the pointer's to hear.
        if lifted() {
            return;
        }
        let handled = match state.lifted.get_untracked() {
            Some(carried) => carrying(event, state, mover, carried),
            None => resting(event, state, deal),
        };
        if handled {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn resting(event: &ev::KeyboardEvent, state: BoardState, deal: DealId) -> bool {
        let Some(at) = find(state, deal) else { return false };
        match event.key().as_str() {
            "Enter" => state.drawer.set(Some(Drawer::Deal(deal))),
            " " if state.may(Action::MoveDeal) => {
                state.lifted.set(Some(deal));
                state.target.set(Some(at));
                say(state, deal, |lang, customer, stage| t::said_lifted(lang, customer, stage), at.stage);
            }
            "x" => state.selected.update(|set| {
                if !set.remove(&deal) {
                    set.insert(deal);
                }
            }),
            "ArrowDown" => focus(state, Target { index: at.index + 1, ..at }),
            "ArrowUp" if at.index > 0 => focus(state, Target { index: at.index - 1, ..at }),
            "ArrowRight" => sideways(state, at, 1),
            "ArrowLeft" => sideways(state, at, -1),
            _ => return false,
        }
        true
    }

    fn carrying(event: &ev::KeyboardEvent, state: BoardState, mover: Mover, deal: DealId) -> bool {
        let Some(target) = state.target.get_untracked() else { return false };
        // Places are counted without the carried card.
        let places = |stage| {
            state
                .column(stage)
                .map_or(0, |column| column.ids.with_untracked(|ids| ids.iter().filter(|id| **id != deal).count()))
        };
        match event.key().as_str() {
            "ArrowDown" => aim(state, Target { index: (target.index + 1).min(places(target.stage)), ..target }),
            "ArrowUp" => aim(state, Target { index: target.index.saturating_sub(1), ..target }),
            "ArrowRight" | "ArrowLeft" => {
                let by = if event.key() == "ArrowRight" { 1 } else { -1 };
                if let Some(stage) = beside(state, target.stage, by) {
                    aim(state, Target { stage, index: target.index.min(places(stage)) });
                }
            }
            " " | "Enter" => {
                put_down(state);
                mover.carry(vec![deal], target);
                refocus(deal);
            }
            "Escape" => {
                put_down(state);
                state.said.set(t::said_cancelled(state.lang()).to_owned());
            }
            "Tab" => put_down(state),
            _ => return false,
        }
        event.key() != "Tab"
    }

    fn put_down(state: BoardState) {
        state.lifted.set(None);
        state.target.set(None);
    }

    fn aim(state: BoardState, target: Target) {
        state.target.set(Some(target));
        let words = t::said_over(state.lang(), &state.stage_name(target.stage), target.index as i64 + 1);
        state.said.set(words);
        reveal(state, target);
    }

    fn say(state: BoardState, deal: DealId, words: fn(domain::i18n::Lang, &str, &str) -> String, stage: StageId) {
        let customer =
            state.card(deal).map(|card| card.with_untracked(|card| card.customer_name.clone())).unwrap_or_default();
        state.said.set(words(state.lang(), &customer, &state.stage_name(stage)));
    }

    fn find(state: BoardState, deal: DealId) -> Option<Target> {
        let stage = state.card(deal)?.with_untracked(|card| card.stage);
        let index = state.column(stage)?.ids.with_untracked(|ids| ids.iter().position(|id| *id == deal))?;
        Some(Target { stage, index })
    }

    fn beside(state: BoardState, stage: StageId, by: isize) -> Option<StageId> {
        state.stages.with_untracked(|stages| {
            let at = stages.iter().position(|other| other.id == stage)?;
            stages.get(at.checked_add_signed(by)?).map(|stage| stage.id)
        })
    }

    /// The nearest column that way with cards in it.
    fn sideways(state: BoardState, from: Target, by: isize) {
        let mut stage = from.stage;
        while let Some(next) = beside(state, stage, by) {
            stage = next;
            let count = state.column(stage).map_or(0, |column| column.ids.with_untracked(Vec::len));
            if count > 0 {
                return focus(state, Target { stage, index: from.index.min(count - 1) });
            }
        }
    }

    /// Scrolls a place into sight.
    fn reveal(state: BoardState, target: Target) {
        let Ok(Some(column)) = document().query_selector(&format!("[data-column-id='{}']", target.stage)) else {
            return;
        };
        column.scroll_into_view_with_bool(false);
        if let Ok(Some(list)) = column.query_selector(".cards") {
            let row = row_height(state.density.get_untracked());
            let top = (target.index as f64 * row) as i32;
            let (seen, tall) = (list.scroll_top(), list.client_height());
            if top < seen {
                list.set_scroll_top(top);
            } else if top + row as i32 > seen + tall {
                list.set_scroll_top(top + row as i32 - tall);
            }
        }
    }

    fn focus(state: BoardState, target: Target) {
        let Some(deal) = state
            .column(target.stage)
            .and_then(|column| column.ids.with_untracked(|ids| ids.get(target.index).copied()))
        else {
            return;
        };
        reveal(state, target);
        refocus(deal);
    }

    /// After the next drawing: the card may stand elsewhere by then.
    fn refocus(deal: DealId) {
        set_timeout(
            move || {
                let card = document().query_selector(&format!("[data-card-id='{deal}']")).ok().flatten();
                if let Some(card) = card.and_then(|card| card.dyn_into::<web_sys::HtmlElement>().ok()) {
                    let _ = card.focus();
                }
            },
            std::time::Duration::from_millis(40),
        );
    }
}
