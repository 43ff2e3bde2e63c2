//! Funnels, their stages, and the reasons for which deals are lost.

use crate::common::shop::{NOW, Shop, at, create, form, id, to};
use crate::common::watcher::{Watcher, load};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::{Actor, Role, Storefronts, Who};
use domain::board::{Filter, Limit, Place, Refusal};
use domain::event::Fact;
use domain::funnels::presets::Preset;
use domain::funnels::{Colour, Funnel, FunnelChange, NewFunnel, ReasonChange, STAGES_MAX, StageForm, StageKind};
use domain::i18n::Lang;
use domain::ids::*;
use store::{Ctx, Store};

on_both![
    every_preset_in_every_language,
    stages_are_added_changed_and_reordered,
    removing_a_stage_asks_where_its_deals_go,
    a_stage_that_goes_while_deals_arrive_loses_none,
    names_and_numbers_have_limits,
    who_may_not_changes_nothing,
    a_funnel_of_everybody_is_changed_by_those_who_belong_everywhere,
    an_archived_funnel_is_off_the_boards,
    lost_reasons_are_kept_for_old_deals,
    counts_of_a_shared_funnel_are_told_to_those_who_manage_it,
];

fn limit(limit: Limit) -> Refusal {
    Refusal::Limit { limit }
}

fn stage(name: &str, kind: StageKind) -> StageForm {
    StageForm { name: name.into(), colour: Colour::Blue, kind, limit_hours: None, public_name: None }
}

async fn change(store: &Store, ctx: &Ctx, funnel: FunnelId, change: FunnelChange) -> store::Result<Funnel> {
    store.change_funnel(ctx, id(), funnel, change).await
}

fn names(funnel: &Funnel) -> Vec<&str> {
    funnel.stages.iter().map(|stage| stage.name.as_str()).collect()
}

async fn every_preset_in_every_language(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for preset in Preset::ALL {
        for lang in [Lang::Uk, Lang::En, Lang::Ru] {
            let name = preset.name(lang).to_owned();
            let new = NewFunnel { name, storefront: Some(shop.one), preset: Some(preset), lang };
            let made = db.store.create_funnel(&shop.head, id(), new).await.expect("made");
            let expected: Vec<&str> = preset.stages(lang).iter().map(|stage| stage.name).collect();
            assert_eq!(names(&made), expected);
            assert_eq!(made.stages.iter().filter(|stage| stage.kind == StageKind::Lost).count(), 1);
        }
    }
    let empty = NewFunnel { name: " Порожня\u{0} ".into(), storefront: None, preset: None, lang: Lang::En };
    let empty = db.store.create_funnel(&shop.admin, id(), empty).await.expect("made");
    assert_eq!((empty.name.as_str(), empty.stages.len()), ("Порожня", 1), "one stage, to begin with");
    assert_eq!(db.store.funnels(&shop.head.actor).await.expect("funnels").len(), 18 + 2 + 1);
    db.sound().await;
}

async fn stages_are_added_changed_and_reordered(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let funnel = shop.orders.id;
    let add = FunnelChange::AddStage { stage: stage("Пакування", StageKind::Open), index: 2 };
    let with = change(&db.store, &shop.head, funnel, add).await.expect("added");
    assert_eq!(names(&with)[2], "Пакування");
    let last = FunnelChange::AddStage { stage: stage("Кінець", StageKind::Won), index: 999 };
    let with = change(&db.store, &shop.head, funnel, last).await.expect("added");
    assert_eq!(with.stages.last().map(|stage| stage.name.as_str()), Some("Кінець"));
    let edited = StageForm {
        name: "Упаковка".into(),
        colour: Colour::Blue,
        kind: StageKind::Open,
        limit_hours: Some(5),
        public_name: None,
    };
    let edit = FunnelChange::EditStage { stage: with.stages[2].id, form: edited };
    let with = change(&db.store, &shop.head, funnel, edit.clone()).await.expect("changed");
    assert_eq!((with.stages[2].name.as_str(), with.stages[2].limit_hours), ("Упаковка", Some(5)));
    let end = db.store.log_end().await.expect("the end");
    change(&db.store, &shop.head, funnel, edit).await.expect("as it is");
    assert_eq!(db.store.log_end().await.expect("the end"), end, "nothing changed, nothing is told");
    let mut order: Vec<StageId> = with.stages.iter().map(|stage| stage.id).collect();
    order.reverse();
    let turned =
        change(&db.store, &shop.head, funnel, FunnelChange::Reorder { order: order.clone() }).await.expect("turned");
    assert_eq!(turned.stages.iter().map(|stage| stage.id).collect::<Vec<_>>(), order);
    change(&db.store, &shop.head, funnel, FunnelChange::Rename { name: "Нова назва".into() }).await.expect("renamed");
    watcher.agrees(&db.store).await;
    db.untouched(async {
        order.pop();
        let short = FunnelChange::Reorder { order: order.clone() };
        assert_eq!(refusal(change(&db.store, &shop.head, funnel, short).await), Refusal::StageGone);
        order.push(shop.second.stages[0].id);
        let foreign = FunnelChange::Reorder { order };
        assert_eq!(refusal(change(&db.store, &shop.head, funnel, foreign).await), Refusal::StageGone);
        let other =
            FunnelChange::EditStage { stage: shop.second.stages[0].id, form: stage("Чуже", StageKind::Open) };
        assert_eq!(refusal(change(&db.store, &shop.head, funnel, other).await), Refusal::StageGone);
    })
    .await;
    db.sound().await;
}

