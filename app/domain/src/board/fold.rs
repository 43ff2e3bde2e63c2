//! What an event does to a board. For every fact: `fold(snapshot, events) == load again`.

use super::{Board, Card, Column, CurrencyKey, Share, bump};
use crate::event::{DealEdited, DealMoved, Event, Fact, Live};
use crate::ids::{DealId, StageId};

/// What a fold changed, for those who draw only that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    pub cards: Vec<DealId>,
    pub columns: Vec<StageId>,
    /// Stages or the funnel's name.
    pub funnel: bool,
}

/// Applies an event once; one that is already in the board (`seq <= as_of`) changes nothing.
pub fn fold(board: &mut Board, live: &Live) -> Touched {
    let event = &live.event;
    if event.seq <= board.as_of {
        return Touched::default();
    }
    board.as_of = event.seq;
    if let Fact::CustomerChanged = &event.fact {
        return rename_customer(board, live);
    }
    if event.scope.funnel != Some(board.funnel.id) {
        return Touched::default();
    }
    match &event.fact {
        Fact::DealCreated { card } => created(board, live, card),
        Fact::DealMoved(moved) => deal_moved(board, live, moved),
        Fact::DealEdited(edited) => deal_edited(board, live, edited),
        Fact::DealAssigned { to, version, .. } => change(board, event, *version, |card| card.responsible = *to),
        Fact::OrderReceived { number, .. } => received(board, event, number),
        Fact::OrderDeleted { version, .. } => change(board, event, *version, |card| card.deleted_in_shop = true),
        Fact::OrderRestored { version, .. } => change(board, event, *version, |card| card.deleted_in_shop = false),
        Fact::FunnelRenamed { name } => {
            board.funnel.name.clone_from(name);
            Touched { funnel: true, ..Touched::default() }
        }
        Fact::StageAdded { stage, index } => {
            let index = (*index).min(board.funnel.stages.len());
            board.funnel.stages.insert(index, stage.clone());
            board.columns.insert(stage.id, Column::default());
            Touched { funnel: true, ..Touched::default() }
        }
        Fact::StageChanged { stage } => {
            if let Some(known) = board.funnel.stages.iter_mut().find(|known| known.id == stage.id) {
                known.clone_from(stage);
            }
            Touched { funnel: true, columns: vec![stage.id], ..Touched::default() }
        }
        Fact::StagesReordered { order } => {
            let place = |id| order.iter().position(|other| *other == id).unwrap_or(usize::MAX);
            board.funnel.stages.sort_by_key(|stage| place(stage.id));
            Touched { funnel: true, ..Touched::default() }
        }
        Fact::StageRemoved { stage, .. } => {
            board.funnel.stages.retain(|known| known.id != *stage);
            board.columns.remove(stage);
            Touched { funnel: true, ..Touched::default() }
        }
        Fact::OrderUpdated { .. }
        | Fact::CustomerCreated
        | Fact::CustomerChanged
        | Fact::FunnelCreated { .. }
        | Fact::FunnelArchived { .. }
        | Fact::LostReasonAdded { .. }
        | Fact::LostReasonRenamed { .. }
        | Fact::LostReasonRetired { .. }
        | Fact::StorefrontCreated { .. }
        | Fact::StorefrontChanged { .. }
        | Fact::SecretChanged { .. }
        | Fact::UserInvited { .. }
        | Fact::UserJoined { .. }
        | Fact::UserRoleChanged { .. }
        | Fact::UserStorefrontsChanged { .. }
        | Fact::UserRemoved { .. }
        | Fact::PasswordChanged { .. }
        | Fact::SignedIn { .. }
        | Fact::SignedOut { .. }
        | Fact::SignedOutEverywhere { .. }
        | Fact::TokenCreated { .. }
        | Fact::TokenRevoked { .. }
        | Fact::IntakeRefused { .. }
        | Fact::IntakeReplayed { .. }
        | Fact::DemoSwitched { .. } => Touched::default(),
    }
}

fn created(board: &mut Board, live: &Live, card: &Card) -> Touched {
    let mut card = card.clone();
    if let Some(now) = &live.card {
        card.customer_name.clone_from(&now.customer_name);
    }
    let touched = touched(card.id, [card.stage]);
    board.put(card);
    touched
}

fn deal_moved(board: &mut Board, live: &Live, moved: &DealMoved) -> Touched {
    let Some(id) = live.event.scope.deal else { return Touched::default() };
    let before = Share { since: moved.since, sum: moved.sum, currency: moved.currency, left: moved.left };
    let after =
        if moved.from == moved.to { before } else { Share { since: live.event.at, left: Some(moved.from), ..before } };
    let known = board.take(id);
    if known.is_none()
        && let Some(column) = board.columns.get_mut(&moved.from)
    {
        column.totals.shift(-1, before);
    }
    match known.or_else(|| live.card.clone()) {
        Some(mut card) => {
            card.stage = moved.to;
            card.position.clone_from(&moved.position);
            card.since = after.since;
            card.left = after.left;
            card.sum = moved.sum;
            card.version = moved.version;
            board.put(card);
        }
        None => {
            if let Some(column) = board.columns.get_mut(&moved.to) {
                column.totals.shift(1, after);
            }
        }
    }
    touched(id, [moved.from, moved.to])
}

fn deal_edited(board: &mut Board, live: &Live, edited: &DealEdited) -> Touched {
    let Some(id) = live.event.scope.deal else { return Touched::default() };
    match board.take(id) {
        Some(mut card) => {
            card.sum = edited.sum;
            card.first_line.clone_from(&edited.first_line);
            card.more_lines = edited.more_lines;
            card.source = edited.source;
            card.responsible = edited.responsible;
            card.version = edited.version;
            if let Some(now) = &live.card {
                card.customer = now.customer;
                card.customer_name.clone_from(&now.customer_name);
            }
            if let Some(customer) = live.event.scope.customer {
                card.customer = customer;
            }
            board.put(card);
        }
        None => {
            if let Some(column) = board.columns.get_mut(&edited.stage) {
                bump(&mut column.totals.sums, CurrencyKey(edited.currency), edited.sum - edited.sum_before);
            }
        }
    }
    touched(id, [edited.stage])
}

fn change(board: &mut Board, event: &Event, version: i64, with: impl FnOnce(&mut Card)) -> Touched {
    let Some(id) = event.scope.deal else { return Touched::default() };
    match board.cards.get_mut(&id) {
        Some(card) => {
            card.version = version;
            with(card);
            Touched { cards: vec![id], ..Touched::default() }
        }
        None => Touched::default(),
    }
}

/// A deal that began as a cart learns its number; a deal that the order made has it already.
fn received(board: &mut Board, event: &Event, number: &str) -> Touched {
    let Some(card) = event.scope.deal.and_then(|id| board.cards.get_mut(&id)) else { return Touched::default() };
    card.order_number = Some(number.to_owned());
    Touched { cards: vec![card.id], ..Touched::default() }
}

fn rename_customer(board: &mut Board, live: &Live) -> Touched {
    let (Some(customer), Some(now)) = (live.event.scope.customer, &live.customer_name) else {
        return Touched::default();
    };
    let mut touched = Touched::default();
    for card in board.cards.values_mut().filter(|card| card.customer == customer) {
        card.customer_name.clone_from(now);
        touched.cards.push(card.id);
    }
    touched
}

fn touched<const N: usize>(card: DealId, columns: [StageId; N]) -> Touched {
    Touched { cards: vec![card], columns: columns.to_vec(), funnel: false }
}
