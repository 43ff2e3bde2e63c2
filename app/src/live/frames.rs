//! What the server says over the socket, one JSON text each. Both sides share this file.

use domain::event::Live;
use domain::ids::{Millis, UserId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum Frame {
    /// The first one. Another build than the page's own: the page is old and should be loaded again.
    Hello {
        build: String,
        now: Millis,
    },
    Event(Box<Live>),
    /// Something was missed, or may be seen no more: load the board again. What follows is current.
    Resync,
    /// Who is on this board now, oneself included.
    Here {
        users: Vec<UserId>,
    },
    /// The session has ended; the socket closes.
    SignedOut,
}
