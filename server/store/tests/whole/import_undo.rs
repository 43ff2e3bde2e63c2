//! Imports that are taken back, broken off, gone on with, and forgotten.

use crate::common::files::{drive, guessed, start, take_in, through};
use crate::common::shop::{DAY, NOW, Shop, at, create, form, id, to, user};
use crate::common::watcher::Watcher;
use crate::common::{TestDb, on_both, refusal};
use domain::auth::UserChange;
use domain::board::{Filter, Place, Refusal};
use domain::deals::{AssignDeal, DeleteDeal};
use domain::event::Fact;
use domain::ids::*;
use domain::import::*;
use domain::orders::IncomingOrder;
use store::Ctx;
use store::orders::Arrival;

/// Its kind, headings and rows.
type File = (Kind, &'static [&'static str], &'static [&'static [&'static str]]);

on_both![
    an_undo_leaves_no_trace_but_the_log,
    an_undo_spares_what_was_worked_on,
    an_undo_goes_on_where_it_stopped,
    another_process_goes_on_where_one_stopped,
    a_check_that_is_broken_off_begins_anew,
    one_that_is_started_anew_is_for_whoever_started_it,
    whoever_may_no_longer_import_is_stopped,
    a_funnel_that_goes_ends_the_import,
    the_board_is_used_meanwhile,
    old_files_are_emptied,
];

const DEALS: [&str; 5] = ["Клієнт", "Телефон", "Email", "Сума", "Товар"];
const ORDERS: [&str; 4] = ["Номер замовлення", "Покупець", "Телефон", "Сума"];

async fn undo(db: &TestDb, ctx: &Ctx, import: ImportId) -> Import {
    db.store.undo_import(ctx, id(), import).await.expect("begun");
    drive(&db.store, ctx, "driver").await
}

async fn facts(db: &TestDb) -> Vec<Fact> {
    let (mut found, mut since) = (Vec::new(), Seq(0));
    loop {
        let batch = db.store.raw_events(since).await.expect("the log");
        let Some(last) = batch.last() else { return found };
        since = last.seq;
        found.extend(batch.into_iter().map(|event| event.fact));
    }
}

/// So many deals of as many people.
fn many(count: usize) -> Vec<[String; 5]> {
    let row = |n| [format!("Покупець {n}"), String::new(), String::new(), "5".into(), format!("Чай {n}")];
    (0..count).map(row).collect()
}

async fn take_many(db: &TestDb, ctx: &Ctx, shop: &Shop, count: usize) -> Import {
    let rows = many(count);
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    take_in(&db.store, ctx, shop, Kind::Deals, &DEALS, &rows).await
}

async fn an_undo_leaves_no_trace_but_the_log(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let known = create(&shop.orders, form("Ірина", "0501112233", &[("Чай", "1", "5")]));
    db.store.create_deal(&shop.manager, known).await.expect("made");
    let before = db.without_imports().await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let deals: &[&[&str]] = &[
        &["Олена", "0501234567", "", "5", "Чай"],
        &["Ірина", "0501112233", "i@example.com", "7", "Мед"],
        &["Олена", "0501234567", "o@example.com", "9", ""],
    ];
    let orders: &[&[&str]] = &[&["1", "Марта", "0671112233", "10"], &["2", "Ірина", "0501112233", "20"]];
    let people: &[&[&str]] =
        &[&["Ліда", "", "l@example.com", "", ""], &["Ірина", "0501112233", "i@example.com", "", ""]];
    let files: [File; 3] =
        [(Kind::Deals, &DEALS, deals), (Kind::Orders, &ORDERS, orders), (Kind::Customers, &DEALS, people)];
    for (kind, headings, rows) in files {
        let done = through(&db.store, &shop.head, &shop, kind, headings, rows).await;
        watcher.agrees(&db.store).await;
        let undone = undo(&db, &shop.head, done.id).await;
        assert_eq!(undone.state, ImportState::Undone, "{kind:?}");
        assert_eq!(
            (undone.counts.undone, undone.counts.spared),
            (done.counts.made + done.counts.changed, 0),
            "{kind:?}"
        );
        assert_eq!(db.without_imports().await, before, "{kind:?}");
        watcher.agrees(&db.store).await;
        assert_eq!(
            refusal(db.store.undo_import(&shop.head, id(), done.id).await),
            Refusal::Import { fault: ImportFault::NotNow }
        );
    }
    let facts = facts(&db).await;
    let count = |wanted: fn(&Fact) -> bool| facts.iter().filter(|fact| wanted(fact)).count();
    assert_eq!(count(|fact| matches!(fact, Fact::ImportStarted { .. })), 3);
    assert_eq!(count(|fact| matches!(fact, Fact::ImportFinished { .. })), 3);
    assert_eq!(count(|fact| matches!(fact, Fact::ImportUndone { .. })), 3);
    assert_eq!(count(|fact| matches!(fact, Fact::DealDeleted { .. })), 5);
    assert_eq!(count(|fact| matches!(fact, Fact::CustomerDeleted)), 3);
    // What was taken back comes in again as if it had never been here.
    let again = through(&db.store, &shop.head, &shop, Kind::Orders, &ORDERS, orders).await;
    assert_eq!(again.counts.made, 2);
    db.sound().await;
}

async fn an_undo_spares_what_was_worked_on(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let rows: &[&[&str]] = &[
        &["1", "Олена", "0501234567", "10"],
        &["2", "Марта", "0671112233", "20"],
        &["3", "Ліда", "0631112233", "30"],
        &["4", "Ніна", "0661112233", "40"],
        &["5", "Ольга", "0991112233", "50"],
    ];
    let done = through(&db.store, &shop.head, &shop, Kind::Orders, &ORDERS, rows).await;
    let cards = db.store.deals_page(&shop.owner, None, None, &Filter::default(), (DealId(0), 10)).await.expect("deals");
    // The first is moved, the second handed over, the third the shop has spoken of, the fourth was deleted by hand.
    db.store.move_deal(&shop.manager, to(&cards[0], shop.stage(1), Place::Top)).await.expect("moved");
    let assign = AssignDeal { command: id(), deal: cards[1].id, to: Some(user(&shop.head)) };
    db.store.assign_deal(&shop.manager, assign).await.expect("assigned");
    let news = IncomingOrder {
        number: "3".into(),
        external_id: "3".into(),
        changed_at: 5,
        total: 3_000,
        lines: Vec::new(),
        customer: domain::orders::IncomingCustomer {
            name: "Ліда".into(),
            phone: Some("+380631112233".into()),
            email: None,
        },
        ..crate::common::shop::incoming("3")
    };
    db.store.receive_order(shop.one, NOW, news, Arrival::Sent).await.expect("received");
    let delete = DeleteDeal { command: id(), deal: cards[3].id, seen: cards[3].version };
    db.store.delete_deal(&shop.head, delete).await.expect("deleted");
    // Somebody who was brought has bought something else since.
    let more = create(&shop.orders, form("Ольга", "0991112233", &[("Мед", "1", "9")]));
    let more = db.store.create_deal(&shop.manager, more).await.expect("made");
    assert_eq!(more.customer, cards[4].customer);
    let undone = undo(&db, &shop.head, done.id).await;
    assert_eq!((undone.counts.undone, undone.counts.spared), (2, 3));
    let left = db.store.deals_page(&shop.owner, None, None, &Filter::default(), (DealId(0), 10)).await.expect("deals");
    let left: Vec<DealId> = left.iter().map(|card| card.id).collect();
    assert_eq!(left, [cards[0].id, cards[1].id, cards[2].id, more.id]);
    assert!(db.store.deal(&shop.viewer, cards[0].id).await.expect("there").order.is_some(), "with its order");
    let text = db.without_imports().await;
    assert!(text.contains("Ольга"), "whose deal stays, stays");
    assert!(!text.contains("Ніна"), "whose only deal was deleted, goes");
    db.sound().await;
}

async fn an_undo_goes_on_where_it_stopped(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let before = db.without_imports().await;
    let import = take_many(&db, &shop.head, &shop, 170).await;
    let done = start(&db.store, &shop.head, &import, Purpose::Import).await;
    assert_eq!(done.counts.made, 170);
    db.store.undo_import(&shop.head, id(), done.id).await.expect("begun");
    let mut run = db.store.claim_import("one", NOW).await.expect("asked").expect("an undo");
    let step = db.store.run_batch(&mut run, NOW).await.expect("a step");
    assert!(step.state == ImportState::Undoing && step.counts.undone > 0 && step.counts.undone < 170);
    drop(run);
    let undone = drive(&db.store, &at(&shop.head, NOW + DAY), "two").await;
    assert_eq!((undone.state, undone.counts.undone, undone.resumed), (ImportState::Undone, 170, 1));
    assert_eq!(db.without_imports().await, before);
    db.sound().await;
}

async fn another_process_goes_on_where_one_stopped(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let import = take_many(&db, &shop.head, &shop, 250).await;
    let mapping = guess(import.kind, &import.headings, &[]).mapping;
    let begin = StartImport { import: import.id, mapping, purpose: Purpose::Import };
    db.store.start_import(&shop.head, id(), begin).await.expect("started");
    let mut run = db.store.claim_import("one", NOW).await.expect("asked").expect("an import");
    assert!(!run.resumed);
    let step = db.store.run_batch(&mut run, NOW).await.expect("a step");
    assert!(step.state == ImportState::Running && step.counts.made > 0 && step.counts.made < 250);
    // Another leaves it alone as long as the first one lives.
    assert!(db.store.claim_import("two", NOW + 1).await.expect("asked").is_none());
    drop(run);
    let mut run = db.store.claim_import("two", NOW + DAY).await.expect("asked").expect("an import");
    assert!(run.resumed);
    while run.import.state.is_going() {
        db.store.run_batch(&mut run, NOW + DAY).await.expect("a step");
    }
    let done = db.store.import(&shop.head, import.id).await.expect("there");
    assert_eq!((done.state, done.resumed), (ImportState::Done, 1));
    assert_eq!(
        (done.counts.done, done.counts.made, done.counts.left),
        (250, 250, 0),
        "nothing twice, nothing left out"
    );
    let cards =
        db.store.deals_page(&shop.owner, None, None, &Filter::default(), (DealId(0), 200)).await.expect("deals");
    assert_eq!(cards.len(), 200);
    let resumed = facts(&db).await.into_iter().find(|fact| matches!(fact, Fact::ImportResumed { .. }));
    assert_eq!(resumed, Some(Fact::ImportResumed { import: import.id, done: step.counts.done }));
    // One that stops in order hands it over at once.
    let second = take_many(&db, &shop.head, &shop, 5).await;
    let mapping = guess(second.kind, &second.headings, &[]).mapping;
    let begin = StartImport { import: second.id, mapping, purpose: Purpose::Import };
    db.store.start_import(&shop.head, id(), begin).await.expect("started");
    let run = db.store.claim_import("one", NOW).await.expect("asked").expect("an import");
    db.store.release_import(&run, NOW).await.expect("released");
    let run = db.store.claim_import("two", NOW).await.expect("asked").expect("an import");
    db.store.fail_import(&run, NOW).await.expect("failed");
    let failed = db.store.import(&shop.head, second.id).await.expect("there");
    assert_eq!((failed.state, failed.failure), (ImportState::Failed, Some(Failure::Broken)));
    db.sound().await;
}

async fn a_check_that_is_broken_off_begins_anew(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let import = take_many(&db, &shop.head, &shop, 150).await;
    let mapping = guess(import.kind, &import.headings, &[]).mapping;
    let begin = StartImport { import: import.id, mapping, purpose: Purpose::Check };
    db.store.start_import(&shop.head, id(), begin).await.expect("started");
    let mut run = db.store.claim_import("one", NOW).await.expect("asked").expect("a check");
    db.store.run_batch(&mut run, NOW).await.expect("a step");
    drop(run);
    let checked = drive(&db.store, &at(&shop.head, NOW + DAY), "two").await;
    assert_eq!((checked.state, checked.counts.done, checked.counts.made), (ImportState::Checked, 150, 150));
    // A stopped one made nothing, and may be started again.
    let mapping = checked.mapping.clone().expect("a mapping");
    let begin = StartImport { import: import.id, mapping, purpose: Purpose::Check };
    db.store.start_import(&shop.head, id(), begin).await.expect("started");
    let stopped = db.store.stop_import(&shop.head, id(), import.id).await.expect("stopped");
    assert_eq!((stopped.state, stopped.counts.done), (ImportState::Uploaded, 0));
    let done = start(&db.store, &shop.head, &import, Purpose::Import).await;
    assert_eq!((done.state, done.counts.made), (ImportState::Done, 150));
    db.sound().await;
}

/// The process that drives it has not looked meanwhile, and still holds what it took up for somebody else.
async fn one_that_is_started_anew_is_for_whoever_started_it(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let import = take_many(&db, &shop.head, &shop, 150).await;
    let mapping = guess(import.kind, &import.headings, &[]).mapping;
    let begin = StartImport { import: import.id, mapping: mapping.clone(), purpose: Purpose::Check };
    db.store.start_import(&shop.head, id(), begin).await.expect("started");
    let mut run = db.store.claim_import("one", NOW).await.expect("asked").expect("a check");
    db.store.run_batch(&mut run, NOW).await.expect("a step");
    db.store.stop_import(&shop.head, id(), import.id).await.expect("stopped");
    let begin = StartImport { import: import.id, mapping, purpose: Purpose::Import };
    db.store.start_import(&shop.owner, id(), begin).await.expect("started");
    db.store.change_user(&shop.owner, id(), user(&shop.head), UserChange::Remove).await.expect("removed");
    while run.import.state.is_going() {
        db.store.run_batch(&mut run, NOW).await.expect("a step");
    }
    let done = db.store.import(&shop.owner, import.id).await.expect("there");
    assert_eq!((done.state, done.counts.made, done.counts.left), (ImportState::Done, 150, 0));
    db.sound().await;
}

async fn whoever_may_no_longer_import_is_stopped(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let import = take_many(&db, &shop.head, &shop, 150).await;
    let mapping = guess(import.kind, &import.headings, &[]).mapping;
    let begin = StartImport { import: import.id, mapping, purpose: Purpose::Import };
    db.store.start_import(&shop.head, id(), begin).await.expect("started");
    let mut run = db.store.claim_import("one", NOW).await.expect("asked").expect("an import");
    let before = db.store.run_batch(&mut run, NOW).await.expect("a step").counts;
    db.store.change_user(&shop.owner, id(), user(&shop.head), UserChange::Remove).await.expect("removed");
    let after = db.store.run_batch(&mut run, NOW).await.expect("a step");
    assert_eq!((after.state, after.failure), (ImportState::Failed, Some(Failure::NotAllowed)));
    assert_eq!(after.counts, before, "nothing was made in their name");
    let undone = undo(&db, &shop.owner, import.id).await;
    assert_eq!((undone.state, undone.counts.undone), (ImportState::Undone, before.made));
    db.sound().await;
}

async fn a_funnel_that_goes_ends_the_import(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let import = take_many(&db, &shop.head, &shop, 150).await;
    let mapping = guess(import.kind, &import.headings, &[]).mapping;
    let begin = StartImport { import: import.id, mapping, purpose: Purpose::Import };
    db.store.start_import(&shop.head, id(), begin).await.expect("started");
    let mut run = db.store.claim_import("one", NOW).await.expect("asked").expect("an import");
    db.store.run_batch(&mut run, NOW).await.expect("a step");
    let archive = domain::funnels::FunnelChange::Archive;
    db.store.change_funnel(&shop.head, id(), shop.orders.id, archive).await.expect("archived");
    let ended = db.store.run_batch(&mut run, NOW).await.expect("a step");
    assert_eq!((ended.state, ended.failure), (ImportState::Failed, Some(Failure::FunnelGone)));
    assert!(ended.counts.made > 0 && ended.counts.made < 150);
    db.sound().await;
}

/// Colleagues move and make deals of the same customers while rows come in; nobody waits for each other in a circle.
async fn the_board_is_used_meanwhile(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let deal = shop.deal(&db.store, "Перша").await;
    let rows: Vec<[String; 5]> = (0..400)
        .map(|n| {
            [format!("Покупець {n}"), format!("05012345{:02}", n % 50), String::new(), "5".into(), format!("Чай {n}")]
        })
        .collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let import = take_in(&db.store, &shop.head, &shop, Kind::Deals, &DEALS, &rows).await;
    let begin = StartImport { import: import.id, mapping: guessed(&import, &rows), purpose: Purpose::Import };
    db.store.start_import(&shop.head, id(), begin).await.expect("started");
    let moving = async {
        let (mut deal, mut at) = (deal, 1);
        for n in 0..20 {
            let to = to(&deal, shop.stage(at), Place::Top);
            deal = db.store.move_deal(&shop.manager, to).await.expect("moved");
            at = 1 - at;
            let phone = format!("05012345{n:02}");
            let new = create(&shop.shared, form("Хтось", &phone, &[]));
            let new = domain::deals::CreateDeal { storefront: Some(shop.one), ..new };
            db.store.create_deal(&shop.manager, new).await.expect("made");
        }
    };
    let (done, ()) = tokio::join!(drive(&db.store, &shop.head, "driver"), moving);
    assert_eq!((done.state, done.counts.made), (ImportState::Done, 400));
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn old_files_are_emptied(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let rows: &[&[&str]] = &[&["Олена", "0501234567", "", "5", ""], &["Ліда", "0501", "", "5", ""]];
    let done = through(&db.store, &shop.head, &shop, Kind::Deals, &DEALS, rows).await;
    let waiting = take_in(&db.store, &shop.head, &shop, Kind::Deals, &DEALS, rows).await;
    let new = NewImport {
        kind: Kind::Deals,
        storefront: shop.one,
        funnel: None,
        file_name: "x".into(),
        headings: vec!["Клієнт".into()],
    };
    let broken_off = db.store.begin_import(&shop.head, id(), new).await.expect("begun");
    db.store.tidy(NOW + 2 * DAY).await.expect("tidied");
    assert_eq!(refusal(db.store.import(&shop.head, broken_off).await), Refusal::NotFound);
    assert_eq!(db.store.refused_rows(&shop.head, done.id, 0, 9).await.expect("rows").len(), 1, "still kept");
    db.store.tidy(NOW + 31 * DAY).await.expect("tidied");
    assert_eq!(refusal(db.store.import(&shop.head, waiting.id).await), Refusal::NotFound);
    let old = db.store.import(&shop.head, done.id).await.expect("its history stays");
    assert!(old.emptied);
    assert_eq!(db.store.refused_rows(&shop.head, done.id, 0, 9).await.expect("rows").len(), 0);
    let text = db.everything().await;
    let rows: Vec<&str> = text.lines().filter(|line| line.contains(r#""table":"import_rows""#)).collect();
    assert!(rows.len() == 2 && !rows.concat().contains("Олена") && !rows.concat().contains("Ліда"));
    let undo = db.store.undo_import(&shop.head, id(), done.id).await;
    assert_eq!(refusal(undo), Refusal::Import { fault: ImportFault::Emptied });
    db.sound().await;
}
