//! What the page's parts share: one storefront's statuses and scenarios, replaced by the server's answer to each change.

use domain::ids::*;
use domain::orders::{Scenario, ScenarioChange, Status, StatusChange};
use leptos::prelude::*;

use super::api::{self, Ways};
use crate::error::AppError;
use crate::kit::new_command;

#[derive(Clone, Copy)]
pub struct Desk {
    pub storefront: StorefrontId,
    pub statuses: RwSignal<Vec<Status>>,
    pub scenarios: RwSignal<Vec<Scenario>>,
}

impl Desk {
    pub fn of(storefront: StorefrontId, ways: Ways) -> Self {
        Self { storefront, statuses: RwSignal::new(ways.statuses), scenarios: RwSignal::new(ways.scenarios) }
    }

    pub fn set(self, ways: Ways) {
        self.statuses.set(ways.statuses);
        self.scenarios.set(ways.scenarios);
    }

    pub async fn change(self, change: StatusChange) -> Result<(), AppError> {
        self.set(api::change_statuses(new_command(), self.storefront, change).await?);
        Ok(())
    }

    pub async fn change_scenarios(self, change: ScenarioChange) -> Result<(), AppError> {
        self.set(api::change_scenarios(new_command(), self.storefront, change).await?);
        Ok(())
    }

    /// As the server has them; what could not be saved is undone by it.
    pub async fn again(self) {
        if let Ok(ways) = api::storefront_ways(self.storefront).await {
            self.set(ways);
        }
    }

    /// What a status is called; nothing once it has gone.
    pub fn name_of(self, id: StatusId) -> String {
        self.statuses.with(|statuses| {
            statuses.iter().find(|status| status.id == id).map(|status| status.name.clone()).unwrap_or_default()
        })
    }
}
