//! Webhooks: who may have them, what they are told, and that nothing of it is lost or told twice.

use crate::common::files::through;
use crate::common::shop::{DAY, NOW, Shop, at, id, incoming, system, to};
use crate::common::webhooks::{fill, finish, hook, new, take};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::{Role, Storefronts};
use domain::board::{Limit, Place, Refusal};
use domain::event::Fact;
use domain::i18n::Lang;
use domain::ids::*;
use domain::import::{ImportState, Kind};
use domain::orders::IncomingOrder;
use domain::webhooks::UrlFault;
use serde_json::Value;
use store::orders::Arrival;
use store::webhooks::{NewWebhook, Topic, Webhook, WebhookChange};
use store::{Ctx, Store};

on_both![
    a_receiver_is_told_what_it_asked_for,
    nothing_is_told_twice_nor_lost_when_the_reader_dies,
    two_nodes_fill_one_outbox,
    a_change_holds_from_its_moment_on,
    what_nobody_wants_to_hear_costs_no_write,
    the_past_is_no_news,
    a_secret_is_kept_in_no_answer,
    webhooks_are_for_admins,
    odd_webhooks_are_refused,
    a_removed_webhook_is_silent,
];

async fn bodies(store: &Store, webhook: WebhookId) -> Vec<Value> {
    let mut found = Vec::new();
    for one in store.webhook_deliveries(&system(), webhook, None).await.expect("deliveries") {
        let details = store.webhook_delivery(&system(), one.id).await.expect("details");
        found.push(serde_json::from_str(&details.body.expect("a body")).expect("JSON"));
    }
    found.reverse();
    found
}

async fn a_receiver_is_told_what_it_asked_for(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    shop.deal(store, "Давня").await;
    let ours =
        NewWebhook { storefronts: Storefronts::Some(vec![shop.one]), ..new(&[Topic::DealCreated, Topic::DealMoved]) };
    let ours = hook(store, &shop.admin, ours).await;
    let all = hook(store, &shop.admin, new(&[Topic::OrderReceived, Topic::CustomerCreated])).await;
    let card = shop.deal(store, "Ірина Таємна").await;
    store.move_deal(&shop.manager, to(&card, shop.stage(1), Place::Top)).await.expect("moved");
    store.receive_order(shop.two, NOW, incoming("7"), Arrival::Sent).await.expect("received");
    fill(store).await;
    let told = bodies(store, ours.id).await;
    let kinds: Vec<_> = told.iter().map(|body| body["type"].as_str().expect("a type")).collect();
    assert_eq!(kinds, ["deal.created", "deal.moved"], "of its own storefront, since it is there");
    let data = &told[1]["data"];
    assert_eq!((data["sequence"].clone(), data["scope"]["deal"].clone()), (data["seq"].clone(), card.id.0.into()));
    assert_eq!(data["fact"]["to"], shop.stage(1).0);
    assert!(told[1]["timestamp"].as_str().is_some_and(|time| time.starts_with("2026-09-") && time.ends_with('Z')));
    let told = bodies(store, all.id).await;
    let mut kinds: Vec<_> = told.iter().map(|body| body["type"].as_str().expect("a type")).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["customer.created", "customer.created", "order.received"]);
    // What the API's events show, and no more.
    let text = db.everything().await;
    let messages = text.lines().filter(|line| line.contains("webhook_deliveries")).collect::<Vec<_>>().join("\n");
    assert!(
        messages.contains("deal.moved") && !messages.contains("Таємна") && !messages.contains("buyer7"),
        "{messages}"
    );
    let events = store.raw_events(Seq(0)).await.expect("events");
    let shown = events.iter().find(|event| matches!(event.fact, Fact::DealMoved(_))).expect("the move");
    let mut data = bodies(store, ours.id).await[1]["data"].clone();
    data.as_object_mut().expect("an object").remove("sequence");
    assert_eq!(data, serde_json::to_value(shown).expect("JSON"));
    db.sound().await;
}

async fn nothing_is_told_twice_nor_lost_when_the_reader_dies(mut db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let made = hook(&db.store, &shop.admin, new(&[Topic::DealCreated])).await;
    shop.deal(&db.store, "Перша").await;
    // It reads anew from nothing, as one does that has forgotten how far it had come.
    assert_eq!(fill(&db.store).await, 1);
    assert_eq!(fill(&db.store).await, 0);
    shop.deal(&db.store, "Друга").await;
    db.reopen().await;
    assert_eq!(fill(&db.store).await, 1);
    // Even a cursor that went back tells nothing twice.
    db.tamper("UPDATE cursors SET seq = 0").await;
    fill(&db.store).await;
    let told = bodies(&db.store, made.id).await;
    assert_eq!(told.len(), 2);
    db.sound().await;
}

