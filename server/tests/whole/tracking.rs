//! An order's page for its customer, from outside.

use std::time::Duration;

use crate::common::receiver::until;
use crate::common::{World, hear, json, order, phone_of, system};
use domain::auth::Role;
use domain::board::Card;
use domain::deals::{DeleteDeal, EditDeal};
use domain::ids::{CommandId, OrderId};
use domain::orders::{CancelledBy, Carrier, StatusDetails, StatusKind};
use domain::tracking::LinkChange;
use http::StatusCode;
use reqwest::Response;
use store::orders::PutStatus;

async fn link(world: &World, card: &Card) -> String {
    let details = world.store().deal(&system(), card.id).await.expect("a deal");
    format!("/t/{}", details.tracking.expect("a link"))
}

async fn get(world: &World, path: &str) -> Response {
    world.app.get(path).header("accept-language", "en").send().await.expect("an answer")
}

async fn page(world: &World, path: &str) -> String {
    let answer = get(world, path).await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.text().await.expect("a page")
}

#[tokio::test]
async fn a_customer_sees_where_the_order_is_and_nothing_else() {
    let world = World::new().await;
    let card = world.deal(&world.ours, "Олена Таємна").await;
    world.deal(&world.ours, "Чужа Людина").await;
    let deal = world.store().deal(&system(), card.id).await.expect("a deal");
    let form = domain::deals::DealForm {
        customer_name: "Олена Таємна".into(),
        phone: phone_of("Олена Таємна"),
        email: "secret@example.com".into(),
        source: "call".into(),
        comment: "Говорити повільно".into(),
        lines: vec![domain::deals::LineForm {
            name: "Кава в зернах".into(),
            quantity: "2".into(),
            price: "450".into(),
            ..Default::default()
        }],
        ..Default::default()
    };
    let edit = EditDeal { command: CommandId::new_v4(), deal: card.id, seen: deal.contents_version, form };
    world.store().edit_deal(&system(), edit).await.expect("edited");
    let manager = world.someone(Role::Manager, &[world.ours.id]).await;
    let to = domain::deals::AssignDeal { command: CommandId::new_v4(), deal: card.id, to: Some(manager.user) };
    world.store().assign_deal(&system(), to).await.expect("assigned");
    world.move_to(card.id, 2).await;
    let path = link(&world, &card).await;
    let html = page(&world, &path).await;
    let stream = hear(&mut get(&world, &format!("{path}/live")).await, "event: order").await;
    for text in [&html, &stream] {
        for there in ["Готуємо до відправлення", "Замовлення отримано", "Кава в зернах × 2", "₴900"]
        {
            assert!(text.contains(there), "{there}: {text}");
        }
        let digits = phone_of("Олена Таємна").replace(|c: char| !c.is_ascii_digit(), "");
        for secret in
            ["Таємна", "Чужа", "secret@example.com", "повільно", "manager", "sku", &digits, &digits[2..], "/f/"]
        {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
    assert!(html.contains("aria-current=\"step\""), "{html}");
}

#[tokio::test]
async fn the_link_is_told_to_nobody_and_kept_nowhere() {
    let world = World::new().await;
    let card = world.deal(&world.ours, "Олена").await;
    let path = link(&world, &card).await;
    // 256 bits, as 43 characters.
    assert!(path.len() >= "/t/".len() + 22);
    for path in [path.clone(), format!("{path}/live"), format!("{path}/qr.svg")] {
        let answer = get(&world, &path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let told = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert_eq!(told("cache-control"), "no-store", "{path}");
        assert_eq!(told("referrer-policy"), "no-referrer", "{path}");
        assert!(told("x-robots-tag").contains("noindex"), "{path}");
        assert!(!told("content-security-policy").contains("unsafe"), "{path}");
    }
}

#[tokio::test]
async fn a_link_that_ended_looks_like_one_that_never_was() {
    let world = World::new().await;
    let card = world.deal(&world.ours, "Олена").await;
    let old = link(&world, &card).await;
    let mut open = get(&world, &format!("{old}/live")).await;
    let ctx = system();
    let change = |change| world.store().change_link(&ctx, CommandId::new_v4(), card.id, change);
    change(LinkChange::Renew).await.expect("a new link");
    hear(&mut open, "event: gone").await;
    let new = link(&world, &card).await;
    assert_ne!(old, new);
    page(&world, &new).await;
    change(LinkChange::Revoke).await.expect("no link");
    let nonce = |html: String| {
        let nonces: Vec<String> =
            html.split("nonce=\"").skip(1).filter_map(|rest| rest.split('"').next().map(Into::into)).collect();
        nonces.iter().fold(html, |html, nonce| html.replace(nonce, ""))
    };
    let mut pages = Vec::new();
    for path in [old.as_str(), new.as_str(), "/t/never"] {
        let answer = get(&world, path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        pages.push(nonce(answer.text().await.expect("a page")));
        hear(&mut get(&world, &format!("{path}/live")).await, "event: gone").await;
        assert_eq!(get(&world, &format!("{path}/qr.svg")).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn the_page_of_a_deleted_deal_is_told_and_ends() {
    let world = World::new().await;
    let card = world.deal(&world.ours, "Олена").await;
    let path = link(&world, &card).await;
    let mut open = get(&world, &format!("{path}/live")).await;
    let delete = DeleteDeal { command: CommandId::new_v4(), deal: card.id, seen: card.version };
    world.store().delete_deal(&system(), delete).await.expect("deleted");
    hear(&mut open, "event: gone").await;
    for path in [path.clone(), format!("{path}/qr.svg")] {
        assert_eq!(get(&world, &path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_step_appears_on_the_open_page() {
    let world = World::new().await;
    let card = world.deal(&world.ours, "Олена").await;
    let path = link(&world, &card).await;
    let mut open = get(&world, &format!("{path}/live")).await;
    let heard = tokio::spawn(async move { hear(&mut open, "class=\\\"done\\\"").await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    world.move_to(card.id, 3).await;
    let heard = heard.await.expect("heard");
    assert_eq!(heard.matches("event: order").count(), 2, "as it was, and as it is: {heard}");
}

#[tokio::test]
async fn what_is_typed_into_a_name_is_text_on_the_page() {
    let world = World::new().await;
    let evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&";
    let mut form =
        domain::deals::DealForm { customer_name: "Олена".into(), source: "call".into(), ..Default::default() };
    form.lines = vec![domain::deals::LineForm { name: evil.into(), price: "1".into(), ..Default::default() }];
    let command = domain::deals::CreateDeal {
        command: CommandId::new_v4(),
        funnel: world.ours.funnel.id,
        stage: None,
        storefront: None,
        form,
    };
    let card = world.store().create_deal(&system(), command).await.expect("a deal");
    let html = page(&world, &link(&world, &card).await).await;
    assert!(!html.contains("<script>alert") && !html.contains("<img"), "{html}");
    assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
}

#[tokio::test]
async fn scripts_are_told_the_customer_s_link() {
    let world = World::new().await;
    let card = world.deal(&world.ours, "Олена").await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let request = world.app.get(&format!("/api/v1/deals/{}", card.id)).bearer_auth(token);
    let told = json(request.send().await.expect("an answer"), StatusCode::OK).await;
    let path = link(&world, &card).await;
    assert!(told["tracking_url"].as_str().is_some_and(|url| url.ends_with(&path)), "{told}");
    assert_eq!(told["card"]["id"], card.id.0);
}

#[tokio::test]
async fn the_page_is_small() {
    let world = World::new().await;
    let card = world.deal(&world.ours, "Олена").await;
    let html = page(&world, &link(&world, &card).await).await;
    assert!(weight(&html) < 14_000, "{}", weight(&html));
    assert!(!html.contains("wasm"), "{html}");
}

/// Uncompressed, so that the bound of 14 kB holds whatever the way.
fn weight(html: &str) -> usize {
    let files = [include_str!("../../../public/track.css"), include_str!("../../../public/track.js")];
    html.len() + files.iter().map(|file| file.len()).sum::<usize>()
}

const PARCEL: &str = "20450012345678";

/// A shop's order, and its page.
async fn ordered(world: &World) -> (OrderId, String) {
    let id = order(world, world.ours.id, "900").await;
    let deal = world.store().order(&system(), id).await.expect("an order").order.deal.expect("a deal");
    let card = world.store().card(&system(), deal).await.expect("a card");
    (id, link(world, &card).await)
}

async fn into_status(world: &World, order: OrderId, kind: StatusKind, details: Option<StatusDetails>) {
    let known = world.store().statuses(&system(), world.ours.id).await.expect("statuses");
    let to = known.iter().find(|status| status.kind == kind).expect("a status").id;
    let (command, override_reason) = (CommandId::new_v4(), Some("Таємний дозвіл".to_owned()));
    let change = PutStatus { command, order, from: None, seen: None, to, details, override_reason };
    world.store().put_status(&system(), change).await.expect("changed");
}

fn parcel() -> Option<StatusDetails> {
    Some(StatusDetails::Shipment { carrier: Carrier::NovaPoshta, number: PARCEL.into() })
}

#[tokio::test]
async fn an_order_s_page_says_its_status_in_plain_words_and_no_reason() {
    let world = World::new().await;
    let (id, path) = ordered(&world).await;
    let reason = || "Таємна причина".to_owned();
    let delay = StatusDetails::Delay { reason: reason(), until: "2026-12-01".into() };
    let off = StatusDetails::Cancellation { by: CancelledBy::Customer, reason: reason() };
    let follow = format!("https://novaposhta.ua/tracking/{PARCEL}");
    type Shown<'a> = &'a [&'a str];
    let steps: [(StatusKind, Option<StatusDetails>, Shown<'_>, Shown<'_>); 5] = [
        (StatusKind::Paid, None, &["Оплату отримано", "Дякуємо, все надійшло.", "aria-current"], &[PARCEL]),
        (StatusKind::Delayed, Some(delay), &["Трохи затримуємося", "1 Dec 2026", "Доставлено"], &[PARCEL]),
        // Back where it may not go by itself.
        (StatusKind::AwaitingPayment, None, &["Чекаємо на оплату"], &["1 Dec 2026", "Трохи затримуємося"]),
        (StatusKind::Shipped, parcel(), &["Посилку передано службі доставки.", &follow], &["1 Dec 2026"]),
        (StatusKind::Cancelled, Some(off), &["Замовлення скасовано.", "class=\"off\""], &["Доставлено", PARCEL]),
    ];
    for (kind, details, there, gone) in steps {
        into_status(&world, id, kind, details).await;
        // A page that was drawn before is forgotten when its news comes.
        let told = |html: &String| {
            there.iter().all(|words| html.contains(words)) && !gone.iter().any(|words| html.contains(words))
        };
        let html = until(there[0], async || Some(page(&world, &path).await).filter(told)).await;
        let stream = hear(&mut get(&world, &format!("{path}/live")).await, "event: order").await;
        for text in [&html, &stream] {
            let secrets = ["Таємн", "Комплектується", "В обробці", "override", "system", "Покупець", "customer"];
            for words in gone.iter().chain(&secrets) {
                assert!(!text.contains(words), "{kind:?}: {words}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn a_status_appears_on_the_open_page_and_the_page_stays_small() {
    let world = World::new().await;
    let (id, path) = ordered(&world).await;
    let mut open = get(&world, &format!("{path}/live")).await;
    hear(&mut open, "event: order").await;
    into_status(&world, id, StatusKind::Shipped, parcel()).await;
    hear(&mut open, PARCEL).await;
    for kind in [StatusKind::InTransit, StatusKind::Delivered] {
        into_status(&world, id, kind, None).await;
    }
    assert!(weight(&page(&world, &path).await) < 14_000);
}
