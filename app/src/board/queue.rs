//! Carrying moves out: shown at once, sent in order, kept while there is no connection, undone for ten seconds.

use domain::board::{Card, MoveDeal, MoveDeals, Moved, Place, Refusal, Undo};
use domain::i18n::{Lang, t};
use domain::ids::*;
use domain::orders::{Asked, OrderFault, StatusDetails};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::kept::Shelf;
use super::state::{BoardState, Target, Wanting};
use crate::error::{AppError, refusal_words};
use crate::kit::{Toast, new_command, use_toasts};
use crate::orders::fault_words;

/// Made once by the page, within its owner: toasts and language are contexts.
#[derive(Clone, Copy)]
pub struct Mover {
    state: BoardState,
    lang: Lang,
    toasts: crate::kit::toast::ToastQueue,
    /// Moves that could not be sent yet, the oldest first.
    kept: StoredValue<Vec<MoveDeal>>,
    sending: StoredValue<bool>,
    /// The last move's words on the screen: a refusal takes them away.
    told: StoredValue<Option<(CommandId, u64)>>,
    /// Where they are kept beyond this page.
    shelf: Option<Shelf>,
}

impl Mover {
    pub fn new(state: BoardState, lang: Lang) -> Self {
        let mover = Self {
            state,
            lang,
            toasts: use_toasts(),
            kept: StoredValue::new(Vec::new()),
            sending: StoredValue::new(false),
            told: StoredValue::new(None),
            shelf: state.me().map(|me| Shelf { user: me.id, funnel: state.funnel }),
        };
        provide_context(mover);
        mover
    }

    /// Moves one or several cards to a target; asks for a reason first where the stage needs one.
    pub fn carry(self, deals: Vec<DealId>, target: Target) {
        let lost = self.state.stage(target.stage).is_some_and(|stage| stage.kind == domain::funnels::StageKind::Lost);
        let enters = deals.iter().any(|deal| self.stage_of(*deal).is_some_and(|stage| stage != target.stage));
        if lost && enters && self.state.reasons.with_untracked(|reasons| !reasons.is_empty()) {
            self.state.asking.set(Some((deals, target)));
        } else {
            self.go(deals, target, None);
        }
    }

    /// Moves, the reason known.
    pub fn go(self, deals: Vec<DealId>, target: Target, reason: Option<LostReasonId>) {
        match deals.as_slice() {
            [deal] => self.one(*deal, target, reason),
            [] => {}
            _ => self.many(deals, target, reason),
        }
    }

    fn stage_of(self, deal: DealId) -> Option<StageId> {
        self.state.card(deal).map(|card| card.with_untracked(|card| card.stage))
    }

    fn one(self, deal: DealId, target: Target, reason: Option<LostReasonId>) {
        let Some(from) = self.stage_of(deal) else { return };
        let place = self.state.place(target, &[deal]);
        if (target.stage, place) == self.back(deal, from) {
            return;
        }
        self.carry_out(MoveDeal {
            command: new_command(),
            deal,
            to: target.stage,
            place,
            from,
            reason,
            undoes: None,
            details: None,
        });
    }

    /// The same move again, with what was asked for.
    pub fn tell(self, wanting: Wanting, details: StatusDetails) {
        let Wanting { deals, to, place, reason, undoes, .. } = wanting;
        match deals.as_slice() {
            [deal] => {
                let Some(from) = self.stage_of(*deal) else { return };
                let details = Some(details);
                self.carry_out(MoveDeal {
                    command: new_command(),
                    deal: *deal,
                    to,
                    place,
                    from,
                    reason,
                    undoes,
                    details,
                });
            }
            _ => {
                let deals = deals.iter().filter_map(|deal| Some((*deal, self.stage_of(*deal)?))).collect();
                let details = Some(details);
                self.carry_many(MoveDeals { command: new_command(), deals, to, place, reason, undoes, details });
            }
        }
    }

