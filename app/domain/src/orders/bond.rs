//! A bond keeps an order's status and its deal's stage in step: one follows the other, never back and forth.

use serde::{Deserialize, Serialize};

use super::{Asked, Status, StatusKind};
use crate::funnels::{Funnel, Stage, StageKind};
use crate::ids::*;

/// Of one storefront's statuses with one funnel's stages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bond {
    pub funnel: FunnelId,
    pub storefront: StorefrontId,
    /// An order that comes into the status takes its deal to the stage.
    pub to_stage: Vec<(StatusId, StageId)>,
    /// A deal that comes onto the stage takes its orders into the status.
    pub to_status: Vec<(StageId, StatusId)>,
}

impl Bond {
    pub fn stage_of(&self, status: StatusId) -> Option<StageId> {
        self.to_stage.iter().find(|(from, _)| *from == status).map(|(_, to)| *to)
    }

    pub fn status_of(&self, stage: StageId) -> Option<StatusId> {
        self.to_status.iter().find(|(from, _)| *from == stage).map(|(_, to)| *to)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "bond", rename_all = "snake_case")]
pub enum BondFault {
    /// The stage leads to the status, and the status to another stage: a card would be sent on by its own move.
    Loop { stage: StageId, status: StatusId, back_to: StageId },
    /// A pair names a status or a stage that is not there, or one thing leads to two.
    Unknown { stage: StageId, status: StatusId },
    /// An order here leaves its deal where it is.
    Gap { status: StatusId },
    /// A deal here leaves its order as it is.
    GapStage { stage: StageId },
    /// A move onto the stage will ask for something.
    Asks { stage: StageId, status: StatusId, asked: Asked },
}

impl BondFault {
    /// The others are hints.
    pub fn is_error(&self) -> bool {
        matches!(self, BondFault::Loop { .. } | BondFault::Unknown { .. })
    }
}

pub fn check(bond: &Bond, statuses: &[Status], funnel: &Funnel) -> Vec<BondFault> {
    let status_of = |id: StatusId| statuses.iter().find(|status| status.id == id);
    let mut found = Vec::new();
    for (place, (status, stage)) in bond.to_stage.iter().enumerate() {
        let twice = bond.to_stage[..place].iter().any(|(other, _)| other == status);
        if twice || status_of(*status).is_none() || funnel.stage(*stage).is_none() {
            found.push(BondFault::Unknown { stage: *stage, status: *status });
        }
    }
    for (place, (stage, status)) in bond.to_status.iter().enumerate() {
        let twice = bond.to_status[..place].iter().any(|(other, _)| other == stage);
        let Some(known) = status_of(*status).filter(|_| !twice && funnel.stage(*stage).is_some()) else {
            found.push(BondFault::Unknown { stage: *stage, status: *status });
            continue;
        };
        if let Some(back_to) = bond.stage_of(*status).filter(|back_to| back_to != stage) {
            found.push(BondFault::Loop { stage: *stage, status: *status, back_to });
        }
        if let Some(asked) = known.kind.asks() {
            found.push(BondFault::Asks { stage: *stage, status: *status, asked });
        }
    }
    let gaps = statuses.iter().filter(|status| bond.stage_of(status.id).is_none());
    found.extend(gaps.map(|status| BondFault::Gap { status: status.id }));
    let gaps = funnel.stages.iter().filter(|stage| bond.status_of(stage.id).is_none());
    found.extend(gaps.map(|stage| BondFault::GapStage { stage: stage.id }));
    found
}

/// A bond by what kinds mean: what is delivered is won, what was called off or came back is lost, the rest goes along
/// the open stages in order.
pub fn suggest(storefront: StorefrontId, statuses: &[Status], funnel: &Funnel) -> Bond {
    let path = Path::of(funnel);
    let to_stage: Vec<(StatusId, StageId)> =
        statuses.iter().filter_map(|status| Some((status.id, path.stage(status.kind)?))).collect();
    let mut to_status: Vec<(StageId, StatusId)> = Vec::new();
    for stage in &funnel.stages {
        // Of several that lead here the one that is earliest on an order's way; of ends, the one that is not a return.
        // That money has come, no card's move says.
        let told = |status: &&Status| status.kind != StatusKind::Paid;
        let here = statuses.iter().filter(told).filter(|status| to_stage.contains(&(status.id, stage.id)));
        let first =
            here.min_by_key(|status| (status.kind == StatusKind::Returned, asks_late(status), status.kind.rank()));
        to_status.extend(first.map(|status| (stage.id, status.id)));
    }
    Bond { funnel: funnel.id, storefront, to_stage, to_status }
}

/// A delay is beside the way: no stage begins with it while another status does.
fn asks_late(status: &Status) -> bool {
    status.kind == StatusKind::Delayed
}

/// The stages as an order walks them.
struct Path {
    /// Open ones before the won stage.
    open: Vec<StageId>,
    won: Option<StageId>,
    lost: Option<StageId>,
}

impl Path {
    fn of(funnel: &Funnel) -> Self {
        let first = |kind: StageKind| funnel.stages.iter().find(|stage| stage.kind == kind).map(|stage| stage.id);
        let before_won = funnel.stages.iter().take_while(|stage| stage.kind != StageKind::Won);
        let open = before_won.filter(|stage: &&Stage| stage.kind == StageKind::Open).map(|stage| stage.id).collect();
        Self { open, won: first(StageKind::Won), lost: first(StageKind::Lost) }
    }

    fn stage(&self, kind: StatusKind) -> Option<StageId> {
        // After the first stage there are those that confirm, those that pack, and the last one, which sends.
        let last = self.open.len().checked_sub(1);
        let at = match kind {
            StatusKind::Delivered => return self.won,
            StatusKind::Returned | StatusKind::Cancelled => return self.lost,
            StatusKind::New | StatusKind::AwaitingConfirmation | StatusKind::AwaitingPayment => 0,
            StatusKind::Paid => 1,
            StatusKind::Processing | StatusKind::Delayed => 2,
            StatusKind::Picking => 3,
            StatusKind::Packed => 4,
            StatusKind::Shipped | StatusKind::InTransit | StatusKind::ReadyForPickup | StatusKind::Returning => {
                return self.open.get(last?).copied();
            }
        };
        // What is packed has not been sent, as long as there is a stage between.
        let most = last?.saturating_sub(1).max(usize::from(at > 0 && last? == 1));
        self.open.get(at.min(most)).copied()
    }
}
