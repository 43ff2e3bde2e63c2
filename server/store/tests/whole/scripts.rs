//! What scripts do to deals: parts at a time, from wherever they stand.

use crate::common::shop::{Shop, create, form, id, to, user};
use crate::common::watcher::Watcher;
use crate::common::{TestDb, on_both, refusal};
use domain::board::{Card, Limit, Place, PlaceDeal, PlaceDeals, Refusal};
use domain::deals::patch::{DealPatch, MakeDeal, PatchDeal};
use domain::deals::{AssignDeal, Fault, Field};
use domain::event::{Changed, Fact};
use domain::ids::*;

on_both![
    a_script_makes_and_changes_parts_of_a_deal,
    a_version_that_is_named_is_the_one_that_counts,
    who_may_not_patches_nothing,
    a_deal_is_placed_from_wherever_it_stands,
    many_deals_are_placed_each_by_itself,
];

fn patch(text: &str) -> DealPatch {
    serde_json::from_str(text).expect("a patch")
}

fn patching(card: &Card, seen: Option<i64>, text: &str) -> PatchDeal {
    PatchDeal { command: id(), deal: card.id, seen, patch: patch(text) }
}

fn making(shop: &Shop, text: &str) -> MakeDeal {
    MakeDeal { command: id(), funnel: shop.orders.id, stage: None, storefront: None, patch: patch(text) }
}

fn placing(card: &Card, to: StageId) -> PlaceDeal {
    PlaceDeal {
        command: id(),
        deal: card.id,
        to,
        place: Place::Top,
        from: None,
        seen: None,
        reason: None,
        details: None,
    }
}

