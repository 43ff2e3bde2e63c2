//! The webhooks' outbox: handed out on leases, tried again, given up, sent again, forgotten.

use crate::common::shop::{DAY, HOUR, NOW, Shop, id, system};
use crate::common::webhooks::{fill, finish, hook, new, take, tried};
use crate::common::{TestDb, on_both, refusal};
use domain::board::{Limit, Refusal};
use domain::event::Fact;
use domain::ids::*;
use domain::webhooks::{BOTH_SECRETS_MS, FAILING_MS_MAX, RETRIES_MS, WAITING_MAX};
use store::webhooks::{DeliveryState, LEASE_MS, NoAnswer, Off, Outgoing, Topic, WebhookChange};

on_both![
    messages_are_handed_out_on_a_lease,
    a_slow_receiver_does_not_hold_up_the_others,
    what_fails_is_tried_again_and_given_up_in_the_end,
    a_receiver_that_is_gone_is_told_no_more,
    a_receiver_that_fails_for_days_is_switched_off,
    a_receiver_that_is_far_behind_is_switched_off,
    both_secrets_sign_for_a_day,
    a_test_is_sent_once_and_says_nothing_of_the_others,
    what_was_delivered_can_be_sent_again_until_it_is_forgotten,
];

async fn messages_are_handed_out_on_a_lease(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    hook(store, &shop.admin, new(&[Topic::DealCreated])).await;
    for n in 0..3 {
        shop.deal(store, &format!("Клієнт {n}")).await;
    }
    fill(store).await;
    let first = take(store, NOW).await;
    assert_eq!(first.len(), 2);
    assert!(take(store, NOW).await.is_empty(), "two of one receiver at once");
    // Whoever took them has died: they are handed out again under the same names.
    let again = take(store, NOW + LEASE_MS).await;
    let names = |list: &[Outgoing]| list.iter().map(|sent| sent.message.clone()).collect::<Vec<_>>();
    assert_eq!(names(&again), names(&first));
    assert!(names(&first).iter().all(|name| name.starts_with("msg_") && name.len() > 20));
    // He was only slow: his word is kept as a try, and decides nothing any more.
    finish(store, &first[0], NOW, None).await;
    let details = store.webhook_delivery(&system(), first[0].id).await.expect("details");
    assert_eq!((details.delivery.state, details.tries.len()), (DeliveryState::Waiting, 1));
    finish(store, &again[0], NOW, Some(204)).await;
    let details = store.webhook_delivery(&system(), first[0].id).await.expect("details");
    assert_eq!((details.delivery.state, details.tries.len()), (DeliveryState::Delivered, 2));
    assert_eq!(details.tries[0], tried(NOW, Some(204)));
    // On SQLite a server that starts is the only one.
    store.release_leases(NOW).await.expect("released");
    let left = take(store, NOW).await;
    assert_eq!(left.len(), if store.is_postgres() { 1 } else { 2 });
    db.sound().await;
}

async fn a_slow_receiver_does_not_hold_up_the_others(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    for _ in 0..6 {
        hook(store, &shop.admin, new(&[Topic::DealCreated])).await;
    }
    for n in 0..5 {
        shop.deal(store, &format!("Клієнт {n}")).await;
    }
    fill(store).await;
    let first = store.take_deliveries(NOW, 8).await.expect("taken");
    assert_eq!(first.len(), 8);
    for sent in &first {
        finish(store, sent, NOW + 1, Some(500)).await;
    }
    let hooks = store.webhooks(&system()).await.expect("webhooks");
    // The two that had no turn come first now.
    let second = store.take_deliveries(NOW + 2, 4).await.expect("taken");
    for late in &hooks[4..] {
        let deliveries = store.webhook_deliveries(&system(), late.id, None).await.expect("deliveries");
        let being_sent = deliveries.iter().filter(|one| second.iter().any(|sent| sent.id == one.id)).count();
        assert_eq!(being_sent, 2, "{}", late.id);
    }
    db.sound().await;
}

async fn what_fails_is_tried_again_and_given_up_in_the_end(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let made = hook(store, &shop.admin, new(&[Topic::DealCreated])).await;
    shop.deal(store, "Ірина").await;
    fill(store).await;
    let (mut now, mut names) = (NOW, Vec::new());
    for delay in RETRIES_MS {
        let taken = take(store, now).await;
        let [sent] = taken.as_slice() else { panic!("one is due") };
        names.push(sent.message.clone());
        finish(store, sent, now, Some(503)).await;
        let one = store.webhook_deliveries(&system(), made.id, None).await.expect("deliveries").remove(0);
        assert_eq!((one.state, one.next_at, one.status), (DeliveryState::Failed, Some(now + delay), Some(503)));
        assert!(take(store, now + delay - 1).await.is_empty());
        now += delay;
    }
    let taken = take(store, now).await;
    let [sent] = taken.as_slice() else { panic!("the last one is due") };
    finish(store, sent, now, None).await;
    names.push(sent.message.clone());
    names.dedup();
    assert_eq!(names.len(), 1, "one name, however often it is sent");
    let one = store.webhook_deliveries(&system(), made.id, None).await.expect("deliveries").remove(0);
    assert_eq!((one.state, one.next_at, one.no_answer), (DeliveryState::GivenUp, None, Some(NoAnswer::TooSlow)));
    assert!(take(store, now + 30 * DAY).await.is_empty());
    let hook = store.webhook(&system(), made.id).await.expect("the webhook");
    assert_eq!((hook.active, hook.failing_since), (true, Some(NOW)));
    db.sound().await;
}

