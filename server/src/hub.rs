//! Follows the log and hands every event on to the sockets that may see it. One task reads and encodes, once for all;
//! a socket only compares and sends. Nothing is ever told by hand: what is not in the log does not happen here.

mod nodes;
mod presence;

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::live::frames;
use axum::extract::ws::Utf8Bytes;
use domain::auth::Actor;
use domain::event::{Audience, Event, Fact, Live, audience};
use domain::ids::{DealId, FunnelId, Seq, UserId};
use store::Store;
use store::log::BATCH_MAX;
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

pub use presence::Here;
use presence::Presence;

use crate::figures;

/// Events a socket may fall behind before it is told to load its board again.
const BEHIND_MAX: usize = 1_024;
/// The net under lost hints.
const POLL_EVERY: Duration = Duration::from_secs(1);
const RETRY_AFTER: Duration = Duration::from_millis(200);
/// A log that can't be read so many times in a row is passed over: the boards load anew instead of standing still.
const FAILURES_MAX: u32 = 5;
/// Between two full batches, so that sockets keep up with an import.
const BREATH: Duration = Duration::from_millis(5);
/// Browsers, tabs and wall screens of one person.
const SOCKETS_PER_USER_MAX: usize = 50;
const SOCKETS_MAX: usize = 16_384;

pub struct Hub {
    store: Store,
    news: broadcast::Sender<News>,
    /// How far the log was followed; None until its end was found at the start.
    position: watch::Sender<Option<Seq>>,
    closing: watch::Sender<bool>,
    sockets: Mutex<Sockets>,
    presence: Presence,
    /// This process's name among those on the same database.
    node: Uuid,
    /// Another node that says nothing for longer is forgotten.
    silence_max: Duration,
}

#[derive(Default)]
struct Sockets {
    all: usize,
    by_user: HashMap<UserId, usize>,
}

#[derive(Clone)]
pub enum News {
    Event(Arc<Frame>),
    /// Some events could not be handed on.
    Resync,
}

/// An event as it goes to every socket that may see it.
pub struct Frame {
    pub seq: Seq,
    /// The user whose sockets must ask again who they are.
    pub touches: Option<UserId>,
    /// The deal that it is about: its customer may be looking.
    pub deal: Option<DealId>,
    pub text: Utf8Bytes,
    audience: Audience,
    reach: Reach,
}

/// Which boards an event matters to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Board(FunnelId),
    EveryBoard,
    NoBoard,
}

/// A socket's place among the user's; given back when dropped.
pub struct Seat {
    hub: Arc<Hub>,
    user: UserId,
}

impl Hub {
    pub fn start(store: Store, silence_max: Duration) -> Arc<Self> {
        let hub = Arc::new(Self {
            store,
            news: broadcast::Sender::new(BEHIND_MAX),
            position: watch::Sender::new(None),
            closing: watch::Sender::new(false),
            sockets: Mutex::default(),
            presence: Presence::default(),
            node: Uuid::new_v4(),
            silence_max,
        });
        tokio::spawn(Arc::clone(&hub).run());
        hub
    }

