//! Saved views: each person's own.

use crate::common::shop::{Shop, id, system};
use crate::common::{TestDb, on_both, refusal};
use domain::board::{Filter, Limit, Refusal};
use domain::ids::*;
use store::Error;

on_both![views_are_saved_replaced_and_removed, views_are_ones_own, views_have_limits];

fn text(text: &str) -> Filter {
    Filter { text: text.into(), ..Filter::default() }
}

async fn views_are_saved_replaced_and_removed(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (store, ctx, funnel) = (&db.store, &shop.manager, shop.orders.id);
    store.save_view(ctx, id(), funnel, " Чай ", &text("чай")).await.expect("saved");
    store.save_view(ctx, id(), funnel, "Алое", &text("алое")).await.expect("saved");
    store.save_view(ctx, id(), funnel, "Чай", &text("зелений чай")).await.expect("replaced");
    let views = store.views(ctx, funnel).await.expect("views");
    let kept: Vec<(&str, &str)> = views.iter().map(|view| (view.name.as_str(), view.query.as_str())).collect();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[0].0, "Алое");
    assert_eq!(kept[1], ("Чай", text("зелений чай").to_query().as_str()));
    assert!(store.views(ctx, shop.shared.id).await.expect("views").is_empty());
    let command = id();
    store.remove_view(ctx, command, views[0].id).await.expect("removed");
    store.remove_view(ctx, command, views[0].id).await.expect("the same command twice");
    assert_eq!(refusal(store.remove_view(ctx, id(), views[0].id).await), Refusal::NotFound);
    assert_eq!(store.views(ctx, funnel).await.expect("views").len(), 1);
    db.sound().await;
}

async fn views_are_ones_own(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (store, funnel) = (&db.store, shop.orders.id);
    store.save_view(&shop.viewer, id(), funnel, "Моє", &text("чай")).await.expect("a viewer has views too");
    let view = store.views(&shop.viewer, funnel).await.expect("views")[0].id;
    assert!(store.views(&shop.owner, funnel).await.expect("views").is_empty());
    db.untouched(async {
        for ctx in [&shop.owner, &shop.stranger] {
            assert_eq!(refusal(store.remove_view(ctx, id(), view).await), Refusal::NotFound);
        }
        let unseen = store.save_view(&shop.stranger, id(), funnel, "Чуже", &text("чай")).await;
        assert_eq!(refusal(unseen), Refusal::NotFound);
        let nobody = store.save_view(&system(), id(), funnel, "Нічиє", &text("чай")).await;
        assert!(matches!(nobody, Err(Error::SignedOut)));
    })
    .await;
    db.sound().await;
}

async fn views_have_limits(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (store, ctx, funnel) = (&db.store, &shop.manager, shop.orders.id);
    for n in 0..50 {
        store.save_view(ctx, id(), funnel, &format!("Вигляд {n}"), &text("чай")).await.expect("saved");
    }
    let limit = |limit| Refusal::Limit { limit };
    db.untouched(async {
        let save = async |name: &str, filter: Filter| refusal(store.save_view(ctx, id(), funnel, name, &filter).await);
        assert_eq!(save("Ще один", text("")).await, limit(Limit::TooMany));
        assert_eq!(save(" ", text("")).await, limit(Limit::NameMissing));
        assert_eq!(save(&"ж".repeat(61), text("")).await, limit(Limit::NameTooLong));
        assert_eq!(save("Довгий", text(&"ж".repeat(5_000))).await, limit(Limit::NameTooLong));
    })
    .await;
    store.save_view(ctx, id(), funnel, "Вигляд 7", &text("кава")).await.expect("replacing one needs no room");
    assert_eq!(store.views(ctx, funnel).await.expect("views").len(), 50);
    assert!(ViewId(0) < store.views(ctx, funnel).await.expect("views")[0].id);
    db.sound().await;
}
