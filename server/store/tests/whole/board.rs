//! The board: moves, what it shows, and to whom.

use std::collections::{HashMap, HashSet};

use crate::common::shop::{DAY, HOUR, NOW, Shop, at, create, form, id, to, user};
use crate::common::watcher::{Watcher, load};
use crate::common::{TestDb, on_both, refusal};
use domain::board::filter::{Day, Responsible};
use domain::board::{Board, Card, Filter, MoveDeal, MoveDeals, Place, Refusal, Totals, position};
use domain::deals::{AssignDeal, DealForm, Source};
use domain::funnels::ReasonChange;
use domain::ids::*;
use futures::future::join_all;
use store::board::{PAGE_MAX, WINDOW};

on_both![
    a_card_goes_where_it_is_put,
    a_card_that_moved_meanwhile_is_refused_and_shown,
    a_card_that_was_only_edited_is_moved_all_the_same,
    a_lost_deal_says_why,
    fifty_at_once_lose_no_card_and_share_no_place,
    two_bulks_and_single_moves_never_block_each_other,
    moves_to_and_fro_never_block_each_other,
    a_bulk_with_a_foreign_deal_moves_the_others,
    windows_pages_and_true_totals,
    every_filter_finds_its_own,
    a_board_of_several_currencies_sums_each,
];

fn order(board: &Board, stage: StageId) -> Vec<DealId> {
    board.columns[&stage].loaded.clone()
}

/// Every total counted again from the cards.
fn recount(board: &Board) {
    let mut totals: HashMap<StageId, Totals> =
        board.funnel.stages.iter().map(|stage| (stage.id, Totals::default())).collect();
    for card in board.cards.values() {
        totals.get_mut(&card.stage).expect("a stage of the funnel").add(card);
    }
    for (stage, column) in &board.columns {
        assert_eq!(column.totals, totals[stage], "stage {stage}");
        let positions: Vec<&str> = column.loaded.iter().map(|id| board.cards[id].position.as_str()).collect();
        assert!(positions.windows(2).all(|pair| pair[0] < pair[1]), "{positions:?}");
    }
}

async fn a_card_goes_where_it_is_put(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.manager, shop.orders.id).await;
    let mut cards = Vec::new();
    for n in 0..4 {
        cards.push(shop.deal(&db.store, &format!("Клієнт {n}")).await);
    }
    let ids: Vec<DealId> = cards.iter().map(|card| card.id).collect();
    let top = load(&db.store, &shop.manager, shop.orders.id).await;
    assert_eq!(order(&top, shop.stage(0)), [ids[3], ids[2], ids[1], ids[0]], "a new deal is on top");
    let later = at(&shop.manager, NOW + HOUR);
    let goal = shop.stage(1);
    for (card, place) in [(0, Place::Top), (1, Place::Bottom), (2, Place::Before(ids[1])), (3, Place::After(ids[0]))] {
        let moved = db.store.move_deal(&later, to(&cards[card], goal, place)).await.expect("moved");
        assert_eq!((moved.stage, moved.since, moved.left), (goal, NOW + HOUR, Some(shop.stage(0))));
        assert_eq!(moved.version, 2);
    }
    let board = load(&db.store, &shop.manager, shop.orders.id).await;
    assert_eq!(order(&board, goal), [ids[0], ids[3], ids[2], ids[1]]);
    // Within its column a card keeps the day on which it came.
    let card = board.cards[&ids[1]].clone();
    let moved = db.store.move_deal(&at(&later, NOW + DAY), to(&card, goal, Place::Top)).await.expect("moved");
    assert_eq!((moved.since, moved.left, moved.version), (card.since, card.left, 3));
    // A neighbour that is elsewhere means the top; its own neighbourhood means where it is.
    let stray = to(&moved, goal, Place::After(DealId(999)));
    db.store.move_deal(&later, stray).await.expect("moved");
    let itself = to(&moved, goal, Place::Before(moved.id));
    db.store.move_deal(&later, itself).await.expect("moved");
    recount(&load(&db.store, &shop.manager, shop.orders.id).await);
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn a_card_that_moved_meanwhile_is_refused_and_shown(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let moved = db.store.move_deal(&shop.head, to(&card, shop.stage(1), Place::Top)).await.expect("moved");
    let late = to(&card, shop.stage(2), Place::Top);
    let now = db.untouched(async { refusal(db.store.move_deal(&shop.manager, late).await) }).await;
    assert_eq!(now, Refusal::Stale { now: Box::new(moved.clone()) });
    db.untouched(async {
        let elsewhere = to(&moved, shop.second.stages[0].id, Place::Top);
        assert_eq!(refusal(db.store.move_deal(&shop.owner, elsewhere).await), Refusal::StageGone);
        let unknown = MoveDeal { deal: DealId(999), ..to(&moved, shop.stage(2), Place::Top) };
        assert_eq!(refusal(db.store.move_deal(&shop.owner, unknown).await), Refusal::NotFound);
    })
    .await;
    db.sound().await;
}

