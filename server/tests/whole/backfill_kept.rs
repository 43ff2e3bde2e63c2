//! An order out of a shop's past that waits to be understood is of the past still when it is.

use crate::common::{Shop, World, system};
use domain::auth::Storefronts;
use domain::funnels::StageKind;
use domain::i18n::Lang;
use domain::ids::*;
use domain::intake::{Reason, Why};
use serde_json::json;
use store::intake::Kept;
use store::webhooks::{NewWebhook, Topic};

const CHANGED_AT: Millis = 1_741_168_800_000;

fn kept(shop: &Shop, id: i64) -> Kept {
    let body = json!({
        "id": id, "number": id.to_string(), "status": "completed", "currency": "UAH", "total": "150.00",
        "date_created_gmt": "2025-03-01T10:00:00", "date_modified_gmt": "2025-03-05T10:00:00",
        "billing": { "first_name": "Олена", "last_name": format!("№{id}"), "email": format!("buyer{id}@example.com") },
        "line_items": [{ "name": "Кава", "quantity": 1, "price": 150, "total": "150.00" }],
    });
    Kept {
        storefront: shop.id,
        door: "woocommerce",
        topic: "order.updated".into(),
        body: body.to_string().into_bytes(),
        reason: Reason::whole(Why::NoFunnel),
    }
}

#[tokio::test]
async fn a_kept_order_of_the_past_is_no_news_when_it_is_understood() {
    let world = World::new().await;
    let (store, ours) = (world.store(), &world.ours);
    let new = NewWebhook {
        url: "https://127.0.0.1/".into(),
        storefronts: Storefronts::All,
        topics: vec![Topic::DealCreated, Topic::OrderReceived],
    };
    let hook = store.create_webhook(&system(), CommandId::new_v4(), new).await.expect("a webhook").0.id;
    let of_the_past = store.keep_history(system().now, kept(ours, 7), Lang::Uk).await.expect("kept");
    let of_today = store.keep_intake(system().now, kept(ours, 8)).await.expect("kept");
    let replay = server::http::hooks::replay(store.clone());
    for (intake, kind, since, messages) in
        [(of_the_past, StageKind::Won, Some(CHANGED_AT), 0), (of_today, StageKind::Open, None, 2)]
    {
        let one = store.intake_to_replay(&system(), intake).await.expect("it waits");
        assert_eq!((replay)(one.clone()).await.expect("read"), None, "understood");
        store.intake_replayed(&system(), &one).await.expect("replayed");
        let number = if intake == of_the_past { "7" } else { "8" };
        let deals = store.deals_page(&system(), None, None, &Default::default(), (DealId(0), 10)).await.expect("deals");
        let deal = deals.iter().find(|deal| deal.order_number.as_deref() == Some(number)).expect("a deal");
        let stage = ours.funnel.stages.iter().find(|stage| stage.id == deal.stage).expect("its stage");
        assert_eq!(stage.kind, kind, "№{number}");
        assert!(since.is_none_or(|since| deal.since == since), "№{number}: {}", deal.since);
        // What the server's own reader has not reached yet is written here.
        store.fill_outbox(Seq(0), system().now).await.expect("filled");
        assert_eq!(store.webhook_deliveries(&system(), hook, None).await.expect("messages").len(), messages);
    }
    assert_eq!(store.check().await.expect("a check"), Vec::<String>::new());
}
