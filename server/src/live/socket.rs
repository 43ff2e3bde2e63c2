//! One socket: hello, what was missed, then what happens. It is asked again who its user is whenever that may have
//! changed; whoever reads too slowly, writes too much or has fallen silent is let go.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use app::live::frames::Frame as Said;
use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use domain::ids::{FunnelId, Seq};
use futures::SinkExt;
use store::Store;
use store::auth::Session;
use store::log::BATCH_MAX;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};

use crate::hub::{self, Frame, Hub, News, Seat};

/// A snapshot older than so many events is loaded anew: that is cheaper than replaying them.
const REPLAY_MAX: i64 = 5_000;
/// Frames written between two flushes.
const BURST_MAX: usize = 64;
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);
const PING_EVERY: Duration = Duration::from_secs(20);
/// Silent for so long, pongs included: gone.
const SILENCE_MAX: Duration = Duration::from_secs(60);
const CHECK_EVERY: Duration = Duration::from_secs(30);
/// The list of who is here goes out at most this often.
const HERE_EVERY: Duration = Duration::from_secs(1);
const HEARD_WINDOW: Duration = Duration::from_secs(10);
const HEARD_MAX: u32 = 30;

/// What the door found out.
pub struct Watching {
    pub hub: Arc<Hub>,
    pub store: Store,
    pub build: Arc<str>,
    pub session: Session,
    pub funnel: FunnelId,
    pub since: Option<Seq>,
    /// Held for as long as the socket lives.
    pub seat: Seat,
}

/// Why a socket ends.
enum End {
    /// The other side left, or does not read, or does not answer.
    Gone,
    /// It sent what can't be read, or too much at once.
    Broken,
    Flood,
    /// The server stops; come back.
    Stopping,
    /// Whether the user may go on can't be found out now; come back.
    Trouble,
    SignedOut,
    /// There is no such board, or no more for this user.
    Hidden,
}

impl End {
    fn code(&self) -> Option<(u16, &'static str)> {
        match self {
            End::Gone => None,
            End::Broken => Some((1009, "too big or malformed")),
            End::Flood => Some((1008, "too many messages")),
            End::Stopping => Some((1012, "restarting")),
            End::Trouble => Some((1013, "try again later")),
            End::SignedOut => Some((4401, "signed out")),
            End::Hidden => Some((4404, "no such board")),
        }
    }
}

pub async fn serve(socket: WebSocket, watching: Watching) {
    let Watching { hub, store, build, session, funnel, since, seat } = watching;
    let now = Instant::now();
    let mut watcher =
        Watcher { socket, hub, store, session, funnel, passed: Seq(0), heard_at: now, window_at: now, heard: 0 };
    let Err(end) = watcher.watch(&build, since).await;
    let _ = timeout(CLOSE_TIMEOUT, goodbye(&mut watcher.socket, end)).await;
    drop(seat);
}

/// Says why, and waits for the other side's answer: a connection that is dropped at once may take the words with it.
async fn goodbye(socket: &mut WebSocket, end: End) {
    let said = match end.code() {
        Some((code, reason)) => {
            socket.send(Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::from_static(reason) }))).await
        }
        None => socket.flush().await,
    };
    if said.is_ok() {
        while let Some(Ok(_)) = socket.recv().await {}
    }
}

struct Watcher {
    socket: WebSocket,
    hub: Arc<Hub>,
    store: Store,
    session: Session,
    funnel: FunnelId,
    /// The last event that was sent or did not concern this socket.
    passed: Seq,
    heard_at: Instant,
    window_at: Instant,
    /// Messages since `window_at`.
    heard: u32,
}

impl Watcher {
    async fn watch(&mut self, build: &str, since: Option<Seq>) -> Result<Infallible, End> {
        // Boxed, here and below: what asks the database is large, seldom awake, and would else be part of every
        // sleeping socket.
        Box::pin(self.look()).await?;
        // Subscribed before the replay, so that nothing falls between the two.
        let mut news = self.hub.subscribe().await.ok_or(End::Stopping)?;
        let mut here = self.hub.join(self.funnel, self.session.user);
        self.say(&Said::Hello { build: build.to_owned(), now: app::ctx::now() }).await?;
        // Rights that were taken away before the subscription are in none of its events.
        Box::pin(self.check()).await?;
        Box::pin(self.replay(since)).await?;
        self.flush().await?;

        let hub = Arc::clone(&self.hub);
        let mut closed = pin!(hub.closed());
        let mut ping = every(PING_EVERY);
        let mut check = every(CHECK_EVERY);
        let mut here_from = Instant::now();
        loop {
            tokio::select! {
                () = &mut closed => return Err(End::Stopping),
                told = news.recv() => self.hand_on(told, &mut news).await?,
                message = self.socket.recv() => self.hear(message)?,
                _ = ping.tick() => self.ping().await?,
                _ = check.tick() => Box::pin(self.check()).await?,
                text = async { sleep_until(here_from).await; here.changed().await } => {
                    self.feed(Message::Text(text)).await?;
                    here_from = Instant::now() + HERE_EVERY;
                }
            }
            self.flush().await?;
        }
    }