async fn removing_a_stage_asks_where_its_deals_go(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut cards = Vec::new();
    for n in 0..3 {
        cards.push(shop.deal(&db.store, &format!("Клієнт {n}")).await);
    }
    let already = db.store.move_deal(&shop.manager, to(&cards[0], shop.stage(1), Place::Top)).await.expect("moved");
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let remove = |to| FunnelChange::RemoveStage { stage: shop.stage(0), deals_to: to };
    let funnel = shop.orders.id;
    db.untouched(async {
        let head = &shop.head;
        assert_eq!(refusal(change(&db.store, head, funnel, remove(None)).await), limit(Limit::StageHasDeals));
        let itself = remove(Some(shop.stage(0)));
        assert_eq!(refusal(change(&db.store, head, funnel, itself).await), Refusal::StageGone);
        let foreign = remove(Some(shop.second.stages[0].id));
        assert_eq!(refusal(change(&db.store, head, funnel, foreign).await), Refusal::StageGone);
    })
    .await;
    let later = at(&shop.head, NOW + 5_000);
    let counts = db.store.deals_per_stage(&shop.head, funnel).await.expect("counts");
    assert!(counts.contains(&(shop.stage(0), 2)), "{counts:?}");
    let left = change(&db.store, &later, funnel, remove(Some(shop.stage(1)))).await.expect("removed");
    assert!(left.stage(shop.stage(0)).is_none());
    let board = load(&db.store, &shop.viewer, funnel).await;
    let order = &board.columns[&shop.stage(1)].loaded;
    assert_eq!(order, &[already.id, cards[2].id, cards[1].id], "below those that stood there, in their order");
    assert_eq!(board.cards[&cards[2].id].since, NOW + 5_000);
    let history = db.store.deal_history(&shop.viewer, cards[2].id).await.expect("a history");
    assert!(
        matches!(&history[0].fact, Fact::DealMoved(moved) if moved.from == shop.stage(0)),
        "each deal tells its move"
    );
    watcher.agrees(&db.store).await;
    // Nobody says of each deal why it would be lost.
    let lost = FunnelChange::RemoveStage { stage: shop.stage(1), deals_to: Some(shop.lost()) };
    let refused = db.untouched(async { refusal(change(&db.store, &shop.head, funnel, lost).await) }).await;
    assert_eq!(refused, Refusal::ReasonNeeded);
    // The last one stays.
    let mut left = left;
    while let [first, .., last] = left.stages.as_slice() {
        let (gone, to) = (last.id, first.id);
        let remove = FunnelChange::RemoveStage { stage: gone, deals_to: Some(to) };
        left = change(&db.store, &shop.head, funnel, remove).await.expect("removed");
    }
    let last = FunnelChange::RemoveStage { stage: left.stages[0].id, deals_to: None };
    assert_eq!(refusal(change(&db.store, &shop.head, funnel, last).await), limit(Limit::LastStage));
    watcher.agrees(&db.store).await;
    db.sound().await;
}

