//! What is known of parcels, for the team.

use domain::auth::{Action, On, may};
use domain::board::Refusal;
use domain::carriers::{CarrierAnswer, KeptScan, Progress, ScanKind, UnknownCode};
use domain::ids::*;

use super::ANSWERS_KEPT_MAX;
use super::expected::{Sent, expected, is_coming};
use crate::error::Result;
use crate::sql::{Conn, Row, sql};
use crate::{Ctx, Store};

/// Parcels of one order, and scans of one parcel.
const PARCELS_MAX: i64 = 50;
const SCANS_MAX: i64 = 200;
const CODES_MAX: i64 = 200;

impl Store {
    /// Of each parcel of an order that was not taken back, the oldest first.
    pub async fn parcels(&self, ctx: &Ctx, order: OrderId) -> Result<Vec<Progress>> {
        let (actor, now) = (ctx.actor.clone(), ctx.now);
        self.snapshot(move |conn| {
            Box::pin(async move {
                let row = sql!("SELECT storefront_id FROM orders WHERE id = $1").bind(order).optional(conn).await?;
                let storefront: StorefrontId = row.ok_or(Refusal::NotFound)?.get("storefront_id")?;
                if !may(&actor, Action::SeeDeals, On::Storefront(storefront)) {
                    return Err(Refusal::NotFound.into());
                }
                progress(conn, order, (storefront, now)).await
            })
        })
        .await
    }

    /// What its carrier said of a parcel, the newest first: for admins, as all that came in and was not asked for.
    pub async fn carrier_answers(&self, ctx: &Ctx, shipment: ShipmentId) -> Result<Vec<CarrierAnswer>> {
        let mut conn = self.reader().await?;
        let row = sql!("SELECT o.storefront_id FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.id = $1")
            .bind(shipment)
            .optional(&mut conn)
            .await?;
        let storefront: StorefrontId = row.ok_or(Refusal::NotFound)?.get("storefront_id")?;
        if !ctx.actor.storefronts.contains(storefront) {
            return Err(Refusal::NotFound.into());
        }
        if !may(&ctx.actor, Action::SeeIntake, On::Storefront(storefront)) {
            return Err(Refusal::NotAllowed.into());
        }
        let rows = sql!("SELECT at, body FROM carrier_answers WHERE shipment_id = $1 ORDER BY id DESC LIMIT $2")
            .bind(shipment)
            .bind(ANSWERS_KEPT_MAX)
            .all(&mut conn)
            .await?;
        rows.iter().map(|row| Ok(CarrierAnswer { at: row.get("at")?, body: row.get("body")? })).collect()
    }

    /// Codes that carriers told and we do not know, the latest first.
    pub async fn unknown_codes(&self, ctx: &Ctx) -> Result<Vec<UnknownCode>> {
        if !may(&ctx.actor, Action::SeeIntake, On::Business) {
            return Err(Refusal::NotAllowed.into());
        }
        let rows = sql!(
            "SELECT carrier, code, first_at, last_at, count, text FROM unknown_codes \
             ORDER BY last_at DESC, carrier, code LIMIT $1"
        )
        .bind(CODES_MAX)
        .all(&mut self.reader().await?)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(UnknownCode {
                    carrier: row.get("carrier")?,
                    code: row.get("code")?,
                    text: row.get("text")?,
                    first_at: row.get("first_at")?,
                    last_at: row.get("last_at")?,
                    count: row.get("count")?,
                })
            })
            .collect()
    }
}

/// Whether a carrier tells of trouble with one of the order's parcels.
pub(crate) async fn in_trouble(conn: &mut Conn, order: OrderId) -> Result<bool> {
    let row = sql!("SELECT id FROM shipments WHERE order_id = $1 AND removed_at IS NULL AND exception = 1 LIMIT 1")
        .bind(order)
        .optional(conn)
        .await?;
    Ok(row.is_some())
}

async fn progress(conn: &mut Conn, order: OrderId, (storefront, now): (StorefrontId, Millis)) -> Result<Vec<Progress>> {
    let rows = sql!(
        "SELECT id, carrier, number, created_at, scan_kind, exception, town, estimate_at, ended_at FROM shipments \
         WHERE order_id = $1 AND removed_at IS NULL ORDER BY id LIMIT $2"
    )
    .bind(order)
    .bind(PARCELS_MAX)
    .all(conn)
    .await?;
    let mut all = Vec::new();
    for row in &rows {
        let mut one = parcel(row)?;
        one.scans = scans(conn, one.shipment).await?;
        if is_coming(one.kind, one.ended_at) {
            let (sent_at, promised) = (row.get("created_at")?, row.get("estimate_at")?);
            let sent = Sent { storefront, carrier: one.carrier, town: &one.town, sent_at, promised };
            one.estimate = expected(conn, &sent, now).await?;
        }
        all.push(one);
    }
    Ok(all)
}

fn parcel(row: &Row) -> Result<Progress> {
    Ok(Progress {
        shipment: row.get("id")?,
        carrier: row.get("carrier")?,
        number: row.get("number")?,
        kind: row.get::<Option<String>>("scan_kind")?.and_then(|kind| ScanKind::parse(&kind)),
        town: row.get("town")?,
        estimate: None,
        exception: row.get("exception")?,
        ended_at: row.get("ended_at")?,
        scans: Vec::new(),
    })
}

async fn scans(conn: &mut Conn, shipment: ShipmentId) -> Result<Vec<KeptScan>> {
    let rows =
        sql!("SELECT at, kind, code, text, place FROM scans WHERE shipment_id = $1 ORDER BY at DESC, code LIMIT $2")
            .bind(shipment)
            .bind(SCANS_MAX)
            .all(conn)
            .await?;
    rows.iter()
        .map(|row| {
            Ok(KeptScan {
                at: row.get("at")?,
                kind: row.get("kind")?,
                code: row.get("code")?,
                text: row.get("text")?,
                place: row.get("place")?,
            })
        })
        .collect()
}