async fn a_script_makes_and_changes_parts_of_a_deal(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let words =
        r#"{"customer_name":"Ірина","phone":"050 123 45 67","lines":[{"name":"Чай","quantity":2,"price":150}]}"#;
    let making = making(&shop, words);
    let card = db.store.compose_deal(&shop.manager, making.clone()).await.expect("made");
    assert_eq!((card.sum, card.first_line.as_str(), card.version), (300, "Чай × 2", 1));
    let again = db.untouched(async { db.store.compose_deal(&shop.manager, making).await.expect("as before") }).await;
    assert_eq!(again, card);
    let command = patching(&card, None, r#"{"comment":"Так","sum":500}"#);
    let patched = db.store.patch_deal(&shop.manager, command.clone()).await.expect("patched");
    assert_eq!((patched.comment.as_str(), patched.card.sum, patched.card.version), ("Так", 500, 2));
    assert_eq!((patched.phone.as_deref(), patched.lines.len()), (Some("+380501234567"), 1));
    let history = db.store.deal_history(&shop.viewer, card.id).await.expect("a history");
    let Fact::DealEdited(edited) = &history[0].fact else { panic!("{:?}", history[0]) };
    assert_eq!(edited.changed, [Changed::Sum, Changed::Comment]);
    // Nothing new is nothing written; a repetition answers as it did, whatever happened since.
    let same = patching(&card, Some(2), r#"{"comment":" Так "}"#);
    assert_eq!(db.store.patch_deal(&shop.head, same).await.expect("as it is").card.version, 2);
    db.store.patch_deal(&shop.head, patching(&card, None, r#"{"phone":null}"#)).await.expect("patched");
    assert_eq!(db.store.patch_deal(&shop.manager, command).await.expect("as before"), patched);
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn a_version_that_is_named_is_the_one_that_counts(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    db.store.move_deal(&shop.head, to(&card, shop.stage(1), Place::Top)).await.expect("moved");
    let edited = Refusal::Edited { version: 2 };
    db.untouched(async {
        let patched = db.store.patch_deal(&shop.manager, patching(&card, Some(1), r#"{"comment":"Так"}"#)).await;
        assert_eq!(refusal(patched), edited);
        let placed = PlaceDeal { seen: Some(1), ..placing(&card, shop.stage(2)) };
        assert_eq!(refusal(db.store.place_deal(&shop.manager, placed).await), edited);
        let assign = AssignDeal { command: id(), deal: card.id, to: Some(user(&shop.head)) };
        assert_eq!(refusal(db.store.assign_seen(&shop.manager, assign, Some(3)).await), edited);
        assert_eq!(refusal(db.store.drop_deal(&shop.head, id(), card.id, Some(1)).await), edited);
    })
    .await;
    db.store.patch_deal(&shop.manager, patching(&card, Some(2), r#"{"comment":"Так"}"#)).await.expect("patched");
    let assign = AssignDeal { command: id(), deal: card.id, to: Some(user(&shop.head)) };
    db.store.assign_seen(&shop.manager, assign, Some(3)).await.expect("assigned");
    let command = id();
    db.store.drop_deal(&shop.head, command, card.id, None).await.expect("dropped");
    db.untouched(async { db.store.drop_deal(&shop.head, command, card.id, None).await.expect("as before") }).await;
    db.sound().await;
}

async fn who_may_not_patches_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    db.untouched(async {
        for (ctx, why) in [(&shop.viewer, Refusal::NotAllowed), (&shop.stranger, Refusal::NotFound)] {
            // A wrong version tells them nothing either.
            for seen in [None, Some(9)] {
                let command = patching(&card, seen, r#"{"comment":"Ні"}"#);
                assert_eq!(refusal(db.store.patch_deal(ctx, command).await), why);
                let placed = PlaceDeal { seen, ..placing(&card, shop.stage(1)) };
                assert_eq!(refusal(db.store.place_deal(ctx, placed).await), why);
                let assign = AssignDeal { command: id(), deal: card.id, to: None };
                assert_eq!(refusal(db.store.assign_seen(ctx, assign, seen).await), why);
            }
            let made = making(&shop, r#"{"customer_name":"Хтось"}"#);
            assert_eq!(refusal(db.store.compose_deal(ctx, made).await), why);
        }
        let faults = refusal(db.store.compose_deal(&shop.manager, making(&shop, r#"{"sum":-1}"#)).await);
        let Refusal::Faults { faults } = faults else { panic!("{faults:?}") };
        assert_eq!(faults, [(Field::CustomerName, Fault::Missing), (Field::Sum, Fault::NotANumber)]);
    })
    .await;
    db.sound().await;
}

async fn a_deal_is_placed_from_wherever_it_stands(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let command = placing(&card, shop.stage(1));
    let placed = db.store.place_deal(&shop.manager, command.clone()).await.expect("placed");
    assert_eq!((placed.stage, placed.left), (shop.stage(1), Some(shop.stage(0))));
    db.store.place_deal(&shop.head, placing(&card, shop.stage(2))).await.expect("placed on");
    db.untouched(async {
        assert_eq!(db.store.place_deal(&shop.manager, command).await.expect("as before"), placed);
        let stale = PlaceDeal { from: Some(shop.stage(0)), ..placing(&card, shop.stage(3)) };
        let Refusal::Stale { now } = refusal(db.store.place_deal(&shop.manager, stale).await) else {
            panic!("not stale")
        };
        assert_eq!(now.stage, shop.stage(2));
        let lost = placing(&card, shop.lost());
        assert_eq!(refusal(db.store.place_deal(&shop.manager, lost).await), Refusal::ReasonNeeded);
        let foreign = placing(&card, shop.second.stages[0].id);
        assert_eq!(refusal(db.store.place_deal(&shop.manager, foreign).await), Refusal::StageGone);
    })
    .await;
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn many_deals_are_placed_each_by_itself(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let (one, two) = (shop.deal(&db.store, "Ірина").await, shop.deal(&db.store, "Оксана").await);
    let foreign =
        db.store.create_deal(&shop.stranger, create(&shop.second, form("Чужа", "", &[]))).await.expect("made");
    let deals =
        vec![(two.id, None), (foreign.id, None), (one.id, Some(shop.stage(0))), (two.id, None), (DealId(99), None)];
    let command =
        PlaceDeals { command: id(), deals, to: shop.stage(2), place: Place::Top, reason: None, details: None };
    let answer = db.store.place_deals(&shop.manager, command.clone()).await.expect("placed");
    assert_eq!(answer.moved, [two.id, one.id]);
    assert_eq!(answer.refused, [(foreign.id, Refusal::NotFound), (DealId(99), Refusal::NotFound)]);
    let again = db.untouched(async { db.store.place_deals(&shop.manager, command).await.expect("as before") }).await;
    assert_eq!(again, answer);
    let many = (0..501).map(|n| (DealId(n), None)).collect();
    let many =
        PlaceDeals { command: id(), deals: many, to: shop.stage(2), place: Place::Top, reason: None, details: None };
    assert_eq!(refusal(db.store.place_deals(&shop.manager, many).await), Refusal::Limit { limit: Limit::TooMany });
    watcher.agrees(&db.store).await;
    db.sound().await;
}
