//! Random commands: a board that was loaded once and then followed is the board that somebody loads now, for whoever
//! looks at it; and the log folded from nothing is what the rows hold.

use std::time::Duration;

use crate::common::orders::take_to;
use crate::common::shop::{HOUR, NOW, Shop, at, form, funnel, goods, id, incoming, to, user};
use crate::common::watcher::{Watcher, load};
use crate::common::{TestDb, on_both};
use domain::board::{Card, MoveDeal, MoveDeals, Place};
use domain::deals::{AssignDeal, CreateDeal, DeleteDeal, EditDeal};
use domain::funnels::{Colour, Funnel, FunnelChange, StageForm, StageKind};
use domain::ids::*;
use domain::orders::{OrdersAsked, ShopStatus};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use store::orders::{Arrival, LIST_MAX};
use store::{Ctx, Error, Store};

on_both![whatever_is_done_a_followed_board_is_a_loaded_one];

const STEPS: usize = 160;

/// Numbers are picks: taken modulo what there is to pick from.
#[derive(Clone, Debug)]
enum Step {
    Create { shop: bool, who: usize, phone: usize, price: u32 },
    Move { deal: usize, stage: usize, near: usize, place: u8 },
    MoveMany { deals: Vec<usize>, stage: usize },
    Edit { deal: usize, who: usize, phone: usize, price: u32 },
    Assign { deal: usize, somebody: bool },
    Remove { deal: usize },
    Order { shop: bool, order: usize, draft: bool, price: u32 },
    Delete { shop: bool, order: usize },
    Restore { shop: bool, order: usize },
    Status { order: usize, status: usize },
    Rename { name: u32 },
    AddStage { index: usize, name: u32 },
    EditStage { stage: usize, limit: u32 },
    Reorder { by: usize },
    RemoveStage { stage: usize, to: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let n = || 0..10_000usize;
    prop_oneof![
        4 => (any::<bool>(), 0..6usize, 0..5usize, 0..900u32)
            .prop_map(|(shop, who, phone, price)| Step::Create { shop, who, phone, price }),
        8 => (n(), n(), n(), 0..4u8).prop_map(|(deal, stage, near, place)| Step::Move { deal, stage, near, place }),
        1 => (prop::collection::vec(n(), 0..6), n()).prop_map(|(deals, stage)| Step::MoveMany { deals, stage }),
        4 => (n(), 0..6usize, 0..5usize, 0..900u32)
            .prop_map(|(deal, who, phone, price)| Step::Edit { deal, who, phone, price }),
        2 => (n(), any::<bool>()).prop_map(|(deal, somebody)| Step::Assign { deal, somebody }),
        2 => n().prop_map(|deal| Step::Remove { deal }),
        5 => (any::<bool>(), 0..8usize, any::<bool>(), 0..900u32)
            .prop_map(|(shop, order, draft, price)| Step::Order { shop, order, draft, price }),
        1 => (any::<bool>(), 0..8usize).prop_map(|(shop, order)| Step::Delete { shop, order }),
        1 => (any::<bool>(), 0..8usize).prop_map(|(shop, order)| Step::Restore { shop, order }),
        4 => (n(), n()).prop_map(|(order, status)| Step::Status { order, status }),
        1 => (0..99u32).prop_map(|name| Step::Rename { name }),
        1 => (n(), 0..99u32).prop_map(|(index, name)| Step::AddStage { index, name }),
        1 => (n(), 0..99u32).prop_map(|(stage, limit)| Step::EditStage { stage, limit }),
        1 => n().prop_map(|by| Step::Reorder { by }),
        1 => (n(), n()).prop_map(|(stage, to)| Step::RemoveStage { stage, to }),
    ]
}

async fn whatever_is_done_a_followed_board_is_a_loaded_one(db: TestDb) {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let steps = prop::collection::vec(step(), STEPS).new_tree(&mut runner).expect("steps").current();
    // Shown where the test fails: they differ every time.
    eprintln!("{steps:?}");
    let shop = Shop::open(&db.store).await;
    // Orders of both storefronts arrive in one funnel that everybody shares.
    for own in [&shop.orders, &shop.second] {
        let gone = db.store.change_funnel(&shop.owner, id(), own.id, FunnelChange::Archive).await;
        gone.expect("archived");
    }
    let shared = shop.shared.id;
    let mut admin = Watcher::start(&db.store, &shop.admin, shared).await;
    let mut manager = Watcher::start(&db.store, &shop.manager, shared).await;
    let mut stranger = Watcher::start(&db.store, &shop.stranger, shared).await;
    for (n, step) in steps.iter().enumerate() {
        let now = NOW + n as i64 * HOUR;
        match act(&db.store, &shop, now, step).await {
            Ok(()) | Err(Error::Refused(_)) => {}
            Err(error) => panic!("step {n}, {step:?}: {error}"),
        }
        if n % 16 == 0 {
            admin.agrees(&db.store).await;
        }
    }
    for watcher in [&mut admin, &mut manager, &mut stranger] {
        watcher.agrees(&db.store).await;
    }
    assert!(admin.board.cards.len() > manager.board.cards.len(), "a manager sees their own storefront only");
    // A board that nobody touched meanwhile is the same whoever asks again.
    let other = funnel(&db.store, "Інша", None).await;
    assert_eq!(load(&db.store, &shop.admin, other.id).await.cards.len(), 0);
    tokio::time::timeout(Duration::from_secs(30), db.sound()).await.expect("the check ends");
}

async fn act(store: &Store, shop: &Shop, now: Millis, step: &Step) -> store::Result<()> {
    let ctx = at(&shop.owner, now);
    let board = load(store, &ctx, shop.shared.id).await;
    let mut cards: Vec<&Card> = board.cards.values().collect();
    cards.sort_by_key(|card| card.id);
    let card = |n: usize| (!cards.is_empty()).then(|| cards[n % cards.len()]);
    let stage = |n: usize| board.funnel.stages[n % board.funnel.stages.len()].id;
    // Asked for by lost stages, passed over by the others.
    let reason = store.lost_reasons().await?.first().map(|reason| reason.id);
    let storefront = |one: bool| if one { shop.one } else { shop.two };
    match step {
        Step::Create { shop: one, who, phone, price } => {
            let form = contents(*who, *phone, *price);
            let funnel = shop.shared.id;
            let command = CreateDeal { command: id(), funnel, stage: None, storefront: Some(storefront(*one)), form };
            store.create_deal(&ctx, command).await.map(drop)
        }
        Step::Move { deal, stage: goal, near, place } => {
            let (Some(card), Some(near)) = (card(*deal), card(*near)) else { return Ok(()) };
            let place = [Place::Top, Place::Bottom, Place::Before(near.id), Place::After(near.id)][usize::from(*place)];
            store.move_deal(&ctx, MoveDeal { reason, ..to(card, stage(*goal), place) }).await.map(drop)
        }
        Step::MoveMany { deals, stage: goal } => {
            let deals = deals.iter().filter_map(|n| card(*n)).map(|card| (card.id, card.stage)).collect();
            store
                .move_deals(
                    &ctx,
                    MoveDeals {
                        command: id(),
                        deals,
                        to: stage(*goal),
                        place: Place::Bottom,
                        reason,
                        undoes: None,
                        details: None,
                    },
                )
                .await
                .map(drop)
        }
        Step::Edit { deal, who, phone, price } => {
            let Some(card) = card(*deal) else { return Ok(()) };
            let seen = store.deal(&ctx, card.id).await?.contents_version;
            let form = contents(*who, *phone, *price);
            store.edit_deal(&ctx, EditDeal { command: id(), deal: card.id, seen, form }).await.map(drop)
        }
        Step::Assign { deal, somebody } => {
            let Some(card) = card(*deal) else { return Ok(()) };
            let to = somebody.then(|| user(&shop.admin));
            store.assign_deal(&ctx, AssignDeal { command: id(), deal: card.id, to }).await.map(drop)
        }
        Step::Remove { deal } => {
            let Some(card) = card(*deal) else { return Ok(()) };
            store.delete_deal(&ctx, DeleteDeal { command: id(), deal: card.id, seen: card.version }).await
        }
        Step::Order { shop: one, order, draft, price } => {
            let order = sent(*order, *draft, *price, now);
            store.receive_order(storefront(*one), now, order, Arrival::Sent).await.map(drop)
        }
        Step::Restore { shop: one, order } => {
            let order = sent(*order, false, 1, now);
            store.receive_order(storefront(*one), now, order, Arrival::Restored).await.map(drop)
        }
        Step::Delete { shop: one, order } => {
            store.delete_order(storefront(*one), now, order.to_string()).await.map(drop)
        }
        Step::Status { order, status } => {
            let orders = store.orders_list(&ctx, &OrdersAsked::default(), LIST_MAX).await?.rows;
            let Some(row) = (!orders.is_empty()).then(|| &orders[order % orders.len()]) else { return Ok(()) };
            let statuses = store.statuses(&ctx, row.storefront).await?;
            take_to(store, &ctx, row.id, &statuses[status % statuses.len()]).await
        }
        Step::Rename { name } => {
            change(store, &ctx, &board.funnel, FunnelChange::Rename { name: name.to_string() }).await
        }
        Step::AddStage { index, name } => {
            let stage = stage_form(*name);
            change(store, &ctx, &board.funnel, FunnelChange::AddStage { stage, index: index % 9 }).await
        }
        Step::EditStage { stage: which, limit } => {
            let edit = FunnelChange::EditStage { stage: stage(*which), form: stage_form(*limit) };
            change(store, &ctx, &board.funnel, edit).await
        }
        Step::Reorder { by } => {
            let mut order: Vec<StageId> = board.funnel.stages.iter().map(|stage| stage.id).collect();
            let by = by % order.len();
            order.rotate_left(by);
            change(store, &ctx, &board.funnel, FunnelChange::Reorder { order }).await
        }
        Step::RemoveStage { stage: which, to } => {
            let remove = FunnelChange::RemoveStage { stage: stage(*which), deals_to: Some(stage(*to)) };
            change(store, &ctx, &board.funnel, remove).await
        }
    }
}

async fn change(store: &Store, ctx: &Ctx, funnel: &Funnel, change: FunnelChange) -> store::Result<()> {
    store.change_funnel(ctx, id(), funnel.id, change).await.map(drop)
}

/// Few people with few phones, so that customers meet each other.
fn contents(who: usize, phone: usize, price: u32) -> domain::deals::DealForm {
    let phone = ["", "050 123 45 67", "+380671112233", "0501234567", "не телефон"][phone];
    form(["Ірина", "Оксана", "", "Марта", "Ірина Б.", "Роман"][who], phone, &[("Чай", "2", &price.to_string())])
}

fn sent(order: usize, draft: bool, price: u32, now: Millis) -> domain::orders::IncomingOrder {
    let mut sent = incoming(&order.to_string());
    if draft {
        sent.status = ShopStatus::Draft;
        sent.customer = domain::orders::IncomingCustomer::default();
    }
    sent.changed_at = now;
    sent.total = i64::from(price) * 100;
    sent.lines = vec![goods("Мед", 1, sent.total)];
    sent
}

fn stage_form(n: u32) -> StageForm {
    let kind = StageKind::ALL[n as usize % 3];
    StageForm {
        name: format!("Етап {n}"),
        colour: Colour::Blue,
        kind,
        limit_hours: Some(i64::from(n)),
        public_name: None,
    }
}
