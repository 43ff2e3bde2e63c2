//! Who is on a board, told across the nodes on one PostgreSQL.

use std::time::Duration;

use crate::common::ear::{Ear, Heard};
use crate::common::postgres::Cluster;
use crate::common::process::Server;
use crate::common::{Someone, TestApp, World};
use app::live::frames::Frame;
use domain::auth::Role;
use domain::ids::UserId;
use tempfile::TempDir;

/// Short enough to wait for, long enough that a slow machine keeps up with its rhythm.
const SILENCE_MAX_MS: u64 = 3_000;

async fn manager(world: &World) -> Someone {
    world.someone(Role::Manager, &[world.ours.id]).await
}

/// The very next list.
async fn here(ear: &mut Ear) -> Vec<UserId> {
    loop {
        match ear.heard().await {
            Heard::Said(Frame::Here { users }) => return users,
            Heard::Said(Frame::Tick { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// With the usual timeout, which is longer than this test waits: what it sees was told, not forgotten.
#[tokio::test]
async fn people_on_two_nodes_see_each_other_come_and_leave() {
    let Some(cluster) = Cluster::start() else { return };
    let url = cluster.database();
    let world = World::in_app(TestApp::on(&url).await).await;
    let mut other = TestApp::on(&url).await;
    let (olena, taras) = (manager(&world).await, manager(&world).await);
    let stranger = world.someone(Role::Manager, &[world.theirs.id]).await;
    let funnel = world.ours.funnel.id;
    let mut strange = Ear::on(&world.app, &stranger, world.theirs.funnel.id, None).await;
    assert_eq!(here(&mut strange).await, [stranger.user]);

    let mut near = Ear::on(&world.app, &olena, funnel, None).await;
    near.until_here(&[&olena]).await;
    let mut far = Ear::on(&other, &taras, funnel, None).await;
    near.until_here(&[&olena, &taras]).await;
    far.until_here(&[&olena, &taras]).await;
    drop(far);
    near.until_here(&[&olena]).await;

    // One person on both nodes is one person, until they have left both.
    let twice = Ear::on(&other, &olena, funnel, None).await;
    let mut far = Ear::on(&other, &taras, funnel, None).await;
    near.until_here(&[&olena, &taras]).await;
    drop(near);
    let mut near = Ear::on(&world.app, &taras, funnel, None).await;
    near.until_here(&[&olena, &taras]).await;
    drop(twice);
    near.until_here(&[&taras]).await;
    far.until_here(&[&taras]).await;

    // A node that starts later is told at once whom the others have.
    let late = TestApp::on(&url).await;
    let mut newest = Ear::on(&late, &olena, funnel, None).await;
    newest.until_here(&[&olena, &taras]).await;
    near.until_here(&[&olena, &taras]).await;
    drop(near);

    // One that stops says so.
    let mut near = Ear::on(&world.app, &olena, funnel, None).await;
    near.until_here(&[&olena, &taras]).await;
    other.running.take().expect("running").stop().await;
    near.until_here(&[&olena]).await;

    // All that was none of this board's business, wherever it happened.
    let neighbour = world.someone(Role::Manager, &[world.theirs.id]).await;
    let _neighbour = Ear::on(&late, &neighbour, world.theirs.funnel.id, None).await;
    assert_eq!(here(&mut strange).await, [stranger.user, neighbour.user]);
}

#[tokio::test]
async fn who_was_on_a_node_that_died_is_forgotten_and_who_is_on_one_that_lives_is_not() {
    let Some(cluster) = Cluster::start() else { return };
    let url = cluster.database();
    let app = TestApp::tuned(&url, |config| config.presence_timeout_ms = SILENCE_MAX_MS).await;
    let world = World::in_app(app).await;
    let folder = TempDir::new().expect("a folder");
    let silence = SILENCE_MAX_MS.to_string();
    let other = Server::spawn(&url, folder.path(), &[("PRESENCE_TIMEOUT_MS", silence.as_str())]);
    let (olena, taras) = (manager(&world).await, manager(&world).await);
    let funnel = world.ours.funnel.id;
    let mut near = Ear::on(&world.app, &olena, funnel, None).await;
    let mut far = Ear::at(&other.url, &taras, funnel).await;
    near.until_here(&[&olena, &taras]).await;
    far.until_here(&[&olena, &taras]).await;
    near.quiet(Duration::from_millis(2 * SILENCE_MAX_MS)).await;
    other.kill();
    near.until_here(&[&olena]).await;
}
