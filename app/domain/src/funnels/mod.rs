//! A funnel is an ordered list of stages; a deal stands on one of them.

mod change;
pub mod palette;
pub mod presets;

use serde::{Deserialize, Serialize};

use crate::ids::{FunnelId, LostReasonId, Millis, StageId, StorefrontId};
pub use change::{FunnelChange, NewFunnel, ReasonChange, StageForm, StagePatch};
pub use palette::Colour;

/// The most stages one funnel may have.
pub const STAGES_MAX: usize = 50;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funnel {
    pub id: FunnelId,
    /// None: deals of every storefront stand here.
    pub storefront: Option<StorefrontId>,
    pub name: String,
    /// In order, retired ones left out.
    pub stages: Vec<Stage>,
}

impl Funnel {
    pub fn stage(&self, id: StageId) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// Where a new deal arrives: the first open stage, else the first.
    pub fn entrance(&self) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.kind == StageKind::Open).or(self.stages.first())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stage {
    pub id: StageId,
    pub name: String,
    pub colour: Colour,
    pub kind: StageKind,
    /// A deal that stands here longer is overdue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_hours: Option<i64>,
    /// What customers call it, on the page of their order; None: they do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_name: Option<String>,
}

impl Stage {
    /// Past the stage's limit. A closed deal is never overdue.
    pub fn overdue(&self, since: Millis, now: Millis) -> bool {
        self.kind == StageKind::Open && self.limit_hours.is_some_and(|hours| now - since > hours * 3_600_000)
    }
}

/// What a stage means to the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageKind {
    Open,
    Won,
    Lost,
}

impl StageKind {
    pub const ALL: [StageKind; 3] = [StageKind::Open, StageKind::Won, StageKind::Lost];

    pub fn key(self) -> &'static str {
        match self {
            StageKind::Open => "open",
            StageKind::Won => "won",
            StageKind::Lost => "lost",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostReason {
    pub id: LostReasonId,
    pub name: String,
}