/// Whoever comes first: a deal stands on a stage that is there, or is refused with words.
async fn a_stage_that_goes_while_deals_arrive_loses_none(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let waiting: Vec<_> = {
        let mut cards = Vec::new();
        for n in 0..10 {
            cards.push(shop.deal(&db.store, &format!("Клієнт {n}")).await);
        }
        cards
    };
    for round in 1..4 {
        let goal = shop.stage(round);
        let moves = waiting.iter().map(|card| {
            let (store, ctx, command) = (db.store.clone(), shop.manager.clone(), to(card, goal, Place::Top));
            tokio::spawn(async move { store.move_deal(&ctx, command).await.map(drop) })
        });
        let makes = (0..10).map(|n| {
            let made = create(&shop.orders, form(&format!("Новий {n}"), "", &[]));
            let command = domain::deals::CreateDeal { stage: Some(goal), ..made };
            let (store, ctx) = (db.store.clone(), shop.manager.clone());
            tokio::spawn(async move { store.create_deal(&ctx, command).await.map(drop) })
        });
        let arriving: Vec<_> = moves.chain(makes).collect();
        let remove = FunnelChange::RemoveStage { stage: goal, deals_to: Some(shop.stage(4)) };
        change(&db.store, &shop.head, shop.orders.id, remove).await.expect("removed");
        for answer in futures::future::join_all(arriving).await {
            match answer.expect("no panic") {
                Ok(()) => {}
                Err(error) => {
                    let why = refusal::<()>(Err(error));
                    assert!(matches!(why, Refusal::StageGone | Refusal::Stale { .. }), "{why:?}");
                }
            }
        }
    }
    db.sound().await;
}

async fn names_and_numbers_have_limits(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let funnel = shop.second.id;
    for n in shop.second.stages.len()..STAGES_MAX {
        let add = FunnelChange::AddStage { stage: stage(&format!("Етап {n}"), StageKind::Open), index: n };
        change(&db.store, &shop.admin, funnel, add).await.expect("added");
    }
    let long = "ї".repeat(81);
    db.untouched(async {
        for (wrong, why) in [
            (FunnelChange::AddStage { stage: stage("51", StageKind::Open), index: 0 }, Limit::StagesFull),
            (FunnelChange::Rename { name: " \u{0}\n".into() }, Limit::NameMissing),
            (FunnelChange::Rename { name: long.clone() }, Limit::NameTooLong),
            (
                FunnelChange::EditStage { stage: shop.second.stages[0].id, form: stage(&long, StageKind::Open) },
                Limit::NameTooLong,
            ),
        ] {
            assert_eq!(refusal(change(&db.store, &shop.admin, funnel, wrong).await), limit(why));
        }
        let nowhere =
            NewFunnel { name: "Ніде".into(), storefront: Some(StorefrontId(999)), preset: None, lang: Lang::Uk };
        assert_eq!(refusal(db.store.create_funnel(&shop.owner, id(), nowhere).await), Refusal::NotFound);
    })
    .await;
    let odd = StageForm { limit_hours: Some(-5), ..stage("Без межі", StageKind::Open) };
    let edit = FunnelChange::EditStage { stage: shop.second.stages[0].id, form: odd };
    let edited = change(&db.store, &shop.admin, funnel, edit).await.expect("changed");
    assert_eq!(edited.stages[0].limit_hours, None, "no such limit");
    db.sound().await;
}

async fn who_may_not_changes_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let changes = || {
        [
            FunnelChange::Rename { name: "Моє".into() },
            FunnelChange::AddStage { stage: stage("Моє", StageKind::Open), index: 0 },
            FunnelChange::EditStage { stage: shop.stage(0), form: stage("Моє", StageKind::Lost) },
            FunnelChange::Reorder { order: vec![] },
            FunnelChange::RemoveStage { stage: shop.stage(0), deals_to: None },
            FunnelChange::Archive,
        ]
    };
    let new = |storefront| NewFunnel { name: "Моя".into(), storefront, preset: None, lang: Lang::Uk };
    db.untouched(async {
        for (ctx, why) in [
            (&shop.viewer, Refusal::NotAllowed),
            (&shop.manager, Refusal::NotAllowed),
            (&shop.stranger, Refusal::NotFound),
        ] {
            for wrong in changes() {
                assert_eq!(refusal(change(&db.store, ctx, shop.orders.id, wrong).await), why);
            }
            assert_eq!(refusal(db.store.create_funnel(ctx, id(), new(Some(shop.one))).await), why);
            assert_eq!(refusal(db.store.create_funnel(ctx, id(), new(None)).await), Refusal::NotAllowed);
            let add = ReasonChange::Add { name: "Моя причина".into() };
            assert_eq!(refusal(db.store.change_lost_reasons(ctx, id(), add).await), Refusal::NotAllowed);
        }
        let foreign = db.store.create_funnel(&shop.head, id(), new(Some(shop.two))).await;
        assert_eq!(refusal(foreign), Refusal::NotFound);
    })
    .await;
    db.sound().await;
}

