//! What can be asked of a funnel and of the list of lost reasons.

use serde::{Deserialize, Serialize};

use super::presets::Preset;
use super::{Colour, Stage, StageKind};
use crate::deals::patch::{given, stated};
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

/// Parts of a stage. None: stays as it is; null: is taken away, which a part that must be there is refused for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StagePatch {
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub name: Option<Option<String>>,
    #[serde(deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub colour: Option<Colour>,
    #[serde(deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub kind: Option<StageKind>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub limit_hours: Option<Option<i64>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub public_name: Option<Option<String>>,
}

impl StagePatch {
    pub fn upon(self, before: &Stage) -> StageForm {
        StageForm {
            name: self.name.map_or_else(|| before.name.clone(), Option::unwrap_or_default),
            colour: self.colour.unwrap_or(before.colour),
            kind: self.kind.unwrap_or(before.kind),
            limit_hours: self.limit_hours.unwrap_or(before.limit_hours),
            public_name: self.public_name.unwrap_or_else(|| before.public_name.clone()),
        }
    }
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
