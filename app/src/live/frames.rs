//! What the server says over the socket. The browser says nothing but its address.

use domain::event::Live;
use domain::ids::{Millis, UserId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum Frame {
    /// The first word; `build` other than the page's means that the page is old.
    Hello {
        build: String,
        now: Millis,
    },
    Event(Box<Live>),
    /// Still there: nothing may have happened for a while. A browser sees no pings.
    Tick {
        now: Millis,
    },
    /// Events were missed for good: load again.
    Resync,
    /// Who is on this board now.
    Here {
        users: Vec<UserId>,
    },
    SignedOut,
}