async fn a_receiver_that_is_gone_is_told_no_more(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let made = hook(store, &shop.admin, new(&[Topic::DealCreated])).await;
    for n in 0..3 {
        shop.deal(store, &format!("Клієнт {n}")).await;
    }
    fill(store).await;
    let taken = take(store, NOW).await;
    finish(store, &taken[0], NOW, Some(410)).await;
    let hook = store.webhook(&system(), made.id).await.expect("the webhook");
    assert_eq!((hook.active, hook.off), (false, Some(Off::Gone)));
    let deliveries = store.webhook_deliveries(&system(), made.id, None).await.expect("deliveries");
    assert!(deliveries.iter().all(|one| one.state == DeliveryState::GivenUp), "{deliveries:?}");
    // The other one was on its way: it is noted, and changes nothing.
    finish(store, &taken[1], NOW, Some(410)).await;
    shop.deal(store, "Пізня").await;
    assert_eq!(fill(store).await, 0);
    let events = store.raw_events(Seq(0)).await.expect("events");
    let told: Vec<_> = events.iter().filter(|event| matches!(event.fact, Fact::WebhookDisabled { .. })).collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].fact, Fact::WebhookDisabled { webhook: made.id, host: "hooks.example".into() });
    db.sound().await;
}

async fn a_receiver_that_fails_for_days_is_switched_off(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let made = hook(store, &shop.admin, new(&[Topic::DealCreated])).await;
    shop.deal(store, "Ірина").await;
    shop.deal(store, "Олег").await;
    fill(store).await;
    let taken = take(store, NOW).await;
    finish(store, &taken[0], NOW, Some(500)).await;
    finish(store, &taken[1], NOW, Some(200)).await;
    let late = NOW + FAILING_MS_MAX;
    let hook = store.webhook(&system(), made.id).await.expect("the webhook");
    assert_eq!(hook.failing_since, None, "something arrived");
    let again = take(store, NOW + HOUR).await;
    finish(store, &again[0], NOW + HOUR, Some(500)).await;
    let again = take(store, late).await;
    finish(store, &again[0], late, Some(500)).await;
    assert!(store.webhook(&system(), made.id).await.expect("the webhook").active, "not five days yet");
    let again = take(store, late + HOUR).await;
    finish(store, &again[0], late + HOUR, None).await;
    let hook = store.webhook(&system(), made.id).await.expect("the webhook");
    assert_eq!((hook.active, hook.off), (false, Some(Off::Failing)));
    let resumed = store.change_webhook(&shop.admin, id(), made.id, WebhookChange::Resume).await.expect("resumed");
    assert_eq!((resumed.active, resumed.off, resumed.failing_since), (true, None, None));
    db.sound().await;
}

async fn a_receiver_that_is_far_behind_is_switched_off(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let store = &db.store;
    let made = hook(store, &shop.admin, new(&[Topic::DealCreated])).await;
    let other = hook(store, &shop.admin, new(&[Topic::DealCreated])).await;
    let most = WAITING_MAX - 1;
    db.tamper(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) INSERT INTO webhook_deliveries \
         (webhook_id, message, seq, topic, body, state, next_at, created_at) SELECT {}, 'msg_' || CAST(i AS TEXT), -i, \
         'deal.created', '{{}}', 'failed', {}, {NOW} FROM n",
        made.id,
        NOW + DAY
    ))
    .await;
    shop.deal(store, "Ірина").await;
    assert_eq!(fill(store).await, 2);
    assert!(store.webhook(&system(), made.id).await.expect("the webhook").active, "as many as may wait");
    shop.deal(store, "Олег").await;
    assert_eq!(fill(store).await, 2);
    let hook = store.webhook(&system(), made.id).await.expect("the webhook");
    assert_eq!((hook.active, hook.off), (false, Some(Off::Overflowing)));
    let newest = store.webhook_deliveries(&system(), made.id, None).await.expect("deliveries").remove(0);
    assert_eq!((newest.state, newest.next_at), (DeliveryState::GivenUp, None));
    shop.deal(store, "Пізня").await;
    assert_eq!(fill(store).await, 1, "the other one goes on hearing");
    assert!(store.webhook(&system(), other.id).await.expect("the webhook").active);
    // Switched on again it begins with nothing that waits, and what was given up can be sent.
    let on = store.change_webhook(&shop.admin, id(), made.id, WebhookChange::Resume).await.expect("resumed");
    assert_eq!((on.active, on.off), (true, None));
    store.resend_delivery(&shop.admin, id(), newest.id).await.expect("sent again");
    db.sound().await;
}

