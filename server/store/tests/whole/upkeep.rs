//! Backup, restore, the check and tidying.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::common::shop::{DAY, NOW, Shop, create, first_run, form, id, incoming, system, to};
use crate::common::{TestDb, on_both, refusal};
use domain::board::{Limit, Place, Refusal};
use domain::funnels::FunnelChange;
use domain::ids::*;
use store::auth::LinkKind;
use store::orders::Arrival;
use store::upkeep::restore;

on_both![
    a_backup_goes_back_into_either_kind,
    a_backup_while_writing_is_one_moment,
    what_is_there_is_never_overwritten,
    a_broken_backup_is_refused_whole,
    the_check_finds_what_was_tampered_with,
    the_check_knows_archived_funnels_and_removed_stages,
    tidying_removes_what_nobody_can_ask_for,
];

async fn lived_in(db: &TestDb) -> Shop {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let card = shop.deal(store, "Ірина Бондар").await;
    store.move_deal(&shop.manager, to(&card, shop.stage(1), Place::Top)).await.expect("moved");
    store.receive_order(shop.one, NOW, incoming("7"), Arrival::Sent).await.expect("received");
    store.delete_order(shop.two, NOW, "9".into()).await.expect("deleted");
    refusal(store.set_up(first_run("Хтось", "x@example.com"), NOW).await);
    shop
}

async fn a_backup_goes_back_into_either_kind(db: TestDb) {
    let shop = lived_in(&db).await;
    let file = db.file(if db.store.is_postgres() { "backup.jsonl" } else { "backup.db" });
    db.store.backup(&file).await.expect("a backup");
    let kept = db.everything().await;
    for target in [TestDb::sqlite().await, TestDb::postgres().await] {
        target.store.close().await;
        restore(&target.options, &file).await.expect("restored");
        let target = TestDb { store: store::Store::open(&target.options).await.expect("opens"), ..target };
        assert!(target.everything().await == kept, "the restored database differs");
        // Numbers go on where they were.
        let card = shop.deal(&target.store, "Після").await;
        assert!(card.id > DealId(2), "{}", card.id);
        refusal(restore(&target.options, &file).await);
        target.sound().await;
    }
    db.sound().await;
}

async fn a_backup_while_writing_is_one_moment(db: TestDb) {
    let shop = Arc::new(Shop::open(&db.store).await);
    let going = Arc::new(AtomicBool::new(true));
    let writers: Vec<_> = (0..4)
        .map(|n| {
            let (store, shop, going) = (db.store.clone(), shop.clone(), going.clone());
            tokio::spawn(async move {
                let mut made = 0;
                while going.load(Ordering::Relaxed) && made < 500 {
                    shop.deal(&store, &format!("Клієнт {n}-{made}")).await;
                    made += 1;
                }
                made
            })
        })
        .collect();
    let target = db.another().await;
    let endings = if db.store.is_postgres() { ["jsonl", "jsonl"] } else { ["db", "jsonl"] };
    for (n, ending) in endings.into_iter().enumerate() {
        let file = db.file(&format!("backup{n}.{ending}"));
        db.store.backup(&file).await.expect("a backup");
        let target = target.another().await;
        target.store.close().await;
        restore(&target.options, &file).await.expect("restored");
        let target = TestDb { store: store::Store::open(&target.options).await.expect("opens"), ..target };
        target.sound().await;
    }
    going.store(false, Ordering::Relaxed);
    let mut made = 0;
    for writer in writers {
        made += writer.await.expect("the writer ends well");
    }
    assert!(made > 0);
    target.sound().await;
    db.sound().await;
}

async fn what_is_there_is_never_overwritten(db: TestDb) {
    lived_in(&db).await;
    let file = db.file("backup.jsonl");
    std::fs::write(&file, "precious").expect("written");
    assert!(matches!(db.store.backup(&file).await, Err(store::Error::Io(_))));
    assert_eq!(std::fs::read_to_string(&file).expect("read"), "precious");
    let good = db.file("good.jsonl");
    db.store.backup(&good).await.expect("a backup");
    let full = Refusal::Limit { limit: Limit::AlreadySetUp };
    assert_eq!(db.untouched(async { refusal(restore(&db.options, &good).await) }).await, full);
    let parts = std::fs::read_dir(db.folder.path()).expect("a folder").filter_map(|entry| entry.ok());
    assert!(parts.into_iter().all(|entry| !entry.path().to_string_lossy().ends_with(".part")), "a draft was left");
    db.sound().await;
}

async fn a_broken_backup_is_refused_whole(db: TestDb) {
    lived_in(&db).await;
    let good = db.file("good.jsonl");
    db.store.backup(&good).await.expect("a backup");
    let text = std::fs::read_to_string(&good).expect("read");
    let lines: Vec<&str> = text.lines().collect();
    let cut = lines[..lines.len() - 1].join("\n");
    let lost = [&lines[..5], &lines[6..]].concat().join("\n");
    let strange = text.replacen("\"table\":\"users\"", "\"table\":\"sqlite_schema\"", 1);
    let injected = text.replacen("\"email\":", "\"email) VALUES (1); --\":", 1);
    let newer = text.replacen("\"schema\":", "\"schema\":9", 1);
    let target = db.another().await;
    for (name, broken) in [("cut", cut), ("lost", lost), ("strange", strange), ("injected", injected), ("newer", newer)]
    {
        let file = db.file(name);
        std::fs::write(&file, &broken).expect("written");
        let result = target.untouched(async { restore(&target.options, &file).await }).await;
        assert!(result.is_err(), "{name} was taken");
    }
    let damaged = db.file("damaged.db");
    damage(&db, &damaged).await;
    let result = target.untouched(async { restore(&target.options, &damaged).await }).await;
    assert!(result.is_err(), "a damaged file was taken");
    target.sound().await;
    db.sound().await;
}

