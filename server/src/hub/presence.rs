//! Who is on which board, as far as this process knows. Nothing of it is kept: a closed socket has left.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use app::live::frames::Frame;
use axum::extract::ws::Utf8Bytes;
use domain::ids::{FunnelId, UserId};
use tokio::sync::watch;

use super::{Hub, text};

#[derive(Default)]
pub struct Presence {
    rooms: Mutex<HashMap<FunnelId, Room>>,
}

struct Room {
    /// With the number of their sockets.
    people: BTreeMap<UserId, usize>,
    told: watch::Sender<Utf8Bytes>,
}

/// Somebody's presence on a board; it ends when dropped.
pub struct Here {
    hub: Arc<Hub>,
    funnel: FunnelId,
    user: UserId,
    told: watch::Receiver<Utf8Bytes>,
}

impl Presence {
    fn rooms(&self) -> MutexGuard<'_, HashMap<FunnelId, Room>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Room {
    fn tell(&self) {
        let users = self.people.keys().copied().collect();
        // A list of numbers is always JSON.
        if let Ok(text) = text(&Frame::Here { users }) {
            self.told.send_replace(text);
        }
    }
}

impl Here {
    pub(super) fn new(hub: Arc<Hub>, funnel: FunnelId, user: UserId) -> Self {
        let mut rooms = hub.presence.rooms();
        let room = rooms
            .entry(funnel)
            .or_insert_with(|| Room { people: BTreeMap::new(), told: watch::Sender::new(Utf8Bytes::default()) });
        let sockets = room.people.entry(user).or_default();
        *sockets += 1;
        if *sockets == 1 {
            room.tell();
        }
        let mut told = room.told.subscribe();
        // The newcomer has not heard who is here.
        told.mark_changed();
        drop(rooms);
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
        let mut rooms = self.hub.presence.rooms();
        let Some(room) = rooms.get_mut(&self.funnel) else { return };
        let Some(sockets) = room.people.get_mut(&self.user) else { return };
        *sockets -= 1;
        if *sockets > 0 {
            return;
        }
        room.people.remove(&self.user);
        if room.people.is_empty() {
            rooms.remove(&self.funnel);
        } else {
            room.tell();
        }
    }
}
