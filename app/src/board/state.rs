//! The board's state in the browser: the domain's board, with a signal for every card and column, so that one event
//! redraws one card. How it is kept in step with the log is in [`super::sync`].

use std::collections::{BTreeSet, HashMap, VecDeque};

use domain::auth::Action;
use domain::board::{Board, BoardData, Card, Filter, Person, Place, SavedView, Totals};
use domain::event::Live;
use domain::funnels::{LostReason, Stage};
#[cfg(feature = "hydrate")]
use domain::i18n::Lang;
use domain::ids::*;
use domain::money::Currency;
use domain::orders::{Asked, StatusName};
use leptos::prelude::*;

use super::api::PageData;
use super::sync::Pending;
use crate::boot::{Boot, Density, Me, use_boot};
use crate::live::Connection;

/// A column as signals.
#[derive(Clone, Copy)]
pub struct ColumnState {
    pub ids: RwSignal<Vec<DealId>>,
    pub totals: RwSignal<Totals>,
    pub more: RwSignal<bool>,
}

/// Where a card would land: a stage, and its place among the cards there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub stage: StageId,
    pub index: usize,
}

/// A move that was refused until something is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanting {
    pub deals: Vec<DealId>,
    pub to: StageId,
    pub place: Place,
    pub reason: Option<LostReasonId>,
    pub undoes: Option<CommandId>,
    pub asked: Asked,
    pub status: StatusId,
}

pub(super) struct Inner {
    pub board: Board,
    cards: HashMap<DealId, ArcRwSignal<Card>>,
    columns: HashMap<StageId, ColumnState>,
    /// Moves made here and not yet heard of in the log, the oldest first.
    pub pending: Vec<Pending>,
    /// What was heard last: a board or a page that was read before it is brought up to it.
    pub recent: VecDeque<Live>,
    /// Counts the questions for a whole board: only the last one's answer is wanted.
    pub turn: u64,
}

/// Copied into every component; everything in it is a handle.
#[derive(Clone, Copy)]
pub struct BoardState {
    pub(super) inner: StoredValue<Inner>,
    pub funnel: FunnelId,
    /// The funnel's storefront; None: a deal may be of any.
    pub storefront: Option<StorefrontId>,
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
    /// Moves that wait for what their orders' new status asks for, the first one first.
    pub wanting: RwSignal<VecDeque<Wanting>>,
    /// Where orders can be.
    pub statuses: RwSignal<Vec<StatusName>>,
    /// Said to screen readers.
    pub said: RwSignal<String>,
    /// The open drawer: a deal, or a new one on a stage.
    pub drawer: RwSignal<Option<Drawer>>,
    /// Bumped when something happened to a deal, so that an open drawer reads it again.
    pub happened: RwSignal<(Option<DealId>, Seq)>,
    /// Deals that were deleted while this page was open.
    pub gone: RwSignal<BTreeSet<DealId>>,
    boot: StoredValue<Boot>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    Deal(DealId),
    New(Option<StageId>),
}

impl BoardState {
    pub fn new(page: PageData, filter: Filter) -> Self {
        let PageData { data, views, .. } = page;
        let BoardData { board, people, storefronts, reasons, statuses, now } = data;
        let boot = use_boot();
        let state = Self {
            funnel: board.funnel.id,
            storefront: board.funnel.storefront,
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
            wanting: RwSignal::new(VecDeque::new()),
            statuses: RwSignal::new(statuses),
            said: RwSignal::new(String::new()),
            drawer: RwSignal::new(None),
            happened: RwSignal::new((None, Seq(0))),
            gone: RwSignal::new(BTreeSet::new()),
            boot: StoredValue::new(boot),
            inner: StoredValue::new(Inner {
                board,
                cards: HashMap::new(),
                columns: HashMap::new(),
                pending: Vec::new(),
                recent: VecDeque::new(),
                turn: 0,
            }),
        };
        state.draw_all();
        state
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

    pub fn status(&self, id: StatusId) -> Option<StatusName> {
        self.statuses.with(|statuses| statuses.iter().find(|status| status.id == id).cloned())
    }

    /// Where a new deal belongs unless somebody says otherwise.
    pub fn home(&self) -> Option<StorefrontId> {
        self.storefront.or_else(|| self.storefronts.with_untracked(|list| list.first().map(|(id, ..)| *id)))
    }

    pub fn currency(&self, storefront: Option<StorefrontId>) -> Option<Currency> {
        self.storefronts.with(|list| list.iter().find(|(id, ..)| Some(*id) == storefront).map(|(.., c)| *c))
    }

    pub fn conversion(&self, stage: StageId) -> Option<f64> {
        self.inner.with_value(|inner| inner.board.conversion(stage))
    }

    /// A place in a column by index, counted without the first of the cards that move there.
    pub fn place(&self, target: Target, moving: &[DealId]) -> Place {
        let Some(column) = self.column(target.stage) else { return Place::Top };
        let others: Vec<DealId> =
            column.ids.with_untracked(|ids| ids.iter().copied().filter(|id| Some(id) != moving.first()).collect());
        let (above, below) = others.split_at(target.index.min(others.len()));
        let stays = |id: &&DealId| !moving.contains(id);
        match (above.iter().rfind(stays), below.iter().find(stays)) {
            (_, Some(below)) => Place::Before(*below),
            (Some(above), None) => Place::After(*above),
            (None, None) => Place::Top,
        }
    }

    pub fn is_mine(&self, live: &Live) -> bool {
        self.me().is_some_and(|me| live.event.actor == domain::auth::Who::User(me.id))
    }

    /// The last loaded card's position, from which the next page goes on.
    pub fn last_position(&self, stage: StageId) -> Option<String> {
        self.inner.with_value(|inner| {
            let last = inner.board.columns.get(&stage)?.loaded.last()?;
            inner.board.cards.get(last).map(|card| card.position.clone())
        })
    }

    pub(super) fn draw(&self, cards: &[DealId], stages: &[StageId]) {
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

    pub(super) fn draw_all(&self) {
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
