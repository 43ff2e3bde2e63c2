//! Keeping the board in step with the log. Moves are predicted with the server's own rule and rebased on what the log
//! says; boards and pages that were read meanwhile are brought up to what was heard.

use domain::board::decide::Situation;
use domain::board::{BoardData, Card, MoveDeal, Refusal, Undo, decide, fold, show, unfold};
use domain::event::{Event, Fact, Live, Scope};
use domain::ids::*;
use leptos::prelude::*;

use super::state::{BoardState, Inner};

/// More than the server sends while a board is being read; a gap beyond it is told by the server as a resync.
const RECENT_MAX: usize = 2_000;

/// A move that was made here and not yet heard of in the log.
#[derive(Clone)]
pub struct Pending {
    pub command: MoveDeal,
    undo: Option<Undo>,
    /// The card before it, to go back to.
    before: Card,
    /// As it was folded.
    predicted: Live,
    /// The card's version as the server answered: a board that has it needs no prediction.
    done: Option<i64>,
}

impl BoardState {
    /// Puts a freshly loaded board in the place of this one, with what was heard since it was read; what is on its way
    /// is predicted upon it again.
    pub fn reset(&self, data: BoardData) {
        let BoardData { board, people, storefronts, reasons, statuses, now } = data;
        self.people.set(people);
        self.storefronts.set(storefronts);
        self.reasons.set(reasons);
        self.statuses.set(statuses);
        self.now.set(now);
        let unfiltered = self.filter.with_untracked(domain::board::Filter::is_empty);
        self.inner.update_value(|inner| {
            inner.board = board;
            // While a filter is on, the server says what matches.
            if unfiltered {
                for live in &inner.recent {
                    fold(&mut inner.board, live);
                }
            }
            let pending = std::mem::take(&mut inner.pending);
            let stands = |inner: &Inner, deal| inner.board.cards.get(&deal).map(|card| card.version);
            let pending = pending.into_iter().filter(|pending| {
                pending.done.is_none_or(|done| stands(inner, pending.command.deal).is_some_and(|now| now < done))
            });
            let pending: Vec<Pending> = pending.collect();
            self.predict_again(inner, pending);
        });
        self.draw_all();
    }

    /// Predicts a move. Refused: nothing changed here, and nothing need be sent.
    pub fn try_move(&self, command: &MoveDeal, undo: Option<Undo>) -> Result<(), Refusal> {
        let result =
            self.inner.try_update_value(|inner| self.predict(inner, command, undo)).unwrap_or(Err(Refusal::NotFound));
        if result.is_ok() {
            self.draw(&[command.deal], &[command.from, command.to]);
        }
        result
    }

    /// The server did it; the log will say so, or a board that is read from now on. One that had been read before the
    /// answer came, and has it already, needs no prediction.
    pub fn settled(&self, command: &MoveDeal, version: i64) {
        let mut there = false;
        self.inner.update_value(|inner| {
            let found = inner.pending.iter_mut().find(|pending| pending.command.command == command.command);
            let Some(pending) = found else { return };
            pending.done = Some(version);
            there = pending.before.version >= version;
        });
        if there {
            self.take_back(command, None);
        }
    }

    /// The server answered with a refusal: the card goes back, or to where it is now.
    pub fn take_back(&self, command: &MoveDeal, now: Option<Card>) {
        let mut stages = vec![command.from, command.to];
        self.inner.update_value(|inner| {
            let mut pending = rewind(inner, command.deal);
            let known = pending.len();
            pending.retain(|pending| pending.command.command != command.command);
            if let Some(now) = now.filter(|_| pending.len() < known) {
                stages.push(now.stage);
                inner.board.set(now);
            }
            stages.extend(pending.iter().map(|pending| pending.command.to));
            self.predict_again(inner, pending);
        });
        self.draw(&[command.deal], &stages);
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
            let mut pending = mine.map(|deal| rewind(inner, deal)).unwrap_or_default();
            columns.extend(pending.iter().flat_map(|pending| [pending.command.from, pending.command.to]));
            let touched = fold(&mut inner.board, live);
            if let (Fact::CustomerChanged, Some(name)) = (&live.event.fact, &live.customer_name) {
                let of_them = |card: &Card| Some(card.customer) == live.event.scope.customer;
                for pending in inner.pending.iter_mut().filter(|pending| of_them(&pending.before)) {
                    pending.before.customer_name.clone_from(name);
                }
            }
            pending.retain(|pending| pending.command.command != live.event.command);
            self.predict_again(inner, pending);
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
    }