    /// Every socket closes with 1012, and no further one is opened.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    pub fn open_sockets(&self) -> usize {
        self.sockets().all
    }

    /// Resolves when the last socket has gone, its reason told.
    pub async fn drained(&self) {
        while self.open_sockets() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub fn is_closing(&self) -> bool {
        *self.closing.borrow()
    }

    /// Resolves when the hub closes.
    pub async fn closed(&self) {
        let _ = self.closing.subscribe().wait_for(|closing| *closing).await;
    }

    /// What happens from now on. Before the end of the log is known nobody can be told that they miss nothing, so
    /// this waits for it; None: the hub closes.
    pub async fn subscribe(&self) -> Option<broadcast::Receiver<News>> {
        let found = async {
            let _ = self.position.subscribe().wait_for(Option::is_some).await;
        };
        tokio::select! {
            () = self.closed() => None,
            () = found => Some(self.news.subscribe()),
        }
    }

    /// None: this user, or the whole server, has as many sockets as are allowed.
    pub fn seat(self: &Arc<Self>, user: UserId) -> Option<Seat> {
        let mut sockets = self.sockets();
        if sockets.all >= SOCKETS_MAX {
            return None;
        }
        let mine = sockets.by_user.entry(user).or_default();
        if *mine >= SOCKETS_PER_USER_MAX {
            return None;
        }
        *mine += 1;
        sockets.all += 1;
        metrics::gauge!(figures::SOCKETS).set(sockets.all as f64);
        Some(Seat { hub: Arc::clone(self), user })
    }

    /// The user is on a funnel's board for as long as the answer lives.
    pub fn join(self: &Arc<Self>, funnel: FunnelId, user: UserId) -> Here {
        Here::new(Arc::clone(self), funnel, user)
    }

    fn sockets(&self) -> MutexGuard<'_, Sockets> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn run(self: Arc<Self>) {
        tokio::select! {
            () = self.closed() => {}
            () = self.store.listen(|heard| self.hear(heard)) => {}
            () = self.speak() => {}
            () = self.follow() => {}
        }
    }

    async fn follow(&self) {
        let mut last = self.end().await;
        let mut failures = 0;
        loop {
            let mut committed = pin!(self.store.committed());
            // Polled once before the log is read: a commit between the reading and the waiting is not slept over.
            let already = futures::poll!(committed.as_mut()).is_ready();
            match self.hand_on(&mut last).await {
                Ok(()) => failures = 0,
                Err(error) => {
                    failures += 1;
                    tracing::warn!(%error, failures, "the log could not be followed");
                    if failures >= FAILURES_MAX {
                        last = self.end().await;
                        let _ = self.news.send(News::Resync);
                        failures = 0;
                    }
                    tokio::time::sleep(RETRY_AFTER).await;
                    continue;
                }
            }
            if !already {
                let _ = tokio::time::timeout(POLL_EVERY, committed).await;
            }
        }
    }

    /// The end of the log, however long it takes to find out.
    async fn end(&self) -> Seq {
        loop {
            match self.store.log_end().await {
                Ok(end) => {
                    self.reached(end);
                    return end;
                }
                Err(error) => tracing::warn!(%error, "the end of the log could not be read"),
            }
            tokio::time::sleep(RETRY_AFTER).await;
        }
    }

    fn reached(&self, seq: Seq) {
        self.position.send_replace(Some(seq));
        metrics::gauge!(figures::HUB_SEQ).set(seq.0 as f64);
    }

    async fn hand_on(&self, last: &mut Seq) -> store::Result<()> {
        loop {
            let events = self.store.events_after(*last).await?;
            let full = events.len() as i64 >= BATCH_MAX;
            for live in events {
                let (seq, at) = (live.event.seq, live.event.at);
                if let Some(frame) = Frame::of(live)? {
                    let lag = (app::ctx::now() - at).max(0);
                    metrics::histogram!(figures::LIVE_LAG_SECONDS).record(lag as f64 / 1_000.0);
                    // An error means that nobody listens.
                    let _ = self.news.send(News::Event(Arc::new(frame)));
                }
                *last = seq;
            }
            self.reached(*last);
            if !full {
                return Ok(());
            }
            tokio::time::sleep(BREATH).await;
        }
    }
}

impl Frame {
    /// None where no socket can have a use for it.
    pub fn of(live: Live) -> store::Result<Option<Self>> {
        let event = &live.event;
        let (seq, touches, audience, reach) =
            (event.seq, event.fact.touches_access_of(), audience(event), reach(event));
        let deal = event.scope.deal;
        let silent = reach == Reach::NoBoard || audience == Audience::Nobody;
        if silent && touches.is_none() {
            return Ok(None);
        }
        let text = match silent {
            true => Utf8Bytes::default(),
            false => text(&frames::Frame::Event(Box::new(live)))?,
        };
        let reach = if silent { Reach::NoBoard } else { reach };
        Ok(Some(Self { seq, touches, deal, text, audience, reach }))
    }

    pub fn is_for(&self, actor: &Actor, funnel: FunnelId) -> bool {
        self.is_about(funnel) && self.audience.includes(actor)
    }

