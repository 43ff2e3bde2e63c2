//! What came in by the doors: what waits, and the record of everything.

use domain::ids::*;
use domain::intake::{Delivery, Forged, Intake, Reason, RecordFilter};
use domain::storefronts::Storefront;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::ctx::{ctx, server};
use crate::error::AppError;

/// What the page shows at first.
#[derive(Clone, Serialize, Deserialize)]
pub struct IntakeData {
    /// Without the bodies, which may be long: [`intake_body`].
    pub waiting: Vec<Intake>,
    pub forged: Vec<Forged>,
    pub record: Vec<Delivery>,
    pub storefronts: Vec<Storefront>,
}

#[server]
pub async fn kept_intake() -> Result<IntakeData, AppError> {
    let (store, ctx) = (server()?.store, ctx()?);
    let waiting = store.intake(&ctx).await?;
    let waiting = waiting.into_iter().map(|one| Intake { body: String::new(), ..one }).collect();
    let record = store.deliveries(&ctx, &RecordFilter::default(), None).await?;
    Ok(IntakeData { waiting, record, forged: store.forged(&ctx).await?, storefronts: store.storefronts(&ctx).await? })
}

/// The next page of the record, the newest first. A page that is not full is the last.
#[server(input = Json)]
pub async fn deliveries(filter: RecordFilter, before: Option<DeliveryId>) -> Result<Vec<Delivery>, AppError> {
    Ok(server()?.store.deliveries(&ctx()?, &filter, before).await?)
}

#[server]
pub async fn intake_body(intake: IntakeId) -> Result<String, AppError> {
    Ok(server()?.store.intake_to_replay(&ctx()?, intake).await?.body)
}

/// None: it was understood. Else the reason why it still was not.
#[server]
pub async fn replay(intake: IntakeId) -> Result<Option<Reason>, AppError> {
    let (server, ctx) = (server()?, ctx()?);
    let one = server.store.intake_to_replay(&ctx, intake).await?;
    let refused = (server.replay)(one.clone()).await?;
    match &refused {
        None => server.store.intake_replayed(&ctx, &one).await?,
        Some(reason) => server.store.intake_still_refused(&ctx, intake, reason.clone()).await?,
    }
    Ok(refused)
}

/// What came is removed for good, and waits no more.
#[server]
pub async fn dismiss_intake(command: CommandId, intake: IntakeId) -> Result<(), AppError> {
    Ok(server()?.store.dismiss_intake(&ctx()?, command, intake).await?)
}
