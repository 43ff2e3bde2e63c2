//! Commands: once, whole, and on disk before they are answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::common::shop::{NOW, Shop, create, first_run, form, id, to};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::{Invite, NewToken, Preferences, Role};
use domain::board::{Filter, Limit, Place, Refusal};
use domain::deals::CreateDeal;
use futures::future::join_all;
use store::Error;
use store::auth::LinkKind;

on_both![
    the_same_command_twice_happens_once,
    the_same_command_twice_at_once_happens_once,
    another_command_under_the_same_id_is_refused,
    a_refused_command_leaves_nothing_and_may_be_sent_again,
    a_failing_command_does_not_hurt_its_group,
    what_was_answered_is_there_after_a_restart,
    a_full_queue_says_so,
    who_goes_away_does_not_cut_a_command_short,
    secrets_answered_to_a_repetition_work,
    commands_after_closing_are_refused,
];

async fn deals(db: &TestDb, shop: &Shop) -> i64 {
    let board = db.store.board(&shop.owner, shop.orders.id, &Filter::default()).await.expect("the board").board;
    board.columns.values().map(|column| column.totals.count).sum()
}

async fn the_same_command_twice_happens_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let command = create(&shop.orders, form("Ірина", "", &[]));
    let first = db.store.create_deal(&shop.manager, command.clone()).await.expect("made");
    let moved = db.store.move_deal(&shop.manager, to(&first, shop.stage(1), Place::Top)).await.expect("moved");
    assert_ne!(moved, first);
    let end = db.store.log_end().await.expect("the end");
    let again = db.untouched(async { db.store.create_deal(&shop.manager, command).await.expect("answered") }).await;
    assert_eq!(again, first, "the answer of then, not of now");
    assert_eq!(db.store.log_end().await.expect("the end"), end);
    assert_eq!(deals(&db, &shop).await, 1);
    db.sound().await;
}

/// The second sending arrives before the first has ended; it must not decide anew and find that its card has gone.
async fn the_same_command_twice_at_once_happens_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for _ in 0..10 {
        let card = shop.deal(&db.store, "Ірина").await;
        let command = to(&card, shop.stage(1), Place::Top);
        let sent = (0..8).map(|_| db.store.move_deal(&shop.manager, command.clone()));
        let answers: Vec<_> =
            join_all(sent).await.into_iter().map(|answer| answer.expect("each is answered the same")).collect();
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!(answers[0].version, 2);
    }
    assert_eq!(deals(&db, &shop).await, 10);
    db.sound().await;
}

async fn another_command_under_the_same_id_is_refused(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let command = create(&shop.orders, form("Ірина", "", &[]));
    db.store.create_deal(&shop.manager, command.clone()).await.expect("made");
    let other = CreateDeal { form: form("Оксана", "", &[]), ..command.clone() };
    let kind = to(&shop.deal(&db.store, "Марта").await, shop.stage(1), Place::Top);
    let kind = domain::board::MoveDeal { command: command.command, ..kind };
    db.untouched(async {
        assert_eq!(refusal(db.store.create_deal(&shop.manager, other).await), Refusal::CommandReused);
        assert_eq!(refusal(db.store.create_deal(&shop.head, command).await), Refusal::CommandReused);
        assert_eq!(refusal(db.store.move_deal(&shop.manager, kind).await), Refusal::CommandReused);
    })
    .await;
    db.sound().await;
}

async fn a_refused_command_leaves_nothing_and_may_be_sent_again(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let early = domain::board::MoveDeal { from: shop.stage(1), ..to(&card, shop.stage(2), Place::Top) };
    let stale = db.untouched(async { refusal(db.store.move_deal(&shop.manager, early.clone()).await) }).await;
    assert_eq!(stale, Refusal::Stale { now: Box::new(card.clone()) });
    db.store.move_deal(&shop.manager, to(&card, shop.stage(1), Place::Top)).await.expect("moved");
    assert_eq!(db.store.move_deal(&shop.manager, early).await.expect("now it holds").stage, shop.stage(2));
    db.sound().await;
}