async fn a_funnel_of_everybody_is_changed_by_those_who_belong_everywhere(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let rename = || FunnelChange::Rename { name: "Спільна для всіх".into() };
    let bounded = Actor {
        who: Who::Token(TokenId(1)),
        role: Role::Admin,
        storefronts: Storefronts::Some(vec![shop.one, shop.two]),
    };
    let bounded = Ctx { actor: bounded, now: NOW };
    db.untouched(async {
        for ctx in [&shop.head, &bounded] {
            assert_eq!(refusal(change(&db.store, ctx, shop.shared.id, rename()).await), Refusal::NotAllowed);
        }
    })
    .await;
    change(&db.store, &shop.admin, shop.shared.id, rename()).await.expect("renamed");
    db.sound().await;
}

async fn an_archived_funnel_is_off_the_boards(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    change(&db.store, &shop.head, shop.orders.id, FunnelChange::Archive).await.expect("archived");
    let seen: Vec<FunnelId> =
        db.store.funnels(&shop.manager.actor).await.expect("funnels").iter().map(|funnel| funnel.id).collect();
    assert_eq!(seen, [shop.shared.id]);
    let board = db.store.board(&shop.owner, shop.orders.id, &Filter::default()).await;
    assert_eq!(refusal(board), Refusal::NotFound);
    db.untouched(async {
        let again = change(&db.store, &shop.head, shop.orders.id, FunnelChange::Archive).await;
        assert_eq!(refusal(again), Refusal::NotFound);
        let moved = db.store.move_deal(&shop.manager, to(&card, shop.stage(1), Place::Top)).await;
        assert_eq!(refusal(moved), Refusal::NotFound);
        let made = db.store.create_deal(&shop.manager, create(&shop.orders, form("Хтось", "", &[]))).await;
        assert_eq!(refusal(made), Refusal::NotFound);
    })
    .await;
    let details = db.store.deal(&shop.manager, card.id).await.expect("its deals stay");
    assert_eq!(details.card, card);
    assert_eq!(db.store.deal_history(&shop.manager, card.id).await.expect("and their histories").len(), 1);
    db.sound().await;
}

async fn lost_reasons_are_kept_for_old_deals(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let change = async |change: ReasonChange| db.store.change_lost_reasons(&shop.head, id(), change).await;
    let begun = db.store.lost_reasons().await.expect("reasons");
    assert!(!begun.is_empty(), "the first funnel brings a list to begin with, the next ones add nothing");
    assert_eq!(begun.len(), domain::funnels::presets::lost_reasons(Lang::Uk).len());
    let reasons = change(ReasonChange::Add { name: " Своя ".into() }).await.expect("added");
    let added = reasons.last().expect("a reason");
    let reason = added.id;
    assert_eq!((reasons.len(), added.name.as_str()), (begun.len() + 1, "Своя"));
    db.untouched(async {
        let twice = ReasonChange::Add { name: "Своя".into() };
        assert_eq!(refusal(change(twice).await), limit(Limit::NameTaken));
        let unknown = ReasonChange::Rename { reason: LostReasonId(99), name: "Так".into() };
        assert_eq!(refusal(change(unknown).await), Refusal::NotFound);
        assert_eq!(refusal(change(ReasonChange::Add { name: String::new() }).await), limit(Limit::NameMissing));
    })
    .await;
    let card = shop.deal(&db.store, "Ірина").await;
    let lost = domain::board::MoveDeal { reason: Some(reason), ..to(&card, shop.lost(), Place::Top) };
    db.store.move_deal(&shop.manager, lost).await.expect("lost");
    change(ReasonChange::Rename { reason, name: "Зовсім своя".into() }).await.expect("renamed");
    let left = change(ReasonChange::Retire { reason }).await.expect("retired");
    assert_eq!(left, begun);
    let details = db.store.deal(&shop.viewer, card.id).await.expect("details");
    assert_eq!(details.lost_reason.as_deref(), Some("Зовсім своя"));
    let again = change(ReasonChange::Retire { reason }).await;
    assert_eq!(refusal(again), Refusal::NotFound);
    db.sound().await;
}

async fn counts_of_a_shared_funnel_are_told_to_those_who_manage_it(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let count = async |ctx: &Ctx| db.store.deals_per_stage(ctx, shop.shared.id).await;
    assert!(count(&shop.admin).await.expect("counts").is_empty());
    for ctx in [&shop.viewer, &shop.manager, &shop.head] {
        assert_eq!(refusal(count(ctx).await), Refusal::NotAllowed, "they would count what they may not see");
    }
    assert_eq!(refusal(db.store.deals_per_stage(&shop.stranger, shop.orders.id).await), Refusal::NotFound);
    db.sound().await;
}
