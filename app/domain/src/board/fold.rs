//! What an event does to a board. For every fact: `fold(snapshot, events) == load again`.

use super::{Board, Card, Column, CurrencyKey, Share, bump};
use crate::event::{DealEdited, DealMoved, Fact, Live};
use crate::ids::{DealId, Millis, StageId, StatusId};

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
        Fact::DealCreated { card } => {
            board.count(card.stage, 1, card.share());
            show(board, live)
        }
        Fact::DealMoved(moved) => {
            count_move(board, moved, event.at, 1);
            show(board, live)
        }
        Fact::DealEdited(edited) => {
            if let Some(column) = board.columns.get_mut(&edited.stage) {
                bump(&mut column.totals.sums, CurrencyKey(edited.currency), edited.sum - edited.sum_before);
            }
            show(board, live)
        }
        Fact::DealDeleted { card } => {
            board.count(card.stage, -1, card.share());
            show(board, live)
        }
        Fact::DealAssigned { .. }
        | Fact::OrderReceived { .. }
        | Fact::OrderUpdated { .. }
        | Fact::OrderDeleted { .. }
        | Fact::OrderRestored { .. }
        | Fact::OrderStatusChanged { .. } => show(board, live),
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
        Fact::StatusesChanged
        | Fact::ShipmentScanned { .. }
        | Fact::BondChanged
        | Fact::ProductCreated { .. }
        | Fact::ProductChanged { .. }
        | Fact::ProductRetired { .. }
        | Fact::WarehousesChanged
        | Fact::SuppliersChanged
        | Fact::StockSettingsChanged
        | Fact::StockMoved(_)
        | Fact::LinkChanged { .. }
        | Fact::CustomerCreated
        | Fact::CustomerChanged
        | Fact::CustomerDeleted
        | Fact::FunnelCreated { .. }
        | Fact::FunnelArchived { .. }
        | Fact::LostReasonAdded { .. }
        | Fact::LostReasonRenamed { .. }
        | Fact::LostReasonRetired { .. }
        | Fact::StorefrontCreated { .. }
        | Fact::StorefrontChanged { .. }
        | Fact::SecretChanged { .. }
        | Fact::UserInvited { .. }
        | Fact::LinkMade { .. }
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
        | Fact::ScreenPaired { .. }
        | Fact::ScreenUnpaired { .. }
        | Fact::WebhookCreated { .. }
        | Fact::WebhookChanged { .. }
        | Fact::WebhookRemoved { .. }
        | Fact::WebhookDisabled { .. }
        | Fact::IntakeRefused { .. }
        | Fact::IntakeReplayed { .. }
        | Fact::IntakeDismissed { .. }
        | Fact::DemoSwitched { .. }
        | Fact::Exported { .. }
        | Fact::ImportStarted { .. }
        | Fact::ImportResumed { .. }
        | Fact::ImportFinished { .. }
        | Fact::ImportFailed { .. }
        | Fact::ImportUndone { .. }
        | Fact::CarrierAccountChanged { .. }
        | Fact::BackfillTurned(_) => Touched::default(),
    }
}

/// What an event does to its deal's card, the totals left alone: for cards that were fetched after it was counted. A card
/// that is as new as the event stays as it is.
pub fn show(board: &mut Board, live: &Live) -> Touched {
    let event = &live.event;
    let Some(id) = event.scope.deal.filter(|_| event.scope.funnel == Some(board.funnel.id)) else {
        return Touched::default();
    };
    if let Fact::DealCreated { card } = &event.fact {
        created(board, live, card)
    } else if let Fact::DealMoved(moved) = &event.fact {
        deal_moved(board, live, (id, moved))
    } else if let Fact::DealEdited(edited) = &event.fact {
        deal_edited(board, live, (id, edited))
    } else if let Fact::DealDeleted { card } = &event.fact {
        board.lift(id);
        touched(id, [card.stage])
    } else if let Fact::DealAssigned { to, version, .. } = &event.fact {
        change(board, id, *version, |card| card.responsible = *to)
    } else if let Fact::OrderReceived { number, .. } = &event.fact {
        received(board, live, number)
    } else if let Fact::OrderUpdated { .. } = &event.fact {
        match &live.card {
            Some(Card { status: Some(status), .. }) => came_into(board, id, *status),
            Some(_) | None => Touched::default(),
        }
    } else if let Fact::OrderStatusChanged { status, .. } = &event.fact {
        came_into(board, id, *status)
    } else if let Fact::OrderDeleted { version, .. } = &event.fact {
        change(board, id, *version, |card| card.deleted_in_shop = true)
    } else if let Fact::OrderRestored { version, .. } = &event.fact {
        change(board, id, *version, |card| card.deleted_in_shop = false)
    } else {
        Touched::default()
    }
}