/// Sent together, they share a commit on SQLite: those that may are kept, those that may not leave no trace.
async fn a_failing_command_does_not_hurt_its_group(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let sent = (0..60).map(|n| {
        let name = if n % 3 == 0 { "" } else { "Ірина" };
        db.store.create_deal(&shop.manager, create(&shop.orders, form(name, "", &[("Чайник", "1", "100")])))
    });
    let answers = join_all(sent).await;
    let done = answers.iter().filter(|answer| answer.is_ok()).count();
    let refused = answers.iter().filter(|answer| matches!(answer, Err(Error::Refused(Refusal::Faults { .. })))).count();
    assert_eq!((done, refused), (40, 20));
    assert_eq!(deals(&db, &shop).await, 40);
    db.sound().await;
}

async fn what_was_answered_is_there_after_a_restart(mut db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let sent = (0..100).map(|n| {
        let (store, shop) = (&db.store, &shop);
        async move { shop.deal(store, &format!("Клієнт {n}")).await }
    });
    let answered = join_all(sent).await;
    db.reopen().await;
    for card in answered {
        assert_eq!(db.store.card(&shop.manager, card.id).await.expect("it is there"), card);
    }
    db.sound().await;
}

/// Nobody waits for ever: past the queue's end the answer comes at once. PostgreSQL queues in its pool instead.
async fn a_full_queue_says_so(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let many = if db.store.is_postgres() { 500 } else { 6_000 };
    let sent = (0..many).map(|_| {
        let command = create(&shop.orders, form("Ірина", "", &[]));
        db.store.create_deal(&shop.manager, command)
    });
    let answers = join_all(sent).await;
    let done = answers.iter().filter(|answer| answer.is_ok()).count();
    let busy = answers.iter().filter(|answer| matches!(answer, Err(Error::Busy))).count();
    assert_eq!(done + busy, many);
    assert_eq!(deals(&db, &shop).await, done as i64, "whoever was told \"busy\" changed nothing");
    assert_eq!(busy > 0, !db.store.is_postgres(), "{busy} were turned away");
    shop.deal(&db.store, "І знову").await;
    db.sound().await;
}

/// The same where commands wait for a connection: none of them gets on here until some have been turned away.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_lets_no_more_wait_than_the_queue_would() {
    const WAITING_MAX: usize = 4_096;
    const BEYOND: usize = 200;
    let db = TestDb::postgres().await;
    let shop = Shop::open(&db.store).await;
    let commands =
        async || db.everything().await.lines().filter(|line| line.contains("\"table\":\"commands\"")).count();
    let before = commands().await;
    let mut other = db.elsewhere().await;
    other.begin().await;
    other.run("LOCK TABLE commands IN SHARE MODE").await;
    let people = [&shop.owner, &shop.admin, &shop.head, &shop.manager, &shop.viewer, &shop.stranger];
    let turned_away = AtomicUsize::new(0);
    let asked = join_all((0..WAITING_MAX + BEYOND).map(|n| {
        let (store, ctx, turned_away) = (&db.store, people[n % people.len()], &turned_away);
        async move {
            let answer = store.set_preferences(ctx, Preferences::default()).await;
            if matches!(answer, Err(Error::Busy)) {
                turned_away.fetch_add(1, Ordering::Relaxed);
            }
            answer
        }
    }));
    let let_go = async {
        let begun = Instant::now();
        while turned_away.load(Ordering::Relaxed) < BEYOND {
            assert!(begun.elapsed() < Duration::from_secs(10), "nobody was turned away");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        other.run("COMMIT").await;
    };
    let (answers, ()) = tokio::join!(asked, let_go);
    let done = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!((done, turned_away.into_inner()), (WAITING_MAX, BEYOND));
    assert_eq!(commands().await - before, WAITING_MAX, "whoever was turned away left nothing");
    shop.deal(&db.store, "І знову").await;
    db.sound().await;
}