    /// Remembers what was heard, whether it is folded now or not.
    pub fn note(&self, live: &Live) {
        self.inner.update_value(|inner| {
            if inner.recent.len() == RECENT_MAX {
                inner.recent.pop_front();
            }
            inner.recent.push_back(live.clone());
        });
        match (live.event.scope.deal, &live.event.fact) {
            // There is nothing to read again.
            (Some(deal), Fact::DealDeleted { .. }) => {
                self.gone.update(|gone| {
                    gone.insert(deal);
                });
                self.selected.update(|selected| {
                    selected.remove(&deal);
                });
            }
            (Some(deal), _) => self.happened.set((Some(deal), live.event.seq)),
            (None, _) => {}
        }
    }

    /// Events were missed: what was heard before them is no beginning any more.
    pub fn forget(&self) {
        self.inner.update_value(|inner| inner.recent.clear());
    }

    /// Cards fetched below the loaded ones, as they were after the event `as_of`.
    pub fn extend(&self, stage: StageId, (cards, more, as_of): (Vec<Card>, bool, Seq)) {
        let mut drawn: Vec<DealId> = cards.iter().map(|card| card.id).collect();
        let mut stages = vec![stage];
        self.inner.update_value(|inner| {
            let Inner { board, recent, .. } = inner;
            board.extend(stage, cards, more);
            let heard = board.as_of;
            for live in recent.iter().filter(|live| live.event.seq > as_of && live.event.seq <= heard) {
                let touched = show(board, live);
                drawn.extend(touched.cards);
                stages.extend(touched.columns);
            }
        });
        self.draw(&drawn, &stages);
    }

    /// A question for the whole board begins; None: the page has gone.
    pub fn next_turn(&self) -> Option<u64> {
        self.inner.try_update_value(|inner| {
            inner.turn += 1;
            inner.turn
        })
    }

    /// Whether no later question has begun.
    pub fn is_turn(&self, turn: u64) -> bool {
        self.inner.try_with_value(|inner| inner.turn == turn).unwrap_or(false)
    }

    fn predict_again(&self, inner: &mut Inner, pending: Vec<Pending>) {
        for Pending { command, undo, done, .. } in pending {
            if self.predict(inner, &command, undo).is_ok()
                && let Some(last) = inner.pending.last_mut()
            {
                last.done = done;
            }
        }
    }

    fn predict(&self, inner: &mut Inner, command: &MoveDeal, undo: Option<Undo>) -> Result<(), Refusal> {
        let actor = self.me().ok_or(Refusal::NotAllowed)?.actor();
        let before = inner.board.cards.get(&command.deal).cloned().ok_or(Refusal::NotFound)?;
        let between = inner.board.neighbours(command.to, command.place, command.deal);
        let reasons = self.reasons.get_untracked();
        let funnel = &inner.board.funnel;
        let situation = Situation { card: &before, funnel, reasons: &reasons, between, undo: undo.as_ref() };
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
        let predicted = Live { event, card: None, customer_name: None };
        fold(&mut inner.board, &predicted);
        inner.board.as_of = as_of;
        inner.pending.push(Pending { command: command.clone(), undo, before, predicted, done: None });
        Ok(())
    }
}

/// Takes every prediction of a deal back, the last first; answers with them, the first first.
fn rewind(inner: &mut Inner, deal: DealId) -> Vec<Pending> {
    let (own, others) =
        std::mem::take(&mut inner.pending).into_iter().partition::<Vec<_>, _>(|pending| pending.command.deal == deal);
    inner.pending = others;
    for pending in own.iter().rev() {
        unfold(&mut inner.board, &pending.predicted, pending.before.clone());
    }
    own
}
