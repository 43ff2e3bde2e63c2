//! Moves on their way, kept in the browser until the server has answered: neither a reload nor a closed tab loses one.
//! Each has an entry of its own, under the name of who made it: two tabs, or two people, do not get into each other's.

use domain::board::MoveDeal;
use domain::ids::{CommandId, FunnelId, UserId};

/// Answers are kept for a week.
#[cfg(feature = "hydrate")]
const AGE_MS_MAX: f64 = 6.0 * 86_400_000.0;

/// Whose moves, on which board.
#[derive(Clone, Copy)]
pub struct Shelf {
    pub user: UserId,
    pub funnel: FunnelId,
}

#[cfg(feature = "hydrate")]
impl Shelf {
    fn name(self) -> String {
        format!("voronka-move:{}:{}:", self.user, self.funnel)
    }

    fn entry(self, command: CommandId) -> String {
        format!("{}{command}", self.name())
    }

    fn storage() -> Option<web_sys::Storage> {
        leptos::prelude::window().local_storage().ok().flatten()
    }

    pub fn keep(self, command: &MoveDeal) {
        let at = js_sys::Date::now();
        if let (Some(storage), Ok(text)) = (Self::storage(), serde_json::to_string(&(at, command))) {
            let _ = storage.set_item(&self.entry(command.command), &text);
        }
    }

    pub fn forget(self, command: CommandId) {
        if let Some(storage) = Self::storage() {
            let _ = storage.remove_item(&self.entry(command));
        }
    }

    /// The oldest first.
    pub fn all(self) -> Vec<MoveDeal> {
        let Some(storage) = Self::storage() else { return Vec::new() };
        let count = storage.length().unwrap_or(0);
        let names = (0..count).filter_map(|index| storage.key(index).ok().flatten());
        let own = names.filter(|name| name.starts_with(&self.name()));
        let texts = own.filter_map(|name| storage.get_item(&name).ok().flatten());
        let mut found: Vec<(f64, MoveDeal)> = texts.filter_map(|text| serde_json::from_str(&text).ok()).collect();
        // By then the server has forgotten that it may have done it already.
        let oldest = js_sys::Date::now() - AGE_MS_MAX;
        for (_, command) in found.extract_if(.., |(at, _)| *at < oldest) {
            self.forget(command.command);
        }
        found.sort_by(|one, other| one.0.total_cmp(&other.0));
        found.into_iter().map(|(_, command)| command).collect()
    }
}

#[cfg(not(feature = "hydrate"))]
impl Shelf {
    pub fn keep(self, _command: &MoveDeal) {}

    pub fn forget(self, _command: CommandId) {}

    pub fn all(self) -> Vec<MoveDeal> {
        let _ = (self.user, self.funnel);
        Vec::new()
    }
}
