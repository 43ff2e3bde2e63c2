//! What the rows of a file speak of: the funnel's stages, the storefront's people and money.

use domain::auth::Role;
use domain::board::Refusal;
use domain::funnels::{Funnel, LostReason};
use domain::ids::*;
use domain::import::{Colleague, Context, Import};
use domain::money::Currency;

use crate::board;
use crate::deals::commands::currency_of;
use crate::error::Result;
use crate::funnels::lost_reasons;
use crate::sql::{Conn, sql};

pub(super) struct Around {
    pub currency: Currency,
    /// None where the import makes no deals.
    pub funnel: Option<Funnel>,
    pub team: Vec<Colleague>,
    pub lost_reasons: Vec<LostReason>,
}

impl Around {
    /// A funnel that is gone, or has no stage any more, is refused.
    pub async fn of(conn: &mut Conn, import: &Import) -> Result<Self> {
        let funnel = match import.funnel {
            Some(id) => {
                let funnel = board::rows::funnel(conn, id).await?;
                Some(funnel.filter(|funnel| !funnel.stages.is_empty()).ok_or(Refusal::StageGone)?)
            }
            None => None,
        };
        Ok(Self {
            currency: currency_of(conn, import.storefront).await?,
            funnel,
            team: team(conn, import.storefront).await?,
            lost_reasons: lost_reasons(conn).await?,
        })
    }

    pub fn context<'a>(&'a self, now: Millis, moment: &'a (dyn Fn(Millis) -> Millis + Send + Sync)) -> Context<'a> {
        Context {
            currency: self.currency,
            now,
            stages: self.funnel.as_ref().map(|funnel| funnel.stages.as_slice()).unwrap_or_default(),
            team: &self.team,
            lost_reasons: &self.lost_reasons,
            moment,
        }
    }
}

/// The moment at which the clock on the shop's wall shows this.
pub(super) fn moment(zone: &jiff::tz::TimeZone, wall: Millis) -> Millis {
    let shown = jiff::Timestamp::from_millisecond(wall).map(|at| jiff::tz::TimeZone::UTC.to_datetime(at));
    let moment = shown.and_then(|shown| zone.to_timestamp(shown));
    moment.map_or(wall, jiff::Timestamp::as_millisecond)
}

async fn team(conn: &mut Conn, storefront: StorefrontId) -> Result<Vec<Colleague>> {
    let rows = sql!(
        "SELECT u.id, u.name, u.email, u.role, (SELECT COUNT(*) FROM memberships m WHERE m.user_id = u.id \
         AND m.storefront_id = $1) AS member FROM users u WHERE u.removed_at IS NULL ORDER BY u.id"
    )
    .bind(storefront)
    .all(conn)
    .await?;
    let mut team = Vec::new();
    for row in &rows {
        if row.get::<Role>("role")?.sees_every_storefront() || row.get::<i64>("member")? > 0 {
            team.push(Colleague { id: row.get("id")?, name: row.get("name")?, email: row.get("email")? });
        }
    }
    Ok(team)
}
