//! Who is on which board: the people of this process by their sockets, and those of other nodes by what these told
//! last. Nothing of it is kept: a closed socket has left, and a node that has fallen silent is forgotten.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use app::live::frames::Frame;
use axum::extract::ws::Utf8Bytes;
use domain::ids::{FunnelId, UserId};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;
use uuid::Uuid;

use super::{Hub, text};

#[derive(Default)]
pub struct Presence {
    known: Mutex<Known>,
    /// Something is there to be told to the other nodes.
    stirred: Notify,
}

#[derive(Default)]
struct Known {
    rooms: HashMap<FunnelId, Room>,
    /// The people of other nodes.
    elsewhere: HashMap<FunnelId, HashMap<Uuid, Told>>,
    untold: Untold,
}

/// What the other nodes have not been told yet.
#[derive(Default)]
struct Untold {
    /// That this node has begun to listen.
    hello: bool,
    /// Boards whose people here have changed.
    boards: BTreeSet<FunnelId>,
}

struct Room {
    /// With the number of their sockets.
    people: BTreeMap<UserId, usize>,
    told: watch::Sender<Utf8Bytes>,
}

/// What a node said of a board, and when.
struct Told {
    users: Vec<UserId>,
    at: Instant,
}

/// Somebody's presence on a board; it ends when dropped.
pub struct Here {
    hub: Arc<Hub>,
    funnel: FunnelId,
    user: UserId,
    told: watch::Receiver<Utf8Bytes>,
}

impl Presence {
    /// Resolves when there is something to tell the other nodes.
    pub(super) async fn stirred(&self) {
        self.stirred.notified().await;
    }

    /// The other nodes are to be greeted, and will tell whom they have.
    pub(super) fn greet(&self) {
        self.known().untold.hello = true;
        self.stirred.notify_one();
    }

    /// Every board that somebody is on here is to be told again.
    pub(super) fn repeat(&self) {
        let mut known = self.known();
        let boards: Vec<FunnelId> = known.rooms.keys().copied().collect();
        known.untold.boards.extend(boards);
        drop(known);
        self.stirred.notify_one();
    }

    /// Takes what is to be told: whether to greet, and the people here by board. A board that everybody has left has none.
    pub(super) fn news(&self) -> (bool, Vec<(FunnelId, Vec<UserId>)>) {
        let mut known = self.known();
        let Untold { hello, boards } = std::mem::take(&mut known.untold);
        let people =
            |board: &FunnelId| known.rooms.get(board).map(|room| room.people.keys().copied().collect::<Vec<_>>());
        (hello, boards.iter().map(|board| (*board, people(board).unwrap_or_default())).collect())
    }

    /// A node told who is on a board there.
    pub(super) fn heard(&self, node: Uuid, funnel: FunnelId, users: Vec<UserId>) {
        let mut known = self.known();
        let nodes = known.elsewhere.entry(funnel).or_default();
        if users.is_empty() {
            nodes.remove(&node);
        } else {
            nodes.insert(node, Told { users, at: Instant::now() });
        }
        if nodes.is_empty() {
            known.elsewhere.remove(&funnel);
        }
        known.tell(funnel);
    }

    /// Drops what nodes told at some time, where `over` says that it holds no more.
    pub(super) fn forget(&self, over: impl Fn(Uuid, Instant) -> bool) {
        let mut known = self.known();
        let mut changed = Vec::new();
        known.elsewhere.retain(|funnel, nodes| {
            let before = nodes.len();
            nodes.retain(|node, told| !over(*node, told.at));
            if nodes.len() < before {
                changed.push(*funnel);
            }
            !nodes.is_empty()
        });
        for funnel in changed {
            known.tell(funnel);
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// Somebody came to a board here, or left it.
    fn changed(&mut self, funnel: FunnelId) {
        self.untold.boards.insert(funnel);
        self.tell(funnel);
    }

    /// Tells those who are on a board here who is on it anywhere.
    fn tell(&self, funnel: FunnelId) {
        let Some(room) = self.rooms.get(&funnel) else { return };
        let elsewhere = self.elsewhere.get(&funnel).into_iter().flat_map(HashMap::values);
        let mut users: BTreeSet<UserId> = elsewhere.flat_map(|told| told.users.iter().copied()).collect();
        users.extend(room.people.keys());
        let users = users.into_iter().collect();
        // A list of numbers is always JSON.
        let Ok(text) = text(&Frame::Here { users }) else { return };
        room.told.send_if_modified(|told| {
            let other = *told != text;
            *told = text;
            other
        });
    }
}

impl Here {
    pub(super) fn new(hub: Arc<Hub>, funnel: FunnelId, user: UserId) -> Self {
        let mut known = hub.presence.known();
        let room = known
            .rooms
            .entry(funnel)
            .or_insert_with(|| Room { people: BTreeMap::new(), told: watch::Sender::new(Utf8Bytes::default()) });
        let sockets = room.people.entry(user).or_default();
        *sockets += 1;
        let came = *sockets == 1;
        let mut told = room.told.subscribe();
        if came {
            known.changed(funnel);
        }
        drop(known);
        if came {
            hub.presence.stirred.notify_one();
        }
        // The newcomer has not heard who is here.
        told.mark_changed();
        Self { hub, funnel, user, told }
    }

    /// The list as a frame, each time that it has changed.
    pub async fn changed(&mut self) -> Utf8Bytes {
        // The sender lives in the room for as long as this presence does.
        if self.told.changed().await.is_err() {
            return std::future::pending().await;
        }
        self.told.borrow_and_update().clone()
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        let mut known = self.hub.presence.known();
        let Some(room) = known.rooms.get_mut(&self.funnel) else { return };
        let Some(sockets) = room.people.get_mut(&self.user) else { return };
        *sockets -= 1;
        if *sockets > 0 {
            return;
        }
        room.people.remove(&self.user);
        if room.people.is_empty() {
            known.rooms.remove(&self.funnel);
        }
        known.changed(self.funnel);
        drop(known);
        self.hub.presence.stirred.notify_one();
    }
}