async fn two_nodes_fill_one_outbox(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let made = hook(&db.store, &shop.admin, new(&[Topic::DealCreated])).await;
    let other = if db.store.is_postgres() { Store::open(&db.options).await.expect("opens") } else { db.store.clone() };
    for n in 0..20 {
        shop.deal(&db.store, &format!("Клієнт {n}")).await;
    }
    tokio::join!(fill(&db.store), fill(&other), fill(&db.store), fill(&other));
    let told = bodies(&db.store, made.id).await;
    assert_eq!(told.len(), 20);
    // Nor is one message handed to both.
    let (mine, theirs) = tokio::join!(take(&db.store, NOW), take(&other, NOW));
    let mut taken: Vec<_> = mine.iter().chain(&theirs).map(|sent| sent.message.clone()).collect();
    taken.sort();
    taken.dedup();
    assert_eq!((taken.len(), mine.len() + theirs.len()), (2, 2), "two of one receiver at once");
    if db.store.is_postgres() {
        other.close().await;
    }
    db.sound().await;
}

async fn a_change_holds_from_its_moment_on(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (store, admin) = (&db.store, &shop.admin);
    let made = hook(store, admin, new(&[Topic::DealCreated])).await;
    let card = shop.deal(store, "До зміни").await;
    // Nobody has read the log meanwhile: the change itself tells what was wished until then.
    let edit = WebhookChange::Edit(NewWebhook { url: "https://other.example/".into(), ..new(&[Topic::DealMoved]) });
    let changed = store.change_webhook(admin, id(), made.id, edit).await.expect("changed");
    assert_eq!((changed.host(), changed.topics), ("other.example".into(), vec![Topic::DealMoved]));
    shop.deal(store, "Після зміни").await;
    store.move_deal(&shop.manager, to(&card, shop.stage(1), Place::Top)).await.expect("moved");
    store.change_webhook(admin, id(), made.id, WebhookChange::Pause).await.expect("paused");
    let card = store.card(&shop.manager, card.id).await.expect("a card");
    store.move_deal(&shop.manager, to(&card, shop.stage(2), Place::Top)).await.expect("moved");
    assert_eq!(fill(store).await, 0, "what happens during a pause is not collected");
    assert!(take(store, NOW).await.is_empty(), "nor is anything sent");
    let resumed = store.change_webhook(admin, id(), made.id, WebhookChange::Resume).await.expect("resumed");
    assert!(resumed.active);
    assert_eq!(fill(store).await, 0, "nor told afterwards");
    let card = store.card(&shop.manager, card.id).await.expect("a card");
    store.move_deal(&shop.manager, to(&card, shop.stage(3), Place::Top)).await.expect("moved");
    assert_eq!(fill(store).await, 1);
    let kinds: Vec<_> = bodies(store, made.id).await.iter().map(|body| body["type"].clone()).collect();
    assert_eq!(kinds, ["deal.created", "deal.moved", "deal.moved"]);
    assert_eq!(take(store, NOW).await.len(), 2, "what waited goes on");
    db.sound().await;
}

async fn what_nobody_wants_to_hear_costs_no_write(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    shop.deal(&db.store, "Ірина").await;
    db.untouched(fill(&db.store)).await;
    hook(&db.store, &shop.admin, new(&[Topic::OrderDeleted])).await;
    shop.deal(&db.store, "Ірина").await;
    let filled = db.untouched(db.store.fill_outbox(Seq(0), NOW)).await.expect("filled");
    assert_eq!((filled.messages, filled.seq), (0, db.store.log_end().await.expect("the end")));
    db.untouched(take(&db.store, NOW)).await;
    db.sound().await;
}