    /// Whether a picture of this funnel may have changed.
    pub fn is_about(&self, funnel: FunnelId) -> bool {
        match self.reach {
            Reach::Board(board) => board == funnel,
            Reach::EveryBoard => true,
            Reach::NoBoard => false,
        }
    }
}

pub fn text(frame: &frames::Frame) -> store::Result<Utf8Bytes> {
    Ok(serde_json::to_string(frame)?.into())
}

fn reach(event: &Event) -> Reach {
    match &event.fact {
        Fact::DealCreated { .. }
        | Fact::DealMoved(_)
        | Fact::DealEdited(_)
        | Fact::DealDeleted { .. }
        | Fact::DealAssigned { .. }
        | Fact::LinkChanged { .. }
        | Fact::OrderReceived { .. }
        | Fact::OrderUpdated { .. }
        | Fact::OrderDeleted { .. }
        | Fact::OrderRestored { .. }
        | Fact::OrderStatusChanged { .. }
        | Fact::ShipmentScanned { .. }
        | Fact::BondChanged
        | Fact::StageAdded { .. }
        | Fact::StageChanged { .. }
        | Fact::StagesReordered { .. }
        | Fact::StageRemoved { .. } => event.scope.funnel.map_or(Reach::NoBoard, Reach::Board),
        // Every board has a menu of the others, and shows customers whoever they were renamed by.
        Fact::FunnelCreated { .. }
        | Fact::FunnelRenamed { .. }
        | Fact::FunnelArchived { .. }
        | Fact::CustomerChanged
        | Fact::LostReasonAdded { .. }
        | Fact::LostReasonRenamed { .. }
        | Fact::LostReasonRetired { .. }
        | Fact::StorefrontCreated { .. }
        | Fact::StorefrontChanged { .. }
        // Boards ask which statuses want something told.
        | Fact::StatusesChanged
        // A screen that was disconnected hears of it at once.
        | Fact::ScreenUnpaired { .. }
        | Fact::DemoSwitched { .. } => Reach::EveryBoard,
        Fact::CustomerCreated
        | Fact::CustomerDeleted
        | Fact::ProductCreated { .. }
        | Fact::ProductChanged { .. }
        | Fact::ProductRetired { .. }
        | Fact::WarehousesChanged
        | Fact::SuppliersChanged
        | Fact::StockSettingsChanged
        | Fact::StockMoved(_)
        | Fact::SecretChanged { .. }
        | Fact::UserInvited { .. }
        | Fact::LinkMade { .. }
        | Fact::UserJoined { .. }
        | Fact::UserRoleChanged { .. }
        | Fact::UserStorefrontsChanged { .. }
        | Fact::UserRemoved { .. }
        | Fact::PasswordChanged { .. }
        | Fact::SignedIn { .. }
        | Fact::SignedOut { .. }
        | Fact::SignedOutEverywhere { .. }
        | Fact::TokenCreated { .. }
        | Fact::TokenRevoked { .. }
        | Fact::ScreenPaired { .. }
        | Fact::WebhookCreated { .. }
        | Fact::WebhookChanged { .. }
        | Fact::WebhookRemoved { .. }
        | Fact::WebhookDisabled { .. }
        | Fact::IntakeRefused { .. }
        | Fact::IntakeReplayed { .. }
        | Fact::IntakeDismissed { .. }
        | Fact::Exported { .. }
        | Fact::ImportStarted { .. }
        | Fact::ImportResumed { .. }
        | Fact::ImportFinished { .. }
        | Fact::ImportFailed { .. }
        | Fact::ImportUndone { .. }
        | Fact::CarrierAccountChanged { .. }
        | Fact::BackfillTurned(_) => Reach::NoBoard,
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut sockets = self.hub.sockets();
        sockets.all -= 1;
        if let Some(mine) = sockets.by_user.get_mut(&self.user) {
            *mine -= 1;
            if *mine == 0 {
                sockets.by_user.remove(&self.user);
            }
        }
        metrics::gauge!(figures::SOCKETS).set(sockets.all as f64);
    }
}
