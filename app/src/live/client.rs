//! The socket's browser side: connects, resumes from the last event that was seen, backs off with full jitter, and
//! reconnects for ever.

use domain::ids::{FunnelId, Seq};
use leptos::prelude::*;

use super::frames::Frame;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    Connecting,
    On,
    Off,
}

/// What a page does with what it hears.
#[derive(Clone, Copy)]
pub struct Handlers {
    pub connection: RwSignal<Connection>,
    /// The last event that is in the page's state.
    pub since: Callback<(), Seq>,
    pub frame: Callback<Frame>,
}

/// Follows a funnel until the returned handle is dropped with its owner.
#[cfg(not(feature = "hydrate"))]
pub fn follow(_funnel: FunnelId, _handlers: Handlers) {}

#[cfg(feature = "hydrate")]
pub fn follow(funnel: FunnelId, handlers: Handlers) {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    let gone = Arc::new(AtomicBool::new(false));
    let ended = gone.clone();
    on_cleanup(move || ended.store(true, Ordering::Relaxed));
    leptos::task::spawn_local(browser::run(funnel, handlers, gone));
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use futures::channel::mpsc::{UnboundedReceiver, unbounded};
    use futures::future::{Either, select};
    use futures::{FutureExt, StreamExt, pin_mut};
    use gloo_net::websocket::Message;
    use gloo_net::websocket::futures::WebSocket;
    use gloo_timers::future::sleep;
    use leptos::prelude::*;

    use super::{Connection, FunnelId, Handlers};
    use crate::live::frames::Frame;

    /// The server speaks at least every 20 s; silence for longer is a dead connection.
    const SILENCE_MS_MAX: u64 = 45_000;
    const BACK_OFF_MS_FIRST: f64 = 500.0;
    const BACK_OFF_MS_MAX: f64 = 20_000.0;

    pub async fn run(funnel: FunnelId, handlers: Handlers, gone: Arc<AtomicBool>) {
        let (turn, mut turns) = unbounded::<()>();
        // The browser knows of a lost and a found network before any silence tells.
        let listeners = ["offline", "online"].map(|name| {
            let turn = turn.clone();
            window_event_listener_untyped(name, move |_| drop(turn.unbounded_send(())))
        });
        follow(funnel, handlers, &gone, &mut turns).await;
        for listener in listeners {
            listener.remove();
        }
    }

    async fn follow(funnel: FunnelId, handlers: Handlers, gone: &AtomicBool, turns: &mut UnboundedReceiver<()>) {
        let mut failures = 0;
        while !gone.load(Ordering::Relaxed) {
            let heard = once(funnel, handlers, gone, turns).await;
            if gone.load(Ordering::Relaxed) {
                return;
            }
            let _ = handlers.connection.try_set(Connection::Off);
            failures = if heard { 0 } else { failures + 1 };
            // Full jitter: a thousand tabs do not come back in the same moment.
            let most = (BACK_OFF_MS_FIRST * 2f64.powi(failures)).min(BACK_OFF_MS_MAX);
            let wait = sleep(Duration::from_millis((js_sys::Math::random() * most) as u64 + 50)).fuse();
            let found = turns.next().fuse();
            pin_mut!(wait, found);
            select(wait, found).await;
        }
    }

    /// One connection, to its end. Whether anything was heard on it.
    async fn once(funnel: FunnelId, handlers: Handlers, gone: &AtomicBool, turns: &mut UnboundedReceiver<()>) -> bool {
        let Some(since) = handlers.since.try_run(()) else { return false };
        let location = window().location();
        let scheme = if location.protocol().is_ok_and(|p| p == "https:") { "wss" } else { "ws" };
        let host = location.host().unwrap_or_default();
        let address = format!("{scheme}://{host}/live?funnel={funnel}&since={since}");
        let Ok(socket) = WebSocket::open(&address) else { return false };
        let (_write, mut read) = socket.split();
        let mut heard = false;
        loop {
            let next = read.next().fuse();
            let silence = sleep(Duration::from_millis(SILENCE_MS_MAX)).fuse();
            let lost = turns.next().fuse();
            pin_mut!(next, silence, lost);
            let message = match select(next, select(silence, lost)).await {
                Either::Left((Some(Ok(Message::Text(text))), _)) => text,
                Either::Left((Some(Ok(Message::Bytes(_))), _)) => continue,
                Either::Left((Some(Err(_)) | None, _)) | Either::Right(_) => return heard,
            };
            if gone.load(Ordering::Relaxed) {
                return heard;
            }
            if let Ok(frame) = serde_json::from_str::<Frame>(&message) {
                heard = true;
                let _ = handlers.connection.try_update(|now| *now = Connection::On);
                let _ = handlers.frame.try_run(frame);
            }
        }
    }
}
