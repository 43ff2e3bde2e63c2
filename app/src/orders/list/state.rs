//! The list in the browser: what is asked, what was read, what is selected.

use std::collections::BTreeSet;

use domain::auth::Action;
use domain::board::Person;
use domain::i18n::Lang;
use domain::ids::*;
use domain::orders::{OrderRow, OrdersAsked, Status};
use domain::storefronts::Storefront;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::columns::Column;
use crate::boot::use_boot;
use crate::orders::api::{self, LoadedList};

/// Copied into every component; everything in it is a handle.
#[derive(Clone, Copy)]
pub struct ListState {
    /// From the beginning; where a page goes on, its last row says.
    pub asked: RwSignal<OrdersAsked>,
    pub rows: RwSignal<Vec<OrderRow>>,
    pub more: RwSignal<bool>,
    pub reading: RwSignal<bool>,
    pub problem: RwSignal<Option<String>>,
    pub selected: RwSignal<BTreeSet<OrderId>>,
    /// Not shown.
    pub hidden: RwSignal<BTreeSet<Column>>,
    pub people: StoredValue<Vec<Person>>,
    pub storefronts: StoredValue<Vec<Storefront>>,
    pub statuses: StoredValue<Vec<Status>>,
    pub may_change: bool,
    /// Counts the questions: of several the last one's answer is wanted.
    turn: StoredValue<u64>,
}

impl ListState {
    pub fn new(loaded: LoadedList, asked: OrdersAsked) -> Self {
        let LoadedList { page, people, storefronts, statuses } = loaded;
        Self {
            asked: RwSignal::new(asked),
            rows: RwSignal::new(page.rows),
            more: RwSignal::new(page.more),
            reading: RwSignal::new(false),
            problem: RwSignal::new(None),
            selected: RwSignal::new(BTreeSet::new()),
            hidden: RwSignal::new(BTreeSet::new()),
            people: StoredValue::new(people),
            storefronts: StoredValue::new(storefronts),
            statuses: StoredValue::new(statuses),
            may_change: use_boot().me.is_some_and(|me| me.may(Action::MoveDeal)),
            turn: StoredValue::new(0),
        }
    }

    /// Asks for other orders, or for them in another order; the address says which.
    pub fn ask(self, lang: Lang, change: impl FnOnce(&mut OrdersAsked)) {
        let mut asked = self.asked.get_untracked();
        change(&mut asked);
        if self.asked.with_untracked(|now| *now == asked) {
            return;
        }
        self.asked.set(asked);
        self.selected.update(BTreeSet::clear);
        self.show_address();
        self.read_again(lang);
    }

    fn show_address(self) {
        #[cfg(feature = "hydrate")]
        if let Ok(history) = window().history() {
            let address = format!("/orders{}", self.asked.with_untracked(OrdersAsked::to_query));
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address));
        }
    }

    /// From the beginning.
    pub fn read_again(self, lang: Lang) {
        self.read(self.asked.get_untracked(), lang);
    }

    /// What comes after the last row.
    pub fn further(self, lang: Lang) {
        let mut asked = self.asked.get_untracked();
        asked.after = self.rows.with_untracked(|rows| rows.last().map(|row| row.after(asked.order.by)));
        self.read(asked, lang);
    }

    fn read(self, asked: OrdersAsked, lang: Lang) {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        self.reading.set(true);
        spawn_local(async move {
            let goes_on = asked.after.is_some();
            let answer = api::more_orders(asked).await;
            // The page has gone, or has asked something else.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.reading.set(false);
            match answer {
                Ok(page) => {
                    self.problem.set(None);
                    self.more.set(page.more);
                    match goes_on {
                        true => self.rows.update(|rows| rows.extend(page.rows)),
                        false => self.rows.set(page.rows),
                    }
                }
                Err(error) => self.problem.set(Some(error.words(lang))),
            }
        });
    }
}
