//! Webhooks against a real receiver: signed, in the end complete, tried again, and never led astray by its answers.

use crate::common::receiver::{Answer, Heard, Receiver, until};
use crate::common::{Someone, TestApp, World, json, system};
use domain::auth::{Role, Storefronts};
use domain::ids::*;
use domain::orders::{CancelledBy, ChangeMany, StatusDetails, StatusKind};
use http::StatusCode;
use serde_json::{Value, json as value};
use store::webhooks::{DeliveryDetails, DeliveryState, NewWebhook, NoAnswer, Off, Topic, Webhook};

/// A server that may send to this machine, tries again at once, and waits no longer than a second.
async fn world() -> World {
    let app = TestApp::start_with(|config| {
        config.webhooks_insecure = true;
        config.webhooks_retry_ms = vec![20, 20];
        config.webhooks_wait_ms = 1_000;
    });
    World::in_app(app.await).await
}

fn new(url: &str, topics: &[Topic]) -> NewWebhook {
    NewWebhook { url: url.into(), storefronts: Storefronts::All, topics: topics.to_vec() }
}

async fn hook(world: &World, url: &str) -> (Webhook, String) {
    let new = new(url, &[Topic::DealCreated]);
    world.store().create_webhook(&system(), CommandId::new_v4(), new).await.expect("a webhook")
}

/// The only message of a webhook, once it has come to this state.
async fn only(world: &World, webhook: WebhookId, state: DeliveryState) -> DeliveryDetails {
    until(&format!("{state:?}"), async || {
        let list = world.store().webhook_deliveries(&system(), webhook, None).await.expect("deliveries");
        let found = list.first().filter(|one| one.state == state)?;
        Some(world.store().webhook_delivery(&system(), found.id).await.expect("details"))
    })
    .await
}

/// One new deal, answered so.
async fn told(answers: &[Answer], state: DeliveryState) -> (World, Receiver, DeliveryDetails) {
    let (world, receiver) = (world().await, Receiver::start().await);
    receiver.answer(answers.iter().cloned());
    let (made, _) = hook(&world, &receiver.url).await;
    world.deal(&world.ours, "Олена").await;
    let details = only(&world, made.id, state).await;
    (world, receiver, details)
}

