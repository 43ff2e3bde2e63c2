//! Asks carriers for parcels whose turn it is, some accounts at once, and takes in what they tell. While a carrier thinks,
//! nothing in the database waits for it.

use std::sync::Arc;
use std::time::Duration;

use app::ctx::now;
use domain::carriers::CarrierWhy;
use domain::ids::*;
use domain::orders::Carrier;
use store::Store;
use store::shipments::{Claimed, Failed, LEASE_MS};
use tokio::task::JoinSet;

use super::ask::Trouble;
use super::{Asked, Carriers, Question, Settings, Tracked, nothing_of};

const AFTER_AN_ERROR: Duration = Duration::from_secs(5);
/// Accounts that are asked with at once.
const AT_ONCE_MAX: usize = 8;
/// Well within a claim: what comes later would be another server's to take.
const ASKING_TIME_MAX: Duration = Duration::from_millis(LEASE_MS as u64 / 2);

/// Until the store closes. What was being asked then is asked again, here or by another server.
pub async fn drive(store: Store, settings: Settings) {
    let carriers = match Carriers::new(&settings) {
        Ok(carriers) => Arc::new(carriers),
        Err(error) => {
            tracing::error!(%error, "no carrier can be asked for parcels");
            return;
        }
    };
    if let Err(error) = store.release_carriers(now()).await {
        tracing::warn!(%error, "what was being asked when the server stopped waits for its claim to end");
    }
    let most = |carrier: Carrier| carriers.of(carrier).map_or(0, |carrier| carrier.most());
    let mut asking = JoinSet::new();
    loop {
        let mut pause = settings.look_every();
        while asking.len() < AT_ONCE_MAX {
            match store.claim_shipments(now(), &uuid::Uuid::new_v4().to_string(), &most).await {
                Ok(Some(claimed)) => {
                    asking.spawn(turn(store.clone(), Arc::clone(&carriers), settings.clone(), claimed));
                }
                Ok(None) => break,
                Err(store::Error::Closed) => return,
                Err(error) => {
                    tracing::warn!(%error, "whose turn it is could not be read; carriers are not asked just now");
                    pause = AFTER_AN_ERROR;
                    break;
                }
            }
        }
        tokio::select! {
            Some(_) = asking.join_next() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

async fn turn(store: Store, carriers: Arc<Carriers>, settings: Settings, claimed: Claimed) {
    let asked = ask(&carriers, &claimed).await;
    if let Err(error) = take(&store, &settings, &claimed, asked).await {
        tracing::warn!(%error, "what a carrier told was not kept; it is asked again");
    }
}

async fn ask(carriers: &Carriers, claimed: &Claimed) -> Asked {
    let Some(carrier) = carriers.of(claimed.carrier) else { return Asked::default() };
    let numbers: Vec<String> = claimed.parcels.iter().map(|parcel| parcel.number.clone()).collect();
    let question = Question { key: &claimed.key, secret: &claimed.secret, numbers: &numbers, now: now() };
    let asking = carrier.ask(&carriers.asker, question);
    tokio::time::timeout(ASKING_TIME_MAX, asking)
        .await
        .unwrap_or_else(|_| Asked { told: Vec::new(), trouble: Some(Trouble::of(CarrierWhy::TooSlow)) })
}

async fn take(store: &Store, settings: &Settings, claimed: &Claimed, asked: Asked) -> store::Result<()> {
    let mut silent = Vec::new();
    for parcel in &claimed.parcels {
        match asked.told.iter().find(|told| same(&told.number, &parcel.number)) {
            Some(told) => {
                let told = Tracked { raw: without_keys(claimed, &told.raw), ..told.clone() };
                store.take_scans(now(), parcel.id, told, settings.pace()).await?;
            }
            None => silent.push(parcel),
        }
    }
    let Some(trouble) = asked.trouble else {
        for parcel in silent {
            store.take_scans(now(), parcel.id, nothing_of(&parcel.number), settings.pace()).await?;
        }
        return store.carrier_answered(now(), claimed).await;
    };
    let Trouble { why, asked, said } = trouble;
    let said = without_keys(claimed, &said);
    let (storefront, carrier) = (claimed.storefront, claimed.carrier.key());
    tracing::warn!(%storefront, carrier, why = why.key(), "a carrier does not answer");
    let parcels: Vec<ShipmentId> = silent.iter().map(|parcel| parcel.id).collect();
    store.carrier_failed(now(), claimed, Failed { why, asked, parcels, said }, settings.pace()).await
}

/// Whatever repeats what it was asked with is kept without it.
fn without_keys(claimed: &Claimed, text: &str) -> String {
    let secrets = [&claimed.key, &claimed.secret].into_iter().filter(|secret| !secret.is_empty());
    secrets.fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "…"))
}

/// Carriers write numbers in their own way.
fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect()
    };
    plain(one) == plain(other)
}
