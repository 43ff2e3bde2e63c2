//! A webhook that leads nowhere: nothing is ever sent to its address.

use app::ctx::now;
use domain::auth::Storefronts;
use domain::ids::*;
use store::webhooks::{NewWebhook, Topic};

use super::{World, system};

const NOWHERE: &str = "https://127.0.0.1/";

/// The one that there is, or a new one.
pub async fn some_webhook(world: &World) -> WebhookId {
    let (ctx, store) = (system(), world.store());
    let known = store.webhooks(&ctx).await.expect("webhooks");
    if let Some(hook) = known.iter().find(|hook| hook.url == NOWHERE) {
        return hook.id;
    }
    let topics = vec![Topic::DealCreated];
    let new = NewWebhook { url: NOWHERE.into(), storefronts: Storefronts::All, topics };
    store.create_webhook(&ctx, CommandId::new_v4(), new).await.expect("a webhook").0.id
}

/// A message of it, about a new deal.
pub async fn some_delivery(world: &World) -> MessageId {
    let (ctx, store, hook) = (system(), world.store(), some_webhook(world).await);
    world.deal(&world.ours, "Олена").await;
    store.fill_outbox(Seq(0), now()).await.expect("filled");
    store.webhook_deliveries(&ctx, hook, None).await.expect("deliveries")[0].id
}
