//! Customers and secrets are in the database's files: they are for their owner alone, whatever the folder is.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::common::TestDb;
use crate::common::shop::Shop;
use store::upkeep::restore;
use store::{Options, Store};

/// The files of the test's folder with their modes.
fn modes(db: &TestDb) -> BTreeMap<String, u32> {
    let files = fs::read_dir(db.folder.path()).expect("the folder");
    files
        .map(|file| file.expect("a file"))
        .map(|file| {
            let mode = file.metadata().expect("its mode").permissions().mode() & 0o777;
            (file.file_name().to_string_lossy().into_owned(), mode)
        })
        .collect()
}

fn for_the_owner(db: &TestDb, names: &[&str]) {
    let modes = modes(db);
    for name in names {
        assert!(modes.contains_key(*name), "{name} is not there: {modes:?}");
    }
    let open: Vec<_> =
        modes.iter().filter(|(_, mode)| **mode != 0o600).map(|(name, mode)| format!("{name} {mode:o}")).collect();
    assert_eq!(open, Vec::<String>::new());
}

#[tokio::test]
async fn the_database_its_log_and_its_copies_are_for_their_owner() {
    let db = TestDb::sqlite().await;
    let shop = Shop::open(&db.store).await;
    shop.deal(&db.store, "Ірина").await;
    for_the_owner(&db, &["voronka.db", "voronka.db-wal", "voronka.db-shm"]);
    for name in ["copy.db", "copy.jsonl"] {
        db.store.backup(&db.file(name)).await.expect("a backup");
    }
    for_the_owner(&db, &["copy.db", "copy.jsonl"]);
    // Restored from a copy that somebody has opened to others.
    fs::set_permissions(db.file("copy.db"), fs::Permissions::from_mode(0o644)).expect("opened");
    let options = Options::new(format!("sqlite:{}", db.file("restored.db").display()));
    restore(&options, &db.file("copy.db")).await.expect("restored");
    let restored = Store::open(&options).await.expect("opens");
    shop.deal(&restored, "Після").await;
    fs::remove_file(db.file("copy.db")).expect("removed");
    for_the_owner(&db, &["restored.db", "restored.db-wal"]);
    restored.close().await;
    db.sound().await;
}

#[tokio::test]
async fn a_dump_of_postgresql_is_for_its_owner() {
    let db = TestDb::postgres().await;
    Shop::open(&db.store).await;
    db.store.backup(&db.file("copy.jsonl")).await.expect("a backup");
    for_the_owner(&db, &["copy.jsonl"]);
    db.sound().await;
}
