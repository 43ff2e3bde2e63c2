//! A status as scripts change it: what is not named stays as it is.

use serde::{Deserialize, Serialize};

use super::{Status, StatusForm, StatusKind};
use crate::deals::patch::{given, stated};
use crate::funnels::Colour;
use crate::ids::*;

/// Parts of a status. None: stays as it is; null: is taken away, which a part that must be there is refused for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StatusPatch {
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub name: Option<Option<String>>,
    #[serde(deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub colour: Option<Colour>,
    #[serde(deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub kind: Option<StatusKind>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub public_name: Option<Option<String>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub public_text: Option<Option<String>>,
    #[serde(deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub next: Option<Vec<StatusId>>,
}

impl StatusPatch {
    pub fn upon(self, before: &Status) -> StatusForm {
        StatusForm {
            name: self.name.map_or_else(|| before.name.clone(), Option::unwrap_or_default),
            colour: self.colour.unwrap_or(before.colour),
            kind: self.kind.unwrap_or(before.kind),
            public_name: self.public_name.unwrap_or_else(|| before.public_name.clone()),
            public_text: self.public_text.map_or_else(|| before.public_text.clone(), Option::unwrap_or_default),
            next: self.next.unwrap_or_else(|| before.next.clone()),
        }
    }
}
