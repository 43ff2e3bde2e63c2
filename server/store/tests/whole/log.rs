//! The log: in order, without gaps for whoever follows it, and told to other processes.

use std::sync::Arc;
use std::time::Duration;

use crate::common::shop::{NOW, Shop, to};
use crate::common::{TestDb, on_both};
use domain::board::Place;
use domain::event::Fact;
use domain::ids::*;
use sqlx::postgres::PgListener;
use store::Store;

on_both![
    a_reader_never_skips_an_event,
    events_of_one_command_stand_together,
    a_commit_is_announced,
    batches_are_bounded,
    events_carry_what_a_board_lacks,
];

/// Many write at once; somebody who always asks for what comes after the last one seen gets every single event.
async fn a_reader_never_skips_an_event(db: TestDb) {
    const WRITERS: usize = 16;
    const EACH: usize = 25;
    let shop = Arc::new(Shop::open(&db.store).await);
    // Another process, as far as the database knows.
    let other = Store::open(&db.options).await.expect("opens");
    let start = db.store.log_end().await.expect("the end");
    let writers: Vec<_> = (0..WRITERS)
        .map(|n| {
            let (shop, store) = (shop.clone(), db.store.clone());
            let store = if n % 2 == 0 && store.is_postgres() { other.clone() } else { store };
            tokio::spawn(async move {
                for made in 0..EACH {
                    let card = shop.deal(&store, &format!("Клієнт {n}-{made}")).await;
                    store.move_deal(&shop.manager, to(&card, shop.stage(1), Place::Bottom)).await.expect("moved");
                }
            })
        })
        .collect();
    // Each deal is three events: its customer, itself, its move.
    let expected = WRITERS * EACH * 3;
    let mut followed = Vec::new();
    let mut last = start;
    let patience = tokio::time::Instant::now() + Duration::from_secs(60);
    while followed.len() < expected && tokio::time::Instant::now() < patience {
        for live in other.events_after(last).await.expect("the log reads") {
            assert!(live.event.seq > last, "{} after {last}", live.event.seq);
            last = live.event.seq;
            followed.push(live.event);
        }
    }
    for writer in writers {
        writer.await.expect("the writer ends well");
    }
    let mut whole = Vec::new();
    let mut since = start;
    loop {
        let batch = db.store.raw_events(since).await.expect("the log reads");
        let Some(last) = batch.last() else { break };
        since = last.seq;
        whole.extend(batch);
    }
    assert_eq!(whole.len(), expected);
    assert!(followed == whole, "{} of {} events were followed", followed.len(), whole.len());
    other.close().await;
    db.sound().await;
}

async fn events_of_one_command_stand_together(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    shop.deal(&db.store, "Ірина").await;
    let events = db.store.raw_events(Seq(0)).await.expect("events");
    let [.., customer, deal] = events.as_slice() else { panic!("too few events") };
    assert!(matches!(customer.fact, Fact::CustomerCreated), "{:?}", customer.fact);
    let Fact::DealCreated { card } = &deal.fact else { panic!("{:?}", deal.fact) };
    assert_eq!(customer.command, deal.command);
    assert_eq!(deal.seq.0, customer.seq.0 + 1);
    assert_eq!((deal.actor, deal.at), (shop.manager.actor.who, NOW));
    assert_eq!(card.customer_name, "", "the log holds no names of customers");
    db.sound().await;
}

async fn a_commit_is_announced(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut listener = match db.store.is_postgres() {
        true => {
            let mut listener = PgListener::connect(&db.options.url).await.expect("listens");
            listener.listen("voronka").await.expect("listens");
            Some(listener)
        }
        false => None,
    };
    let store = db.store.clone();
    let waiting = tokio::spawn(async move { store.committed().await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    shop.deal(&db.store, "Ірина").await;
    tokio::time::timeout(Duration::from_secs(5), waiting).await.expect("in time").expect("announced");
    if let Some(listener) = &mut listener {
        let told = tokio::time::timeout(Duration::from_secs(5), listener.recv()).await.expect("in time").expect("told");
        let end = db.store.log_end().await.expect("the end");
        assert_eq!(told.payload(), end.to_string(), "one notification, carrying the last seq");
    }
    drop(listener);
    db.sound().await;
}

async fn batches_are_bounded(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut made = Vec::new();
    for n in 0..260 {
        let (store, shop) = (&db.store, &shop);
        made.push(async move { shop.deal(store, &format!("Клієнт {n}")).await });
    }
    futures::future::join_all(made).await;
    let first = db.store.events_after(Seq(0)).await.expect("events");
    assert_eq!(first.len() as i64, store::log::BATCH_MAX);
    let last = first.last().expect("events").event.seq;
    assert!(!db.store.events_after(last).await.expect("events").is_empty());
    db.sound().await;
}

async fn events_carry_what_a_board_lacks(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let moved = db.store.move_deal(&shop.manager, to(&card, shop.stage(2), Place::Top)).await.expect("moved");
    let events = db.store.events_after(Seq(0)).await.expect("events");
    let created = events.iter().find(|live| matches!(live.event.fact, Fact::DealCreated { .. })).expect("created");
    assert_eq!(created.card.as_ref(), Some(&moved), "the card as it is when the event is sent");
    let funnel = events.iter().find(|live| matches!(live.event.fact, Fact::FunnelCreated { .. })).expect("a funnel");
    assert_eq!(funnel.card, None);
    db.sound().await;
}
