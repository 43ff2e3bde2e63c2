//! Live boards: who hears what, when, and who is shown the door.

use std::time::{Duration, Instant};

use crate::common::ear::{Ear, Heard, refusal, request};
use crate::common::postgres::Cluster;
use crate::common::{Someone, TestApp, World, system};
use app::live::frames::Frame;
use domain::auth::Role;
use domain::board::Place;
use domain::event::Fact;
use domain::ids::*;
use http::StatusCode;
use store::auth::UserChange;
use store::board::MoveDeals;
use store::funnels::FunnelChange;
use tokio_tungstenite::tungstenite::Message;

async fn nobody_listens(world: &World) {
    let begun = Instant::now();
    while world.app.open_sockets() > 0 {
        assert!(begun.elapsed() < Duration::from_secs(3), "somebody listens on");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn manager(world: &World) -> Someone {
    world.someone(Role::Manager, &[world.ours.id]).await
}

#[tokio::test]
async fn two_people_see_one_move_and_strangers_hear_nothing() {
    let world = World::new().await;
    let (olena, taras) = (manager(&world).await, manager(&world).await);
    let stranger = world.someone(Role::Manager, &[world.theirs.id]).await;
    let deal = world.deal(&world.ours, "Олена").await;
    let mut ears = [
        Ear::on(&world.app, &olena, world.ours.funnel.id, None).await,
        Ear::on(&world.app, &taras, world.ours.funnel.id, None).await,
    ];
    let mut strange = Ear::on(&world.app, &stranger, world.theirs.funnel.id, None).await;
    let moved = world.move_to(deal.id, 1).await;
    for ear in &mut ears {
        let live = ear.event().await;
        assert_eq!(live.event.scope.deal, Some(deal.id));
        assert!(matches!(&live.event.fact, Fact::DealMoved(fact) if fact.to == moved.stage));
        assert_eq!(live.card, Some(moved.clone()));
    }
    strange.hears_nothing().await;
}

#[tokio::test]
async fn other_boards_of_one_s_own_shop_are_told_only_what_matters_to_them() {
    let world = World::new().await;
    let owner = world.someone(Role::Owner, &[]).await;
    let deal = world.deal(&world.ours, "Олена").await;
    let mut ear = Ear::on(&world.app, &owner, world.theirs.funnel.id, None).await;
    world.move_to(deal.id, 1).await;
    world.someone(Role::Viewer, &[]).await;
    ear.hears_nothing().await;
    let funnel = world.ours.funnel.id;
    let rename = FunnelChange::Rename { name: "Інша".into() };
    world.store().change_funnel(&system(), CommandId::new_v4(), funnel, rename).await.expect("a new name");
    assert_eq!(ear.event().await.event.fact, Fact::FunnelRenamed { name: "Інша".into() });
}

#[tokio::test]
async fn what_was_missed_is_told_first_and_once() {
    let world = World::new().await;
    let olena = manager(&world).await;
    let deal = world.deal(&world.ours, "Олена").await;
    let since = world.store().log_end().await.expect("the log");
    for stage in [1, 2, 3] {
        world.move_to(deal.id, stage).await;
    }
    let mut ear = Ear::on(&world.app, &olena, world.ours.funnel.id, Some(since)).await;
    world.move_to(deal.id, 2).await;
    let mut seqs = Vec::new();
    for stage in [1, 2, 3, 2] {
        let live = ear.event().await;
        let Fact::DealMoved(fact) = live.event.fact else { panic!("no move") };
        assert_eq!(fact.to, world.ours.funnel.stages[stage].id);
        seqs.push(live.event.seq);
    }
    assert!(seqs.is_sorted() && seqs[0] > since);
    ear.hears_nothing().await;
}

#[tokio::test]
async fn a_forged_or_ancient_place_in_the_log_is_answered_with_resync() {
    let world = World::new().await;
    let olena = manager(&world).await;
    let deal = world.deal(&world.ours, "Олена").await;
    let funnel = world.ours.funnel.id;
    for since in [i64::MAX, 1_000_000, -1, i64::MIN] {
        let mut ear = Ear::on(&world.app, &olena, funnel, Some(Seq(since))).await;
        ear.resync().await;
        world.move_to(deal.id, if since > 0 { 1 } else { 2 }).await;
        ear.event().await;
    }
    let mut deals = vec![deal.id];
    for _ in 1..251 {
        deals.push(world.deal(&world.ours, "Тарас").await.id);
    }
    let begin = world.store().log_end().await.expect("the log");
    for round in 0..20 {
        bulk(&world, &deals, round).await;
    }
    Ear::on(&world.app, &olena, funnel, Some(begin)).await.resync().await;
    // One that is just young enough hears every event since.
    let end = world.store().log_end().await.expect("the log");
    let mut ear = Ear::on(&world.app, &olena, funnel, Some(Seq(end.0 - 5_000))).await;
    for _ in 0..5_000 {
        ear.event().await;
    }
    assert_eq!(ear.event_or_nothing().await, None);
}

/// Moves all of them to and fro, in one command.
async fn bulk(world: &World, deals: &[DealId], round: usize) {
    let stages = &world.ours.funnel.stages;
    let ctx = system();
    let mut seen = Vec::new();
    for deal in deals {
        seen.push((*deal, world.store().card(&ctx, *deal).await.expect("a card").stage));
    }
    let to = stages[1 + round % 3].id;
    let command = MoveDeals {
        command: CommandId::new_v4(),
        deals: seen,
        to,
        place: Place::Top,
        reason: None,
        undoes: None,
        details: None,
    };
    let moved = world.store().move_deals(&ctx, command).await.expect("moves");
    assert!(moved.refused.is_empty());
}

#[tokio::test]
async fn rights_that_are_taken_away_end_within_a_second() {
    let world = World::new().await;
    let both = [world.ours.id, world.theirs.id];
    let (olena, taras) = (manager(&world).await, world.someone(Role::Manager, &both).await);
    let funnel = world.ours.funnel.id;
    let deal = world.deal(&world.ours, "Олена").await;
    let mut removed = Ear::on(&world.app, &olena, funnel, None).await;
    let mut demoted = Ear::on(&world.app, &taras, funnel, None).await;
    let begun = Instant::now();
    world.change(olena.user, UserChange::Storefronts(vec![world.theirs.id])).await;
    let (said, code) = removed.until_closed().await;
    assert_eq!(code, 4404);
    assert!(!said.iter().any(|frame| matches!(frame, Frame::Event(_))), "{said:?}");
    world.change(taras.user, UserChange::Role(Role::Viewer)).await;
    demoted.resync().await;
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    // A viewer still sees; what follows is told to them and to nobody else.
    world.move_to(deal.id, 1).await;
    demoted.event().await;
    world.change(taras.user, UserChange::Remove).await;
    let (said, code) = demoted.until_closed().await;
    assert_eq!((said.contains(&Frame::SignedOut), code), (true, 4401));
}

#[tokio::test]
async fn an_event_after_the_loss_of_rights_is_never_told() {
    let world = World::new().await;
    let funnel = world.ours.funnel.id;
    let deal = world.deal(&world.ours, "Олена").await;
    for round in 0..10 {
        let olena = manager(&world).await;
        let mut ear = Ear::on(&world.app, &olena, funnel, None).await;
        // In one breath, so that both are in the same reading of the log.
        let lose = world.change(olena.user, UserChange::Storefronts(vec![]));
        let ((), _) = tokio::join!(lose, async {
            tokio::task::yield_now().await;
            world.move_to(deal.id, 1 + round % 2).await
        });
        let (said, code) = ear.until_closed().await;
        assert_eq!(code, 4404);
        let lost_at = world
            .store()
            .raw_events(Seq(0))
            .await
            .expect("the log")
            .into_iter()
            .rev()
            .find(|event| matches!(&event.fact, Fact::UserStorefrontsChanged { user, .. } if *user == olena.user));
        let lost_at = lost_at.expect("the loss is in the log").seq;
        for frame in said {
            if let Frame::Event(live) = frame {
                assert!(live.event.seq < lost_at, "{live:?}");
            }
        }
    }
}

#[tokio::test]
async fn signing_out_closes_the_own_socket_and_no_other() {
    let world = World::new().await;
    let olena = manager(&world).await;
    let elsewhere = world.signed_in(olena.user, app::ctx::now()).await;
    let funnel = world.ours.funnel.id;
    let mut here = Ear::on(&world.app, &olena, funnel, None).await;
    let mut there = Ear::on(&world.app, &elsewhere, funnel, None).await;
    let session = world.store().session(&olena.token, app::ctx::now()).await.expect("a look").expect("a session");
    let ctx = store::Ctx { actor: session.actor, now: app::ctx::now() };
    world.store().sign_out(&ctx, &olena.token).await.expect("signed out");
    let (said, code) = here.until_closed().await;
    assert_eq!((said.contains(&Frame::SignedOut), code), (true, 4401));
    there.hears_nothing().await;
    world.store().sign_out_everywhere(&ctx).await.expect("signed out");
    assert_eq!(there.until_closed().await.1, 4401);
    nobody_listens(&world).await;
}

#[tokio::test]
async fn the_door_opens_for_our_pages_and_for_who_is_signed_in() {
    let world = World::new().await;
    let olena = manager(&world).await;
    let (app, own) = (&world.app, world.app.url.as_str());
    let query = format!("funnel={}", world.ours.funnel.id);
    let cookie = Some(olena.cookie.as_str());
    for origin in ["http://evil.example", "null", "http://127.0.0.1:1", "ws://x", ""] {
        assert_eq!(refusal(request(app, &query, cookie, Some(origin))).await, StatusCode::FORBIDDEN, "{origin:?}");
    }
    assert_eq!(refusal(request(app, &query, cookie, None)).await, StatusCode::FORBIDDEN);
    for cookie in [None, Some("voronka=forged"), Some("voronka="), Some("other=1")] {
        assert_eq!(refusal(request(app, &query, cookie, Some(own))).await, StatusCode::UNAUTHORIZED, "{cookie:?}");
    }
    let expired = world.signed_in(olena.user, app::ctx::now() - 61 * 86_400_000).await;
    let expired = Some(expired.cookie.as_str());
    assert_eq!(refusal(request(app, &query, expired, Some(own))).await, StatusCode::UNAUTHORIZED);
    for query in ["", "funnel=x", "funnel=1&since=y", "since=1"] {
        assert_eq!(refusal(request(app, query, cookie, Some(own))).await, StatusCode::BAD_REQUEST, "{query:?}");
    }
    for funnel in [world.theirs.funnel.id, FunnelId(999), FunnelId(-1)] {
        let mut ear = Ear::open(app, &olena, funnel, None).await;
        assert!(matches!(ear.heard().await, Heard::Closed(4404)), "{funnel}");
    }
}

#[tokio::test]
async fn who_says_too_much_is_let_go() {
    let world = World::new().await;
    let olena = manager(&world).await;
    let funnel = world.ours.funnel.id;
    let mut huge = Ear::on(&world.app, &olena, funnel, None).await;
    huge.say(Message::text("x".repeat(5_000))).await;
    assert_eq!(huge.until_closed().await.1, 1009);
    let mut flood = Ear::on(&world.app, &olena, funnel, None).await;
    for _ in 0..40 {
        flood.say(Message::Ping(Default::default())).await;
    }
    assert_eq!(flood.until_closed().await.1, 1008);
    let mut chatter = Ear::on(&world.app, &olena, funnel, None).await;
    for _ in 0..20 {
        chatter.say(Message::text("{\"t\":\"event\"}")).await;
    }
    let deal = world.deal(&world.ours, "Олена").await;
    assert_eq!(chatter.event().await.event.scope.deal, Some(deal.id));
}

#[tokio::test]
async fn one_person_has_no_more_than_their_share_of_sockets() {
    let world = World::new().await;
    let (olena, taras) = (manager(&world).await, manager(&world).await);
    let funnel = world.ours.funnel.id;
    let mut ears = Vec::new();
    for _ in 0..50 {
        ears.push(Ear::on(&world.app, &olena, funnel, None).await);
    }
    let one_more = request(&world.app, &format!("funnel={funnel}"), Some(&olena.cookie), Some(&world.app.url));
    assert_eq!(refusal(one_more.clone()).await, StatusCode::TOO_MANY_REQUESTS);
    Ear::on(&world.app, &taras, funnel, None).await;
    ears.clear();
    nobody_listens(&world).await;
    Ear::on(&world.app, &olena, funnel, None).await;
}

#[tokio::test]
async fn a_reader_that_never_reads_holds_nobody_up_and_is_dropped() {
    let world = World::new().await;
    let (olena, sloth) = (manager(&world).await, manager(&world).await);
    let funnel = world.ours.funnel.id;
    let mut deals = Vec::new();
    for _ in 0..250 {
        deals.push(world.deal(&world.ours, "Тарас").await.id);
    }
    let mut ear = Ear::on(&world.app, &olena, funnel, None).await;
    // A window of a few kilobytes: soon nothing more can be sent to it.
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4_096).expect("a small buffer");
    let stream = socket.connect(world.app.host().parse().expect("an address")).await.expect("a connection");
    let slow = request(&world.app, &format!("funnel={funnel}"), Some(&sloth.cookie), Some(&world.app.url));
    let (_slow, _) = tokio_tungstenite::client_async(slow, stream).await.expect("a socket");
    let hearing = tokio::spawn(async move {
        loop {
            if let Heard::Said(Frame::Event(live)) = ear.heard().await
                && matches!(live.event.fact, Fact::FunnelRenamed { .. })
            {
                return;
            }
        }
    });
    for round in 0..40 {
        bulk(&world, &deals, round).await;
    }
    let rename = FunnelChange::Rename { name: "Інша".into() };
    world.store().change_funnel(&system(), CommandId::new_v4(), funnel, rename).await.expect("a new name");
    let begun = Instant::now();
    hearing.await.expect("the other one hears on");
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    while world.app.open_sockets() > 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "the slow reader is still there");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn everybody_knows_who_else_is_here() {
    let world = World::new().await;
    let (olena, taras) = (manager(&world).await, manager(&world).await);
    let funnel = world.ours.funnel.id;
    let mut ear = Ear::on(&world.app, &olena, funnel, None).await;
    let here = |heard| match heard {
        Heard::Said(Frame::Here { users }) => users,
        other => panic!("{other:?}"),
    };
    assert_eq!(here(ear.heard().await), [olena.user]);
    let other = Ear::on(&world.app, &taras, funnel, None).await;
    assert_eq!(here(ear.heard().await), [olena.user, taras.user]);
    drop(other);
    assert_eq!(here(ear.heard().await), [olena.user]);
}

#[tokio::test]
async fn a_stopping_server_asks_its_sockets_to_come_again() {
    let mut world = World::new().await;
    let olena = manager(&world).await;
    let mut ear = Ear::on(&world.app, &olena, world.ours.funnel.id, None).await;
    let running = world.app.running.take().expect("running");
    let stopped = tokio::spawn(running.stop());
    assert_eq!(ear.until_closed().await.1, 1012);
    stopped.await.expect("stopped");
}

#[tokio::test]
async fn two_servers_on_one_postgresql_see_each_other() {
    let Some(cluster) = Cluster::start() else { return };
    let url = cluster.database();
    let world = World::in_app(TestApp::on(&url).await).await;
    let other = TestApp::on(&url).await;
    let (olena, deal) = (manager(&world).await, world.deal(&world.ours, "Олена").await);
    let funnel = world.ours.funnel.id;
    let mut here = Ear::on(&world.app, &olena, funnel, None).await;
    let mut there = Ear::on(&other, &olena, funnel, None).await;
    let mut slowest = Duration::ZERO;
    for round in 0..20 {
        let store = if round % 2 == 0 { world.store() } else { &other.store };
        let moved = crate::common::move_to(store, deal.id, 1 + round % 3).await;
        let begun = Instant::now();
        for ear in [&mut here, &mut there] {
            assert_eq!(ear.event().await.card.map(|card| card.version), Some(moved.version));
        }
        slowest = slowest.max(begun.elapsed());
    }
    // Quicker than the poll: the notification works.
    assert!(slowest < Duration::from_millis(900), "{slowest:?}");
    // Cut off, both come to themselves again.
    cluster.cut_connections();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut moved = Err(());
    for _ in 0..20 {
        let store = world.store().clone();
        let id = deal.id;
        moved = tokio::spawn(async move { crate::common::move_to(&store, id, 0).await }).await.map_err(|_| ());
        if moved.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let moved = moved.expect("the pool finds new connections");
    assert_eq!(there.event_past_resync().await.card.map(|card| card.version), Some(moved.version));
    let begun = Instant::now();
    world.change(olena.user, UserChange::Remove).await;
    assert_eq!(there.until_closed().await.1, 4401);
    assert!(begun.elapsed() < Duration::from_millis(1_500), "{:?}", begun.elapsed());
}