/// What a file or a shop's history brings is on the boards and in the log, and told to nobody; what happens to it
/// afterwards is told.
async fn the_past_is_no_news(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let made = hook(store, &shop.admin, new(&Topic::ALL)).await;
    let headings = ["Клієнт", "Телефон", "Сума"];
    let rows: [&[&str]; 2] = [&["Ірина", "+380501112233", "5"], &["Олег", "+380501112244", "7"]];
    let done = through(store, &shop.head, &shop, Kind::Deals, &headings, &rows).await;
    assert_eq!((done.state, done.counts.made), (ImportState::Done, 2));
    let old = IncomingOrder { placed_at: NOW - 90 * DAY, changed_at: NOW - 80 * DAY, ..incoming("7") };
    let history = Arrival::History { lang: Lang::Uk };
    let received = store.receive_order(shop.one, NOW, old, history).await.expect("received");
    let end = store.log_end().await.expect("the end");
    let filled = db.untouched(store.fill_outbox(Seq(0), NOW)).await.expect("filled");
    assert_eq!((filled.messages, filled.seq), (0, end), "it is passed, and nothing is written for it");
    let card = store.card(&shop.manager, received.deal.expect("a deal")).await.expect("a card");
    store.move_deal(&shop.manager, to(&card, shop.stage(1), Place::Top)).await.expect("moved");
    // The shop's own word of the same order, today.
    let news = IncomingOrder { shop_status: "packed".into(), changed_at: NOW, ..incoming("7") };
    store.receive_order(shop.one, NOW, news, Arrival::Sent).await.expect("received");
    fill(store).await;
    let kinds: Vec<_> = bodies(store, made.id).await.iter().map(|body| body["type"].clone()).collect();
    assert_eq!(kinds.first(), Some(&Value::from("deal.moved")), "{kinds:?}");
    assert!(kinds.contains(&Value::from("order.updated")), "{kinds:?}");
    assert!(!kinds.contains(&Value::from("deal.created")), "{kinds:?}");
    db.sound().await;
}

/// Repeated, a command answers with a secret that signs: never with one that does not, and the database keeps no copy.
async fn a_secret_is_kept_in_no_answer(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (store, admin, command) = (&db.store, &shop.admin, id());
    let (made, _) = store.create_webhook(admin, command, new(&[Topic::DealCreated])).await.expect("a webhook");
    let (again, secret) = store.create_webhook(admin, command, new(&[Topic::DealCreated])).await.expect("the same");
    assert_eq!((made.id, store.webhooks(admin).await.expect("webhooks").len()), (again.id, 1));
    let command = id();
    store.rotate_webhook_secret(admin, command, made.id).await.expect("rotated");
    let (_, fresh) = store.rotate_webhook_secret(admin, command, made.id).await.expect("rotated again");
    shop.deal(store, "Ірина").await;
    fill(store).await;
    let sent = take(store, NOW).await.remove(0);
    assert_eq!(sent.secrets, [fresh, secret]);
    finish(store, &sent, NOW, Some(200)).await;
    let text = db.everything().await;
    for one in &sent.secrets {
        let places: Vec<_> = text.lines().filter(|line| line.contains(one.as_str())).collect();
        assert!(places.len() == 1 && places[0].contains("\"webhooks\""), "{places:?}");
    }
    assert!(
        !text.lines().any(|line| line.contains("\"events\"") && line.contains("s3cret")),
        "the log tells the host alone"
    );
    db.sound().await;
}

async fn webhooks_are_for_admins(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let made = hook(store, &shop.admin, new(&[Topic::DealCreated])).await;
    let ours = NewWebhook { storefronts: Storefronts::Some(vec![shop.one]), ..new(&[Topic::DealCreated]) };
    let ours = hook(store, &shop.owner, ours).await;
    shop.deal(store, "Ірина").await;
    fill(store).await;
    let delivery = store.webhook_deliveries(&shop.admin, ours.id, None).await.expect("deliveries")[0].id;
    // An admin's token that was given one shop alone.
    let mut bounded = shop.admin.clone();
    bounded.actor.storefronts = Storefronts::Some(vec![shop.one]);
    let mut elsewhere = shop.admin.clone();
    elsewhere.actor.storefronts = Storefronts::Some(vec![shop.two]);
    db.untouched(async {
        for ctx in [&shop.viewer, &shop.manager, &shop.head, &shop.stranger] {
            everything_refused(store, ctx, (&ours, delivery), Refusal::NotAllowed).await;
            assert_eq!(refusal(store.create_webhook(ctx, id(), new(&[Topic::DealCreated])).await), Refusal::NotAllowed);
            assert_eq!(refusal(store.webhooks(ctx).await), Refusal::NotAllowed);
        }
        everything_refused(store, &elsewhere, (&ours, delivery), Refusal::NotFound).await;
        for ctx in [&bounded, &elsewhere] {
            let all = store.change_webhook(ctx, id(), made.id, WebhookChange::Pause).await;
            assert_eq!(refusal(all), Refusal::NotFound, "what tells of every shop is not theirs");
            assert_eq!(refusal(store.create_webhook(ctx, id(), new(&[Topic::DealCreated])).await), Refusal::NotFound);
        }
        assert_eq!(bounded.actor.role, Role::Admin);
    })
    .await;
    let seen = |hooks: Vec<Webhook>| hooks.into_iter().map(|hook| hook.id).collect::<Vec<_>>();
    assert_eq!(seen(store.webhooks(&bounded).await.expect("webhooks")), [ours.id]);
    assert_eq!(seen(store.webhooks(&elsewhere).await.expect("webhooks")), []);
    store.change_webhook(&bounded, id(), ours.id, WebhookChange::Pause).await.expect("its own");
    let wider = WebhookChange::Edit(new(&[Topic::DealCreated]));
    assert_eq!(refusal(store.change_webhook(&bounded, id(), ours.id, wider).await), Refusal::NotFound);
    db.sound().await;
}

