//! A status as it is being typed.

use domain::funnels::Colour;
use domain::i18n::Lang;
use domain::ids::StatusId;
use domain::orders::{SetStatus, Status, StatusForm, StatusKind, usual_next};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Draft {
    pub name: RwSignal<String>,
    pub kind: RwSignal<StatusKind>,
    pub colour: RwSignal<Colour>,
    /// Whether customers see it, as what, and in which words.
    pub shown: RwSignal<bool>,
    pub public: RwSignal<String>,
    pub text: RwSignal<String>,
    pub next: RwSignal<Vec<StatusId>>,
    /// What nobody chose follows the meaning: the colour, the words for customers, where one may go from here.
    pub colour_chosen: RwSignal<bool>,
    pub words_typed: RwSignal<bool>,
    pub next_chosen: RwSignal<bool>,
}

impl Draft {
    /// For a new status after these.
    pub fn new(statuses: &[Status], lang: Lang) -> Self {
        let draft = Self {
            name: RwSignal::new(String::new()),
            kind: RwSignal::new(StatusKind::Processing),
            colour: RwSignal::new(Colour::Blue),
            shown: RwSignal::new(true),
            public: RwSignal::new(String::new()),
            text: RwSignal::new(String::new()),
            next: RwSignal::new(Vec::new()),
            colour_chosen: RwSignal::new(false),
            words_typed: RwSignal::new(false),
            next_chosen: RwSignal::new(false),
        };
        draft.mean(StatusKind::Processing, statuses, lang);
        draft
    }

    pub fn of(status: &Status) -> Self {
        Self {
            name: RwSignal::new(status.name.clone()),
            kind: RwSignal::new(status.kind),
            colour: RwSignal::new(status.colour),
            shown: RwSignal::new(status.public_name.is_some()),
            public: RwSignal::new(status.public_name.clone().unwrap_or_default()),
            text: RwSignal::new(status.public_text.clone()),
            next: RwSignal::new(status.next.clone()),
            colour_chosen: RwSignal::new(true),
            words_typed: RwSignal::new(true),
            next_chosen: RwSignal::new(true),
        }
    }

    pub fn mean(self, kind: StatusKind, statuses: &[Status], lang: Lang) {
        self.kind.set(kind);
        let usual = SetStatus::of(kind, lang);
        if !self.colour_chosen.get_untracked() {
            self.colour.set(usual.colour);
        }
        if !self.words_typed.get_untracked() {
            self.public.set(usual.public_name.to_owned());
            self.text.set(usual.public_text.to_owned());
        }
        if !self.next_chosen.get_untracked() {
            let kinds: Vec<StatusKind> = statuses.iter().map(|status| status.kind).chain([kind]).collect();
            let places = usual_next(&kinds, statuses.len());
            self.next.set(places.into_iter().filter_map(|place| statuses.get(place)).map(|next| next.id).collect());
        }
    }

    pub fn read(self) -> StatusForm {
        StatusForm {
            name: self.name.get_untracked(),
            colour: self.colour.get_untracked(),
            kind: self.kind.get_untracked(),
            public_name: self.shown.get_untracked().then(|| self.public.get_untracked()),
            public_text: self.text.get_untracked(),
            next: self.next.get_untracked(),
        }
    }

    /// For another one.
    pub fn begin_again(self, statuses: &[Status], lang: Lang) {
        self.name.set(String::new());
        self.shown.set(true);
        for chosen in [self.colour_chosen, self.words_typed, self.next_chosen] {
            chosen.set(false);
        }
        self.mean(self.kind.get_untracked(), statuses, lang);
    }
}
