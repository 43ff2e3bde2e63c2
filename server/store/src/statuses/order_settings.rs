//! Whether a storefront's orders make deals, and when they are late.

use domain::ids::*;
use domain::orders::{OrderSettings, StatusFault, Thresholds};

use super::settings::tell;
use super::{allowed, lock, seen};
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Store};

impl Store {
    pub async fn order_settings(&self, ctx: &Ctx, storefront: StorefrontId) -> Result<OrderSettings> {
        seen(&ctx.actor, storefront)?;
        let mut conn = self.reader().await?;
        read(&mut conn, storefront).await
    }

    /// Hours as they usually are follow the usual ones, should those ever change.
    pub async fn set_order_settings(&self, ctx: &Ctx, id: CommandId, settings: OrderSettings) -> Result<OrderSettings> {
        self.write(ctx, id, &("order settings", settings), move |tx| {
            Box::pin(async move {
                let OrderSettings { storefront, makes_deals, thresholds } = settings;
                allowed(&tx.ctx.actor, storefront)?;
                lock(tx.conn, storefront).await?;
                if !thresholds.are_possible() {
                    return Err(StatusFault::Hours.into());
                }
                if read(tx.conn, storefront).await? == settings {
                    return Ok(settings);
                }
                let usual = Thresholds::default();
                let own = |hours: i64, usual: i64| Some(hours).filter(|hours| *hours != usual);
                sql!(
                    "UPDATE storefronts SET makes_deals = $2, unfulfilled_hours = $3, no_tracking_hours = $4, \
                     stuck_hours = $5, not_delivered_hours = $6 WHERE id = $1"
                )
                .bind(storefront)
                .bind(makes_deals)
                .bind(own(thresholds.unfulfilled_hours, usual.unfulfilled_hours))
                .bind(own(thresholds.no_tracking_hours, usual.no_tracking_hours))
                .bind(own(thresholds.stuck_hours, usual.stuck_hours))
                .bind(own(thresholds.not_delivered_hours, usual.not_delivered_hours))
                .run(tx.conn)
                .await?;
                tell(tx, storefront);
                read(tx.conn, storefront).await
            })
        })
        .await
    }
}

async fn read(conn: &mut Conn, storefront: StorefrontId) -> Result<OrderSettings> {
    let row = sql!(
        "SELECT makes_deals, unfulfilled_hours, no_tracking_hours, stuck_hours, not_delivered_hours \
         FROM storefronts WHERE id = $1"
    )
    .bind(storefront)
    .optional(conn)
    .await?
    .ok_or(domain::board::Refusal::NotFound)?;
    let usual = Thresholds::default();
    let hours = |name: &str, usual: i64| -> Result<i64> { Ok(row.get::<Option<i64>>(name)?.unwrap_or(usual)) };
    Ok(OrderSettings {
        storefront,
        makes_deals: row.get("makes_deals")?,
        thresholds: Thresholds {
            unfulfilled_hours: hours("unfulfilled_hours", usual.unfulfilled_hours)?,
            no_tracking_hours: hours("no_tracking_hours", usual.no_tracking_hours)?,
            stuck_hours: hours("stuck_hours", usual.stuck_hours)?,
            not_delivered_hours: hours("not_delivered_hours", usual.not_delivered_hours)?,
        },
    })
}

pub(crate) async fn makes_deals(conn: &mut Conn, storefront: StorefrontId) -> Result<bool> {
    Ok(read(conn, storefront).await?.makes_deals)
}

pub(crate) async fn thresholds(conn: &mut Conn, storefront: StorefrontId) -> Result<Thresholds> {
    Ok(read(conn, storefront).await?.thresholds)
}