    /// What happened since the page's snapshot; or, where that is too much or makes no sense, the advice to load anew.
    async fn replay(&mut self, since: Option<Seq>) -> Result<(), End> {
        let end = self.store.log_end().await.map_err(trouble)?;
        let known = since.unwrap_or(end);
        if known > end || known < Seq(0) || end.0 - known.0 > REPLAY_MAX {
            self.passed = end;
            return self.say(&Said::Resync).await;
        }
        self.passed = known;
        loop {
            let batch = self.store.events_after(self.passed).await.map_err(trouble)?;
            let full = batch.len() as i64 >= BATCH_MAX;
            for live in batch {
                let seq = live.event.seq;
                if let Some(frame) = Frame::of(live).map_err(trouble)? {
                    self.event(&frame).await?;
                }
                self.passed = seq;
            }
            if !full {
                return Ok(());
            }
        }
    }

    /// Sends what has come, and what came meanwhile, in one go.
    async fn hand_on(&mut self, first: Result<News, RecvError>, news: &mut Receiver<News>) -> Result<(), End> {
        let mut told = first;
        for _ in 1..BURST_MAX {
            self.one(told).await?;
            told = match news.try_recv() {
                Ok(next) => Ok(next),
                Err(TryRecvError::Empty) => return Ok(()),
                Err(TryRecvError::Lagged(events)) => Err(RecvError::Lagged(events)),
                Err(TryRecvError::Closed) => Err(RecvError::Closed),
            };
        }
        self.one(told).await
    }

    async fn one(&mut self, told: Result<News, RecvError>) -> Result<(), End> {
        match told {
            Ok(News::Event(frame)) => self.event(&frame).await,
            Ok(News::Resync) | Err(RecvError::Lagged(_)) => self.say(&Said::Resync).await,
            Err(RecvError::Closed) => Err(End::Stopping),
        }
    }

    async fn event(&mut self, frame: &Frame) -> Result<(), End> {
        if frame.seq <= self.passed {
            return Ok(());
        }
        self.passed = frame.seq;
        // Asked before anything further is sent: rights that were taken away end with this very event.
        if frame.touches == Some(self.session.user) {
            Box::pin(self.check()).await?;
        }
        self.pass(frame).await
    }

    async fn pass(&mut self, frame: &Frame) -> Result<(), End> {
        if frame.is_for(&self.session.actor, self.funnel) {
            self.feed(Message::Text(frame.text.clone())).await?;
        }
        Ok(())
    }

    /// Who is this now, and may they still look?
    async fn check(&mut self) -> Result<(), End> {
        let found = self.store.session_by_hash(&self.session.hash, app::ctx::now()).await.map_err(trouble)?;
        let Some(session) = found else {
            self.say(&Said::SignedOut).await?;
            return Err(End::SignedOut);
        };
        let changed = session.actor != self.session.actor;
        self.session = session;
        self.look().await?;
        if changed { self.say(&Said::Resync).await } else { Ok(()) }
    }

    /// Mutable only because a socket can be sent to another thread, but not shared with one.
    async fn look(&mut self) -> Result<(), End> {
        let seen = self.store.may_watch(&self.session.actor, self.funnel).await.map_err(trouble)?;
        if seen { Ok(()) } else { Err(End::Hidden) }
    }

    /// Nothing that a client says means anything; that it says something shows that it lives.
    fn hear(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        match message {
            Some(Ok(Message::Text(_) | Message::Binary(_) | Message::Ping(_) | Message::Pong(_))) => {}
            Some(Ok(Message::Close(_))) | None => return Err(End::Gone),
            Some(Err(_)) => return Err(End::Broken),
        }
        self.heard_at = Instant::now();
        if self.heard_at - self.window_at > HEARD_WINDOW {
            self.window_at = self.heard_at;
            self.heard = 0;
        }
        self.heard += 1;
        if self.heard > HEARD_MAX { Err(End::Flood) } else { Ok(()) }
    }

    async fn ping(&mut self) -> Result<(), End> {
        if self.heard_at.elapsed() > SILENCE_MAX {
            return Err(End::Gone);
        }
        self.feed(Message::Ping(Bytes::new())).await?;
        // A browser's script sees no pings; this it sees.
        self.say(&Said::Tick { now: app::ctx::now() }).await
    }

    async fn say(&mut self, said: &Said) -> Result<(), End> {
        let text = hub::text(said).map_err(trouble)?;
        self.feed(Message::Text(text)).await
    }

    /// Into the buffer; a full one waits for the reader, but not for ever.
    async fn feed(&mut self, message: Message) -> Result<(), End> {
        match timeout(SEND_TIMEOUT, self.socket.feed(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }

    async fn flush(&mut self) -> Result<(), End> {
        match timeout(SEND_TIMEOUT, self.socket.flush()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }
}

fn every(period: Duration) -> tokio::time::Interval {
    let mut interval = interval_at(Instant::now() + period, period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

fn trouble(error: store::Error) -> End {
    tracing::warn!(%error, "a live board was cut off");
    End::Trouble
}
