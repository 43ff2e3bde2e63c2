//! Where an order out of the shop's past stands: what has ended in the shop has ended here, and the beginning of the
//! funnel is left to what still wants work.

use domain::event::{Fact, Scope};
use domain::funnels::StageKind;
use domain::i18n::{Lang, t};
use domain::ids::*;
use domain::orders::{IncomingOrder, ShopStatus};

use crate::deals::commands::Standing;
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Tx, funnels};

pub(super) fn kind_of(status: ShopStatus) -> StageKind {
    match status {
        ShopStatus::Completed => StageKind::Won,
        ShopStatus::Cancelled | ShopStatus::Returned | ShopStatus::Failed => StageKind::Lost,
        ShopStatus::Draft
        | ShopStatus::AwaitingPayment
        | ShopStatus::AwaitingConfirmation
        | ShopStatus::Processing
        | ShopStatus::Unknown => StageKind::Open,
    }
}

/// What is open has waited since it was placed, what has ended ended when it was changed last.
pub(super) async fn standing(tx: &mut Tx<'_>, order: &IncomingOrder, on: StageKind, lang: Lang) -> Result<Standing> {
    let since = match on {
        StageKind::Open => order.placed_at,
        StageKind::Won | StageKind::Lost => order.changed_at.max(order.placed_at),
    };
    let lost_reason = match on {
        StageKind::Lost => Some(cancelled_in_shop(tx, lang).await?),
        StageKind::Open | StageKind::Won => None,
    };
    Ok(Standing { since: since.min(tx.ctx.now), lost_reason })
}

/// The reason by any of its names, even where it was taken off the list; else it is made.
async fn cancelled_in_shop(tx: &mut Tx<'_>, lang: Lang) -> Result<LostReasonId> {
    if let Some(known) = find(tx.conn).await? {
        return Ok(known);
    }
    // Two storefronts that come upon it at once make one.
    funnels::lock_reasons(tx.conn).await?;
    if let Some(known) = find(tx.conn).await? {
        return Ok(known);
    }
    let name = t::lost_in_shop(lang).to_owned();
    let row = sql!("INSERT INTO lost_reasons (name) VALUES ($1) RETURNING id").bind(&name).one(tx.conn).await?;
    let reason = row.get("id")?;
    tx.record(Scope::default(), Fact::LostReasonAdded { reason, name });
    Ok(reason)
}

async fn find(conn: &mut Conn) -> Result<Option<LostReasonId>> {
    let row = sql!("SELECT id FROM lost_reasons WHERE name = $1 OR name = $2 OR name = $3 ORDER BY id LIMIT 1")
        .bind(t::lost_in_shop(Lang::Uk))
        .bind(t::lost_in_shop(Lang::En))
        .bind(t::lost_in_shop(Lang::Ru))
        .optional(conn)
        .await?;
    row.map(|row| row.get("id")).transpose()
}
