//! Where a new order begins.

use domain::ids::*;
use domain::orders::{IncomingOrder, Scenario, Status, beginning, choose, named, payment_kind};

use crate::error::Result;
use crate::sql::Conn;
use crate::statuses;

/// The ways that a storefront's orders may go.
pub(crate) struct Ways {
    statuses: Vec<Status>,
    scenarios: Vec<Scenario>,
}

/// A new order's place on them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begins {
    /// None: the storefront has no statuses yet.
    pub status: Option<StatusId>,
    pub scenario: Option<ScenarioId>,
    pub since: Millis,
}

impl Ways {
    pub async fn of(conn: &mut Conn, storefront: StorefrontId) -> Result<Self> {
        let statuses = statuses::live(conn, storefront).await?;
        Ok(Self { statuses, scenarios: statuses::scenarios_of(conn, storefront).await? })
    }

    /// One that has come just now.
    pub fn anew(&self, order: &IncomingOrder, now: Millis) -> Begins {
        let payment = payment_kind(&order.payment_method, order.paid);
        let told = (order.status, order.paid);
        Begins {
            status: beginning(&self.scenarios, &self.statuses, payment, told),
            scenario: choose(&self.scenarios, payment).map(|scenario| scenario.id),
            since: now,
        }
    }

    /// One out of a file or a shop's past: it is where its shop's word says, since the shop last said so.
    pub fn past(&self, order: &IncomingOrder, now: Millis) -> Begins {
        let status = named(order.status, &self.statuses).or(self.statuses.first());
        let ended = status.is_some_and(|status| status.kind.ends());
        let since = if ended { order.changed_at.max(order.placed_at) } else { order.placed_at };
        Begins { status: status.map(|status| status.id), since: since.min(now), ..self.anew(order, now) }
    }
}