async fn odd_webhooks_are_refused(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (store, admin) = (&db.store, &shop.admin);
    let made = hook(store, admin, new(&[Topic::DealCreated])).await;
    let to = |url: &str| NewWebhook { url: url.into(), ..new(&[Topic::DealCreated]) };
    let of =
        |list: Vec<StorefrontId>| NewWebhook { storefronts: Storefronts::Some(list), ..new(&[Topic::DealCreated]) };
    let limit = |limit| Refusal::Limit { limit };
    let odd = [
        (to("nonsense"), limit(Limit::Url(UrlFault::Malformed))),
        (to("https://me:secret@hooks.example/"), limit(Limit::Url(UrlFault::HasPassword))),
        (to("gopher://hooks.example/"), limit(Limit::Url(UrlFault::NotHttps))),
        (new(&[]), limit(Limit::NothingChosen)),
        (of(vec![]), limit(Limit::NothingChosen)),
        (of(vec![StorefrontId(999)]), Refusal::NotFound),
        (of((1..=201).map(StorefrontId).collect()), limit(Limit::TooMany)),
    ];
    db.untouched(async {
        for (new, why) in odd {
            assert_eq!(refusal(store.create_webhook(admin, id(), new.clone()).await), why);
            let edit = WebhookChange::Edit(new);
            assert_eq!(refusal(store.change_webhook(admin, id(), made.id, edit).await), why);
        }
        let nowhere = store.change_webhook(admin, id(), WebhookId(999), WebhookChange::Pause).await;
        assert_eq!(refusal(nowhere), Refusal::NotFound);
    })
    .await;
    for _ in 1..50 {
        hook(store, admin, new(&[Topic::DealCreated])).await;
    }
    let many = store.create_webhook(admin, id(), new(&[Topic::DealCreated])).await;
    assert_eq!(refusal(many), limit(Limit::TooMany));
    db.sound().await;
}

async fn a_removed_webhook_is_silent(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (store, admin) = (&db.store, &shop.admin);
    let (made, secret) = store.create_webhook(admin, id(), new(&[Topic::DealCreated])).await.expect("a webhook");
    shop.deal(store, "Ірина").await;
    shop.deal(store, "Олег").await;
    fill(store).await;
    let sent = take(store, NOW).await.remove(0);
    store.remove_webhook(&at(admin, NOW + 1), id(), made.id).await.expect("removed");
    finish(store, &sent, NOW, Some(500)).await;
    shop.deal(store, "Пізня").await;
    assert_eq!(fill(store).await, 0);
    assert!(take(store, NOW + DAY).await.is_empty());
    assert_eq!(refusal(store.webhook(admin, made.id).await), Refusal::NotFound);
    assert_eq!(refusal(store.webhook_delivery(admin, sent.id).await), Refusal::NotFound);
    assert_eq!(refusal(store.remove_webhook(admin, id(), made.id).await), Refusal::NotFound);
    assert!(!db.everything().await.contains(&secret));
    db.sound().await;
}

async fn everything_refused(store: &Store, ctx: &Ctx, (hook, delivery): (&Webhook, MessageId), why: Refusal) {
    assert_eq!(refusal(store.webhook(ctx, hook.id).await), why);
    assert_eq!(refusal(store.change_webhook(ctx, id(), hook.id, WebhookChange::Pause).await), why);
    assert_eq!(refusal(store.rotate_webhook_secret(ctx, id(), hook.id).await), why);
    assert_eq!(refusal(store.begin_webhook_test(ctx, id(), hook.id).await), why);
    assert_eq!(refusal(store.remove_webhook(ctx, id(), hook.id).await), why);
    assert_eq!(refusal(store.webhook_deliveries(ctx, hook.id, None).await), why);
    assert_eq!(refusal(store.webhook_delivery(ctx, delivery).await), why);
    assert_eq!(refusal(store.resend_delivery(ctx, id(), delivery).await), why);
}
