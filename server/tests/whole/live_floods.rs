//! Floods that never become a message: nothing of them is heard, and nobody else hears less for it.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::common::ear::{Ear, request};
use crate::common::{Someone, World};
use domain::auth::Role;
use domain::ids::FunnelId;
use http::StatusCode;

/// How long it lasts.
const FLOOD: Duration = Duration::from_secs(3);
/// Text, not the last piece of its message, masked as clients must, empty.
const FIRST_PIECE: [u8; 6] = [0x01, 0x80, 0, 0, 0, 0];
/// The same message goes on, and does not end either.
const NEXT_PIECE: [u8; 6] = [0x00, 0x80, 0, 0, 0, 0];

/// A live board's connection from which frames can be sent that no library would.
async fn raw(world: &World, who: &Someone, funnel: FunnelId) -> TcpStream {
    let door = request(&world.app, &format!("funnel={funnel}"), Some(&who.cookie), Some(&world.app.url));
    let stream = tokio::net::TcpStream::connect(world.app.host()).await.expect("a connection");
    let (socket, _) = tokio_tungstenite::client_async(door, stream).await.expect("a socket");
    let stream = socket.into_inner().into_std().expect("a stream");
    stream.set_nonblocking(false).expect("a blocking stream");
    stream.set_write_timeout(Some(FLOOD)).expect("a patience");
    stream
}

/// Sends pieces until the time is over or the server has had enough; how many there were.
fn flood(mut stream: TcpStream) -> usize {
    let begun = Instant::now();
    let pieces = NEXT_PIECE.repeat(1_000);
    let mut sent = 1;
    if stream.write_all(&FIRST_PIECE).is_err() {
        return 0;
    }
    while begun.elapsed() < FLOOD && stream.write_all(&pieces).is_ok() {
        sent += 1_000;
    }
    sent
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_pieces_of_one_message_hold_nobody_up() {
    let world = World::new().await;
    let funnel = world.ours.funnel.id;
    let olena = world.someone(Role::Manager, &[world.ours.id]).await;
    let mallory = world.someone(Role::Viewer, &[world.ours.id]).await;
    let deal = world.deal(&world.ours, "Олена").await;
    let mut ear = Ear::on(&world.app, &olena, funnel, None).await;
    let stream = raw(&world, &mallory, funnel).await;
    let begun = Instant::now();
    let flooding = tokio::task::spawn_blocking(move || flood(stream));
    let (mut rounds, mut slowest) = (0, Duration::ZERO);
    while begun.elapsed() < FLOOD {
        let asked = Instant::now();
        let moved = world.move_to(deal.id, 1 + rounds % 3).await;
        assert_eq!(ear.event().await.card.map(|card| card.version), Some(moved.version));
        let ready = world.app.get("/readyz").send().await.expect("an answer");
        assert_eq!(ready.status(), StatusCode::OK);
        slowest = slowest.max(asked.elapsed());
        rounds += 1;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    let sent = flooding.await.expect("it ends");
    assert!(sent >= 10_000, "only {sent} pieces: that was no flood");
    // Once the connection is gone, so is what it held.
    let left = Instant::now();
    drop(ear);
    while world.app.open_sockets() > 0 {
        assert!(left.elapsed() < Duration::from_secs(5), "the flood's socket is still there");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
