//! Who may do what to the team, and who sees what of which storefront.

use crate::common::files::through;
use crate::common::shop::{NOW, Shop, create, form, id, incoming, user};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::{Invite, Role, UserChange};
use domain::board::filter::Responsible;
use domain::board::{Filter, Limit, Refusal};
use domain::deals::CreateDeal;
use domain::event::audience;
use domain::ids::*;
use domain::import::Kind;
use domain::storefronts::NewStorefront;
use store::Ctx;
use store::intake::{Kept, Reason, Why};
use store::orders::Arrival;

on_both![
    who_may_change_whom,
    there_is_always_an_owner,
    a_storefront_is_seen_by_those_who_belong_to_it,
    a_shared_funnel_shows_each_their_own,
    events_reach_those_who_may_see_them,
    storefronts_are_managed_by_admins,
    what_was_not_understood_is_for_admins,
    a_report_of_refused_rows_ends_with_the_right_to_it,
];

async fn who_may_change_whom(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let other_owner = crate::common::shop::colleague(&db.store, "Друга власниця", Role::Owner, &[]).await;
    let change =
        async |ctx: &Ctx, whom: &Ctx, change: UserChange| db.store.change_user(ctx, id(), user(whom), change).await;
    db.untouched(async {
        for ctx in [&shop.viewer, &shop.manager, &shop.head, &shop.stranger] {
            for what in [UserChange::Role(Role::Owner), UserChange::Storefronts(vec![shop.two]), UserChange::Remove] {
                assert_eq!(refusal(change(ctx, ctx, what.clone()).await), Refusal::NotAllowed);
                assert_eq!(refusal(change(ctx, &shop.viewer, what).await), Refusal::NotAllowed);
            }
            let invite =
                Invite { name: "Х".into(), email: "x@example.com".into(), role: Role::Viewer, storefronts: vec![] };
            assert_eq!(refusal(db.store.invite(ctx, id(), invite).await), Refusal::NotAllowed);
            assert_eq!(refusal(db.store.invite_again(ctx, id(), user(&shop.viewer)).await), Refusal::NotAllowed);
            assert_eq!(refusal(db.store.users(ctx).await), Refusal::NotAllowed);
        }
        // An admin touches no owner, and makes none; a link would be a way into an owner's account.
        let admin = &shop.admin;
        for what in [UserChange::Role(Role::Viewer), UserChange::Storefronts(vec![]), UserChange::Remove] {
            assert_eq!(refusal(change(admin, &shop.owner, what).await), Refusal::NotAllowed);
        }
        assert_eq!(refusal(change(admin, admin, UserChange::Role(Role::Owner)).await), Refusal::NotAllowed);
        assert_eq!(refusal(db.store.invite_again(admin, id(), user(&shop.owner)).await), Refusal::NotAllowed);
        let owner = Invite { name: "Х".into(), email: "x@example.com".into(), role: Role::Owner, storefronts: vec![] };
        assert_eq!(refusal(db.store.invite(admin, id(), owner).await), Refusal::NotAllowed);
        let nowhere = UserChange::Storefronts(vec![shop.one, StorefrontId(999)]);
        assert_eq!(refusal(change(admin, &shop.manager, nowhere).await), Refusal::NotFound);
        let oneself = Refusal::Limit { limit: Limit::Yourself };
        assert_eq!(refusal(change(admin, admin, UserChange::Remove).await), oneself);
    })
    .await;
    change(&shop.admin, &shop.manager, UserChange::Role(Role::Head)).await.expect("changed");
    change(&shop.admin, &shop.manager, UserChange::Storefronts(vec![shop.two, shop.one, shop.two]))
        .await
        .expect("changed");
    change(&shop.owner, &other_owner, UserChange::Remove).await.expect("removed");
    let users = db.store.users(&shop.admin).await.expect("users");
    let manager = users.iter().find(|one| one.id == user(&shop.manager)).expect("there");
    assert_eq!((manager.role, &manager.storefronts), (Role::Head, &vec![shop.one, shop.two]));
    db.sound().await;
}

async fn there_is_always_an_owner(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let last = Refusal::Limit { limit: Limit::LastOwner };
    let lower = || UserChange::Role(Role::Admin);
    db.untouched(async {
        let lowered = db.store.change_user(&shop.owner, id(), user(&shop.owner), lower()).await;
        assert_eq!(refusal(lowered), last);
    })
    .await;
    // Two owners who lower each other at once: one of them stays.
    let second = crate::common::shop::colleague(&db.store, "Друга", Role::Owner, &[]).await;
    let (one, two) = tokio::join!(
        db.store.change_user(&shop.owner, id(), user(&second), lower()),
        db.store.change_user(&second, id(), user(&shop.owner), lower()),
    );
    assert_ne!(one.is_ok(), two.is_ok());
    assert_eq!(refusal(if one.is_ok() { two } else { one }), last);
    db.sound().await;
}

