//! The board's state in the browser: the domain's board, with a signal for every card and column, so that one event
//! redraws one card. Moves are predicted with the server's own rule and rebased on what the log says.

use std::collections::{BTreeSet, HashMap};

use domain::auth::Action;
use domain::board::decide::Situation;
use domain::board::{
    Board, BoardData, Card, Filter, MoveDeal, Person, Place, Refusal, SavedView, Totals, decide, fold,
};
use domain::event::{Event, Fact, Live, Scope};
use domain::funnels::{LostReason, Stage};
#[cfg(feature = "hydrate")]
use domain::i18n::Lang;
use domain::ids::*;
use domain::money::Currency;
use leptos::prelude::*;

use super::api::PageData;
use crate::boot::{Boot, Density, Me, use_boot};
use crate::live::Connection;

/// A column as signals.
#[derive(Clone, Copy)]
pub struct ColumnState {
    pub ids: RwSignal<Vec<DealId>>,
    pub totals: RwSignal<Totals>,
    pub more: RwSignal<bool>,
}

/// A move that was made here and not yet heard of in the log.
#[derive(Clone, PartialEq, Eq)]
pub struct Pending {
    pub command: MoveDeal,
    /// The card before it, to go back to.
    pub before: Card,
}

/// Where a card would land: a stage, and its place among the cards there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub stage: StageId,
    pub index: usize,
}

struct Inner {
    board: Board,
    cards: HashMap<DealId, ArcRwSignal<Card>>,
    columns: HashMap<StageId, ColumnState>,
    pending: Vec<Pending>,
}

/// Copied into every component; everything in it is a handle.
#[derive(Clone, Copy)]
pub struct BoardState {
    inner: StoredValue<Inner>,
    pub funnel: FunnelId,
    pub name: RwSignal<String>,
    pub stages: RwSignal<Vec<Stage>>,
    pub people: RwSignal<Vec<Person>>,
    pub storefronts: RwSignal<Vec<(StorefrontId, String, Currency)>>,
    pub reasons: RwSignal<Vec<LostReason>>,
    pub views: RwSignal<Vec<SavedView>>,
    pub filter: RwSignal<Filter>,
    pub density: RwSignal<Density>,
    /// The server's clock as far as known, ms; moves on every half minute.
    pub now: RwSignal<Millis>,
    pub connection: RwSignal<Connection>,
    pub here: RwSignal<Vec<UserId>>,
    pub outdated: RwSignal<bool>,
    /// Moves kept until the server can be reached.
    pub waiting: RwSignal<usize>,
    pub selected: RwSignal<BTreeSet<DealId>>,
    /// Being carried, by pointer or keyboard.
    pub lifted: RwSignal<Option<DealId>>,
    pub target: RwSignal<Option<Target>>,
    /// Changed by somebody else a moment ago.
    pub pulsing: RwSignal<Option<DealId>>,
    pub collapsed: RwSignal<BTreeSet<StageId>>,
    /// A move into a lost stage that waits for its reason.
    pub asking: RwSignal<Option<(Vec<DealId>, Target)>>,
    /// Said to screen readers.
    pub said: RwSignal<String>,
    /// The open drawer: a deal, or a new one on a stage.
    pub drawer: RwSignal<Option<Drawer>>,
    /// Bumped when something happened to a deal, so that an open drawer reads it again.
    pub happened: RwSignal<(Option<DealId>, Seq)>,
    boot: StoredValue<Boot>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser opens a card"))]
    Deal(DealId),
    New(Option<StageId>),
}

impl BoardState {
    pub fn new(page: PageData, filter: Filter) -> Self {
        let PageData { data, views, .. } = page;
        let BoardData { board, people, storefronts, reasons, now } = data;
        let boot = use_boot();
        let state = Self {
            funnel: board.funnel.id,
            name: RwSignal::new(board.funnel.name.clone()),
            stages: RwSignal::new(board.funnel.stages.clone()),
            people: RwSignal::new(people),
            storefronts: RwSignal::new(storefronts),
            reasons: RwSignal::new(reasons),
            views: RwSignal::new(views),
            filter: RwSignal::new(filter),
            density: RwSignal::new(boot.density),
            now: RwSignal::new(now),
            connection: RwSignal::new(Connection::Connecting),
            here: RwSignal::new(Vec::new()),
            outdated: RwSignal::new(false),
            waiting: RwSignal::new(0),
            selected: RwSignal::new(BTreeSet::new()),
            lifted: RwSignal::new(None),
            target: RwSignal::new(None),
            pulsing: RwSignal::new(None),
            collapsed: RwSignal::new(BTreeSet::new()),
            asking: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            drawer: RwSignal::new(None),
            happened: RwSignal::new((None, Seq(0))),
            boot: StoredValue::new(boot),
            inner: StoredValue::new(Inner {
                board,
                cards: HashMap::new(),
                columns: HashMap::new(),
                pending: Vec::new(),
            }),
        };
        state.draw_all();
        state
    }