async fn a_card_that_was_only_edited_is_moved_all_the_same(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let assign = AssignDeal { command: id(), deal: card.id, to: Some(user(&shop.head)) };
    db.store.assign_deal(&shop.head, assign).await.expect("assigned");
    let moved = db.store.move_deal(&shop.manager, to(&card, shop.stage(2), Place::Top)).await.expect("moved");
    assert_eq!((moved.version, moved.responsible), (3, Some(user(&shop.head))));
    db.sound().await;
}

async fn a_lost_deal_says_why(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let add = ReasonChange::Add { name: "Своя причина".into() };
    let reasons = db.store.change_lost_reasons(&shop.head, id(), add).await.expect("added");
    let reason = reasons.last().expect("a reason").id;
    let card = shop.deal(&db.store, "Ірина").await;
    let lost = to(&card, shop.lost(), Place::Top);
    db.untouched(async {
        assert_eq!(refusal(db.store.move_deal(&shop.manager, lost.clone()).await), Refusal::ReasonNeeded);
        let wrong = MoveDeal { reason: Some(LostReasonId(99)), command: id(), ..lost.clone() };
        assert_eq!(refusal(db.store.move_deal(&shop.manager, wrong).await), Refusal::ReasonUnknown);
    })
    .await;
    let told = MoveDeal { reason: Some(reason), command: id(), ..lost };
    let card = db.store.move_deal(&shop.manager, told).await.expect("lost");
    let details = db.store.deal(&shop.manager, card.id).await.expect("details");
    assert_eq!(details.lost_reason.as_deref(), Some("Своя причина"));
    db.store.move_deal(&shop.manager, to(&card, shop.stage(0), Place::Top)).await.expect("won back");
    let details = db.store.deal(&shop.manager, card.id).await.expect("details");
    assert_eq!(details.lost_reason, None);
    db.sound().await;
}

async fn fifty_at_once_lose_no_card_and_share_no_place(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let made = (0..25).map(|n| {
        let (store, shop) = (&db.store, &shop);
        async move { shop.deal(store, &format!("Клієнт {n}")).await }
    });
    let cards = join_all(made).await;
    let mut watcher = Watcher::start(&db.store, &shop.manager, shop.orders.id).await;
    // Two people grab every card and take it to different stages, next to the same neighbour.
    let neighbour = cards[0].id;
    let moves = cards.iter().flat_map(|card| {
        [(1, Place::After(neighbour)), (2, Place::Before(neighbour))].map(|(stage, place)| {
            let (store, command) = (db.store.clone(), to(card, shop.stage(stage), place));
            let ctx = shop.manager.clone();
            tokio::spawn(async move { store.move_deal(&ctx, command).await })
        })
    });
    let moves: Vec<_> = moves.collect();
    let answers: Vec<_> = join_all(moves).await.into_iter().map(|answer| answer.expect("no panic")).collect();
    let moved = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(moved, 25, "of two who grab a card one wins");
    for answer in answers {
        match answer {
            Ok(card) => assert!(position::is_key(&card.position)),
            Err(error) => assert!(matches!(refusal::<()>(Err(error)), Refusal::Stale { .. })),
        }
    }
    let board = load(&db.store, &shop.manager, shop.orders.id).await;
    assert_eq!(board.cards.len(), 25);
    let places: HashSet<(StageId, &str)> =
        board.cards.values().map(|card| (card.stage, card.position.as_str())).collect();
    assert_eq!(places.len(), 25);
    recount(&board);
    watcher.agrees(&db.store).await;
    db.sound().await;
}