async fn who_goes_away_does_not_cut_a_command_short(db: TestDb) {
    let shop = Arc::new(Shop::open(&db.store).await);
    for n in 0..50 {
        let (store, shop) = (db.store.clone(), shop.clone());
        let asking = tokio::spawn(async move { shop.deal(&store, &format!("Клієнт {n}")).await });
        for _ in 0..n % 5 {
            tokio::task::yield_now().await;
        }
        asking.abort();
        let _ = asking.await;
    }
    for n in 0..20 {
        let (store, shop) = (db.store.clone(), shop.clone());
        let asking =
            tokio::spawn(async move { store.board(&shop.owner, shop.orders.id, &Filter::default()).await.map(drop) });
        for _ in 0..n % 5 {
            tokio::task::yield_now().await;
        }
        asking.abort();
        let _ = asking.await;
    }
    shop.deal(&db.store, "Останній").await;
    db.sound().await;
}

/// Secrets are kept as hashes only, so that a repetition can't be told the first one; what it is told must work.
async fn secrets_answered_to_a_repetition_work(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (store, owner) = (&db.store, &shop.owner);
    let invite =
        Invite { name: "Ніна".into(), email: "nina@example.com".into(), role: Role::Head, storefronts: vec![] };
    let command = id();
    let (first, one) = store.invite(owner, command, invite.clone()).await.expect("invited");
    let (second, two) = store.invite(owner, command, invite).await.expect("answered");
    assert_eq!(first, second);
    assert!(store.link_owner(LinkKind::Invite, &one, NOW).await.expect("read").is_none(), "the first link has ended");
    assert!(store.link_owner(LinkKind::Invite, &two, NOW).await.expect("read").is_some());
    let command = id();
    store.invite_again(owner, command, first.id).await.expect("a link");
    let again = store.invite_again(owner, command, first.id).await.expect("a link");
    assert!(store.link_owner(LinkKind::Invite, &again, NOW).await.expect("read").is_some());

    let new = NewToken { name: "Звіт".into(), role: Role::Viewer, storefronts: vec![shop.one], expires_at: None };
    let command = id();
    let (info, _) = store.create_token(owner, command, new.clone()).await.expect("a token");
    let (same, token) = store.create_token(owner, command, new).await.expect("answered");
    assert_eq!(info, same);
    assert!(store.actor_of_token(&token, NOW).await.expect("read").is_some());
    assert_eq!(store.tokens(owner).await.expect("tokens").len(), 1);

    let command = id();
    store.renew_secret(owner, command, shop.one).await.expect("a secret");
    let secret = store.renew_secret(owner, command, shop.one).await.expect("answered");
    let shops = store.storefronts(owner).await.expect("storefronts");
    let key = shops[0].hook_key.clone().expect("a key");
    let door = store.hook_door(&key).await.expect("read").expect("a door");
    assert_eq!(door.woocommerce_secret, Some(secret.clone()));
    let text = db.everything().await;
    let answers: Vec<&str> = text.lines().filter(|line| line.contains("\"table\":\"commands\"")).collect();
    assert!(answers.iter().all(|line| !line.contains(&secret) && !line.contains(&token) && !line.contains(&two)));
    db.sound().await;
}

async fn commands_after_closing_are_refused(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    db.store.close().await;
    let command = create(&shop.orders, form("Ірина", "", &[]));
    assert!(matches!(db.store.create_deal(&shop.manager, command).await, Err(Error::Closed)));
    let taken = Refusal::Limit { limit: Limit::AlreadySetUp };
    let db = TestDb { store: store::Store::open(&db.options).await.expect("opens"), ..db };
    assert_eq!(refusal(db.store.set_up(first_run("Хтось", "x@example.com"), NOW).await), taken);
    db.sound().await;
}
