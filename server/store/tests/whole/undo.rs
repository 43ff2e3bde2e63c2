//! A move that is taken back: the deal stands as if it had never been moved.

use crate::common::shop::{HOUR, Shop, at, id, to};
use crate::common::watcher::Watcher;
use crate::common::{TestDb, on_both, refusal};
use domain::board::{Card, MoveDeal, MoveDeals, Place, Refusal};
use domain::event::Fact;
use domain::ids::*;
use store::Ctx;
use store::funnels::ReasonChange;

on_both![
    an_undone_move_gives_back_place_and_time,
    a_lost_deal_that_was_revived_by_mistake_keeps_its_reason,
    a_bulk_is_undone_in_its_order,
    an_undo_of_an_earlier_move_is_a_move_like_any_other,
];

/// Six hours after everything else: what an undo gives back is told from what it would give.
fn later(ctx: &Ctx) -> Ctx {
    at(ctx, ctx.now + 6 * HOUR)
}

fn back(moved: &MoveDeal) -> MoveDeal {
    MoveDeal {
        command: id(),
        to: moved.from,
        from: moved.to,
        place: Place::Top,
        undoes: Some(moved.command),
        ..moved.clone()
    }
}

async fn an_undone_move_gives_back_place_and_time(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut cards = Vec::new();
    for name in ["Ірина", "Оксана", "Марта"] {
        cards.push(shop.deal(&db.store, name).await);
    }
    let mut watcher = Watcher::start(&db.store, &shop.manager, shop.orders.id).await;
    let before = watcher.board.clone();
    let there = to(&cards[1], shop.stage(2), Place::Top);
    let ctx = later(&shop.manager);
    db.store.move_deal(&ctx, there.clone()).await.expect("moved");
    let home = db.store.move_deal(&ctx, back(&there)).await.expect("undone");
    assert_eq!((home.since, home.left), (cards[1].since, cards[1].left));
    watcher.agrees(&db.store).await;
    assert_eq!(watcher.board.columns, before.columns, "order, counts and ages are as they were");
}

async fn a_lost_deal_that_was_revived_by_mistake_keeps_its_reason(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let reasons =
        db.store.change_lost_reasons(&shop.owner, id(), ReasonChange::Add { name: "Не відповідає".into() }).await;
    let reason = reasons.expect("a reason").last().expect("one").id;
    let card = shop.deal(&db.store, "Ірина").await;
    let lost = MoveDeal { reason: Some(reason), ..to(&card, shop.lost(), Place::Top) };
    let lost = db.store.move_deal(&shop.manager, lost).await.expect("lost");
    let revived = to(&lost, shop.stage(1), Place::Top);
    db.store.move_deal(&shop.manager, revived.clone()).await.expect("revived");
    assert_eq!(db.store.deal(&shop.manager, card.id).await.expect("there").lost_reason, None);
    db.store.move_deal(&shop.manager, back(&revived)).await.expect("no reason is asked for again");
    assert_eq!(
        db.store.deal(&shop.manager, card.id).await.expect("there").lost_reason.as_deref(),
        Some("Не відповідає")
    );
    db.sound().await;
}

async fn a_bulk_is_undone_in_its_order(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut cards: Vec<Card> = Vec::new();
    for n in 0..6 {
        cards.push(shop.deal(&db.store, &format!("Покупець {n}")).await);
    }
    let mut watcher = Watcher::start(&db.store, &shop.manager, shop.orders.id).await;
    let before = watcher.board.columns.clone();
    // Against the order of their ids, and not all of them.
    let deals: Vec<(DealId, StageId)> = [4, 1, 3].map(|n: usize| (cards[n].id, cards[n].stage)).to_vec();
    let to = shop.stage(1);
    let there = MoveDeals {
        command: id(),
        deals: deals.clone(),
        to,
        place: Place::Top,
        reason: None,
        undoes: None,
        details: None,
    };
    let ctx = later(&shop.manager);
    db.store.move_deals(&ctx, there.clone()).await.expect("moved");
    watcher.agrees(&db.store).await;
    let order: Vec<DealId> = deals.iter().map(|(deal, _)| *deal).collect();
    assert_eq!(watcher.board.columns[&to].loaded, order, "they land as they were chosen");
    let home = MoveDeals {
        command: id(),
        deals: deals.iter().map(|(deal, _)| (*deal, to)).collect(),
        to: cards[0].stage,
        place: Place::Top,
        reason: None,
        undoes: Some(there.command),
        details: None,
    };
    let answer = db.store.move_deals(&ctx, home).await.expect("undone");
    assert_eq!(answer.refused, vec![]);
    watcher.agrees(&db.store).await;
    assert_eq!(watcher.board.columns, before);
}

async fn an_undo_of_an_earlier_move_is_a_move_like_any_other(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let first = to(&card, shop.stage(1), Place::Top);
    let there = db.store.move_deal(&shop.manager, first.clone()).await.expect("moved");
    let ctx = later(&shop.manager);
    db.store.move_deal(&ctx, to(&there, shop.stage(2), Place::Top)).await.expect("moved on");
    // Somebody has moved it since: the undo is as stale as any move.
    assert!(matches!(refusal(db.store.move_deal(&ctx, back(&first)).await), Refusal::Stale { .. }));
    let now = db.store.card(&ctx, card.id).await.expect("there");
    let invented = MoveDeal { undoes: Some(first.command), ..to(&now, shop.stage(0), Place::Top) };
    let home = db.store.move_deal(&ctx, invented).await.expect("moved");
    assert_eq!((home.since, home.left), (ctx.now, Some(shop.stage(2))), "nobody's time is turned back by a guess");
    let events = db.store.deal_history(&ctx, card.id).await.expect("a history");
    assert!(matches!(&events[0].fact, Fact::DealMoved(moved) if moved.back.is_none()));
}