/// A SQLite file with a page overwritten.
async fn damage(db: &TestDb, file: &Path) {
    let source = TestDb::sqlite().await;
    lived_in(&source).await;
    source.store.backup(file).await.expect("a backup");
    let mut bytes = std::fs::read(file).expect("read");
    let middle = bytes.len() / 8192 * 4096;
    bytes[middle..middle + 4096].fill(0xee);
    std::fs::write(file, bytes).expect("written");
    assert!(db.folder.path().exists());
}

async fn the_check_finds_what_was_tampered_with(db: TestDb) {
    let shop = lived_in(&db).await;
    let card = shop.deal(&db.store, "Оксана").await;
    let cases = [
        ("UPDATE deals SET sum = sum + 1 WHERE id = 1", "UPDATE deals SET sum = sum - 1 WHERE id = 1", "sum"),
        ("UPDATE deals SET position = 'a5V' WHERE id = 1", "UPDATE deals SET position = 'a0' WHERE id = 1", "position"),
        ("UPDATE deals SET version = 9 WHERE id = 1", "UPDATE deals SET version = 2 WHERE id = 1", "version"),
        (
            "UPDATE deals SET first_line = 'x' WHERE id = 1",
            "UPDATE deals SET first_line = 'Чайник' WHERE id = 1",
            "first line",
        ),
        (
            "UPDATE stages SET name = name || '!' WHERE id = 1",
            "UPDATE stages SET name = REPLACE(name, '!', '') WHERE id = 1",
            "stages",
        ),
        (
            "UPDATE events SET deal_id = NULL, funnel_id = 99 WHERE kind = 'deal_moved'",
            "UPDATE events SET deal_id = 1, funnel_id = 1 WHERE kind = 'deal_moved'",
            "never created",
        ),
    ];
    for (harm, repair, word) in cases {
        db.tamper(harm).await;
        let problems = db.store.check().await.expect("the check runs");
        assert!(problems.iter().any(|problem| problem.contains(word)), "{harm}: {problems:?}");
        db.tamper(repair).await;
        assert_eq!(db.store.check().await.expect("the check runs"), Vec::<String>::new(), "{repair}");
    }
    db.tamper(&format!("DELETE FROM events WHERE deal_id = {}", card.id)).await;
    let problems = db.store.check().await.expect("the check runs");
    assert!(problems.iter().any(|problem| problem.contains("never created")), "{problems:?}");
    if !db.store.is_postgres() {
        db.tamper("PRAGMA foreign_keys = OFF; DELETE FROM customers").await;
        let problems = db.store.check().await.expect("the check runs");
        assert!(problems.iter().any(|problem| problem.contains("refers to a row of customers")), "{problems:?}");
    }
}

async fn the_check_knows_archived_funnels_and_removed_stages(db: TestDb) {
    let shop = lived_in(&db).await;
    let store = &db.store;
    let change = FunnelChange::RemoveStage { stage: shop.stage(1), deals_to: Some(shop.stage(2)) };
    store.change_funnel(&shop.head, id(), shop.orders.id, change).await.expect("removed");
    store.create_deal(&shop.stranger, create(&shop.second, form("Ірина", "", &[]))).await.expect("made");
    store.change_funnel(&shop.admin, id(), shop.second.id, FunnelChange::Archive).await.expect("archived");
    db.sound().await;
}

async fn tidying_removes_what_nobody_can_ask_for(db: TestDb) {
    let shop = lived_in(&db).await;
    let store = &db.store;
    let user = crate::common::shop::user(&shop.owner);
    let entrance = store.make_entrance(&system(), user).await.expect("a link");
    let session = store.enter(&entrance, NOW).await.expect("in");
    let command = create(&shop.orders, form("Ірина", "", &[]));
    let made = store.create_deal(&shop.manager, command.clone()).await.expect("made");
    store.tidy(NOW + DAY).await.expect("tidied");
    assert_eq!(store.create_deal(&shop.manager, command).await.expect("still known").id, made.id);
    assert!(store.session(&session.token, NOW + DAY).await.expect("read").is_some());

    assert!(store.tidy(NOW + 90 * DAY).await.expect("tidied") > 0);
    assert_eq!(store.tidy(NOW + 90 * DAY).await.expect("tidied"), 0, "a tidy database costs nothing");
    let text = db.everything().await;
    assert!(!text.contains("\"table\":\"sessions\"") && !text.contains("\"table\":\"links\""), "{text}");
    assert!(store.link_owner(LinkKind::Invite, "unknown", NOW).await.expect("read").is_none());
    db.sound().await;
}