    fn carry_out(self, command: MoveDeal) {
        let MoveDeal { command: id, deal, to, from, .. } = command;
        let Some(before) = self.state.card(deal).map(|card| card.get_untracked()) else { return };
        let back = self.back(deal, from);
        match self.state.try_move(&command, None) {
            Ok(()) => {
                self.send(command);
                let stage = self.state.stage_name(to);
                let words = if from == to {
                    t::reordered(self.lang, &before.customer_name, &stage)
                } else {
                    t::moved_to(self.lang, &before.customer_name, &stage)
                };
                self.state.said.set(t::said_dropped(self.lang, &before.customer_name, &stage));
                let undo = Undo { since: before.since, left: before.left, reason: None };
                let undo = move || self.undo((deal, to, id), back, undo.clone());
                let toast = self.toasts.put(Toast::done(words).with(t::undo(self.lang), undo));
                self.told.set_value(Some((id, toast)));
            }
            Err(refusal) => self.refused(&refusal),
        }
    }

    /// Where to put it back: beside the neighbour it had.
    fn back(self, deal: DealId, stage: StageId) -> (StageId, Place) {
        let neighbour = self.state.column(stage).and_then(|column| {
            column.ids.with_untracked(|ids| {
                let at = ids.iter().position(|id| *id == deal)?;
                let below = ids.get(at + 1).map(|id| Place::Before(*id));
                below.or_else(|| at.checked_sub(1).and_then(|i| ids.get(i)).map(|id| Place::After(*id)))
            })
        });
        (stage, neighbour.unwrap_or(Place::Top))
    }

    fn undo(self, (deal, from, undoes): (DealId, StageId, CommandId), (to, place): (StageId, Place), undo: Undo) {
        let command = MoveDeal {
            command: new_command(),
            deal,
            to,
            place,
            from,
            reason: None,
            undoes: Some(undoes),
            details: None,
        };
        match self.state.try_move(&command, Some(undo)) {
            Ok(()) => self.send(command),
            Err(refusal) => self.refused(&refusal),
        }
    }

    fn many(self, deals: Vec<DealId>, target: Target, reason: Option<LostReasonId>) {
        let place = self.state.place(target, &deals);
        let from: Vec<(DealId, StageId)> =
            deals.iter().filter_map(|deal| Some((*deal, self.stage_of(*deal)?))).collect();
        let to = target.stage;
        self.state.selected.update(|selected| selected.clear());
        self.carry_many(MoveDeals {
            command: new_command(),
            deals: from,
            to,
            place,
            reason,
            undoes: None,
            details: None,
        });
    }

    fn carry_many(self, command: MoveDeals) {
        let (id, from, to) = (command.command, command.deals.clone(), command.to);
        spawn_local(async move {
            match api::send_moves(command.clone()).await {
                Ok(answer) => {
                    let words = t::moved_many(self.lang, answer.moved.len() as i64);
                    let home: Vec<(DealId, StageId)> =
                        from.into_iter().filter(|(deal, _)| answer.moved.contains(deal)).collect();
                    self.state.said.set(words.clone());
                    let undo = move || self.undo_many(home.clone(), to, id);
                    if !answer.moved.is_empty() {
                        self.toasts.show(Toast::done(words).with(t::undo(self.lang), undo));
                    }
                    self.want(&command, &answer);
                    self.some_refused(&answer);
                }
                Err(error) => self.say(error.words(self.lang)),
            }
        });
    }

    fn undo_many(self, home: Vec<(DealId, StageId)>, from: StageId, undoes: CommandId) {
        let mut stages: Vec<StageId> = home.iter().map(|(_, stage)| *stage).collect();
        stages.sort();
        stages.dedup();
        spawn_local(async move {
            for to in stages {
                let deals = home.iter().filter(|(_, stage)| *stage == to).map(|(deal, _)| (*deal, from)).collect();
                let undoes = Some(undoes);
                let command = MoveDeals {
                    command: new_command(),
                    deals,
                    to,
                    place: Place::Top,
                    reason: None,
                    undoes,
                    details: None,
                };
                match api::send_moves(command).await {
                    Ok(answer) => self.some_refused(&answer),
                    Err(error) => self.say(error.words(self.lang)),
                }
            }
        });
    }

    fn some_refused(self, answer: &Moved) {
        let refused: Vec<&Refusal> =
            answer.refused.iter().map(|(_, refusal)| refusal).filter(|refusal| wants(refusal).is_none()).collect();
        if let Some(refusal) = refused.first() {
            let count = t::refused_many(self.lang, refused.len() as i64);
            self.say(format!("{count}. {}", self.words(refusal)));
        }
    }