async fn both_secrets_sign_for_a_day(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (store, admin) = (&db.store, &shop.admin);
    let (made, first) = store.create_webhook(admin, id(), new(&[Topic::DealCreated])).await.expect("a webhook");
    let (rotated, second) = store.rotate_webhook_secret(admin, id(), made.id).await.expect("rotated");
    assert_eq!(rotated.old_secret_until, Some(NOW + BOTH_SECRETS_MS));
    assert!(first.starts_with("whsec_") && second.starts_with("whsec_") && first != second);
    shop.deal(store, "Ірина").await;
    fill(store).await;
    let sent = take(store, NOW).await.remove(0);
    assert_eq!(sent.secrets, [second.clone(), first]);
    let sent = take(store, NOW + BOTH_SECRETS_MS).await.remove(0);
    assert_eq!(sent.secrets, [second]);
    db.sound().await;
}

async fn a_test_is_sent_once_and_says_nothing_of_the_others(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (store, admin, command) = (&db.store, &shop.admin, id());
    let made = hook(store, admin, new(&[Topic::DealCreated])).await;
    let (delivery, sent) = store.begin_webhook_test(admin, command, made.id).await.expect("a test");
    let sent = sent.expect("something to send");
    assert!(sent.body.contains("\"webhook.test\""), "{}", sent.body);
    assert!(take(store, NOW + DAY).await.is_empty(), "nobody else sends it");
    finish(store, &sent, NOW, Some(410)).await;
    let (same, nothing) = store.begin_webhook_test(admin, command, made.id).await.expect("repeated");
    assert!(same == delivery && nothing.is_none());
    let details = store.webhook_delivery(admin, delivery).await.expect("details");
    assert_eq!((details.delivery.state, details.delivery.seq), (DeliveryState::GivenUp, None));
    assert_eq!(details.tries, [tried(NOW, Some(410))]);
    let hook = store.webhook(admin, made.id).await.expect("the webhook");
    assert!(hook.active && hook.failing_since.is_none());
    assert_eq!(refusal(store.resend_delivery(admin, id(), delivery).await), Refusal::NotFound);
    db.sound().await;
}

async fn what_was_delivered_can_be_sent_again_until_it_is_forgotten(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let (store, admin) = (&db.store, &shop.admin);
    let made = hook(store, admin, new(&[Topic::DealCreated])).await;
    shop.deal(store, "Ірина").await;
    shop.deal(store, "Олег").await;
    fill(store).await;
    let taken = take(store, NOW).await;
    finish(store, &taken[0], NOW, Some(200)).await;
    let again = store.resend_delivery(admin, id(), taken[0].id).await.expect("again");
    assert_eq!(again.state, DeliveryState::Waiting);
    let sent = take(store, NOW).await.remove(0);
    assert_eq!((&sent.message, &sent.body), (&taken[0].message, &taken[0].body));
    finish(store, &sent, NOW, Some(200)).await;
    store.tidy(NOW + 29 * DAY).await.expect("tidied");
    assert!(store.webhook_delivery(admin, sent.id).await.expect("details").body.is_some());
    store.tidy(NOW + 31 * DAY).await.expect("tidied");
    let details = store.webhook_delivery(admin, sent.id).await.expect("details");
    assert!(details.body.is_none() && details.tries.len() == 2);
    let waits = store.webhook_delivery(admin, taken[1].id).await.expect("details");
    assert!(waits.body.is_some(), "what waits is not forgotten");
    let limit = |limit| Refusal::Limit { limit };
    db.untouched(async {
        assert_eq!(refusal(store.resend_delivery(admin, id(), sent.id).await), limit(Limit::Forgotten));
        assert_eq!(refusal(store.resend_delivery(admin, id(), MessageId(999)).await), Refusal::NotFound);
    })
    .await;
    store.tidy(NOW + 91 * DAY).await.expect("tidied");
    assert_eq!(refusal(store.webhook_delivery(admin, sent.id).await), Refusal::NotFound);
    store.change_webhook(admin, id(), made.id, WebhookChange::Pause).await.expect("paused");
    let paused = store.resend_delivery(admin, id(), taken[1].id).await;
    assert_eq!(refusal(paused), limit(Limit::WebhookPaused));
    db.sound().await;
}
