//! Rights that were lost while nobody was listening: what was missed is told by the rights of now.

use crate::common::ear::{Ear, Heard};
use crate::common::{World, phone_of, system};
use domain::auth::Role;
use domain::board::Card;
use domain::deals::{CreateDeal, DealForm};
use domain::funnels::NewFunnel;
use domain::funnels::presets::Preset;
use domain::i18n::Lang;
use domain::ids::*;
use store::auth::UserChange;

/// On the board that every storefront shares.
async fn shared_deal(world: &World, funnel: FunnelId, storefront: StorefrontId, customer: &str) -> Card {
    let form = DealForm {
        customer_name: customer.into(),
        phone: phone_of(customer),
        source: "site".into(),
        ..DealForm::default()
    };
    let command = CreateDeal { command: CommandId::new_v4(), funnel, stage: None, storefront: Some(storefront), form };
    world.store().create_deal(&system(), command).await.expect("a deal")
}

#[tokio::test]
async fn events_of_a_storefront_that_was_lost_meanwhile_are_not_replayed() {
    let world = World::new().await;
    let new =
        NewFunnel { name: "Спільна".into(), storefront: None, preset: Some(Preset::Orders), lang: Lang::Uk };
    let shared = world.store().create_funnel(&system(), CommandId::new_v4(), new).await.expect("a funnel").id;
    let ours = shared_deal(&world, shared, world.ours.id, "Олена").await.id;
    let theirs = shared_deal(&world, shared, world.theirs.id, "Тарас").await.id;
    let nina = world.someone(Role::Manager, &[world.ours.id, world.theirs.id]).await;
    let mut ear = Ear::on(&world.app, &nina, shared, None).await;
    for deal in [theirs, ours] {
        world.move_to(deal, 1).await;
        assert_eq!(ear.event().await.event.scope.deal, Some(deal), "with both storefronts she hears of both");
    }
    let since = world.store().log_end().await.expect("the log");
    drop(ear);

    // Cut off: something happens while she still may see it, and something after.
    world.move_to(theirs, 2).await;
    world.move_to(ours, 2).await;
    let own_board = world.deal(&world.theirs, "Марта").await.id;
    world.change(nina.user, UserChange::Storefronts(vec![world.ours.id])).await;
    world.move_to(theirs, 3).await;
    world.move_to(own_board, 1).await;
    world.move_to(ours, 3).await;

    let mut ear = Ear::on(&world.app, &nina, shared, Some(since)).await;
    for stage in [2, 3] {
        let live = ear.event().await;
        assert_eq!(live.event.scope.deal, Some(ours));
        assert_eq!(live.card.map(|card| card.id), Some(ours));
        assert!(live.event.seq > since, "stage {stage}");
    }
    ear.hears_nothing().await;
    world.move_to(theirs, 1).await;
    ear.hears_nothing().await;
    // The lost storefront's own board does not open at all, and says nothing before it shuts.
    let mut shut = Ear::open(&world.app, &nina, world.theirs.funnel.id, Some(since)).await;
    assert!(matches!(shut.heard().await, Heard::Closed(4404)));

    // Given back, all of it is hers again.
    world.change(nina.user, UserChange::Storefronts(vec![world.ours.id, world.theirs.id])).await;
    let mut ear = Ear::on(&world.app, &nina, shared, Some(since)).await;
    for deal in [theirs, ours, theirs, ours, theirs] {
        assert_eq!(ear.event().await.event.scope.deal, Some(deal));
    }
}