/// Takes back a move that was only predicted: totals and card are as they were.
pub fn unfold(board: &mut Board, predicted: &Live, before: Card) {
    if let Fact::DealMoved(moved) = &predicted.event.fact {
        count_move(board, moved, predicted.event.at, -1);
    }
    board.put_back(before);
}

fn count_move(board: &mut Board, moved: &DealMoved, at: Millis, sign: i64) {
    let before = Share { since: moved.since, sum: moved.sum, currency: moved.currency, left: moved.left };
    let (since, left) = moved.arrival(at);
    board.count(moved.from, -sign, before);
    board.count(moved.to, sign, Share { since, left, ..before });
}

fn created(board: &mut Board, live: &Live, card: &Card) -> Touched {
    if !board.cards.contains_key(&card.id) {
        let mut card = card.clone();
        if let Some(now) = &live.card {
            card.customer_name.clone_from(&now.customer_name);
            // Its order may have begun together with it.
            card.status = now.status;
        }
        board.set(card);
    }
    touched(card.id, [card.stage])
}

fn deal_moved(board: &mut Board, live: &Live, (id, moved): (DealId, &DealMoved)) -> Touched {
    let known = board.lift(id);
    let newer = known.as_ref().is_some_and(|card| card.version >= moved.version);
    if let Some(mut card) = known.or_else(|| live.card.clone()) {
        if !newer {
            (card.since, card.left) = moved.arrival(live.event.at);
            card.stage = moved.to;
            card.position.clone_from(&moved.position);
            card.sum = moved.sum;
            card.version = moved.version;
        }
        board.set(card);
    }
    touched(id, [moved.from, moved.to])
}

fn deal_edited(board: &mut Board, live: &Live, (id, edited): (DealId, &DealEdited)) -> Touched {
    change(board, id, edited.version, |card| {
        card.sum = edited.sum;
        card.first_line.clone_from(&edited.first_line);
        card.more_lines = edited.more_lines;
        card.source = edited.source;
        card.responsible = edited.responsible;
        if let Some(now) = &live.card {
            card.customer = now.customer;
            card.customer_name.clone_from(&now.customer_name);
        }
        if let Some(customer) = live.event.scope.customer {
            card.customer = customer;
        }
    });
    touched(id, [edited.stage])
}

fn change(board: &mut Board, id: DealId, version: i64, with: impl FnOnce(&mut Card)) -> Touched {
    match board.cards.get_mut(&id) {
        Some(card) if card.version < version => {
            card.version = version;
            with(card);
            Touched { cards: vec![id], ..Touched::default() }
        }
        Some(_) | None => Touched::default(),
    }
}

/// A deal that began as a cart learns its number; a deal that the order made has it already.
fn received(board: &mut Board, live: &Live, number: &str) -> Touched {
    let Some(card) = live.event.scope.deal.and_then(|id| board.cards.get_mut(&id)) else { return Touched::default() };
    card.order_number = Some(number.to_owned());
    if let Some(now) = &live.card {
        card.status = now.status;
    }
    Touched { cards: vec![card.id], ..Touched::default() }
}

/// Orders have versions of their own: the card keeps its.
fn came_into(board: &mut Board, id: DealId, status: StatusId) -> Touched {
    let Some(card) = board.cards.get_mut(&id) else { return Touched::default() };
    card.status = Some(status);
    Touched { cards: vec![id], ..Touched::default() }
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