    /// Asks for what those that were refused want to know: a parcel's number of each by itself, the rest of all at once.
    fn want(self, command: &MoveDeals, answer: &Moved) {
        let MoveDeals { to, place, reason, undoes, .. } = *command;
        let mut found: Vec<Wanting> = Vec::new();
        for (deal, refusal) in &answer.refused {
            let Some((asked, status)) = wants(refusal) else { continue };
            let same = |other: &&mut Wanting| other.status == status && asked != Asked::Shipment;
            match found.iter_mut().find(same) {
                Some(other) => other.deals.push(*deal),
                None => found.push(Wanting { deals: vec![*deal], to, place, reason, undoes, asked, status }),
            }
        }
        self.state.wanting.update(|wanting| wanting.extend(found));
    }

    /// Where an order may not go, the names of where it may.
    fn words(self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::Order { fault } => {
                self.state.statuses.with_untracked(|statuses| fault_words(fault, statuses, self.lang))
            }
            other => refusal_words(other, self.lang),
        }
    }

    fn send(self, command: MoveDeal) {
        if let Some(shelf) = self.shelf {
            shelf.keep(&command);
        }
        self.kept.update_value(|kept| kept.push(command));
        self.flush();
    }

    /// Sends what is kept, in order, until done or cut off. Safe to call at any time.
    pub fn flush(self) {
        // The page may have gone since this was planned.
        if self.sending.try_get_value() != Some(false) {
            return;
        }
        self.sending.set_value(true);
        spawn_local(async move {
            while let Some(command) = self.kept.try_with_value(|kept| kept.first().cloned()).flatten() {
                let result = api::send_move(command.clone()).await;
                if matches!(result, Err(AppError::Network | AppError::Busy | AppError::Full | AppError::SignedOut)) {
                    break;
                }
                self.kept.try_update_value(|kept| kept.retain(|other| other.command != command.command));
                if let Some(shelf) = self.shelf {
                    shelf.forget(command.command);
                }
                if self.sending.try_get_value().is_none() {
                    return;
                }
                self.answered(&command, result);
            }
            let left = self.kept.try_with_value(Vec::len).unwrap_or(0);
            if self.state.waiting.try_get_untracked().is_some_and(|known| known != left) {
                self.state.waiting.set(left);
            }
            let _ = self.sending.try_set_value(false);
            if left > 0 {
                // Offline: the socket's return flushes; this is the net below it.
                set_timeout(move || self.flush(), std::time::Duration::from_secs(5));
            }
        });
    }

    /// Moves that an earlier page, or a tab that was closed, could not send.
    pub fn take_up(self) {
        for command in self.shelf.map(Shelf::all).unwrap_or_default() {
            let _ = self.state.try_move(&command, None);
            self.kept.update_value(|kept| kept.push(command));
        }
        self.flush();
    }

    fn answered(self, command: &MoveDeal, result: Result<Card, AppError>) {
        match result {
            Ok(card) => self.state.settled(command, card.version),
            Err(AppError::Refused(Refusal::Stale { now })) => {
                let words = t::refused_stale(self.lang, &self.state.stage_name(now.stage));
                self.state.take_back(command, Some(*now));
                self.say(words);
            }
            Err(AppError::Refused(refusal)) => {
                self.state.take_back(command, None);
                if let Some((id, toast)) = self.told.get_value()
                    && id == command.command
                {
                    self.toasts.drop(toast);
                }
                match wants(&refusal) {
                    Some((asked, status)) => {
                        let MoveDeal { deal, to, place, reason, undoes, .. } = *command;
                        let wanting = Wanting { deals: vec![deal], to, place, reason, undoes, asked, status };
                        self.state.wanting.update(|all| all.push_back(wanting));
                    }
                    None => self.say(self.words(&refusal)),
                }
            }
            Err(error) => {
                self.state.take_back(command, None);
                self.say(error.words(self.lang));
            }
        }
    }

    fn refused(self, refusal: &Refusal) {
        self.say(refusal_words(refusal, self.lang));
    }

    fn say(self, words: String) {
        self.state.said.set(words.clone());
        self.toasts.show(Toast::refused(words));
    }
}

/// What a refusal wants to be told, and for which status.
fn wants(refusal: &Refusal) -> Option<(Asked, StatusId)> {
    match refusal {
        Refusal::Order { fault: OrderFault::DetailsNeeded { asked, to } } => Some((*asked, *to)),
        _ => None,
    }
}

pub fn use_mover() -> Mover {
    expect_context::<Mover>()
}
