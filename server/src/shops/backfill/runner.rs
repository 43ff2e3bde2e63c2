//! Takes what is to be brought in further, a page at a time and whichever has waited longest first.

use std::pin::pin;
use std::time::Duration;

use app::ctx::now;
use domain::backfill::{BackfillWhy, wait_ms};
use domain::ids::Millis;
use domain::intake::{Reason, Why};
use formats::shops::{Message, Refusal};
use serde_json::value::RawValue;
use store::Store;
use store::backfills::{Claimed, LEASE_MS, Reached};
use store::intake::Kept;

use super::ask::{Asker, Trouble};
use super::{Page, number_of, page, read, topic};
use crate::guard::outward::Outward;

/// How often somebody may have begun one.
const LOOK_EVERY: Duration = Duration::from_secs(1);
const AFTER_AN_ERROR: Duration = Duration::from_secs(5);
/// Several times while a claim lasts.
const HOLD_EVERY: Duration = Duration::from_millis(LEASE_MS as u64 / 3);

/// Until the server stops. What it is at then goes on where it was, here or in another server.
pub async fn drive(store: Store, outward: Outward) {
    let asker = match Asker::new(outward) {
        Ok(asker) => asker,
        Err(error) => {
            tracing::error!(%error, "no shop can be asked for its orders");
            return;
        }
    };
    let holder = uuid::Uuid::new_v4().to_string();
    loop {
        match turn(&store, &asker, &holder).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(LOOK_EVERY).await,
            Err(error) => {
                tracing::warn!(%error, "orders of a shop are not brought in just now");
                tokio::time::sleep(AFTER_AN_ERROR).await;
            }
        }
    }
}

/// One page of one shop. False: there was nothing to do.
async fn turn(store: &Store, asker: &Asker, holder: &str) -> store::Result<bool> {
    let Some(claimed) = store.claim_backfill(now(), holder).await? else { return Ok(false) };
    match held_while_asking(store, asker, &claimed).await? {
        None => {}
        Some(Ok(page)) => take(store, &claimed, page).await?,
        Some(Err(trouble)) => give_way(store, &claimed, trouble).await?,
    }
    Ok(true)
}

/// None: it was stopped meanwhile.
async fn held_while_asking(
    store: &Store,
    asker: &Asker,
    claimed: &Claimed,
) -> store::Result<Option<Result<Page, Trouble>>> {
    let mut asking = pin!(page(asker, claimed, now()));
    loop {
        tokio::select! {
            answer = &mut asking => return Ok(Some(answer)),
            () = tokio::time::sleep(HOLD_EVERY) => {
                if !store.hold_backfill(now(), claimed).await? {
                    return Ok(None);
                }
            }
        }
    }
}

async fn give_way(store: &Store, claimed: &Claimed, trouble: Trouble) -> store::Result<()> {
    let (why, wait) = match trouble {
        Trouble::Never(why) => (why, None),
        Trouble::Later { why, asked } => {
            // Even an error is a sign that somebody is there.
            let there = claimed.total.is_some() || why != BackfillWhy::Unreachable;
            (why, wait_ms(claimed.failures + 1, asked, there))
        }
    };
    let storefront = claimed.storefront;
    match wait {
        Some(wait) => {
            tracing::info!(%storefront, why = why.key(), wait, "a shop can't give its orders now");
            store.backfill_waits(now(), claimed, why, now() + wait).await
        }
        None => {
            tracing::warn!(%storefront, why = why.key(), "a shop's orders can't be brought in");
            store.end_backfill(now(), claimed, Some(why)).await
        }
    }
}

async fn take(store: &Store, claimed: &Claimed, page: Page) -> store::Result<()> {
    let numbers: Vec<Option<i64>> = page.orders.iter().map(|order| number_of(order)).collect();
    // Only of a page in order is it known that what stands before the last one that was taken was taken too.
    let in_order = numbers.iter().flatten().is_sorted();
    let (mut last, mut nearest) = (claimed.last_order, None);
    for (order, number) in page.orders.iter().zip(&numbers) {
        let known = match (number, nearest) {
            (Some(number), _) => *number <= claimed.last_order,
            (None, Some(before)) => before < claimed.last_order,
            (None, None) => false,
        };
        nearest = number.or(nearest);
        if known && in_order {
            continue;
        }
        last = last.max(number.unwrap_or(last));
        if !take_one(store, claimed, order, last).await? {
            return Ok(());
        }
    }
    match page.next {
        Some(next) => {
            let next_at = now() + page.rest_ms;
            store.backfill_reached(now(), claimed, Reached { page: next, total: page.total, next_at }).await
        }
        None => store.end_backfill(now(), claimed, None).await,
    }
}

/// False: the run is not ours any more.
async fn take_one(store: &Store, claimed: &Claimed, order: &RawValue, number: i64) -> store::Result<bool> {
    let at = now();
    let reason = match read(claimed.shop, order, at) {
        Ok(Message::Order(order)) => match store.take_backfilled(at, claimed, *order, number).await {
            Ok(taken) => return Ok(taken.is_some()),
            // A rule of ours said no to what the shop says.
            Err(store::Error::Refused(refusal)) => Reason::whole(Why::from(&refusal)),
            Err(error) => return Err(error),
        },
        Err(Refusal::NotUnderstood(reason)) => reason,
        // A reader that is given an order's topic answers with an order, or says what is wrong with it.
        Ok(_) | Err(_) => Reason::whole(Why::Unreadable),
    };
    keep(store, claimed, order, reason, at).await?;
    store.count_backfill_kept(now(), claimed, number).await
}

/// Kept once however often it comes, so it may be counted in a command of its own.
async fn keep(store: &Store, claimed: &Claimed, order: &RawValue, reason: Reason, at: Millis) -> store::Result<()> {
    let kept = Kept {
        storefront: claimed.storefront,
        door: claimed.shop.key(),
        topic: topic(claimed.shop).to_owned(),
        body: order.get().as_bytes().to_vec(),
        reason,
    };
    store.keep_history(at, kept, claimed.lang).await.map(drop)
}