/// Commands that want the same stage and the same deals in different orders.
async fn two_bulks_and_single_moves_never_block_each_other(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut cards: Vec<Card> = Vec::new();
    for n in 0..20 {
        cards.push(shop.deal(&db.store, &format!("Клієнт {n}")).await);
    }
    let began = std::time::Instant::now();
    for round in 0..10 {
        let from = shop.stage(round % 3);
        let goal = shop.stage((round + 1) % 3);
        let bulk = |ids: Vec<DealId>| {
            let deals = ids.into_iter().map(|id| (id, from)).collect();
            let (store, ctx) = (db.store.clone(), shop.manager.clone());
            tokio::spawn(async move {
                let command = MoveDeals {
                    command: id(),
                    deals,
                    to: goal,
                    place: Place::Top,
                    reason: None,
                    undoes: None,
                    details: None,
                };
                store.move_deals(&ctx, command).await.map(|answer| answer.moved.len())
            })
        };
        let ids: Vec<DealId> = cards.iter().map(|card| card.id).collect();
        let mut running = vec![bulk(ids.clone()), bulk(ids.iter().rev().copied().collect())];
        for id in ids {
            running.push(bulk(vec![id]));
        }
        let moved: usize =
            join_all(running).await.into_iter().map(|answer| answer.expect("no panic").expect("no deadlock")).sum();
        assert_eq!(moved, 20, "each once, by whoever came first");
    }
    // A circle of waiting ends only after a second, each time.
    assert!(began.elapsed() < std::time::Duration::from_secs(8), "{:?}", began.elapsed());
    recount(&load(&db.store, &shop.manager, shop.orders.id).await);
    db.sound().await;
}

/// One stage's cards to another, while the other's come here.
async fn moves_to_and_fro_never_block_each_other(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut cards = Vec::new();
    for n in 0..20 {
        cards.push(shop.deal(&db.store, &format!("Клієнт {n}")).await);
    }
    for round in 0..6 {
        let running = cards.iter().enumerate().map(|(n, card)| {
            let goal = shop.stage((n + round) % 2);
            let (store, ctx, command) = (db.store.clone(), shop.manager.clone(), to(card, goal, Place::Top));
            tokio::spawn(async move { store.move_deal(&ctx, command).await })
        });
        let running: Vec<_> = running.collect();
        cards = join_all(running).await.into_iter().map(|card| card.expect("no panic").expect("moved")).collect();
    }
    recount(&load(&db.store, &shop.manager, shop.orders.id).await);
    db.sound().await;
}

async fn a_bulk_with_a_foreign_deal_moves_the_others(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let own = [shop.deal(&db.store, "Ірина").await, shop.deal(&db.store, "Оксана").await];
    let foreign = create(&shop.second, form("Чужа", "", &[]));
    let foreign = db.store.create_deal(&shop.stranger, foreign).await.expect("made");
    let deals = vec![
        (own[0].id, own[0].stage),
        (foreign.id, foreign.stage),
        (DealId(999), foreign.stage),
        (own[1].id, own[1].stage),
    ];
    let command = MoveDeals {
        command: id(),
        deals,
        to: shop.stage(1),
        place: Place::Top,
        reason: None,
        undoes: None,
        details: None,
    };
    let answer = db.store.move_deals(&shop.manager, command.clone()).await.expect("answered");
    assert_eq!(answer.moved, [own[0].id, own[1].id]);
    let not_found = [(foreign.id, Refusal::NotFound), (DealId(999), Refusal::NotFound)];
    assert_eq!(answer.refused, not_found, "a foreign deal looks like none");
    assert_eq!(db.store.card(&shop.stranger, foreign.id).await.expect("there"), foreign);
    assert_eq!(db.store.move_deals(&shop.manager, command).await.expect("answered"), answer);
    let many = MoveDeals {
        command: id(),
        deals: vec![(own[0].id, own[0].stage); 501],
        to: shop.stage(1),
        place: Place::Top,
        reason: None,
        undoes: None,
        details: None,
    };
    assert!(matches!(refusal(db.store.move_deals(&shop.manager, many).await), Refusal::Limit { .. }));
    db.sound().await;
}

