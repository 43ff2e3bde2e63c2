//! A file that nobody started is thrown away, whole, and nothing else with it.

use crate::common::files::{drive, guessed, start, take_in};
use crate::common::shop::{Shop, id};
use crate::common::{TestDb, on_both, refusal};
use domain::board::Refusal;
use domain::ids::*;
use domain::import::*;

on_both![it_goes_with_its_rows, what_was_started_stays];

const HEADINGS: [&str; 2] = ["Клієнт", "Телефон"];

async fn it_goes_with_its_rows(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    shop.deal(&db.store, "Ірина").await;
    let rows: &[&[&str]] = &[&["Олена", "0501234567"], &["Тарас", "0671234567"]];
    let before = db.without_imports().await;
    // More than one piece.
    let many: Vec<[String; 2]> = (0..2_300).map(|n| [format!("Таємна {n}"), format!("050{n:07}")]).collect();
    let many: Vec<Vec<&str>> = many.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let many: Vec<&[&str]> = many.iter().map(Vec::as_slice).collect();
    let kept = take_in(&db.store, &shop.head, &shop, Kind::Deals, &HEADINGS, rows).await;
    let waiting = take_in(&db.store, &shop.head, &shop, Kind::Deals, &HEADINGS, &many).await;
    let checked = take_in(&db.store, &shop.head, &shop, Kind::Deals, &HEADINGS, rows).await;
    let checked = start(&db.store, &shop.head, &checked, Purpose::Check).await;
    assert_eq!(checked.state, ImportState::Checked);
    db.untouched(async {
        for (ctx, why) in [
            (&shop.viewer, Refusal::NotAllowed),
            (&shop.manager, Refusal::NotAllowed),
            (&shop.stranger, Refusal::NotFound),
        ] {
            assert_eq!(refusal(db.store.delete_import(ctx, id(), waiting.id).await), why);
        }
        assert_eq!(refusal(db.store.delete_import(&shop.head, id(), ImportId(999)).await), Refusal::NotFound);
    })
    .await;
    let command = id();
    db.store.delete_import(&shop.head, command, waiting.id).await.expect("deleted");
    db.store.delete_import(&shop.admin, id(), checked.id).await.expect("deleted");
    db.untouched(async {
        db.store.delete_import(&shop.head, command, waiting.id).await.expect("as before");
        assert_eq!(refusal(db.store.import(&shop.head, waiting.id).await), Refusal::NotFound);
    })
    .await;
    let left: Vec<ImportId> =
        db.store.imports(&shop.head).await.expect("imports").into_iter().map(|one| one.id).collect();
    assert_eq!(left, [kept.id]);
    let text = db.everything().await;
    assert!(!text.contains("Таємна"));
    assert_eq!(text.lines().filter(|line| line.contains(r#""table":"import_rows""#)).count(), rows.len());
    assert_eq!(db.without_imports().await, before);
    db.sound().await;
}

async fn what_was_started_stays(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let rows: &[&[&str]] = &[&["Олена", "0501234567"]];
    let import = take_in(&db.store, &shop.head, &shop, Kind::Deals, &HEADINGS, rows).await;
    let begin = StartImport { import: import.id, mapping: guessed(&import, rows), purpose: Purpose::Import };
    db.store.start_import(&shop.head, id(), begin).await.expect("started");
    let not_now = Refusal::Import { fault: ImportFault::NotNow };
    db.untouched(async {
        assert_eq!(refusal(db.store.delete_import(&shop.head, id(), import.id).await), not_now);
    })
    .await;
    assert_eq!(drive(&db.store, &shop.head, "driver").await.state, ImportState::Done);
    db.untouched(async {
        assert_eq!(refusal(db.store.delete_import(&shop.head, id(), import.id).await), not_now);
    })
    .await;
    db.sound().await;
}
