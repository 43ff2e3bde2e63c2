//! A stage as it is being typed.

use domain::funnels::{Colour, Stage, StageForm, StageKind, palette};
use leptos::prelude::*;

const LIMIT_HOURS_MAX: i64 = 87_600;

#[derive(Clone, Copy)]
pub struct Draft {
    pub name: RwSignal<String>,
    pub colour: RwSignal<Colour>,
    pub kind: RwSignal<StageKind>,
    pub limit: RwSignal<String>,
    /// Whether customers see it, and as what.
    pub shown: RwSignal<bool>,
    pub public: RwSignal<String>,
    /// A colour that nobody chose follows the meaning.
    pub chosen: RwSignal<bool>,
}

impl Draft {
    /// For a new stage that will stand at `index`.
    pub fn new(index: usize) -> Self {
        Self {
            name: RwSignal::new(String::new()),
            colour: RwSignal::new(palette::default_for(index, StageKind::Open)),
            kind: RwSignal::new(StageKind::Open),
            limit: RwSignal::new(String::new()),
            shown: RwSignal::new(false),
            public: RwSignal::new(String::new()),
            chosen: RwSignal::new(false),
        }
    }

    pub fn of(stage: &Stage) -> Self {
        Self {
            name: RwSignal::new(stage.name.clone()),
            colour: RwSignal::new(stage.colour),
            kind: RwSignal::new(stage.kind),
            limit: RwSignal::new(stage.limit_hours.map(|hours| hours.to_string()).unwrap_or_default()),
            shown: RwSignal::new(stage.public_name.is_some()),
            public: RwSignal::new(stage.public_name.clone().unwrap_or_default()),
            chosen: RwSignal::new(true),
        }
    }

    /// None: the limit is no number of hours. A stage that closes deals has no limit.
    pub fn read(self) -> Option<StageForm> {
        let kind = self.kind.get_untracked();
        let limit = self.limit.with_untracked(|limit| limit.trim().to_owned());
        let limit_hours = match limit.parse::<i64>() {
            _ if limit.is_empty() || kind != StageKind::Open => None,
            Ok(hours) if (1..=LIMIT_HOURS_MAX).contains(&hours) => Some(hours),
            Ok(_) | Err(_) => return None,
        };
        let public_name = self.shown.get_untracked().then(|| self.public.get_untracked());
        let (name, colour) = (self.name.get_untracked(), self.colour.get_untracked());
        Some(StageForm { name, colour, kind, limit_hours, public_name })
    }
}
