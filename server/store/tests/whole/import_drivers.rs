//! Two processes that have one database open, as a server has and the command line beside it: of an import's rows each is
//! judged by one of them.

use std::time::Duration;

use crate::common::files::take_in;
use crate::common::shop::{DAY, NOW, Shop, at, id};
use crate::common::{TestDb, on_both};
use domain::ids::*;
use domain::import::*;
use store::{Ctx, Error, Store};

on_both![one_of_two_drives_it, whoever_lost_it_keeps_away, it_goes_over_to_who_lives];

const ROWS: usize = 400;

async fn begun(store: &Store, ctx: &Ctx, shop: &Shop) -> ImportId {
    let rows: Vec<[String; 2]> = (0..ROWS).map(|n| [format!("Клієнт {n}"), format!("050{n:07}")]).collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let import = take_in(store, ctx, shop, Kind::Deals, &["Клієнт", "Телефон"], &rows).await;
    let mapping = guess(import.kind, &import.headings, &[]).mapping;
    let begin = StartImport { import: import.id, mapping, purpose: Purpose::Import };
    store.start_import(ctx, id(), begin).await.expect("started").id
}

/// As the importer of a process does it; how many batches were its own.
async fn process(store: Store, ctx: Ctx, import: ImportId, name: &'static str) -> usize {
    let mut batches = 0;
    while store.import(&ctx, import).await.expect("there").state.is_going() {
        let Some(mut run) = store.claim_import(name, NOW).await.expect("asked") else {
            tokio::time::sleep(Duration::from_millis(5)).await;
            continue;
        };
        while run.import.state.is_going() {
            store.run_batch(&mut run, NOW).await.expect("a step");
            batches += 1;
        }
    }
    batches
}

async fn one_of_two_drives_it(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let other = Store::open(&db.options).await.expect("opens beside it");
    let import = begun(&db.store, &shop.head, &shop).await;
    let one = tokio::spawn(process(db.store.clone(), shop.head.clone(), import, "one"));
    let two = tokio::spawn(process(other.clone(), shop.head.clone(), import, "two"));
    let (one, two) = (one.await.expect("no panic"), two.await.expect("no panic"));
    assert!((one == 0) != (two == 0), "{one} batches here, {two} there");
    let done = db.store.import(&shop.head, import).await.expect("there");
    assert_eq!((done.state, done.resumed, done.counts.made), (ImportState::Done, 0, ROWS as i64));
    other.close().await;
    db.sound().await;
}

async fn whoever_lost_it_keeps_away(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let other = Store::open(&db.options).await.expect("opens beside it");
    begun(&db.store, &shop.head, &shop).await;
    let mut run = db.store.claim_import("one", NOW).await.expect("asked").expect("an import");
    db.store.run_batch(&mut run, NOW).await.expect("a step");
    // Taken over from one that was silent for a day.
    db.tamper(&format!("UPDATE imports SET driver = 'two', driven_until = {}", NOW + 2 * DAY)).await;
    db.untouched(async {
        let lost = db.store.run_batch(&mut run, NOW + DAY).await;
        assert!(matches!(lost, Err(Error::Busy)), "{:?}", lost.map(|import| import.counts));
    })
    .await;
    // And from that one, in its time.
    db.store.run_batch(&mut run, NOW + 3 * DAY).await.expect("a step");
    drop(run);
    other.close().await;
    db.sound().await;
}

async fn it_goes_over_to_who_lives(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let other = Store::open(&db.options).await.expect("opens beside it");
    let import = begun(&db.store, &shop.head, &shop).await;
    let mut run = db.store.claim_import("one", NOW).await.expect("asked").expect("an import");
    db.store.run_batch(&mut run, NOW).await.expect("a step");
    assert!(other.claim_import("two", NOW).await.expect("asked").is_none(), "the first one lives");
    // A file's hold ends with its process, a lease in its time.
    drop(run);
    let later = if db.store.is_postgres() { NOW + DAY } else { NOW };
    let mut run = other.claim_import("two", later).await.expect("asked").expect("an import");
    assert!(run.resumed);
    assert!(db.store.claim_import("one", later).await.expect("asked").is_none(), "and now the second");
    while run.import.state.is_going() {
        other.run_batch(&mut run, later).await.expect("a step");
    }
    let done = db.store.import(&at(&shop.head, later), import).await.expect("there");
    assert_eq!((done.state, done.counts.made), (ImportState::Done, ROWS as i64));
    other.close().await;
    db.sound().await;
}