async fn a_storefront_is_seen_by_those_who_belong_to_it(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина Бондар").await;
    let (store, stranger) = (&db.store, &shop.stranger);
    let all = Filter::default();
    assert_eq!(refusal(store.board(stranger, shop.orders.id, &all).await), Refusal::NotFound);
    assert_eq!(refusal(store.deal(stranger, card.id).await), Refusal::NotFound);
    assert_eq!(refusal(store.card(stranger, card.id).await), Refusal::NotFound);
    assert_eq!(refusal(store.deal_history(stranger, card.id).await), Refusal::NotFound);
    let named = Filter { text: "бондар".into(), ..all.clone() };
    let guess = Filter { storefront: Some(shop.one), ..all.clone() };
    let theirs = Filter { responsible: Some(Responsible::Nobody), ..all.clone() };
    for filter in [&all, &named, &guess, &theirs] {
        for funnel in [None, Some(shop.orders.id)] {
            let page = store.deals_page(stranger, funnel, None, filter, (DealId(0), 200)).await.expect("a page");
            assert!(page.is_empty(), "{page:?}");
        }
    }
    let funnels = store.funnels(&stranger.actor).await.expect("funnels");
    assert_eq!(funnels.iter().map(|funnel| funnel.id).collect::<Vec<_>>(), [shop.second.id, shop.shared.id]);
    let storefronts = store.storefronts(stranger).await.expect("storefronts");
    assert_eq!(storefronts.len(), 1);
    assert_eq!(storefronts[0].hook_key, None, "a manager is told no keys");
    for ctx in [&shop.viewer, &shop.manager, &shop.head, &shop.admin, &shop.owner] {
        assert_eq!(store.card(ctx, card.id).await.expect("seen"), card);
    }
    let board = store.board(&shop.viewer, shop.orders.id, &all).await.expect("the board");
    assert_eq!(board.storefronts.len(), 1, "nor does a board name the other storefronts");
    db.sound().await;
}

async fn a_shared_funnel_shows_each_their_own(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for storefront in [shop.one, shop.two, shop.two] {
        let made = create(&shop.shared, form("Ірина", "", &[("Чай", "1", "10")]));
        let made = CreateDeal { storefront: Some(storefront), ..made };
        db.store.create_deal(&shop.owner, made).await.expect("made");
    }
    let entrance = shop.shared.stages[0].id;
    for (ctx, count) in [(&shop.manager, 1), (&shop.stranger, 2), (&shop.admin, 3)] {
        let board = db.store.board(ctx, shop.shared.id, &Filter::default()).await.expect("the board").board;
        let totals = &board.columns[&entrance].totals;
        assert_eq!((board.cards.len() as i64, totals.count), (count, count));
        assert_eq!(totals.sums.values().sum::<i64>(), count * 1_000, "counts and sums tell nothing of the others");
    }
    db.sound().await;
}

async fn events_reach_those_who_may_see_them(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    shop.deal(&db.store, "Ірина").await;
    db.store.receive_order(shop.two, NOW, incoming("1"), Arrival::Sent).await.expect("received");
    let events = db.store.events_after(Seq(0)).await.expect("events");
    for live in &events {
        let audience = audience(&live.event);
        let kind = live.event.fact.kind();
        let of_two = live.event.scope.storefront == Some(shop.two);
        let of_one = live.event.scope.storefront == Some(shop.one);
        if of_one {
            assert!(!audience.includes(&shop.stranger.actor), "{kind}");
        }
        if of_two {
            assert!(!audience.includes(&shop.manager.actor), "{kind}");
        }
        assert!(audience.includes(&shop.admin.actor), "{kind}");
        let secret = kind.starts_with("user_") || kind.starts_with("storefront_");
        assert!(!secret || !audience.includes(&shop.head.actor), "{kind}");
    }
    let seen = |ctx: &Ctx| events.iter().filter(|live| audience(&live.event).includes(&ctx.actor)).count();
    assert!(seen(&shop.manager) > 0 && seen(&shop.stranger) > 0 && seen(&shop.admin) == events.len());
    db.sound().await;
}

