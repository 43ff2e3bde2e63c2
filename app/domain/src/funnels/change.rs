//! What can be asked of a funnel and of the list of lost reasons.

use serde::{Deserialize, Serialize};

use super::presets::Preset;
use super::{Colour, StageKind};
use crate::i18n::Lang;
use crate::ids::*;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFunnel {
    pub name: String,
    /// None: a funnel of every storefront.
    pub storefront: Option<StorefrontId>,
    /// None: one stage, to begin with.
    pub preset: Option<Preset>,
    /// The language of the preset's names.
    pub lang: Lang,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageForm {
    pub name: String,
    pub colour: Colour,
    pub kind: StageKind,
    pub limit_hours: Option<i64>,
    /// Blank, but there: the stage's own name.
    #[serde(default)]
    pub public_name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FunnelChange {
    Rename {
        name: String,
    },
    AddStage {
        stage: StageForm,
        index: usize,
    },
    EditStage {
        stage: StageId,
        form: StageForm,
    },
    /// Every stage once, in the new order.
    Reorder {
        order: Vec<StageId>,
    },
    /// A stage with deals says where they go.
    RemoveStage {
        stage: StageId,
        deals_to: Option<StageId>,
    },
    /// Off the boards; its deals stay in the database and in histories.
    Archive,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReasonChange {
    Add {
        name: String,
    },
    Rename {
        reason: LostReasonId,
        name: String,
    },
    /// Offered no more; deals that were lost for it keep it.
    Retire {
        reason: LostReasonId,
    },
}