async fn windows_pages_and_true_totals(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let many = (WINDOW + PAGE_MAX + 5) as usize;
    join_all((0..many).map(|n| {
        let (store, shop) = (&db.store, &shop);
        async move { shop.deal(store, &format!("Клієнт {n}")).await }
    }))
    .await;
    let board = load(&db.store, &shop.manager, shop.orders.id).await;
    let column = &board.columns[&shop.stage(0)];
    assert_eq!((column.loaded.len() as i64, column.more), (WINDOW, true));
    assert_eq!(column.totals.count, many as i64);
    assert_eq!(column.totals.sums.values().sum::<i64>(), many as i64 * 10_000);
    assert_eq!(column.totals.average_age(NOW + HOUR), Some(HOUR));

    // Someone else's moves keep the totals of a half-loaded column true.
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let below = board.cards[column.loaded.last().expect("a last one")].position.clone();
    let place = (shop.orders.id, shop.stage(0));
    let filter = Filter::default();
    let (page, more, _) = db.store.column_page(&shop.manager, place, &filter, &below).await.expect("a page");
    assert_eq!((page.len() as i64, more), (PAGE_MAX, true));
    let last = &page.last().expect("a last one").position;
    let (rest, more, _) = db.store.column_page(&shop.manager, place, &filter, last).await.expect("a page");
    assert_eq!((rest.len(), more), (5, false));
    for card in [&page[0], &rest[0]] {
        db.store.move_deal(&shop.manager, to(card, shop.stage(1), Place::Top)).await.expect("moved");
    }
    watcher.catch_up(&db.store).await;
    let again = load(&db.store, &shop.viewer, shop.orders.id).await;
    for stage in &again.funnel.stages {
        assert_eq!(watcher.board.columns[&stage.id].totals, again.columns[&stage.id].totals, "{}", stage.name);
    }
    assert!(watcher.board.cards.contains_key(&page[0].id), "a card nobody had loaded came with its event");
    let refused = db.store.column_page(&shop.stranger, place, &filter, "").await;
    assert_eq!(refusal(refused), Refusal::NotFound);
    db.sound().await;
}