#[tokio::test]
async fn what_happens_arrives_signed_and_with_its_sequence() {
    let (world, receiver) = (world().await, Receiver::start().await);
    let (_, secret) = hook(&world, &receiver.url).await;
    for n in 0..12 {
        world.deal(&world.ours, &format!("Таємна {n}")).await;
    }
    let heard = receiver.hears(12).await;
    let mut ids: Vec<_> = heard.iter().map(Heard::id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 12, "each has a name of its own");
    let mut sequences: Vec<_> =
        heard.iter().map(|one| one.json()["data"]["sequence"].as_i64().expect("a number")).collect();
    sequences.sort_unstable();
    sequences.dedup();
    assert_eq!(sequences.len(), 12, "and its place in what happened");
    for one in &heard {
        assert!(one.is_signed_with(&secret), "{one:?}");
        assert!(!one.is_signed_with("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        assert!(!Heard { body: format!("{} ", one.body), ..one.clone() }.is_signed_with(&secret));
        let age = app::ctx::now() / 1_000 - one.header("webhook-timestamp").parse::<i64>().expect("seconds");
        assert!((0..300).contains(&age), "{age}");
        assert_eq!(one.header("content-type"), "application/json");
        assert_eq!(one.json()["type"], "deal.created");
        assert!(!one.body.contains("Таємна") && !one.body.contains("+380"), "{}", one.body);
    }
}

#[tokio::test]
async fn an_order_s_new_status_is_told_by_its_names() {
    let (world, receiver) = (world().await, Receiver::start().await);
    let new = new(&receiver.url, &[Topic::OrderStatusChanged]);
    world.store().create_webhook(&system(), CommandId::new_v4(), new).await.expect("a webhook");
    let order = crate::common::order(&world, world.ours.id, "900").await;
    let before = world.store().order(&system(), order).await.expect("an order").order.status.expect("a status");
    let statuses = world.store().statuses(&system(), world.ours.id).await.expect("statuses");
    let to = statuses.iter().find(|status| status.kind == StatusKind::Cancelled).expect("a status");
    let details =
        StatusDetails::Cancellation { by: CancelledBy::Customer, reason: "Таємна причина".into() };
    let (command, orders) = (CommandId::new_v4(), vec![order]);
    let many = ChangeMany { command, orders, to: to.id, details: Some(details), override_reason: None };
    let changed = world.store().change_status_many(&system(), many).await.expect("an answer");
    assert_eq!(changed.changed, [order], "{changed:?}");
    let heard = receiver.hears(1).await;
    let told = heard[0].json();
    assert_eq!((&told["type"], &told["data"]["scope"]["order"]), (&value!("order.status_changed"), &value!(order)));
    let fact = &told["data"]["fact"];
    assert_eq!((&fact["from"], &fact["to"]), (&value!(before.name), &value!(to.name)));
    assert_eq!((&fact["status"], &fact["status_kind"]), (&value!(to.id), &value!("cancelled")));
    assert!(!heard[0].body.contains("Таємна"), "{}", heard[0].body);
}

#[tokio::test]
async fn what_failed_comes_again_under_the_same_name() {
    let (_, receiver, details) = told(&[Answer::Status(500), Answer::Status(503)], DeliveryState::Delivered).await;
    let heard = receiver.hears(3).await;
    assert!(heard.iter().all(|one| one.id() == heard[0].id() && one.body == heard[0].body));
    let statuses: Vec<_> = details.tries.iter().map(|one| one.status).collect();
    assert_eq!(statuses, [Some(200), Some(503), Some(500)]);
    assert_eq!(
        (details.delivery.message.as_str(), details.body.as_deref()),
        (heard[0].id(), Some(heard[0].body.as_str()))
    );
}

#[tokio::test]
async fn what_never_arrives_is_given_up_and_can_be_sent_again() {
    let (world, receiver, details) = told(&[500, 500, 500].map(Answer::Status), DeliveryState::GivenUp).await;
    assert_eq!((receiver.heard().len(), details.tries.len()), (3, 3));
    let again =
        world.store().resend_delivery(&system(), CommandId::new_v4(), details.delivery.id).await.expect("again");
    let heard = receiver.hears(4).await;
    assert_eq!(heard[3].id(), again.message);
    let hooks = world.store().webhooks(&system()).await.expect("webhooks");
    only(&world, hooks[0].id, DeliveryState::Delivered).await;
}

#[tokio::test]
async fn who_is_gone_is_told_no_more() {
    let (world, receiver, _) = told(&[Answer::Status(410)], DeliveryState::GivenUp).await;
    let gone = world.store().webhooks(&system()).await.expect("webhooks").remove(0);
    assert_eq!((gone.active, gone.off), (false, Some(Off::Gone)));
    // Another webhook is the sign that the log was read past it.
    let other = Receiver::start().await;
    hook(&world, &other.url).await;
    world.deal(&world.ours, "Ірина").await;
    other.hears(1).await;
    assert_eq!(receiver.heard().len(), 1);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Receiver::start().await;
    let redirect = Answer::Redirect(elsewhere.url.clone());
    let (_, receiver, details) = told(&[redirect.clone(), redirect.clone(), redirect], DeliveryState::GivenUp).await;
    assert!(details.tries.iter().all(|one| one.status == Some(307)), "{details:?}");
    assert_eq!((receiver.heard().len(), elsewhere.heard().len()), (3, 0));
}

#[tokio::test]
async fn a_receiver_s_answers_can_hold_nothing_up() {
    let (_, _, details) = told(&[Answer::Never], DeliveryState::Delivered).await;
    let outcomes: Vec<_> = details.tries.iter().map(|one| (one.status, one.no_answer)).collect();
    assert_eq!(outcomes, [(Some(200), None), (None, Some(NoAnswer::TooSlow))]);
    let (_, _, details) = told(&[Answer::Endless], DeliveryState::Delivered).await;
    assert_eq!((details.tries.len(), details.tries[0].answer.len()), (1, 2_048));
    let (_, _, details) = told(&[Answer::Stuck], DeliveryState::Delivered).await;
    assert_eq!((details.tries.len(), details.tries[0].answer.as_str()), (1, "x"), "its status had said it all");
    let long = "ї".repeat(5_000);
    let (_, _, details) = told(&[Answer::Text(long.clone())], DeliveryState::Delivered).await;
    assert_eq!(details.tries[0].answer, long[..2_048]);
}

#[tokio::test]
async fn one_who_never_answers_does_not_hold_up_the_others() {
    // Each of its ten messages would take longer than anybody waits here.
    let app = TestApp::start_with(|config| config.webhooks_insecure = true);
    let world = World::in_app(app.await).await;
    let (stuck, quick) = (Receiver::start().await, Receiver::start().await);
    stuck.answer(vec![Answer::Never; 100]);
    hook(&world, &stuck.url).await;
    hook(&world, &quick.url).await;
    for n in 0..10 {
        world.deal(&world.ours, &format!("Клієнт {n}")).await;
    }
    quick.hears(10).await;
    assert!(!stuck.heard().is_empty());
}

#[tokio::test]
async fn both_secrets_sign_while_a_receiver_changes_over() {
    let (world, receiver) = (world().await, Receiver::start().await);
    let (made, first) = hook(&world, &receiver.url).await;
    let rotated = world.store().rotate_webhook_secret(&system(), CommandId::new_v4(), made.id).await;
    let second = rotated.expect("a secret").1;
    world.deal(&world.ours, "Олена").await;
    let heard = receiver.hears(1).await;
    assert!(heard[0].is_signed_with(&first) && heard[0].is_signed_with(&second) && first != second);
}

async fn admin(world: &World) -> Someone {
    world.someone(Role::Admin, &[]).await
}

async fn call(world: &World, who: &Someone, name: &str, content: Value, status: StatusCode) -> Value {
    let request = world.app.call(name, &content).header("cookie", &who.cookie);
    json(request.send().await.expect("an answer"), status).await
}

#[tokio::test]
async fn the_settings_make_test_and_show_a_webhook_and_tell_its_secret_once() {
    let (world, receiver) = (world().await, Receiver::start().await);
    receiver.answer([Answer::Text("дякую".into())]);
    let who = admin(&world).await;
    let new = value!({ "command": CommandId::new_v4(), "new": new(&receiver.url, &[Topic::DealMoved]) });
    let made = call(&world, &who, "create_webhook", new, StatusCode::OK).await;
    let (hook, secret): (Webhook, String) = serde_json::from_value(made).expect("a webhook and its secret");
    let command = CommandId::new_v4().to_string();
    let id = hook.id.to_string();
    let fields = [("command", command.as_str()), ("webhook", id.as_str())];
    for _ in 0..2 {
        // Sent twice, a command happens once.
        let request = world.app.submit("test_webhook", &fields).header("cookie", &who.cookie);
        let answer = json(request.send().await.expect("an answer"), StatusCode::OK).await;
        let details: DeliveryDetails = serde_json::from_value(answer).expect("details");
        assert_eq!((details.delivery.state, details.tries.len()), (DeliveryState::Delivered, 1));
        assert_eq!(details.tries[0].answer, "дякую");
        let headers = &details.tries[0].headers;
        assert!(headers.contains(&details.delivery.message) && !headers.contains("signature"), "{headers}");
    }
    let heard = receiver.heard();
    assert_eq!((heard.len(), heard[0].json()["type"].as_str()), (1, Some("webhook.test")));
    assert!(heard[0].is_signed_with(&secret));
    let signature = heard[0].header("webhook-signature").trim_start_matches("v1,").to_owned();
    for (name, fields) in [("webhooks", vec![]), ("one_webhook", vec![("webhook", id.as_str())])] {
        let request = world.app.submit(name, &fields).header("cookie", &who.cookie);
        let text = request.send().await.expect("an answer").text().await.expect("a body");
        assert!(text.contains(&receiver.url), "{name}: {text}");
        assert!(!text.contains(&secret) && !text.contains(&signature), "{name}: {text}");
    }
    for path in ["/settings/webhooks".to_owned(), format!("/settings/webhooks/{id}")] {
        let page = world.app.get(&path).header("cookie", &who.cookie).send().await.expect("an answer");
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        assert!(!page.text().await.expect("a page").contains(&secret), "{path}");
    }
}

#[tokio::test]
async fn without_the_flag_nothing_leads_into_the_private_network() {
    let (world, receiver) = (World::new().await, Receiver::start().await);
    let who = admin(&world).await;
    let public = new("https://1.1.1.1/", &[Topic::OrderDeleted]);
    let known = world.store().create_webhook(&system(), CommandId::new_v4(), public).await.expect("a webhook").0;
    let before = world.app.fingerprint().await;
    let port = receiver.url.rsplit(':').next().and_then(|rest| rest.split('/').next()).expect("a port");
    for host in [
        "127.0.0.1",
        "127.1",
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "localhost",
        "169.254.169.254",
        "10.0.0.1",
        "[fd00::1]",
        "0.0.0.0",
    ] {
        let new = value!(new(&format!("https://{host}:{port}/"), &[Topic::DealCreated]));
        let body = value!({ "command": CommandId::new_v4(), "new": new });
        let refused = call(&world, &who, "create_webhook", body, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert!(refused.to_string().contains("private"), "{host}: {refused}");
        let body = value!({ "command": CommandId::new_v4(), "webhook": known.id, "change": { "edit": new } });
        let refused = call(&world, &who, "change_webhook", body, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert!(refused.to_string().contains("private"), "{host}: {refused}");
    }
    let plain = value!({ "command": CommandId::new_v4(), "new": new(&receiver.url, &[Topic::DealCreated]) });
    let refused = call(&world, &who, "create_webhook", plain, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(refused.to_string().contains("not_https"), "{refused}");
    assert_eq!(world.app.fingerprint().await, before);
    // One that was let in, by whatever way, is judged again at every sending.
    let secure = receiver.url.replace("http://127.0.0.1", "https://localhost");
    for url in [receiver.url.clone(), receiver.url.replace("http://", "https://"), secure] {
        let (made, _) = hook(&world, &url).await;
        let (id, command) = (made.id.to_string(), CommandId::new_v4().to_string());
        let fields = [("command", command.as_str()), ("webhook", id.as_str())];
        let request = world.app.submit("test_webhook", &fields).header("cookie", &who.cookie);
        let answer = json(request.send().await.expect("an answer"), StatusCode::OK).await;
        let details: DeliveryDetails = serde_json::from_value(answer).expect("details");
        assert_eq!(details.tries[0].no_answer, Some(NoAnswer::Forbidden), "{url}");
    }
    world.deal(&world.ours, "Олена").await;
    let hooks = world.store().webhooks(&system()).await.expect("webhooks");
    let last = hooks.last().expect("a webhook").id;
    let failed = only(&world, last, DeliveryState::Failed).await;
    assert_eq!(failed.tries[0].no_answer, Some(NoAnswer::Forbidden));
    assert!(receiver.heard().is_empty());
}
