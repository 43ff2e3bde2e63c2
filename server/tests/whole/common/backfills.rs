//! Runs that bring in orders, for tests that need one to be there and to stay quiet.

use domain::backfill::{BackfillChange, ShopKind, StartBackfill};
use domain::i18n::Lang;
use domain::ids::*;
use store::Store;

use super::system;

/// Of an address where no shop may be asked.
pub fn start(storefront: StorefrontId) -> StartBackfill {
    StartBackfill {
        storefront,
        shop: ShopKind::WooCommerce,
        address: "https://127.0.0.1:9".into(),
        key: "ck".into(),
        secret: "cs".into(),
        lang: Lang::Uk,
    }
}

/// No run of the storefront goes on after this, and none writes to the log.
pub async fn end(store: &Store, storefront: StorefrontId) {
    let (ctx, stop) = (system(), BackfillChange::Stop);
    if store.backfills(&ctx).await.expect("runs").iter().any(|run| run.storefront == storefront) {
        store.change_backfill(&ctx, CommandId::new_v4(), storefront, stop).await.expect("ended");
    }
}

/// A run that waits for somebody to go on with it.
pub async fn pause(store: &Store, storefront: StorefrontId) {
    end(store, storefront).await;
    let (ctx, pause) = (system(), BackfillChange::Pause);
    store.start_backfill(&ctx, CommandId::new_v4(), start(storefront)).await.expect("begun");
    store.change_backfill(&ctx, CommandId::new_v4(), storefront, pause).await.expect("paused");
}