async fn every_filter_finds_its_own(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let kettle = DealForm {
        source: "ads".into(),
        responsible: Some(user(&shop.head)),
        ..form("Ірина Бондар", "050 123-45-67", &[("Чайник Карпати", "1", "1500")])
    };
    let kettle = store.create_deal(&shop.manager, create(&shop.orders, kettle)).await.expect("made").id;
    let cups = form("100% Олег_О", "", &[("Чашки", "2", "40"), ("Блюдця", "2", "5")]);
    let cups = store.create_deal(&at(&shop.manager, NOW + 3 * DAY), create(&shop.orders, cups)).await.expect("made").id;
    let ctx = at(&shop.manager, NOW + 3 * DAY + HOUR);
    let found = async |filter: Filter| -> Vec<DealId> {
        let board = store.board(&ctx, shop.orders.id, &filter).await.expect("the board").board;
        recount(&board);
        let mut ids: Vec<DealId> = board.cards.into_keys().collect();
        ids.sort();
        let page = store.deals_page(&ctx, Some(shop.orders.id), None, &filter, (DealId(0), 50)).await.expect("a page");
        assert_eq!(ids, page.iter().map(|card| card.id).collect::<Vec<_>>(), "{filter:?}");
        ids
    };
    let text = |text: &str| Filter { text: text.into(), ..Filter::default() };
    for (typed, expected) in [
        ("ірина", vec![kettle]),
        ("БОНДАР", vec![kettle]),
        ("карпати", vec![kettle]),
        ("0501234567", vec![kettle]),
        ("+380501234567", vec![kettle]),
        ("050 123-45", vec![kettle]),
        ("(050) 123", vec![kettle]),
        ("100%", vec![cups]),
        ("0%0", vec![]),
        ("олег_", vec![cups]),
        ("_", vec![cups]),
        ("\\", vec![]),
        ("блюдця", vec![cups]),
        ("' OR '1'='1", vec![]),
    ] {
        assert_eq!(found(text(typed)).await, expected, "{typed}");
    }
    let all = Filter::default();
    let day = |text: &str| Day::parse(text);
    assert_eq!(found(all.clone()).await, [kettle, cups]);
    assert_eq!(found(Filter { responsible: Some(Responsible::Nobody), ..all.clone() }).await, [cups]);
    assert_eq!(found(Filter { responsible: Some(Responsible::User(user(&shop.head))), ..all.clone() }).await, [kettle]);
    assert_eq!(found(Filter { storefront: Some(shop.two), ..all.clone() }).await, []);
    assert_eq!(found(Filter { source: Some(Source::Ads), ..all.clone() }).await, [kettle]);
    assert_eq!(found(Filter { sum_min: Some(90), sum_max: Some(90), ..all.clone() }).await, [cups]);
    assert_eq!(found(Filter { sum_min: Some(91), ..all.clone() }).await, [kettle]);
    assert_eq!(found(Filter { age_days: Some(3), ..all.clone() }).await, [kettle]);
    assert_eq!(found(Filter { overdue: true, ..all.clone() }).await, [kettle]);
    // NOW is 2026-09-21 in Kyiv.
    assert_eq!(found(Filter { to: day("2026-09-21"), ..all.clone() }).await, [kettle]);
    assert_eq!(found(Filter { from: day("2026-09-22"), ..all.clone() }).await, [cups]);
    assert_eq!(found(Filter { from: day("2026-09-22"), to: day("2026-09-23"), ..all.clone() }).await, []);
    assert_eq!(found(Filter { overdue: true, source: Some(Source::Ads), ..text("чайник") }).await, [kettle]);
    db.sound().await;
}

async fn a_board_of_several_currencies_sums_each(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let yen = domain::storefronts::NewStorefront {
        name: "Токіо".into(),
        currency: "jpy".into(),
        woocommerce_secret: Some(" ".into()),
    };
    let yen = db.store.create_storefront(&shop.owner, id(), yen).await.expect("made");
    assert!(!yen.has_secret, "an empty secret is none");
    for (storefront, price) in [(shop.one, "100"), (shop.two, "50"), (yen.id, "700")] {
        let made = create(&shop.shared, form("Ірина", "", &[("Чай", "1", price)]));
        let made = domain::deals::CreateDeal { storefront: Some(storefront), ..made };
        db.store.create_deal(&shop.owner, made).await.expect("made");
    }
    let board = load(&db.store, &shop.owner, shop.shared.id).await;
    let sums: Vec<(String, i64)> = board.columns[&shop.shared.stages[0].id]
        .totals
        .sums
        .iter()
        .map(|(currency, sum)| (currency.0.to_string(), *sum))
        .collect();
    assert_eq!(sums, [("JPY".to_owned(), 700), ("UAH".to_owned(), 15_000)]);
    let dear = Filter { sum_min: Some(200), ..Filter::default() };
    let board = db.store.board(&shop.owner, shop.shared.id, &dear).await.expect("the board").board;
    assert_eq!(board.cards.len(), 1, "whole units of each currency");
    let mine = load(&db.store, &shop.manager, shop.shared.id).await;
    assert_eq!(mine.cards.len(), 1, "of a shared funnel a manager sees their own storefront");
    db.sound().await;
}
