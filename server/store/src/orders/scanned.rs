//! The carrier tells where an order's parcel is: the order follows, and its deal and its goods with it. The carrier is not
//! bound by what may follow what, nor by what lies on the shelves.

use domain::carriers::{ScanKind, goes};
use domain::orders::{StatusKind, StatusMoved};

use super::carry;
use super::status::{self, Held};
use crate::catalog::{self, Turn};
use crate::error::Result;
use crate::{Tx, statuses};

/// By scans that are news, the oldest first; the order is held already. None: it stays where it is.
pub(crate) async fn follow_scans(tx: &mut Tx<'_>, held: &Held, scans: &[ScanKind]) -> Result<Option<StatusKind>> {
    let statuses = statuses::live(tx.conn, held.storefront).await?;
    let now = held.status.and_then(|now| statuses.iter().find(|status| status.id == now)).map(|now| now.kind);
    let first = |kind: StatusKind| statuses.iter().find(|status| status.kind == kind);
    let Some(to) = goes(now, scans, |kind| first(kind).is_some()).and_then(first) else { return Ok(None) };
    let moved = StatusMoved { from: held.status, to: to.id, kind: to.kind, details: None, override_reason: None };
    let funnel = carry::funnel_of(tx.conn, held.deal).await?;
    status::write(tx, held, &statuses, (&moved, funnel)).await?;
    carry::deal_along(tx, (held.deal, funnel), moved.to).await?;
    // The deal is held before goods are, whether it went along or not.
    carry::lock_deal(tx.conn, held.deal).await?;
    let turn = Turn { order: held.id, storefront: held.storefront, from: now, to: moved.kind, condition: None };
    let goods = catalog::prepare_told(tx, turn).await?;
    catalog::write_goods(tx, &goods, held.scope(funnel)).await?;
    Ok(Some(moved.kind))
}
