//! Where new orders make deals, as the settings of a funnel tell it.

use crate::common::shop::{NOW, Shop, colleague, id, incoming};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::Role;
use domain::board::Refusal;
use domain::funnels::FunnelChange;
use domain::ids::FunnelId;
use domain::orders::{DealMaker, OrderSettings, Thresholds};
use store::orders::Arrival;

on_both![
    each_storefront_says_where_its_orders_go,
    nobody_learns_of_other_storefronts,
    what_is_told_is_what_intake_does
];

fn goals(makers: &[DealMaker]) -> Vec<Option<FunnelId>> {
    makers.iter().map(|one| one.funnel.as_ref().map(|(id, _)| *id)).collect()
}

async fn each_storefront_says_where_its_orders_go(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let own = db.store.deal_makers(&shop.owner, shop.orders.id).await.expect("told");
    assert_eq!(own.iter().map(|one| (one.storefront, one.makes_deals)).collect::<Vec<_>>(), [(shop.one, true)]);
    assert_eq!(own[0].funnel, Some((shop.orders.id, "Замовлення".to_owned())));
    let shared = db.store.deal_makers(&shop.owner, shop.shared.id).await.expect("told");
    assert_eq!(goals(&shared), [Some(shop.orders.id), Some(shop.second.id)], "each has a funnel of its own");
    // Without its own one a storefront's orders arrive on everybody's.
    db.store.change_funnel(&shop.owner, id(), shop.second.id, FunnelChange::Archive).await.expect("archived");
    let shared = db.store.deal_makers(&shop.owner, shop.shared.id).await.expect("told");
    assert_eq!(goals(&shared), [Some(shop.orders.id), Some(shop.shared.id)]);
    db.store.change_funnel(&shop.owner, id(), shop.shared.id, FunnelChange::Archive).await.expect("archived");
    let refused = refusal(db.store.deal_makers(&shop.owner, shop.shared.id).await);
    assert_eq!(refused, Refusal::NotFound, "an archived funnel has none");
    db.sound().await;
}

async fn nobody_learns_of_other_storefronts(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let refused = refusal(db.store.deal_makers(&shop.stranger, shop.orders.id).await);
    assert_eq!(refused, Refusal::NotFound);
    for (who, sees) in [(&shop.viewer, shop.one), (&shop.stranger, shop.two)] {
        let shared = db.store.deal_makers(who, shop.shared.id).await.expect("told");
        assert_eq!(shared.iter().map(|one| one.storefront).collect::<Vec<_>>(), [sees]);
    }
    let nowhere = colleague(&db.store, "Ніхто", Role::Manager, &[]).await;
    let refused = refusal(db.store.deal_makers(&nowhere, shop.orders.id).await);
    assert_eq!(refused, Refusal::NotFound);
    db.sound().await;
}

async fn what_is_told_is_what_intake_does(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let told = db.store.deal_makers(&shop.viewer, shop.orders.id).await.expect("told");
    let order = db.store.receive_order(shop.one, NOW, incoming("1"), Arrival::Sent).await.expect("received");
    let deal = db.store.card(&shop.viewer, order.deal.expect("a deal")).await.expect("a card");
    assert_eq!(goals(&told), [Some(deal.funnel)]);

    let thresholds = Thresholds::default();
    let off = OrderSettings { storefront: shop.one, makes_deals: false, thresholds };
    db.store.set_order_settings(&shop.head, id(), off).await.expect("switched off");
    let told = db.store.deal_makers(&shop.viewer, shop.orders.id).await.expect("told");
    assert_eq!(told.iter().map(|one| one.makes_deals).collect::<Vec<_>>(), [false]);
    let order = db.store.receive_order(shop.one, NOW, incoming("2"), Arrival::Sent).await.expect("received");
    assert_eq!(order.deal, None);
    db.sound().await;
}