async fn storefronts_are_managed_by_admins(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let new = |name: &str, currency: &str| NewStorefront {
        name: name.into(),
        currency: currency.into(),
        woocommerce_secret: None,
    };
    let limit = |limit| Refusal::Limit { limit };
    db.untouched(async {
        for ctx in [&shop.viewer, &shop.manager, &shop.head] {
            assert_eq!(refusal(store.create_storefront(ctx, id(), new("Нова", "UAH")).await), Refusal::NotAllowed);
            assert_eq!(refusal(store.rename_storefront(ctx, id(), shop.one, "Моя").await), Refusal::NotAllowed);
            assert_eq!(refusal(store.renew_secret(ctx, id(), shop.one).await), Refusal::NotAllowed);
            assert_eq!(refusal(store.renew_secret(ctx, id(), shop.two).await), Refusal::NotFound);
        }
        let admin = &shop.admin;
        let taken = store.create_storefront(admin, id(), new("Посуд", "UAH")).await;
        assert_eq!(refusal(taken), limit(Limit::NameTaken));
        assert_eq!(refusal(store.rename_storefront(admin, id(), shop.one, "Посуд").await), limit(Limit::NameTaken));
        let odd = store.create_storefront(admin, id(), new("Нова", "грн")).await;
        assert_eq!(refusal(odd), limit(Limit::UnknownCurrency));
        assert_eq!(refusal(store.create_storefront(admin, id(), new(" ", "UAH")).await), limit(Limit::NameMissing));
        let nowhere = store.rename_storefront(admin, id(), StorefrontId(999), "Ніде").await;
        assert_eq!(refusal(nowhere), Refusal::NotFound);
        assert_eq!(refusal(store.renew_secret(admin, id(), StorefrontId(999)).await), Refusal::NotFound);
    })
    .await;
    let made = store.create_storefront(&shop.admin, id(), new("Нова", " usd ")).await.expect("made");
    assert_eq!((made.currency.code(), made.has_secret), ("USD", false));
    let key = made.hook_key.expect("a key");
    let door = store.hook_door(&key).await.expect("read").expect("a door");
    assert_eq!((door.storefront, door.woocommerce_secret), (made.id, None));
    assert!(store.hook_door("no\0such").await.expect("read").is_none());
    db.sound().await;
}

async fn what_was_not_understood_is_for_admins(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let kept = |body: &str| Kept {
        storefront: shop.one,
        door: "woocommerce",
        topic: "order.created".into(),
        body: body.as_bytes().to_vec(),
        reason: Reason::at("total", Why::Missing),
    };
    let keep = (0..6).map(|_| store.keep_intake(NOW, kept("{\"a\":\"\0\"}")));
    let mut ids: Vec<IntakeId> =
        futures::future::join_all(keep).await.into_iter().map(|kept| kept.expect("kept")).collect();
    ids.dedup();
    assert_eq!(ids.len(), 1, "the same delivery is kept once");
    db.untouched(async {
        for ctx in [&shop.viewer, &shop.manager, &shop.head, &shop.stranger] {
            assert_eq!(refusal(store.intake(ctx).await), Refusal::NotAllowed);
            assert_eq!(refusal(store.intake_to_replay(ctx, ids[0]).await), Refusal::NotAllowed);
            let still = store.intake_still_refused(ctx, ids[0], Reason::whole(Why::Unreadable)).await;
            assert_eq!(refusal(still), Refusal::NotAllowed);
            assert_eq!(refusal(store.dismiss_intake(ctx, id(), ids[0]).await), Refusal::NotAllowed);
        }
    })
    .await;
    let waiting = store.intake(&shop.admin).await.expect("a list");
    assert_eq!((waiting.len(), waiting[0].id), (1, ids[0]));
    store.intake_still_refused(&shop.admin, ids[0], Reason::whole(Why::NoFunnel)).await.expect("noted");
    let one = store.intake_to_replay(&shop.admin, ids[0]).await.expect("it waits");
    assert_eq!(one.reason, Reason::whole(Why::NoFunnel));
    db.untouched(async {
        assert_eq!(refusal(store.intake_replayed(&shop.manager, &one).await), Refusal::NotAllowed);
    })
    .await;
    store.intake_replayed(&shop.admin, &one).await.expect("replayed");
    assert!(store.intake(&shop.admin).await.expect("a list").is_empty());
    assert_eq!(refusal(store.intake_to_replay(&shop.admin, ids[0]).await), Refusal::NotFound);
    db.sound().await;
}

async fn a_report_of_refused_rows_ends_with_the_right_to_it(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (store, head) = (&db.store, &shop.head);
    let rows: [&[&str]; 2] = [&["Олена", "0501234567", "багато"], &["Тарас", "0671234567", "ще більше"]];
    let done = through(store, head, &shop, Kind::Deals, &["Клієнт", "Телефон", "Сума"], &rows).await;
    assert_eq!(done.counts.refused, 2);
    let first = store.refused_rows_now(head, done.id, 0, 1).await.expect("a row");
    assert_eq!(first.len(), 1);
    let rest = async || store.refused_rows_now(head, done.id, first[0].row, 10).await;
    assert_eq!(rest().await.expect("the other").len(), 1);
    let demoted = UserChange::Role(Role::Manager);
    store.change_user(&shop.owner, id(), user(head), demoted).await.expect("changed");
    assert_eq!(refusal(rest().await), Refusal::NotAllowed);
    let there = UserChange::Role(Role::Head);
    store.change_user(&shop.owner, id(), user(head), there).await.expect("changed");
    assert_eq!(rest().await.expect("again").len(), 1);
    store.change_user(&shop.owner, id(), user(head), UserChange::Remove).await.expect("removed");
    assert_eq!(refusal(rest().await), Refusal::NotAllowed);
    db.sound().await;
}
