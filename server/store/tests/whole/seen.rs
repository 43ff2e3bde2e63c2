//! Whoever names the state of a thing that they saw changes that state or nothing, however many do so at once.

use crate::common::shop::{Shop, id};
use crate::common::{TestDb, on_both, refusal};
use domain::board::{Limit, Refusal};
use domain::funnels::StagePatch;
use serde::Serialize;
use store::funnels::{FunnelChange, ReasonChange};
use store::seen::{Seen, tag};
use store::{Error, Result};

on_both![of_two_who_saw_the_same_one_changes_it, what_was_not_seen_is_not_changed, who_may_not_learns_no_state];

fn saw(thing: &impl Serialize) -> Seen {
    Seen::This(tag(thing).expect("JSON"))
}

/// Six rounds of two changes at once, each of which knows the state before both.
async fn contested<T, C>(what: &str, read: impl AsyncFn() -> T, change: impl Fn(String, Seen) -> C)
where
    T: Serialize,
    C: Future<Output = Result<()>>,
{
    for round in 0..6 {
        let seen = saw(&read().await);
        let (one, other) =
            tokio::join!(change(format!("Раз {round}"), seen.clone()), change(format!("Два {round}"), seen),);
        let now = tag(&read().await).expect("JSON");
        let late = match (one, other) {
            (Ok(()), Err(late)) | (Err(late), Ok(())) => late,
            (one, other) => panic!("{what}: {one:?} and {other:?}"),
        };
        assert!(matches!(&late, Error::Changed { tag } if *tag == now), "{what}: {late:?}");
    }
}

async fn of_two_who_saw_the_same_one_changes_it(db: TestDb) {
    let shop = &Shop::open(&db.store).await;
    let (store, funnel) = (&db.store, shop.orders.id);
    let customer = shop.deal(store, "Ірина").await.customer;
    let stage = shop.stage(1);
    let reason = store.lost_reasons().await.expect("reasons").remove(0).id;
    contested(
        "funnel",
        async || store.funnel(&shop.head, funnel).await.expect("there"),
        |name, seen| async move {
            let change = (FunnelChange::Rename { name }, seen);
            store.change_funnel_seen(&shop.head, id(), funnel, change).await.map(drop)
        },
    )
    .await;
    let read = async || store.funnel(&shop.head, funnel).await.expect("there").stage(stage).cloned().expect("there");
    contested("stage", read, |name, seen| async move {
        let patch = StagePatch { name: Some(Some(name)), ..StagePatch::default() };
        store.patch_stage(&shop.head, id(), (funnel, stage), (patch, seen)).await.map(drop)
    })
    .await;
    let read = async || store.lost_reasons().await.expect("reasons").remove(0);
    contested("reason", read, |name, seen| async move {
        let change = (ReasonChange::Rename { reason, name }, seen);
        store.change_lost_reasons_seen(&shop.head, id(), change).await.map(drop)
    })
    .await;
    let read = async || store.storefronts(&shop.admin).await.expect("storefronts").remove(0);
    contested("storefront", read, |name, seen| async move {
        let patch = serde_json::from_value(serde_json::json!({ "name": name })).expect("a patch");
        store.patch_storefront(&shop.admin, id(), shop.one, (patch, seen)).await.map(drop)
    })
    .await;
    let read = async || store.customer(&shop.manager, customer).await.expect("there");
    contested("customer", read, |name, seen| async move {
        let patch = serde_json::from_value(serde_json::json!({ "name": name })).expect("a patch");
        store.patch_customer(&shop.manager, id(), customer, (patch, seen)).await.map(drop)
    })
    .await;
    db.sound().await;
}

async fn what_was_not_seen_is_not_changed(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let stage = shop.orders.stages[1].clone();
    let command = id();
    let rename = |seen: Seen| (FunnelChange::Rename { name: "Опт".into() }, seen);
    let renamed = store.change_funnel_seen(&shop.head, command, shop.orders.id, rename(saw(&shop.orders))).await;
    let renamed = renamed.expect("renamed");
    db.untouched(async {
        // Sent again, it is answered as before, though the state that it names has passed.
        let again = store.change_funnel_seen(&shop.head, command, shop.orders.id, rename(saw(&shop.orders))).await;
        assert_eq!(again.expect("as before"), renamed);
        for seen in [saw(&shop.orders), Seen::Never] {
            for change in [FunnelChange::Archive, FunnelChange::Rename { name: String::new() }] {
                let late = store.change_funnel_seen(&shop.head, id(), shop.orders.id, (change, seen.clone())).await;
                assert!(matches!(late, Err(Error::Changed { .. })), "{late:?}");
            }
            let gone = FunnelChange::RemoveStage { stage: stage.id, deals_to: None };
            let late = store.change_funnel_seen(&shop.head, id(), shop.orders.id, (gone, seen)).await;
            let Err(Error::Changed { tag: now }) = late else { panic!("{late:?}") };
            assert_eq!(now, tag(&stage).expect("JSON"), "a stage is known by itself, not by its funnel");
        }
        let blank = (FunnelChange::Rename { name: String::new() }, saw(&renamed));
        let refused = refusal(store.change_funnel_seen(&shop.head, id(), shop.orders.id, blank).await);
        assert_eq!(refused, Refusal::Limit { limit: Limit::NameMissing });
        let reason = store.lost_reasons().await.expect("reasons").remove(0);
        let retire = (ReasonChange::Retire { reason: reason.id }, Seen::Never);
        let late = store.change_lost_reasons_seen(&shop.head, id(), retire).await;
        assert!(matches!(late, Err(Error::Changed { .. })), "{late:?}");
    })
    .await;
    let gone = (FunnelChange::RemoveStage { stage: stage.id, deals_to: None }, saw(&stage));
    store.change_funnel_seen(&shop.head, id(), shop.orders.id, gone).await.expect("removed");
    db.sound().await;
}

async fn who_may_not_learns_no_state(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let deal = shop.deal(&db.store, "Ірина").await;
    db.untouched(async {
        for (ctx, why) in [(&shop.viewer, Refusal::NotAllowed), (&shop.stranger, Refusal::NotFound)] {
            let archive = (FunnelChange::Archive, Seen::Never);
            let refused = db.store.change_funnel_seen(ctx, id(), shop.orders.id, archive).await;
            assert_eq!(refusal(refused), why);
            let patch = serde_json::from_str(r#"{"name":"Ні"}"#).expect("a patch");
            let refused = db.store.patch_customer(ctx, id(), deal.customer, (patch, Seen::Never)).await;
            assert_eq!(refusal(refused), why);
            let patch = serde_json::from_str(r#"{"name":"Ні"}"#).expect("a patch");
            let refused = db.store.patch_storefront(ctx, id(), shop.one, (patch, Seen::Never)).await;
            assert_eq!(refusal(refused), why);
            let retire = ReasonChange::Retire { reason: domain::ids::LostReasonId(1) };
            let refused = db.store.change_lost_reasons_seen(ctx, id(), (retire, Seen::Never)).await;
            assert_eq!(refusal(refused), Refusal::NotAllowed);
        }
    })
    .await;
    db.sound().await;
}