    /// Puts a freshly loaded board in the place of this one; what is on its way is predicted upon it again.
    pub fn reset(&self, data: BoardData) {
        let BoardData { board, people, storefronts, reasons, now } = data;
        self.people.set(people);
        self.storefronts.set(storefronts);
        self.reasons.set(reasons);
        self.now.set(now);
        self.inner.update_value(|inner| {
            inner.board = board;
            let pending = std::mem::take(&mut inner.pending);
            for Pending { command, .. } in pending {
                let _ = self.predict(inner, &command);
            }
        });
        self.draw_all();
    }

    pub fn me(&self) -> Option<Me> {
        self.boot.with_value(|boot| boot.me.clone())
    }

    #[cfg(feature = "hydrate")]
    pub fn lang(&self) -> Lang {
        self.boot.with_value(|boot| boot.lang)
    }

    /// For buttons; the server decides.
    pub fn may(&self, action: Action) -> bool {
        self.me().is_some_and(|me| me.may(action))
    }

    pub fn as_of(&self) -> Seq {
        self.inner.with_value(|inner| inner.board.as_of)
    }

    pub fn card(&self, id: DealId) -> Option<ArcRwSignal<Card>> {
        self.inner.with_value(|inner| inner.cards.get(&id).cloned())
    }

    pub fn column(&self, stage: StageId) -> Option<ColumnState> {
        self.inner.with_value(|inner| inner.columns.get(&stage).copied())
    }

    pub fn stage_name(&self, id: StageId) -> String {
        self.stages
            .with_untracked(|stages| stages.iter().find(|s| s.id == id).map(|s| s.name.clone()))
            .unwrap_or_default()
    }

    pub fn stage(&self, id: StageId) -> Option<Stage> {
        self.stages.with_untracked(|stages| stages.iter().find(|stage| stage.id == id).cloned())
    }

    pub fn person(&self, id: UserId) -> Option<String> {
        self.people.with(|people| people.iter().find(|person| person.id == id).map(|person| person.name.clone()))
    }

    pub fn conversion(&self, stage: StageId) -> Option<f64> {
        self.inner.with_value(|inner| inner.board.conversion(stage))
    }

    /// A place in a column by index, counted without the cards that move there.
    pub fn place(&self, target: Target, moving: DealId) -> Place {
        let Some(column) = self.column(target.stage) else { return Place::Top };
        let others: Vec<DealId> =
            column.ids.with_untracked(|ids| ids.iter().copied().filter(|id| *id != moving).collect());
        match (target.index.checked_sub(1).and_then(|i| others.get(i)), others.get(target.index)) {
            (_, Some(below)) => Place::Before(*below),
            (Some(above), None) => Place::After(*above),
            (None, None) => Place::Top,
        }
    }

    /// Predicts a move. Refused: nothing changed here, and nothing need be sent.
    pub fn try_move(&self, command: &MoveDeal) -> Result<(), Refusal> {
        let result =
            self.inner.try_update_value(|inner| self.predict(inner, command)).unwrap_or(Err(Refusal::NotFound));
        if result.is_ok() {
            self.draw(&[command.deal], &[command.from, command.to]);
        }
        result
    }

    /// The server answered with a refusal: the card goes back, or to where it is now.
    pub fn take_back(&self, command: CommandId, now: Option<Card>) {
        let mut drawn = None;
        self.inner.update_value(|inner| {
            let Some(index) = inner.pending.iter().position(|pending| pending.command.command == command) else {
                return;
            };
            let Pending { command, before } = inner.pending.remove(index);
            let card = now.unwrap_or(before);
            drawn = Some((card.id, [command.from, command.to, card.stage]));
            inner.board.put(card);
        });
        if let Some((id, stages)) = drawn {
            self.draw(&[id], &stages);
        }
    }

    /// An event of the log.
    pub fn hear(&self, live: &Live) {
        let (mut cards, mut columns, mut funnel) = (Vec::new(), Vec::new(), false);
        self.inner.update_value(|inner| {
            if live.event.seq <= inner.board.as_of {
                return;
            }
            let mine = live.event.scope.deal;
            // What was predicted for this card is undone, the truth applied, and what is still on its way predicted anew.
            let (of_card, others) =
                std::mem::take(&mut inner.pending).into_iter().partition::<Vec<_>, _>(|p| Some(p.command.deal) == mine);
            inner.pending = others;
            if let Some(first) = of_card.first() {
                columns.extend(of_card.iter().flat_map(|p| [p.command.from, p.command.to]));
                inner.board.put(first.before.clone());
            }
            let touched = fold(&mut inner.board, live);
            for Pending { command, .. } in of_card.into_iter().filter(|p| p.command.command != live.event.command) {
                let _ = self.predict(inner, &command);
            }
            cards.extend(touched.cards);
            cards.extend(mine);
            columns.extend(touched.columns);
            funnel = touched.funnel;
        });
        if funnel {
            self.draw_all();
        } else {
            self.draw(&cards, &columns);
        }
        if let Some(deal) = live.event.scope.deal {
            self.happened.set((Some(deal), live.event.seq));
        }
    }

    pub fn is_mine(&self, live: &Live) -> bool {
        self.me().is_some_and(|me| live.event.actor == domain::auth::Who::User(me.id))
    }

    /// Cards fetched below the loaded ones.
    pub fn extend(&self, stage: StageId, cards: Vec<Card>, more: bool) {
        let ids: Vec<DealId> = cards.iter().map(|card| card.id).collect();
        self.inner.update_value(|inner| inner.board.extend(stage, cards, more));
        self.draw(&ids, &[stage]);
    }

    /// The last loaded card's position, from which the next page goes on.
    pub fn last_position(&self, stage: StageId) -> Option<String> {
        self.inner.with_value(|inner| {
            let last = inner.board.columns.get(&stage)?.loaded.last()?;
            inner.board.cards.get(last).map(|card| card.position.clone())
        })
    }

    fn predict(&self, inner: &mut Inner, command: &MoveDeal) -> Result<(), Refusal> {
        let actor = self.me().ok_or(Refusal::NotAllowed)?.actor();
        let before = inner.board.cards.get(&command.deal).cloned().ok_or(Refusal::NotFound)?;
        let between = inner.board.neighbours(command.to, command.place, command.deal);
        let reasons = self.reasons.get_untracked();
        let situation = Situation { card: &before, funnel: &inner.board.funnel, reasons: &reasons, between };
        let moved = decide(&actor, command, &situation)?;
        let scope = Scope { funnel: Some(self.funnel), deal: Some(command.deal), ..Scope::default() };
        let as_of = inner.board.as_of;
        // Folded as if it had happened, without taking a place in the log.
        let event = Event {
            seq: Seq(as_of.0 + 1),
            at: self.now.get_untracked().max(crate::kit::time::browser_now()),
            actor: actor.who,
            command: command.command,
            scope,
            fact: Fact::DealMoved(moved),
        };
        fold(&mut inner.board, &Live { event, card: None, customer_name: None });
        inner.board.as_of = as_of;
        inner.pending.push(Pending { command: command.clone(), before });
        Ok(())
    }

    fn draw(&self, cards: &[DealId], stages: &[StageId]) {
        self.inner.update_value(|inner| {
            for id in cards {
                match (inner.board.cards.get(id), inner.cards.get(id)) {
                    (Some(card), Some(signal)) => {
                        if signal.with_untracked(|old| old != card) {
                            signal.set(card.clone());
                        }
                    }
                    (Some(card), None) => {
                        inner.cards.insert(*id, ArcRwSignal::new(card.clone()));
                    }
                    // Not removed at once: the column's list is drawn below, and its row may still be there.
                    (None, _) => {}
                }
            }
            for stage in stages {
                let (Some(column), Some(state)) = (inner.board.columns.get(stage), inner.columns.get(stage)) else {
                    continue;
                };
                state.totals.set(column.totals.clone());
                if state.more.get_untracked() != column.more {
                    state.more.set(column.more);
                }
                if state.ids.with_untracked(|ids| *ids != column.loaded) {
                    state.ids.set(column.loaded.clone());
                }
            }
        });
    }

    fn draw_all(&self) {
        let (mut cards, mut stages) = (Vec::new(), Vec::new());
        self.inner.update_value(|inner| {
            for stage in &inner.board.funnel.stages {
                stages.push(stage.id);
                inner.columns.entry(stage.id).or_insert_with(|| ColumnState {
                    ids: RwSignal::new(Vec::new()),
                    totals: RwSignal::new(Totals::default()),
                    more: RwSignal::new(false),
                });
            }
            inner.cards.retain(|id, _| inner.board.cards.contains_key(id));
            cards.extend(inner.board.cards.keys().copied());
        });
        self.draw(&cards, &stages);
        let (name, list) =
            self.inner.with_value(|inner| (inner.board.funnel.name.clone(), inner.board.funnel.stages.clone()));
        if self.name.with_untracked(|now| *now != name) {
            self.name.set(name);
        }
        if self.stages.with_untracked(|now| *now != list) {
            self.stages.set(list);
        }
    }
}
